"""Ask for an earlier sign where everything in a set moves late.

With only lagging numbers the cycle is over before anybody can steer.

Mend: Add one result that moves within weeks when the work helps.

Found:
    Grow revenue by 20% | Raise NPS from 30 to 45

Good:
    Grow revenue by 20% | Raise week-one activation from 31% to 45%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Remark, SetCase, set_rule


@set_rule("hint")
def only_lagging(case: SetCase) -> Iterator[Remark]:
    """Ask for an earlier sign where everything in a set moves late."""
    late = [any(finding.rule in ("lagging", "too_lagging") for finding in one.findings) for one in case.judgements]
    if len(late) > 1 and all(late):
        yield Remark(None, {"count": str(len(late))})
