"""The words of the product, read from the files in ``glossary_texts``: one file a word, one folder a language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language, gettext_lazy

from plumbline.goals.search.folding import fold

TEXTS: Final = Path(__file__).parent / "glossary_texts"
STANDARD: Final = "en"
SHORTEST: Final = 3
#: What the words are about, in the order in which somebody new would ask.
GROUPS: Final = {
    "levels": gettext_lazy("Activity or impact"),
    "goals": gettext_lazy("What goals are made of"),
    "numbers": gettext_lazy("The numbers"),
    "weekly": gettext_lazy("Week by week"),
    "cycle": gettext_lazy("From cycle to cycle"),
    "strategy": gettext_lazy("The strategy above"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What people ask about a word, and the answer."""

    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class Term:
    """One word in one language; ``key`` names it in addresses, ``also`` holds what else people call it."""

    key: str
    name: str
    also: tuple[str, ...]
    group: str
    related: tuple[str, ...]
    definition: str
    example: str
    questions: tuple[Question, ...]

    @property
    def names(self) -> str:
        """Return all it is called, folded for looking it up."""
        return fold(" ".join((self.name, *self.also)))

    @property
    def text(self) -> str:
        """Return all its words, folded for looking something up in them."""
        asked = (f"{each.asked} {each.answer}" for each in self.questions)
        return fold(" ".join((self.name, *self.also, self.definition, self.example, *asked)))


def languages() -> list[str]:
    """Return the languages that the words are explained in."""
    return sorted(folder.name for folder in TEXTS.iterdir() if folder.is_dir())


def terms() -> dict[str, Term]:
    """Return every word by its key, by group and name, in the reader's language; where that is not there, English."""
    spoken = (get_language() or STANDARD)[:2]
    return read_terms(spoken if (TEXTS / spoken).is_dir() else STANDARD)


@cache
def read_terms(language: str) -> dict[str, Term]:
    """Return every word of one language, read once."""
    found = [_read(file.stem, file.read_text("utf-8")) for file in (TEXTS / language).glob("*.md")]
    places = list(GROUPS)
    found.sort(key=lambda term: (places.index(term.group), fold(term.name)))
    return {term.key: term for term in found}


def look_up(words: str) -> list[Term]:
    """Return the words that hold all that is looked for: those that are called so first, then those asked so."""
    wanted = fold(words).split()
    found = [term for term in terms().values() if wanted and all(word in term.text for word in wanted)]
    return sorted(found, key=lambda term: (not _is_called(term, wanted), not _is_asked(term, wanted)))


def called(words: str, *, limit: int) -> list[Term]:
    """Return the words that are called so, by how the parts of their names begin: as goals are found.

    One or two letters begin too many of them.
    """
    wanted = [word for word in fold(words).split() if len(word) >= SHORTEST]
    return [term for term in terms().values() if wanted and _is_called(term, wanted)][:limit]


def _is_called(term: Term, wanted: Iterable[str]) -> bool:
    names = term.names.split()
    return all(any(name.startswith(word) for name in names) for word in wanted)


def _is_asked(term: Term, wanted: Iterable[str]) -> bool:
    return any(all(word in fold(question.asked) for word in wanted) for question in term.questions)


def _read(key: str, text: str) -> Term:
    head, *asked = text.strip().split("\n## ")
    fields, definition, example = head.split("\n\n")
    name, *lines = fields.splitlines()
    told = dict(line.split(": ", 1) for line in lines)
    return Term(
        key=key,
        name=name.removeprefix("# "),
        also=tuple(told.get("also", "").split(", ")),
        group=told["group"],
        related=tuple(told["related"].split(", ")),
        definition=definition,
        example=example.removeprefix("Example: "),
        questions=tuple(Question(*each.strip().split("\n", 1)) for each in asked),
    )
