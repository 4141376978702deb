"""What the plan check says of a cycle, for one reader: what stands out, and what somebody said is fine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plumbline.goals.models import Cycle, Dismissal
from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Finding, look_over
from plumbline.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Report:
    """The findings that stand, those that were dismissed with who said why, and how many goals were looked at."""

    findings: Sequence[Finding]
    dismissed: Sequence[tuple[Finding, Dismissal]]
    goals: int

    @classmethod
    def read(cls, cycle: Cycle, reader: Person, organisation: Organisation, *, team: str = "") -> Report:
        """Look over a cycle; with the public id of a team, what concerns a goal of its own or a goal it meets."""
        plan = Plan.read(cycle, reader, organisation)
        found = [finding for finding in look_over(plan) if not team or finding.touches(team)]
        rows = Dismissal.objects.filter(cycle=cycle, withdrawn_at=None).select_related("by")
        known = {(row.rule, row.key): row for row in rows}
        dismissed = [(each, known[each.rule, each.key]) for each in found if (each.rule, each.key) in known]
        goals = [goal for goal in plan.goals if not team or any(home.public_id == team for home in goal.teams)]
        open_ = [each for each in found if (each.rule, each.key) not in known]
        return cls(open_, dismissed, len(goals))

    def finding(self, rule: str, key: str) -> Finding | None:
        """Return one finding, dismissed or not; None where the reader has none by that name."""
        every = [*self.findings, *(each for each, _dismissal in self.dismissed)]
        return next((each for each in every if each.rule == rule and each.key == key), None)
