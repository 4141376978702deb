"""The ledger of bets: which work moved which number, counted for whoever may see the goals, and never by person.

A bet is *settled* when somebody said what came of it; shares are of the settled ones. Few bets are told as they are:
under ``ENOUGH`` there is a count and no percentage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db.models import Q

from plumbline.goals.models import Bet, CheckIn, Cycle, Initiative, Objective
from plumbline.goals.models.objective import Home
from plumbline.goals.trend import Course, Reading, TooFew, course
from plumbline.people.models import Person

#: From so many settled bets on, a share says more than the bets themselves.
ENOUGH: Final = 5

MOVED: Final = (Bet.Verdict.MOVED, Bet.Verdict.PARTLY)
SETTLED: Final = (*MOVED, Bet.Verdict.NOT)

COMPANY: Final = "company"
PERSON: Final = "person"
#: Kinds that nobody chose and no word tells.
UNTOLD: Final = "untold"


class Row(NamedTuple):
    """What is counted of a bet."""

    pk: int
    state: str
    work: str
    moves: str
    verdict: str
    asked: bool
    objective: int
    home: str

    @property
    def standing(self) -> str:
        """Return where it stands: its verdict, or whether it waits for one or is at work."""
        if self.verdict:
            return self.verdict
        return "open" if self.state in {Initiative.State.IDEA, Initiative.State.DOING} else "unsettled"


#: Where bets stand that have no verdict, beside the verdicts.
STANDINGS: Final = ("open", "unsettled", *(verdict.value for verdict in Bet.Verdict))


@dataclass(slots=True)
class Tally:
    """How many bets stand where."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def all(self) -> int:
        """How many bets there are."""
        return self.counts.total()

    @property
    def settled(self) -> int:
        """How many have a verdict that says something."""
        return sum(self.counts[verdict] for verdict in SETTLED)

    @property
    def unsettled(self) -> int:
        """How many have none yet, or one that says it is too early."""
        return self.all - self.settled

    @property
    def moved(self) -> int:
        """How many moved their number, partly ones included."""
        return sum(self.counts[verdict] for verdict in MOVED)

    @property
    def share(self) -> Decimal | None:
        """The percentage of the settled ones that moved their number; None where they are too few for one."""
        return Decimal(self.moved * 100) / self.settled if self.settled >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bets: by the team's public id (or ``company``, ``person``), cycle, kinds and standing."""

    team: str = ""
    cycle: Cycle | None = None
    work: str = ""
    moves: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The bets that fit, counted in every way that is asked for."""

    rows: Sequence[Row]
    total: Tally
    by_kinds: dict[tuple[str, str], Tally]
    by_work: dict[str, Tally]
    by_team: dict[int, Tally]

    @classmethod
    def read(cls, reader: Person, wanted: Wanted) -> Ledger:
        """Count the bets that a reader may see, in two queries."""
        rows = [row for row in _rows(reader, wanted) if not wanted.standing or row.standing == wanted.standing]
        total, kinds, works = Tally(), defaultdict[Any, Tally](Tally), defaultdict[Any, Tally](Tally)
        teams, homes = defaultdict[int, Tally](Tally), _teams(row.objective for row in rows)
        for row in rows:
            tallies = [total, kinds[row.work, row.moves], works[row.work]]
            for tally in [*tallies, *(teams[team] for team in homes.get(row.objective, ()))]:
                tally.counts[row.standing] += 1
        return cls(rows, total, dict(kinds), dict(works), dict(teams))


def _rows(reader: Person, wanted: Wanted) -> list[Row]:
    # A number that moved under another goal since is asked for too: that one may be private by now.
    there = Initiative.objects.visible_to(reader).filter(
        Objective.seen_by(reader, "bet__key_result__objective__"),
        objective__archived_at=None,
        bet__key_result__binned_at=None,
    )
    told = there.filter(_wanted(wanted)).values_list(
        "pk", "state", "work", "bet__moves", "bet__verdict", "bet__asked_at", "objective", "objective__home"
    )
    return [Row(*row[:5], row[5] is not None, *row[6:]) for row in told.order_by("-pk")]


def _wanted(wanted: Wanted) -> Q:
    found = Q(objective__cycle=wanted.cycle) if wanted.cycle else Q()
    if wanted.team in {COMPANY, PERSON}:
        found &= Q(objective__home=Home.COMPANY if wanted.team == COMPANY else Home.PERSON)
    elif wanted.team:
        homes = Objective.home_teams.through.objects.filter(team__public_id=wanted.team)
        found &= Q(objective__home=Home.TEAM, objective__in=homes.values("objective"))
    for name, kind in (("work", wanted.work), ("bet__moves", wanted.moves)):
        if kind:
            found &= Q(**{name: "" if kind == UNTOLD else kind})
    return found


def _teams(objectives: Iterable[int]) -> dict[int, list[int]]:
    wanted, found = set(objectives), defaultdict(list)
    for objective, team in Objective.home_teams.through.objects.values_list("objective", "team").order_by("team"):
        if objective in wanted:
            found[objective].append(team)
    return found


# What the number did.


def courses(bets: Iterable[Bet], *, today: date) -> dict[int, Course | TooFew]:
    """Return what the number of each bet did after its work ended, by the bet's key, in one query.

    Work that goes on has nothing to compare yet, and is left out.
    """
    over = [bet for bet in bets if bet.initiative.ended_on is not None]
    readings: dict[int, dict[date, Decimal]] = defaultdict(dict)
    known = CheckIn.objects.standing().filter(key_result__in={bet.key_result_id for bet in over})
    for key, day, value in known.by_day().values_list("key_result", "on", "value"):
        if value is not None:
            readings[key][day] = value
    return {bet.pk: _course(bet, list(readings[bet.key_result_id].items()), today) for bet in over}


def _course(bet: Bet, readings: list[Reading], today: date) -> Course | TooFew:
    ended = bet.initiative.ended_on or today
    # A horizon before the end, or none: all that came after it counts.
    horizon = bet.by_day if bet.by_day and bet.by_day > ended else None
    return course(readings, ended_on=ended, last_day=horizon)
