"""Clone an objective: the words, the key results and what stands around them, without anything that happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from plumbline.goals.models import Cycle, Initiative, KeyResult, Objective
from plumbline.goals.models.objective import PARENTS
from plumbline.goals.models.surroundings import PlannedLimit, PlannedStep
from plumbline.people.models import Actor, Event, Organisation, Person
from plumbline.people.models.organisation import Feature
from plumbline.usecases.move_goal import Destination

_WORDS: Final = ("why_it_matters", "why_now", "lead", "kind", "driver", "weight", "is_private", "language")
_MEASURES: Final = (
    "metric", "type", "baseline", "target", "target_upper", "weight", "lead", "rhythm", "source_link", "language",
    "automatic_status",
    "description", "custom_fields", "unit_kind", "unit_code", "unit_scale", "unit_places",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the copy is called, where it stands, and whether the work comes along."""

    title: str
    to: Destination
    initiatives: bool = False
    #: Whose it becomes: they lead all of it, and nobody else is brought along.
    whose: Person | None = None


@transaction.atomic
def clone_goal(objective: Objective, wishes: Wishes, *, by: Actor, at: datetime) -> Objective:
    """Set a copy of an objective as a draft, with its key results as drafts and none of their check-ins.

    The same key twice makes one copy. It hangs where the original hangs, as far as that exists for whoever
    clones it. Days of its own come along only within the same cycle.
    """
    if (made := _made_already(by)) is not None:
        return made
    if objective.is_private:
        Organisation.refuse_without(Feature.PRIVATE_GOALS)
    shared = Organisation.the().has(Feature.SHARED_OWNERSHIP) and wishes.whose is None
    same = wishes.to.cycle == objective.cycle
    words = {name: getattr(objective, name) for name in _WORDS}
    copy = Objective.set(
        title=wishes.title,
        cycle=wishes.to.cycle,
        home=wishes.to.home,
        teams=wishes.to.teams,
        home_person=wishes.to.home_person,
        contributors=objective.contributors.all() if shared else (),
        named=objective.named.all(),
        custom_fields=dict(objective.custom_fields),
        by=by,
        at=at,
        **(words | ({"lead": wishes.whose} if wishes.whose else {})),
        **_parent(objective, by.person),
        **_days(objective, same),
    )
    copy.tag(objective.tags.in_use(), by=by, at=at)
    rows = objective.key_results.filter(binned_at=None, archived_at=None).order_by("pk")
    copies = {row.pk: _copied(row, copy, same, whose=wishes.whose, by=by, at=at) for row in rows}
    if wishes.initiatives:
        _copy_work(objective, copy, copies, by=by, at=at)
    copy.record("cloned", by=by, at=at, after={"objective": objective})
    return copy


def _made_already(by: Actor) -> Objective | None:
    if not by.idempotency_key:
        return None
    told = Event.objects.filter(verb="cloned", actor=by.person, idempotency_key=by.idempotency_key).first()
    return Objective.objects.filter(public_id=told.noun_key).first() if told else None


def _parent(objective: Objective, person: Person | None) -> dict[str, Any]:
    for name in PARENTS:
        parent = getattr(objective, name)
        above = parent.objective if parent is not None and parent.noun == "key_result" else parent
        if parent is None or _gone(parent) or _gone(above):
            continue
        seen = name == "pillar" or (
            person is not None and type(parent).objects.visible_to(person).filter(pk=parent.pk).exists()
        )
        return {name: parent} if seen else {}
    return {}


def _gone(row: Any) -> bool:
    return row.archived_at is not None or row.binned_at is not None


def _days(row: Objective | KeyResult, same: bool) -> dict[str, Any]:
    return {"starts_on": row.starts_on, "due_on": row.due_on} if same else {}


def _copied(row: KeyResult, into: Objective, same: bool, *, whose: Person | None, by: Actor, at: datetime) -> KeyResult:
    fields = {name: getattr(row, name) for name in _MEASURES} | ({"lead": whose} if whose else {})
    copy = KeyResult.write_down(into, statement=row.statement, by=by, at=at, **fields, **_days(row, same))
    copy.surround(
        milestones=_steps(row, into.cycle, same),
        path=[(point.on, point.value) for point in row.path_points.all()] if same else (),
        guardrails=[PlannedLimit(each.metric, each.unit, each.low, each.high) for each in row.guardrails.all()],
        by=by,
        at=at,
    )
    if whose is None and Organisation.the().has(Feature.SHARED_OWNERSHIP):
        copy.share(row.contributors.all(), by=by, at=at)
    copy.tag(row.tags.in_use(), by=by, at=at)
    return copy


def _steps(row: KeyResult, cycle: Cycle, same: bool) -> list[PlannedStep]:
    moved = cycle.first_day - row.objective.cycle.first_day
    steps = row.milestones.order_by("pk")
    return [PlannedStep(step.title, step.due_on if same else step.due_on + moved, step.weight) for step in steps]


def _copy_work(objective: Objective, copy: Objective, copies: dict[int, KeyResult], *, by: Actor, at: datetime) -> None:
    for row in objective.initiatives.filter(binned_at=None).exclude(state=Initiative.State.DROPPED).order_by("pk"):
        Initiative.take_on(
            title=row.title, objective=copy, key_result=copies.get(row.key_result_id or 0), lead=row.lead,
            note=row.note, link=row.link, weight=row.weight, language=row.language, by=by, at=at,
        )  # fmt: skip
