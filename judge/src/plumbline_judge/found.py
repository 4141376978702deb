"""Name what was found: features with their places, families of nouns, kinds of doing, the opening word."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from plumbline_judge.lexicon import word_set
from plumbline_judge.statement import Phrase, Statement
from plumbline_judge.words import Word

_SKIPPED = word_set(
    "we we've we're i've will to the team shall our i they should have has had been be ensure that all fully also"
)
FAMILY = {
    "software": "thing", "of_quality_inside": "thing", "written": "thing", "planned": "thing", "held": "thing",
    "acts": "thing", "built": "thing",
    "behaviour": "effect", "feeling": "effect", "money": "effect", "sales": "effect", "performance": "effect",
    "attention": "effect", "of_people": "effect", "outside": "who", "inside": "staff", "words": "",
}  # fmt: skip
_DOING = word_set("making holding deciding studying finishing supporting learning")
ACTION = {
    **dict.fromkeys(_DOING, "do"), "teaching": "teach", "increasing": "move", "decreasing": "move",
    "improving": "improve",
    "reaching": "reach", "gaining": "gain", "keeping": "keep", "spending": "spend", "of_others": "others",
    "of_choosing": "choose",
}  # fmt: skip


_NONE: frozenset[str] = frozenset()


class Found(NamedTuple):
    """Features by name, each with the words (first, end) that carry it."""

    places: dict[str, tuple[int, int]]

    def note(self, name: str, first: int, end: int) -> None:
        """Keep a feature with the first place where it stands."""
        self.places.setdefault(name, (first, end))


@cache
def kind(group: str) -> str:
    """Return the short name of a noun group: ``things_software`` is ``software``."""
    room, name = group.split("_", 1)
    return room if name == "words" else name


def families(word: Word) -> frozenset[str]:
    """Return what a noun may stand for: thing, effect, who, staff, effort, measure."""
    return _families(word.tags.nouns) if word.tags.nouns else _NONE


def each_family(word: Word) -> tuple[str, ...]:
    """Return what a noun may stand for, in an order that is always the same."""
    return _in_order(word.tags.nouns) if word.tags.nouns else ()


@cache
def _in_order(groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(_families(groups)))


@cache
def _families(groups: tuple[str, ...]) -> frozenset[str]:
    return frozenset(FAMILY.get(kind(group), kind(group)) for group in groups)


def family(word: Word) -> str:
    """Return one name for what a noun stands for; a word in two families names both."""
    return _joined(word.tags.nouns) if word.tags.nouns else "unknown"


@cache
def _joined(groups: tuple[str, ...]) -> str:
    return "+".join(_in_order(groups))


def opening(statement: Statement) -> int:
    """Return the position of the first word that says something."""
    if statement.opens is None:
        at = _preface(statement)
        while at < len(statement.words) and _skippable(statement, at):
            at += 1
        statement.opens = at
    return statement.opens


def _preface(statement: Statement) -> int:
    """Return how many words of "Establish a baseline and …" stand before the claim itself."""
    if statement.low(2) == "baseline" and statement.low(3) == "and" and statement.low(1) in ("a", "the"):
        return 4
    return 0


def _skippable(statement: Statement, at: int) -> bool:
    word = statement.words[at]
    if word.kind == "p" and word.low not in "$€£<>≥≤":
        return True
    if statement.deadline and statement.deadline.start <= word.start < statement.deadline.end:
        return True
    return word.low in _SKIPPED or (word.low.endswith("ly") and not word.tags.nouns and len(word.low) > 4)  # noqa: PLR2004


def ours(word: Word, forms: str) -> tuple[str, ...]:
    """Return what a verb does where the team is its subject."""
    groups = word.verb(forms)
    return tuple(group for group in groups if group != "of_others") or groups


def telling(statement: Statement, place: Phrase) -> Word:
    """Return the head of a phrase, or the nearest word before it that is known: "feature changes" are features."""
    for at in range(place.head, place.first - 1, -1):
        if statement.words[at].tags.nouns:
            return statement.words[at]
    return statement.words[place.head]
