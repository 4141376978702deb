"""Ask for the number behind the objective, where the result repeats it.

A result that says the objective again adds no way to tell whether it worked.

Mend: Say which number would show that the objective is true.

Found:
    [objective Make commuting by bike easy] Make commuting by bike easy
    [objective Make commuting by bike easy] We make commuting by bike easy.

Good:
    [objective Make commuting by bike easy] Raise the share of members who ride to work from 12% to 20%
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from plumbline_judge.lexicon import singular, word_set
from plumbline_judge.registry import Case, Remark, rule

_SAME = 0.8
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = word_set("the a an our of for to in on and with is are be we will")


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(singular(word) for word in _WORD.findall(text.lower()[:500])) - _SMALL


@rule("ask", ("key_result", "initiative"))
def copies_the_objective(case: Case) -> Iterator[Remark]:
    """Ask for the number behind the objective, where the result repeats it."""
    if not case.context.objective or case.has_aim():
        return
    above, here = _words(case.context.objective), _words(case.statement.text[case.statement.begin :])
    if above and here and len(above & here) / len(above | here) >= _SAME:
        yield Remark()
