"""Ask whether two results that read alike are one.

Counting one movement twice gives it twice the weight in the progress.

Flagged:
    Raise week-one retention from 31% to 45% | Raise week one retention from 31% to 44%

Fine:
    Raise retention from 31% to 45% | Cut invoice errors from 9% to 2%
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plumbline_judge.registry import Remark, SetCase, set_rule

_ALIKE = 0.75


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


@set_rule("hint")
def near_duplicates(case: SetCase) -> Iterator[Remark]:
    """Ask whether two results that read alike are one."""
    words = [frozenset(re.findall(r"[^\W\d_]+", one.text.lower())) for one in case.judgements]
    for first in range(len(words)):
        for second in range(first + 1, len(words)):
            if _alike(words[first], words[second]):
                yield Remark(None, {"first": str(first + 1), "second": str(second + 1)})
