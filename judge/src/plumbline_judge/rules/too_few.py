"""Ask for a second look at an objective that hangs on one number.

One number can be reached with the objective missed: by luck, or by pulling the
one lever that moves it.

Mend: Add a result that shows another side of it, or one that has to hold.

Found:
    Raise retention from 31% to 45%

Good:
    Raise retention from 31% to 45% | Cut invoice errors from 9% to 2%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Remark, SetCase, set_rule


@set_rule("hint")
def too_few(case: SetCase) -> Iterator[Remark]:
    """Ask for a second look at an objective that hangs on one number."""
    if len(case.judgements) == 1:
        yield Remark()
