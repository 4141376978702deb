"""Ask which results matter most where there are more than five.

Attention does not stretch: three that are looked at beat seven that are not.

Mend: Choose the three that say most, and let the others wait or hang below.

Found:
    Raise retention to 45% | Cut churn to 3% | NPS 45 | Revenue up 20% | Costs down 5% | Activation 60%

Good:
    Raise retention to 45% | Cut churn to 3%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Remark, SetCase, set_rule

_MOST = 5


@set_rule("hint")
def too_many(case: SetCase) -> Iterator[Remark]:
    """Ask which results matter most where there are more than five."""
    if len(case.judgements) > _MOST:
        yield Remark(None, {"count": str(len(case.judgements))})
