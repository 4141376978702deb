"""Ask how one will know it worked, where a set holds only work.

All of it can be done with the objective no nearer.

Mend: Keep them as initiatives, and add the number that they are to move.

Found:
    Publish 10 articles | Launch the new app | Hold 12 customer interviews

Good:
    Publish 10 articles | Raise trial sign-ups from 120 to 300
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Remark, SetCase, set_rule


@set_rule("ask")
def only_outputs(case: SetCase) -> Iterator[Remark]:
    """Ask how one will know it worked, where a set holds only work."""
    levels = {one.level for one in case.judgements}
    if len(case.judgements) > 1 and levels and levels <= {"output", "input"}:
        yield Remark(None, {"count": str(len(case.judgements))})
