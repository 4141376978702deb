"""Fill cells of a board in one act: all of what was typed in a row is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from plumbline.goals.models import Kpi, KpiTarget, Reading
from plumbline.goals.periods import Period
from plumbline.people.models import Actor

Edges = tuple[Decimal | None, Decimal | None]


class Refused(Exception):
    """Raised when one cell could not be filled: which one, and why."""

    def __init__(self, period: Period, why: Exception) -> None:
        super().__init__(str(why))
        self.period = period
        self.why = why


@dataclass(frozen=True, slots=True)
class FilledValue:
    """What the value of a period is to be, and what the sender saw there."""

    period: Period
    value: Decimal | None
    known: Decimal | None

    def fill(self, kpi: Kpi, *, by: Actor, at: datetime) -> Reading | None:
        """Put it in."""
        return kpi.fill(self.period, value=self.value, known=self.known, by=by, at=at)


@dataclass(frozen=True, slots=True)
class FilledTarget:
    """What a period aims for from its first day on, and what the sender saw there."""

    period: Period
    edges: Edges
    known: Edges

    def fill(self, kpi: Kpi, *, by: Actor, at: datetime) -> KpiTarget | None:
        """Put it in."""
        target, upper = self.edges
        return kpi.fill_target(self.period.first_day, target=target, upper=upper, known=self.known, by=by, at=at)


@transaction.atomic
def fill_cells(kpi: Kpi, cells: Iterable[FilledValue | FilledTarget], *, by: Actor, at: datetime) -> None:
    """Fill some cells of one KPI; raises ``Refused`` at the first that can't be, and then none is filled."""
    for cell in cells:
        try:
            cell.fill(kpi, by=by, at=at)
        except (Kpi.Overtaken, Kpi.InTheFuture, Kpi.Closed, Kpi.RollsUp) as refusal:
            raise Refused(cell.period, refusal) from refusal
