"""What differs from language to language, and nothing else.

A tongue reads a text into words in the order and with the small words of English: "Umsatz um 5 % steigern" becomes
[steigern] [Umsatz] [by] [5] [%]. Every word keeps its place in the text, and its tags say what the language's own
lexicon knows of it. So zones, numbers and features are written once and their names are the same in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from plumbline_judge.judgement import Span
from plumbline_judge.words import Word


class Tongue(NamedTuple):
    """One language: its words in common order, its deadlines, months and units.

    ``trust`` says from 0 to 1 how far its lexicon carries: what is judged in it is that much surer than a guess.
    ``knows`` says from 0 to 1 how surely a word in small letters is one of its own, ``many`` whether a noun is a
    plural.
    """

    code: str
    words: Callable[[str], list[Word]]
    deadline: Callable[[str, int, int], Span | None]
    months: frozenset[str]
    units: Mapping[str, str]
    knows: Callable[[str], float]
    many: Callable[[str], bool]
    trust: float = 1.0
