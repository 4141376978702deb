"""The goals of a cycle as the checks read them: frozen, as far as one reader may see them, in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.db.models import F
from django.db.models.fields.json import KT

from plumbline.goals.listed import give_teams
from plumbline.goals.models import Cycle, Guardrail, HandoutRow, KeyResult, Objective
from plumbline.goals.models.objective import PARENTS, Stage
from plumbline.goals.plan_check.wording import telling
from plumbline.people.models import Organisation, Person
from plumbline.people.models.person import Role
from plumbline.people.name import Name
from plumbline.values.unit import Unit

_LATE: Final = ('"rule": "lagging"', '"rule": "too_lagging"', '"rule":"lagging"', '"rule":"too_lagging"')


@dataclass(frozen=True, slots=True)
class Limit:
    """A guardrail: a metric and between what it has to stay."""

    metric: str
    low: Decimal | None
    high: Decimal | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Result:
    """A key result of the plan."""

    public_id: str
    statement: str
    metric: str
    type: str
    level: str
    weight: Decimal
    baseline: Decimal | None
    target: Decimal | None
    unit: Unit
    lead: Name | None
    starts_on: date | None
    due_on: date | None
    is_late: bool
    is_waived: bool
    limits: tuple[Limit, ...] = ()

    @property
    def counts_work(self) -> bool:
        """Tell whether the judge reads it as an activity."""
        return self.level in {"input", "output"}

    @property
    def measures(self) -> tuple[frozenset[str], str]:
        """What it measures: the words that tell its metric from others, and the kind of its unit."""
        return telling(self.metric), self.unit.kind


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective of the plan with its key results."""

    pk: int
    public_id: str
    title: str
    home: str
    teams: tuple[Name, ...]
    home_person: Name | None
    lead: Name | None
    is_aligned: bool
    follows: bool
    starts_on: date | None
    due_on: date | None
    results: tuple[Result, ...]
    made_from: int | None = None


@dataclass(frozen=True)
class Plan:
    """All goals of a cycle that a reader sees, drafts included; closed and archived ones are over."""

    cycle: Cycle
    goals: tuple[Goal, ...]
    most_led: int = 8
    #: Of whom the reader may be told how much they lead; None for everybody.
    told_of: frozenset[int] | None = None

    @cached_property
    def results(self) -> list[tuple[Goal, Result]]:
        """Every key result with its goal."""
        return [(goal, result) for goal in self.goals for result in goal.results]

    @classmethod
    def read(cls, cycle: Cycle, reader: Person, organisation: Organisation) -> Plan:
        """Read what a reader may see of a cycle."""
        rows = Objective.objects.visible_to(reader).in_cycle(cycle).filter(archived_at=None)
        objectives = list(rows.exclude(stage=Stage.CLOSED).select_related("lead", "home_person").only(*_GOAL))
        give_teams(objectives)
        results = _results([row.pk for row in objectives])
        rows_made = HandoutRow.objects.filter(objective__cycle=cycle)
        made = dict(rows_made.values_list("objective", "handout__template"))
        return cls(
            cycle=cycle,
            goals=tuple(_goal(row, tuple(results.get(row.pk, ())), made.get(row.pk)) for row in objectives),
            most_led=organisation.most_led,
            told_of=_told_of(reader),
        )


_GOAL = (
    *("public_id", "title", "home", "driver", "starts_on", "due_on", "cycle", "is_private", *PARENTS),
    *("lead__public_id", "lead__name", "lead__state", "home_person__public_id", "home_person__name"),
    "home_person__state",
)
_RESULT = (
    *("pk", "objective", "public_id", "statement", "metric", "type", "level", "weight", "baseline", "target"),
    *("unit_kind", "unit_code", "unit_scale", "unit_places", "lead", "lead__public_id", "lead__name", "lead__state"),
    *("starts_on", "due_on", "late", "waived"),
)


def _told_of(reader: Person) -> frozenset[int] | None:
    """Return those of whom a reader is told that they lead a lot: themselves, and those whom they manage."""
    if reader.has_role(Role.ADMIN):
        return None
    managed = Person.objects.filter(managements__manager=reader, managements__last_day=None)
    return frozenset({reader.pk, *managed.values_list("pk", flat=True)})


def _goal(row: Objective, results: tuple[Result, ...], made_from: int | None) -> Goal:
    return Goal(
        row.pk,
        row.public_id,
        row.title,
        row.home,
        tuple(row.home_teams.all()),  # type: ignore[arg-type]
        _named(row.home_person),
        _named(row.lead),
        any(getattr(row, f"{name}_id") for name in PARENTS),
        row.driver != Objective.Driver.KEY_RESULTS,
        row.starts_on,
        row.due_on,
        results,
        made_from,
    )


def _named(person: Person | None) -> Name | None:
    return _name(person.pk, person.public_id, person.name, person.state) if person else None


def _name(key: int | None, public_id: str, name: str, state: str) -> Name | None:
    """Return somebody by name; who left the organisation leads nothing any more."""
    return None if key is None or state == Person.State.ARCHIVED else Name(key, public_id, name)


def _results(objectives: list[int]) -> dict[int, list[Result]]:
    there = KeyResult.objects.filter(objective__in=objectives, binned_at=None, archived_at=None)
    told = there.annotate(late=KT("judgement__findings"), waived=F("waiver__pk")).order_by("pk")
    limits = _limits(objectives)
    found: dict[int, list[Result]] = defaultdict(list)
    for values in told.values_list(*_RESULT):
        row = dict(zip(_RESULT, values, strict=True))
        found[row["objective"]].append(_result(row, tuple(limits.get(row["pk"], ()))))
    return found


def _result(row: Mapping[str, Any], limits: tuple[Limit, ...]) -> Result:
    names = ("public_id", "statement", "metric", "type", "level", "weight", "baseline", "target")
    return Result(
        **{name: row[name] for name in names},
        unit=_unit(row),
        lead=_name(row["lead"], row["lead__public_id"], row["lead__name"], row["lead__state"]),
        starts_on=row["starts_on"],
        due_on=row["due_on"],
        is_late=any(rule in (row["late"] or "") for rule in _LATE),
        is_waived=row["waived"] is not None,
        limits=limits,
    )


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(row["unit_kind"], row["unit_code"], row["unit_scale"], row["unit_places"])


_LIMIT = ("key_result", "metric", "low", "high", "unit_kind", "unit_code", "unit_scale", "unit_places")


def _limits(objectives: list[int]) -> dict[int, list[Limit]]:
    found: dict[int, list[Limit]] = defaultdict(list)
    rows = Guardrail.objects.filter(key_result__objective__in=objectives).order_by("pk")
    for values in rows.values_list(*_LIMIT):
        row = dict(zip(_LIMIT, values, strict=True))
        found[row["key_result"]].append(Limit(row["metric"], row["low"], row["high"], _unit(row)))
    return found
