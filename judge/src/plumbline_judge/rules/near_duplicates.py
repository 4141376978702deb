"""Ask whether two results that read alike are one.

Counting one movement twice gives it twice the weight in the progress.

Mend: Keep the one that says it better, or say what tells the two apart.

Found:
    Raise week-one retention from 31% to 45% | Raise week one retention from 31% to 44%
    Raise retention of new riders to 45% | Increase the retention of new riders by 10% by June

Good:
    Raise retention from 31% to 45% | Cut invoice errors from 9% to 2%
    Raise retention in Bern to 45% | Raise retention in Basel to 45%
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from plumbline_judge.lexicon import entries, singular, word_set
from plumbline_judge.registry import Remark, SetCase, set_rule

_ALIKE = 0.75
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = word_set(
    "the a an our of for to from in on at by with and is are be we will until end q per than now today currently "
    "increase raise grow lift improve boost reduce cut lower decrease reach achieve get hit attain up down least most"
)


@lru_cache(maxsize=256)
def _telling(text: str) -> frozenset[str]:
    """Return the words that tell results apart: no numbers, no days, not which verb moves it."""
    found = {singular(word) for word in _WORD.findall(text.lower()[:500])}
    return frozenset(found - _SMALL - _months())


@cache
def _months() -> frozenset[str]:
    return frozenset(entries("en", "months"))


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


@set_rule("hint")
def near_duplicates(case: SetCase) -> Iterator[Remark]:
    """Ask whether two results that read alike are one."""
    words = [_telling(one.text) for one in case.judgements]
    for first in range(len(words)):
        for second in range(first + 1, len(words)):
            if _alike(words[first], words[second]):
                yield Remark(None, {"first": str(first + 1), "second": str(second + 1)})
