"""What a team's page tells: where its goals stand, its rhythm, and what its key results measure.

All of it is about the team. Nothing here is counted person by person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean
from typing import Any

from plumbline.goals.as_of import Moment
from plumbline.goals.due import UpToDate, up_to_date
from plumbline.goals.models import CheckIn, Cycle, Initiative, Kpi, Objective
from plumbline.goals.outlook import KeyResultOutlook, Outlook, outlooks
from plumbline.goals.progress import Part, expected, roll_up
from plumbline.goals.status import WORST_FIRST
from plumbline.people.models import Person, Team
from plumbline.web.http import Visit
from plumbline.web.kpi_view import KpiCard, cards, for_cards

MOST_OBJECTIVES = 60
MOST_BETS = 8
MOST_HINTS = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """How many of the team's key results were checked in within one week."""

    number: int
    checked_in: int
    expected: int
    is_now: bool

    @property
    def look(self) -> str:
        """Return the letter of its square: all, some, none, or still to come."""
        if self.checked_in >= self.expected:
            return "y"
        if self.is_now:
            return "d"
        return "l" if self.checked_in else "n"


@dataclass(frozen=True, slots=True)
class Row:
    """One key result with its figures in its own unit."""

    outlook: KeyResultOutlook
    figures: tuple[str, str, str]

    @classmethod
    def of(cls, outlook: KeyResultOutlook) -> Row:
        """Write the figures."""
        result = outlook.key_result
        baseline, now, target = result.baseline, result.current, result.target
        show = result.unit.show
        return cls(outlook, (show(baseline), show(baseline if now is None else now), show(target)))


@dataclass(frozen=True, slots=True)
class Goal:
    """One objective with the rows of its key results."""

    look: Outlook
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Lane:
    """Bets in one state."""

    name: str
    bets: Sequence[Initiative]


@dataclass(frozen=True, slots=True)
class TeamView:
    """Everything the page shows."""

    cycle: Cycle | None
    members: Sequence[Person]
    goals: Sequence[Goal]
    progress: Decimal | None
    expected: Decimal | None
    statuses: Sequence[tuple[str, int]]
    mix: dict[str, int]
    outcome_share: Decimal | None
    confidence: Decimal | None
    weeks: Sequence[Week]
    fresh: UpToDate
    lanes: Sequence[Lane]
    kpis: Sequence[KpiCard]
    hints: Sequence[KeyResultOutlook]

    @property
    def confidence_step(self) -> int | None:
        """Return the grade to draw."""
        return None if self.confidence is None else round(self.confidence)

    @classmethod
    def of(cls, team: Team, visit: Visit, cycle: Cycle | None, moment: Moment | None = None) -> TeamView:
        """Read it all, in a fixed number of queries; at a moment of the past, what the log remembers of it."""
        today = moment.day if moment else visit.today
        looks = _looks(team, visit, cycle, moment)
        rows = [row for look in looks for row in look.counted]
        mix = _mix(rows)
        said = [
            row.key_result.latest_check_in.confidence
            for row in rows
            if row.key_result.latest_check_in and row.key_result.latest_check_in.confidence
        ]
        passed = (
            expected(first_day=cycle.first_day, last_day=cycle.last_day, today=today) if cycle is not None else None
        )
        return cls(
            cycle=cycle,
            members=list(team.members()),
            goals=[Goal(look, [Row.of(row) for row in look.key_results]) for look in looks],
            progress=roll_up([Part(look.progress, look.objective.weight) for look in looks]),
            expected=passed,
            statuses=_statuses(rows),
            mix=mix,
            outcome_share=Decimal(mix["outcome"] * 100) / len(rows) if rows else None,
            confidence=mean(map(Decimal, said)) if said else None,
            weeks=[] if moment else _weeks(cycle, rows, today),
            fresh=up_to_date([row.key_result for row in rows], today=today, organisation=visit.organisation),
            lanes=[] if moment else _lanes(looks),
            kpis=[] if moment else _kpis(team, visit),
            hints=[]
            if moment
            else [row for row in rows if row.key_result.counts_work and not row.key_result.is_waived()][:MOST_HINTS],
        )


def _looks(team: Team, visit: Visit, cycle: Cycle | None, moment: Moment | None) -> list[Outlook]:
    if cycle is None:
        return []
    found = Objective.objects.visible_to(visit.person).of_team(team).in_cycle(cycle)
    rows = found.select_related("cycle", "lead").order_by("pk")
    asked: dict[str, Any] = {"reader": visit.person, "organisation": visit.organisation}
    if moment is None:
        goals = list(rows.filter(archived_at=None)[:MOST_OBJECTIVES])
        known = outlooks(goals, today=visit.today, for_a_list=True, **asked)
    else:
        goals = [goal for goal in moment.rewind_objectives(rows) if not goal.is_archived][:MOST_OBJECTIVES]
        known = outlooks(goals, today=moment.day, moment=moment, **asked)
    return [known[goal.pk] for goal in goals]


def _statuses(rows: Iterable[KeyResultOutlook]) -> list[tuple[str, int]]:
    counts = Counter(row.standing.shown for row in rows)
    return [(status, counts[status]) for status in reversed(WORST_FIRST) if counts[status]]


def _mix(rows: Iterable[KeyResultOutlook]) -> dict[str, int]:
    counts = Counter(row.key_result.level or "unclear" for row in rows)
    return {level: counts[level] for level in ("outcome", "output", "input", "unclear")}


def _weeks(cycle: Cycle | None, rows: Sequence[KeyResultOutlook], today: date) -> list[Week]:
    """Return the weeks that have begun, each with the key results that were at work by its end."""
    if cycle is None or not rows or today < cycle.first_day:
        return []
    begun = {row.key_result.pk: row.key_result.activated_on or cycle.first_day for row in rows}
    checked = _checked_in(begun, cycle)
    found = []
    for number in range(1, cycle.week(today) + 1):
        last = cycle.first_day + WEEK * number - timedelta(days=1)
        at_work = {key for key, day in begun.items() if day <= last}
        done = len(at_work & checked.get(number, set()))
        found.append(Week(number, done, len(at_work), is_now=number == cycle.week(today)))
    return [week for week in found if week.expected]


def _checked_in(begun: Iterable[int], cycle: Cycle) -> dict[int, set[int]]:
    days = CheckIn.objects.standing().filter(
        key_result__in=list(begun), on__gte=cycle.first_day, on__lte=cycle.last_day
    )
    weeks: dict[int, set[int]] = {}
    for key, day in days.values_list("key_result", "on").distinct().order_by("on"):
        weeks.setdefault(cycle.week(day), set()).add(key)
    return weeks


def _lanes(looks: Sequence[Outlook]) -> list[Lane]:
    goals = [look.objective.pk for look in looks]
    rows = Initiative.objects.filter(objective__in=goals, binned_at=None).select_related("objective", "key_result")
    found = list(rows.exclude(state=Initiative.State.DROPPED).order_by("-pk")[: MOST_BETS * 6])
    states = (Initiative.State.DOING, Initiative.State.IDEA, Initiative.State.DONE)
    lanes = [Lane(str(state.label), [bet for bet in found if bet.state == state][:MOST_BETS]) for state in states]
    return lanes if found else []


def _kpis(team: Team, visit: Visit) -> list[KpiCard]:
    rows = Kpi.objects.visible_to(visit.person).kept().filter(home="team", home_teams=team)
    return cards(for_cards(rows).order_by("name")[:MOST_BETS], visit, since=visit.today - WEEK * 12)
