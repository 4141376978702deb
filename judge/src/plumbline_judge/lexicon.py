"""Read the lexicons: text files with one entry a line, expanded into the forms in which they occur."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from plumbline_judge.shipped import is_there, names_in, text_of


def word_set(words: str) -> frozenset[str]:
    """Return words that are parted by spaces."""
    return frozenset(words.split())


_IRREGULAR = re.compile(r"^(.*?)\s*\((.*)\)$")
_VOWELS = "aeiou"
LANGUAGES = ("en", "de", "fr", "es", "pt")
_NOUN_ROOMS = ("things", "outcomes", "people", "effort", "measure")
_DOUBLED = word_set(
    "ship plan stop cut get set put run win map log tag scan submit begin dig knit drop trim cap slim "
    "commit refer jog swim up fit opt spin sit let step prep hit"
)


class Tags:
    """What the lexicon knows of one form: verb groups with their form, noun groups, other lists.

    Nobody changes one: it is shared by every sentence that has the form, and keeps what was once worked out.
    """

    __slots__ = ("_doing", "marks", "nouns", "verbs")

    def __init__(
        self, verbs: tuple[tuple[str, str], ...] = (), nouns: tuple[str, ...] = (), marks: tuple[str, ...] = ()
    ) -> None:
        self.verbs, self.nouns, self.marks = verbs, nouns, marks
        self._doing: dict[str, tuple[str, ...]] | None = None

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Yield the three kinds of lists, so that ``any(tags)`` says whether anything is known."""
        return iter((self.verbs, self.nouns, self.marks))

    def doing(self, forms: str) -> tuple[str, ...]:
        """Return the verb groups in one of the forms."""
        if self._doing is None:
            self._doing = {}
        found = self._doing.get(forms)
        if found is None:
            found = self._doing[forms] = tuple([group for group, form in self.verbs if form in forms])
        return found


UNKNOWN = Tags()


class Lexicon(NamedTuple):
    """All entries by their form in small letters.

    ``longest`` is the most words an entry has that starts so; ``pairs`` are the first two words of those of several
    (None: not gathered, each is tried).
    """

    entries: dict[str, Tags]
    longest: dict[str, int]
    units: dict[str, str]
    pairs: frozenset[str] | None = None

    def __contains__(self, form: object) -> bool:
        return form in self.entries


def entries(language: str, name: str) -> list[str]:
    """Return the entries of one file, without comments."""
    text = text_of("lexicon", language, f"{name}.txt")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def plural(noun: str) -> str:
    """Return a noun's regular plural; of several words the last changes."""
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def _tail(verb: str) -> tuple[str, str]:
    head, _, rest = verb.partition(" ")
    return head, f" {rest}" if rest else ""


def _third(verb: str) -> str:
    head, rest = _tail(verb)
    return plural(head) + rest


def _past(verb: str) -> str:
    head, rest = _tail(verb)
    if head.endswith("e"):
        return f"{head}d{rest}"
    if head.endswith("y") and head[-2:-1] not in _VOWELS:
        return f"{head[:-1]}ied{rest}"
    return f"{_double(head)}ed{rest}"


def _gerund(verb: str) -> str:
    head, rest = _tail(verb)
    stem = head[:-1] if head.endswith("e") and not head.endswith("ee") else _double(head)
    return f"{stem}ing{rest}"


def _double(head: str) -> str:
    return head + head[-1] if head in _DOUBLED else head


def verb_forms(entry: str) -> list[tuple[str, str]]:
    """Return (form, kind) pairs; kind is ``b``ase, ``s`` third person, ``d`` past or participle, ``g`` gerund."""
    found = _IRREGULAR.match(entry)
    base, irregular = (found[1], re.split(r"\s*,\s*", found[2])) if found else (entry, [])
    forms = [(base, "b"), (_third(base), "s"), (_gerund(base), "g")]
    return [*forms, *((form, "d") for form in irregular or [_past(base)])]


def _add(table: dict[str, list[list[object]]], form: str, slot: int, value: object) -> None:
    slots = table.setdefault(form, [[], [], []])
    if value not in slots[slot]:
        slots[slot].append(value)


def _fill(table: dict[str, list[list[object]]], room: str, name: str, lines: list[str]) -> None:
    for entry in lines:
        if room == "verbs":
            for form, kind in verb_forms(entry):
                _add(table, form, 0, (name.removeprefix("verbs_"), kind))
        elif room in _NOUN_ROOMS:
            for form in (entry, plural(entry)):
                _add(table, form, 1, name)
        else:
            _add(table, entry, 2, name)


@cache
def lexicon(language: str = "en") -> Lexicon:
    """Return the lexicon of a language, read once."""
    table: dict[str, list[list[object]]] = {}
    for name in names_in("lexicon", language):
        if name != "units":
            _fill(table, name.split("_", 1)[0], name, entries(language, name))
    longest: dict[str, int] = {}
    for form in table:
        words = form.split(" ")
        longest[words[0]] = max(longest.get(words[0], 1), len(words))
    known = {form: Tags(*(tuple(slot) for slot in slots)) for form, slots in table.items()}  # type: ignore[arg-type]
    units = dict(re.split(r"\s*=\s*", line) for line in entries(language, "units"))
    pairs = frozenset([" ".join(form.split(" ", 2)[:2]) for form in known if " " in form])
    return Lexicon(known, longest, units, pairs)


@cache
def listed(name: str, room: str = "") -> frozenset[str]:
    """Return the entries of one list in every language that has it; those in the room ``remarks`` serve rules alone."""
    codes = [room] if room else [code for code in LANGUAGES if is_there("lexicon", code, f"{name}.txt")]
    return frozenset(entry for code in codes for entry in entries(code, name))


@lru_cache(maxsize=4096)
def singular(noun: str) -> str:
    """Return a plural as the lists write it; what is no plural stays as it is."""
    if noun.endswith("ies") and len(noun) > 4:  # noqa: PLR2004
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "nps")) else noun
