"""Objectives with all that hangs on them, in batches that are written together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from django.db import transaction
from django.db.models import OuterRef, Subquery

from plumbline.goals import judgements
from plumbline.goals.models import (
    Bet,
    CheckIn,
    Closure,
    Commitment,
    Cycle,
    Initiative,
    KeyResult,
    Objective,
    Pillar,
    Work,
)
from plumbline.goals.models.closure import Verdict
from plumbline.goals.models.measured import unit_fields
from plumbline.goals.models.objective import Home, Stage
from plumbline.goals.status import SAYABLE
from plumbline.people.models import Actor, Event, Person, Team
from plumbline.usecases.seed.chance import Chance
from plumbline.usecases.seed.people import SYSTEM, Staff
from plumbline.usecases.seed.vocabulary import AIMS, NOTES, REASONS, TEMPLATES, THINGS, WORKS, Template

#: How many of a cycle's objectives stand on each of the five levels, the company's first.
LEVELS = (0.01, 0.05, 0.16, 0.32, 0.46)
BATCH = 250

_UNALIGNED = 0.08
_PRIVATE = 0.03
_PERSONAL = 0.15
_WITH_WORK = 0.5
_ROLLS_UP = 0.15
_QUIET = 0.15
_SCORES = ("0.2", "0.4", "0.5", "0.7", "0.8", "1.0")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One objective to be made: on which level, with how many key results, and check-ins on each."""

    cycle: Cycle
    level: int
    check_ins: tuple[int, ...]


@dataclass(slots=True)
class Field:
    """Where goals are sown: the people, the pillars, and the objectives of each level so far."""

    staff: Staff
    pillars: list[Pillar]
    chance: Chance
    at: datetime
    today: date
    above: dict[tuple[int, int], list[Objective]] = field(default_factory=dict)

    def sow(self, wanted: Iterator[Wanted]) -> Iterator[int]:
        """Make the objectives batch by batch, each in one transaction; yield how many rows each batch wrote."""
        while batch := list(islice(wanted, BATCH)):
            with transaction.atomic():
                yield self._batch(batch)

    def _batch(self, wanted: list[Wanted]) -> int:
        sheaf = Sheaf(self.chance, self.at, self.today)
        for each in wanted:
            objective, members = self._objective(each)
            sheaf.add(objective, members, each.check_ins)
        return sheaf.write(self.above, [each.level for each in wanted])

    def _objective(self, wanted: Wanted) -> tuple[Objective, list[Person]]:
        chance, cycle = self.chance, wanted.cycle
        team = chance.one_of(self.staff.teams)
        members = self.staff.of_team[team.pk]
        lead = chance.one_of(members)
        personal = wanted.level > 1 and chance.happens(_PERSONAL)
        home = Home.COMPANY if wanted.level == 0 else Home.PERSON if personal else Home.TEAM
        objective = Objective(
            title=chance.one_of(AIMS).format(thing=chance.one_of(THINGS)).capitalize(),
            why_it_matters=chance.one_of(REASONS),
            cycle=cycle,
            home=home,
            home_person=lead if personal else None,
            lead=lead,
            kind=chance.one_of(list(Objective.Kind)),
            stage=_stage(cycle),
            driver=Objective.Driver.BOTH if chance.happens(_ROLLS_UP) else Objective.Driver.KEY_RESULTS,
            weight=chance.number((1, 3)),
            is_private=wanted.level > 1 and chance.happens(_PRIVATE),
            activated_at=None if cycle.phase == Cycle.Phase.PLANNING else chance.moment(cycle.first_day),
            **self._parent(wanted),
        )
        objective.sown_in = team if home == Home.TEAM else None  # type: ignore[attr-defined]
        return objective, members

    def _parent(self, wanted: Wanted) -> dict[str, Objective | Pillar]:
        if wanted.level == 0:
            return {"pillar": self.chance.one_of(self.pillars)}
        above = self.above.get((wanted.cycle.pk, wanted.level - 1), ())
        if not above or self.chance.happens(_UNALIGNED):
            return {}
        return {"parent_objective": self.chance.one_of(above)}


def _stage(cycle: Cycle) -> Stage:
    if cycle.phase == Cycle.Phase.PLANNING:
        return Stage.DRAFT
    return Stage.ACTIVE


@dataclass(slots=True)
class Sheaf:
    """The rows of one batch, gathered before any is written."""

    chance: Chance
    at: datetime
    today: date
    objectives: list[Objective] = field(default_factory=list)
    key_results: list[KeyResult] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    bets: list[Bet] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, objective: Objective, members: list[Person], check_ins: tuple[int, ...]) -> None:
        """Gather an objective with its key results and what happened to them."""
        self.objectives.append(objective)
        self._tell("set", objective, objective.lead, after={"title": objective.title})
        is_over = objective.cycle.last_day < self.today
        for count in check_ins:
            self._key_result(objective, self.chance.one_of(members), count, is_over=is_over)
        if is_over:
            self._close(objective)

    def write(self, above: dict[tuple[int, int], list[Objective]], levels: list[int]) -> int:
        """Write everything; return how many rows that were."""
        Objective.objects.bulk_create(self.objectives)
        for objective, level in zip(self.objectives, levels, strict=True):
            above.setdefault((objective.cycle_id, level), []).append(objective)
        homes = [
            Objective.home_teams.through(objective=each, team=team)
            for each in self.objectives
            if isinstance(team := each.sown_in, Team)  # type: ignore[attr-defined]
        ]
        rows: tuple[tuple[type, list], ...] = (  # type: ignore[type-arg]
            (Objective.home_teams.through, homes),
            (KeyResult, self.key_results),
            (CheckIn, self.check_ins),
            (Commitment, self.commitments),
            (Initiative, self.initiatives),
            (Bet, self.bets),
            (Closure, self.closures),
            (Event, self.events),
        )
        for model, made in rows:
            model._base_manager.bulk_create(made, batch_size=500)  # type: ignore[attr-defined]
        self._point_to_the_latest()
        return len(self.objectives) + sum(len(made) for _, made in rows)

    def _point_to_the_latest(self) -> None:
        latest = CheckIn.objects.filter(key_result=OuterRef("pk")).order_by("-on", "-entered_at", "-pk")
        keys = [row.pk for row in self.key_results]
        for place in range(0, len(keys), 500):
            rows = KeyResult.objects.filter(pk__in=keys[place : place + 500])
            rows.update(latest_check_in=Subquery(latest.values("pk")[:1]))

    def _key_result(self, objective: Objective, lead: Person, count: int, *, is_over: bool) -> None:
        chance, template, thing = self.chance, self.chance.one_of(TEMPLATES), self.chance.one_of(THINGS)
        start, aim = chance.number(template.starts), chance.number(template.aims)
        statement = template.sentence(thing, start, aim)
        drafted = objective.stage == Stage.DRAFT
        row = KeyResult(
            objective=objective,
            statement=statement,
            metric=f"{template.metric}, {thing}",
            type=template.type,
            baseline=start * template.size,
            target=aim * template.size,
            lead=lead,
            weight=chance.number((1, 3)),
            stage=Stage.DRAFT if drafted else Stage.ACTIVE,
            activated_on=None if drafted else objective.cycle.first_day,
            **unit_fields(template.unit),
            **_judged(statement),
        )
        self.key_results.append(row)
        self._tell("written", row, objective.lead, after={"statement": statement, "level": row.level})
        if not drafted:
            self._commit(row)
            self._live(row, template, count, is_over=is_over)
        if chance.happens(_WITH_WORK):
            self._work(row, thing)

    def _live(self, row: KeyResult, template: Template, count: int, *, is_over: bool) -> None:
        """Let time pass: check-ins spread over the days of the cycle that are behind."""
        first, last = row.objective.cycle.first_day, min(row.objective.cycle.last_day, self.today)
        quiet = 0 if is_over or not self.chance.happens(_QUIET) else 21
        days = max((last - first).days - quiet, 0)
        pull, value = Decimal(str(round(self.chance.uniform(0.1, 1.2), 3))), row.baseline
        for place in range(1, count + 1):
            on = first + timedelta(days=days * place // max(count, 1))
            before, value = value, self._read(row, template, pull * place / count)
            self._check_in(row, on, before if place > 1 else None, value)
        row.current = value if count else None

    def _read(self, row: KeyResult, template: Template, share: Decimal) -> Decimal:
        start, aim = row.baseline or Decimal(0), row.target or Decimal(0)
        if template.type in {"at_least", "at_most"}:
            better = 1 if template.type == "at_least" else -1
            return aim + self.chance.number((-2, 4)) * better
        shake = Decimal(str(round(self.chance.gauss(0, 0.05), 3)))
        return max((start + (aim - start) * (share + shake)).quantize(Decimal("0.1")), Decimal(0))

    def _check_in(self, row: KeyResult, on: date, before: Decimal | None, value: Decimal) -> None:
        check_in = CheckIn(
            key_result=row,
            value=value,
            value_before=before,
            status=self.chance.one_of(SAYABLE[:3]),
            confidence=int(self.chance.number((1, 5))),
            note=self.chance.one_of(NOTES),
            on=on,
            entered_at=self.chance.moment(on),
            author=row.lead,
        )
        self.check_ins.append(check_in)
        row.version += 1
        after = {"check_in": check_in, "value": value, "status": check_in.status, "on": on, "current": value}
        self._tell("checked_in", row, row.lead, after=after, before={"current": before}, at=check_in.entered_at)

    def _commit(self, row: KeyResult) -> None:
        self.commitments.append(
            Commitment(
                key_result=row,
                statement=row.statement,
                baseline=row.baseline,
                target=row.target,
                due_on=row.objective.cycle.last_day,
                weight=row.weight,
                lead=row.lead,
                at=row.objective.cycle.locked_at or self.at,
            )
        )

    def _work(self, row: KeyResult, thing: str) -> None:
        state = self.chance.one_of(list(Initiative.State))
        initiative = Initiative(
            title=self.chance.one_of(WORKS).format(thing=thing),
            objective=row.objective,
            key_result=row,
            state=state,
            work=Work.TOOL,
            lead=row.lead,
            due_on=row.objective.cycle.last_day,
            ended_on=row.objective.cycle.last_day if state in Initiative.OVER else None,
        )
        self.initiatives.append(initiative)
        self.bets.append(Bet(initiative=initiative, key_result=row, expected_change=Decimal(5)))
        self._tell("taken_on", initiative, row.lead, after={"title": initiative.title, "key_result": row})

    def _close(self, objective: Objective) -> None:
        score = Decimal(self.chance.one_of(_SCORES))
        verdict = self.chance.one_of(list(Verdict)[:3])
        at = self.chance.moment(objective.cycle.last_day)
        closure = Closure(objective=objective, score=score, verdict=verdict, rating=3, by=objective.lead, at=at)
        self.closures.append(closure)
        for row in self.key_results[-20:]:
            if row.objective is objective:
                row.stage = Stage.CLOSED
        objective.stage = Stage.CLOSED
        self._tell("closed", objective, objective.lead, after={"verdict": verdict, "score": score}, at=at)

    def _tell(
        self,
        verb: str,
        noun: Objective | KeyResult | Initiative,
        person: Person | None,
        *,
        after: dict[str, object],
        before: dict[str, object] | None = None,
        at: datetime | None = None,
    ) -> None:
        by = Actor(person, door="cli") if person else SYSTEM
        event = noun.event(verb, by=by, at=at or self.at, before=before, after=after)
        event.dispatched_at = self.at  # it is history: nobody is told of it by mail
        self.events.append(event)


@lru_cache(maxsize=8192)
def _judged(statement: str) -> dict[str, object]:
    return judgements.kept(judgements.read(statement))
