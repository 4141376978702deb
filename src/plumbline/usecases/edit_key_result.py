"""Write or change a key result together with what stands around it, as an editor sends it: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from plumbline.goals.models import KeyResult, Kpi, Objective, Tag, Waiver
from plumbline.goals.models.surroundings import PlannedLimit, PlannedStep
from plumbline.people.models import Actor, Event, Person


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a key result that counts work stays one."""

    reason: str
    prepares: str = ""
    prepares_key_result: KeyResult | None = None
    why_not_measurable: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """The KPI that its values come from, or None where people type them."""

    kpi: Kpi | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a key result; None where the editor did not ask."""

    milestones: tuple[PlannedStep, ...] = ()
    path: tuple[tuple[date, Decimal], ...] = ()
    guardrails: tuple[PlannedLimit, ...] = ()
    excuse: Excuse | None = None
    contributors: tuple[Person, ...] | None = None
    tags: tuple[Tag, ...] | None = None
    feed: Feed | None = None

    def hold_feed(self) -> None:
        """Hold the KPI before the key result, as its readings do."""
        if self.feed is not None and self.feed.kpi is not None:
            self.feed.kpi.lock()


@dataclass(frozen=True, slots=True)
class Saved:
    """A key result that is kept, and what keeps it from starting where that was asked."""

    key_result: KeyResult
    missing: tuple[str, ...] = ()
    needs_waiver: bool = False


@transaction.atomic
def write_key_result(
    objective: Objective, *, around: Surroundings, by: Actor, at: datetime, start: bool = False, **fields: Any
) -> Saved:
    """Write a key result down; with ``start`` also activate it, if it is ready. The same key twice writes it once."""
    if repeated := _already(objective, by):
        return Saved(repeated)
    around.hold_feed()
    key_result = KeyResult.write_down(objective, by=by, at=at, **fields)
    return _settle(key_result, around, by=by, at=at, start=start)


@transaction.atomic
def change_key_result(
    key_result: KeyResult,
    *,
    around: Surroundings,
    by: Actor,
    at: datetime,
    start: bool = False,
    reason: str = "",
    expected_version: int | None = None,
    **fields: Any,
) -> Saved:
    """Change a key result; raises what ``KeyResult.change`` raises."""
    around.hold_feed()
    if around.feed is not None and around.feed.kpi is None and key_result.source_kpi_id is not None:
        # Let go first: the KPI fixed the unit.
        key_result.lock(expected_version).feed_from(None, by=by, at=at)
        expected_version = None
    key_result.change(by=by, at=at, reason=reason, expected_version=expected_version, **fields)
    return _settle(key_result, around, by=by, at=at, start=start)


def _already(objective: Objective, by: Actor) -> KeyResult | None:
    if not by.idempotency_key:
        return None
    told = Event.objects.filter(
        verb="written", noun="key_result", actor=by.person, idempotency_key=by.idempotency_key
    ).first()
    return objective.key_results.filter(public_id=told.noun_key).first() if told else None


def _settle(key_result: KeyResult, around: Surroundings, *, by: Actor, at: datetime, start: bool) -> Saved:
    key_result.surround(milestones=around.milestones, path=around.path, guardrails=around.guardrails, by=by, at=at)
    if around.contributors is not None:
        key_result.share(around.contributors, by=by, at=at)
    if around.tags is not None:
        key_result.tag(around.tags, by=by, at=at)
    if around.feed is not None and around.feed.kpi is not None and around.feed.kpi.pk != key_result.source_kpi_id:
        key_result.feed_from(around.feed.kpi, by=by, at=at)
    if around.excuse and key_result.counts_work:
        _give(key_result, around.excuse, by=by, at=at)
    return _start(key_result, by=by, at=at) if start else Saved(key_result)


def _give(key_result: KeyResult, excuse: Excuse, *, by: Actor, at: datetime) -> None:
    Waiver.give(
        key_result,
        reason=excuse.reason,
        prepares=excuse.prepares,
        prepares_key_result=excuse.prepares_key_result,
        why_not_measurable=excuse.why_not_measurable,
        by=by,
        at=at,
    )


def _start(key_result: KeyResult, *, by: Actor, at: datetime) -> Saved:
    try:
        key_result.activate(by=by, at=at)
    except KeyResult.NotReady as refusal:
        return Saved(key_result, missing=tuple(refusal.missing))
    except KeyResult.NeedsWaiver:
        return Saved(key_result, needs_waiver=True)
    return Saved(key_result)
