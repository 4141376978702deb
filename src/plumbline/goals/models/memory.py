"""Memories: what was read in the past, taken in many at a time (``remember``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from plumbline.people.models import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One reading as somebody entered it at an instant: what a check-in or a KPI's reading is told."""

    value: Decimal | None
    on: date
    by: Actor
    at: datetime
    status: str = ""
    confidence: int | None = None
    note: str = ""
    source: str = "typed"
