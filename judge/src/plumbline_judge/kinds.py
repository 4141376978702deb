"""Say of which kind the work in a sentence is, and of which kind a measured number, in one word each or not at all.

The words are those that the rest of the judge reads by: the headings of ``catalogue/words.txt`` for work, the groups
of outcomes in the lexicon for numbers. Where no word tells, the answer is empty: nothing is guessed from the subject.

>>> kind_of_work("Publish ten commuter guides"), kind_of_number("Monthly churn")
('document', 'behaviour')
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plumbline_judge.clues import Clues, clues
from plumbline_judge.found import families, kind
from plumbline_judge.statement import Statement, read
from plumbline_judge.wording import wording

_OUTCOMES = "outcomes_"
#: "Riders who come back": people, and something they do.
_WHO_DO = re.compile(r"\bwho\b|, (?:die|welche)\b", re.IGNORECASE)
_MOST_CHARACTERS = 500


def kind_of_work(text: str, language: str = "") -> str:
    """Return the kind of work that a title names (``teaching``, ``document``, ``tool`` …), or nothing."""
    statement = read(text[:_MOST_CHARACTERS], language)
    known = wording().work
    return next((known[call] for call in _calls(clues(statement, "")) if known.get(call)), "")


def kind_of_number(metric: str, unit: str = "", language: str = "") -> str:
    """Return the kind of a number: ``behaviour``, ``feeling``, ``money``, ``performance`` … or nothing.

    ``unit`` is the kind of its unit: money and time say what a word may leave open.
    """
    if unit == "money":
        return "money"
    statement = read(metric[:_MOST_CHARACTERS], language)
    if _WHO_DO.search(metric) and _is_about_people(statement):
        return "behaviour"
    return next(_groups(statement), "performance" if unit == "duration" else "")


def _calls(found: Clues) -> Iterator[str]:
    """Yield what the sentence may be about, the head of the work first."""
    yield from found.kinds
    yield from found.modifiers
    for clue in sorted(found.words, key=lambda each: -each.work):
        yield from clue.calls


def _groups(statement: Statement) -> Iterator[str]:
    for word in statement.words:
        yield from (kind(group) for group in word.tags.nouns if group.startswith(_OUTCOMES))


def _is_about_people(statement: Statement) -> bool:
    return statement.language != "en" or any({"who", "staff"} & families(word) for word in statement.words)
