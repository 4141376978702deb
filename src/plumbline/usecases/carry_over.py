"""Make the goals of the next cycle from a closed one: what somebody decided to keep or change, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from plumbline.goals.models import Cycle, Decision, Initiative, KeyResult, Objective
from plumbline.goals.models.objective import PARENTS, Stage
from plumbline.goals.models.surroundings import MOVING, PlannedLimit, PlannedStep, Type
from plumbline.goals.tree import ancestors
from plumbline.people.models import Actor

_OBJECTIVE = ("title", "why_it_matters", "why_now", "home", "home_person", "lead", "kind", "driver", "weight")
_OBJECTIVE_TOO = ("is_private", "custom_fields", "language")
_KEY_RESULT = (
    "statement",
    "metric",
    "type",
    "target",
    "target_upper",
    "weight",
    "lead",
    "rhythm",
    "automatic_status",
    "source",
)
_KEY_RESULT_TOO = ("source_kpi", "source_link", "unit_kind", "unit_code", "unit_scale", "unit_places", "language")


class NotClosed(Exception):
    """Raised when an objective is carried over before it has a verdict."""


class NotLater(Exception):
    """Raised when the cycle to carry into is the same one."""


@transaction.atomic
def carry_over(objective: Objective, *, into: Cycle, by: Actor, at: datetime) -> Objective | None:
    """Copy a closed objective with the key results that go on; None where none does.

    Kept key results start in the copy where they are ready, changed ones are
    drafts. The copy knows its origin: asking again adds what was decided
    since, and makes nothing twice.
    """
    objective.lock()
    if objective.stage != Stage.CLOSED:
        raise NotClosed(objective.title)
    if into.pk == objective.cycle_id:
        raise NotLater(into.name)
    decisions = going_on(objective)
    if not decisions:
        return None
    copy = _copy_of(objective, into)
    if copy is None:
        copy = _copied(objective, into, by=by, at=at)
        if any(decision.choice == Decision.Choice.KEEP for decision in decisions):
            # Before its key results are there: those that are to be changed stay drafts.
            copy.activate(by=by, at=at)
    for decision in decisions:
        _carried(decision, copy, by=by, at=at)
    return copy


def carry_all(objectives: Iterable[Objective], *, into: Cycle, by: Actor, at: datetime) -> list[Objective]:
    """Carry objectives over one by one, those above first; what was carried stays when a later one fails."""
    ordered = sorted(objectives, key=lambda row: len(ancestors(row.pk)))
    copies = [carry_over(row, into=into, by=by, at=at) for row in ordered]
    return [copy for copy in copies if copy is not None]


def going_on(objective: Objective) -> list[Decision]:
    """Return the decisions that keep or change a key result of an objective."""
    rows = Decision.objects.filter(key_result__objective=objective, key_result__binned_at=None)
    chosen = rows.exclude(choice=Decision.Choice.DROP).select_related("key_result").order_by("key_result_id")
    return list(chosen.prefetch_related("initiatives"))


def _copy_of(objective: Objective, into: Cycle) -> Objective | None:
    return Objective.objects.filter(origin=objective, cycle=into, binned_at=None).first()


def _copied(objective: Objective, into: Cycle, *, by: Actor, at: datetime) -> Objective:
    fields = {name: getattr(objective, name) for name in (*_OBJECTIVE, *_OBJECTIVE_TOO)}
    copy = Objective.set(
        **fields,
        **_place(objective, into),
        origin=objective,
        cycle=into,
        teams=[team for team in objective.home_teams.all() if team.is_open],
        contributors=objective.contributors.all(),
        named=objective.named.all(),
        by=by,
        at=at,
    )
    copy.tags.set(objective.tags.all())
    return copy


def _place(objective: Objective, into: Cycle) -> dict[str, Any]:
    """Return where the copy hangs: from what goes on being there, or from the copy of what was carried before."""
    name = next((name for name in PARENTS if getattr(objective, name) is not None), "")
    parent = getattr(objective, name) if name else None
    if parent is None:
        return {}
    if name in {"pillar", "parent_kpi"}:
        return {} if parent.archived_at or parent.binned_at else {name: parent}
    above = parent.objective if name == "parent_key_result" else parent
    if above.is_open and not above.cycle.is_closed and above.cycle_id != objective.cycle_id:
        return {name: parent}
    there = type(parent).objects.filter(origin=parent, binned_at=None)
    cycle = "objective__cycle" if name == "parent_key_result" else "cycle"
    copy = there.filter(**{cycle: into}).first()
    return {name: copy} if copy else {}


def _carried(decision: Decision, copy: Objective, *, by: Actor, at: datetime) -> None:
    origin = decision.key_result
    if KeyResult.objects.filter(origin=origin, objective=copy, binned_at=None).exists():
        return
    fields = {name: getattr(origin, name) for name in (*_KEY_RESULT, *_KEY_RESULT_TOO)}
    made = KeyResult.write_down(copy, **fields, baseline=_baseline(decision), origin=origin, by=by, at=at)
    made.contributors.set(origin.contributors.all())
    made.surround(milestones=_steps(origin, copy.cycle), guardrails=_limits(origin), by=by, at=at)
    for initiative in decision.initiatives.all():
        _take_along(initiative, made, by=by, at=at)
    if decision.choice == Decision.Choice.KEEP:
        _start(made, by=by, at=at)


def _baseline(decision: Decision) -> Any:
    row = decision.key_result
    if row.type not in MOVING:
        return row.baseline
    if decision.baseline is not None:
        return decision.baseline
    return row.baseline if row.current is None else row.current


def _steps(origin: KeyResult, into: Cycle) -> list[PlannedStep]:
    if origin.type != Type.MILESTONES:
        return []
    later = timedelta(days=(into.first_day - origin.objective.cycle.first_day).days)
    left = origin.milestones.filter(done_on=None).order_by("pk")
    return [PlannedStep(step.title, min(step.due_on + later, into.last_day), step.weight) for step in left]


def _limits(origin: KeyResult) -> list[PlannedLimit]:
    return [PlannedLimit(each.metric, each.unit, each.low, each.high) for each in origin.guardrails.order_by("pk")]


def _take_along(initiative: Initiative, made: KeyResult, *, by: Actor, at: datetime) -> None:
    copy = Initiative.take_on(
        title=initiative.title,
        objective=made.objective,
        key_result=made,
        state=initiative.state,
        lead=initiative.lead,
        note=initiative.note,
        link=initiative.link,
        weight=initiative.weight,
        language=initiative.language,
        by=by,
        at=at,
    )
    bet = getattr(initiative, "bet", None)
    if bet is not None and not bet.verdict:
        copy.place_bet(key_result=made, expected_change=bet.expected_change, by=by, at=at)


def _start(made: KeyResult, *, by: Actor, at: datetime) -> None:
    if made.type in MOVING and made.baseline == made.target:
        return
    try:
        with transaction.atomic():
            made.activate(by=by, at=at)
    except (KeyResult.NotReady, KeyResult.NeedsWaiver):
        return
