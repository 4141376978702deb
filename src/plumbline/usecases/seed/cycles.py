"""Cycles: quarters that are over, the one that runs, and the next."""

from __future__ import annotations

from datetime import datetime

from plumbline.goals.models import Cadence, Cycle, Pillar
from plumbline.goals.models.cadence import months_later
from plumbline.people.models import Organisation
from plumbline.usecases.seed.people import SYSTEM
from plumbline.usecases.seed.vocabulary import PILLARS

_QUARTER = 3


def sow_cycles(count: int, at: datetime) -> list[Cycle]:
    """Make this many quarters, oldest first: the last is the next one, the last but one runs, the others are over."""
    cadence = Cadence.objects.filter(kind=Cadence.Kind.QUARTERLY).first() or _cadence(at)
    running = cadence.next_first_day(Organisation.the().today(at))
    firsts = [months_later(running, _QUARTER * (place - count + 2)) for place in range(count)]
    cycles = [cadence.make_cycle(first_day=first, by=SYSTEM, at=at) for first in firsts]
    for cycle in cycles[:-1]:
        cycle.move_to(Cycle.Phase.ACTIVE, by=SYSTEM, at=at)
    return cycles


def close(cycles: list[Cycle], at: datetime) -> None:
    """Close the cycles that are over, once their goals are in them."""
    for cycle in cycles[:-2]:
        cycle.move_to(Cycle.Phase.CLOSING, by=SYSTEM, at=at)
        cycle.move_to(Cycle.Phase.CLOSED, by=SYSTEM, at=at)


def sow_pillars(at: datetime) -> list[Pillar]:
    """Make the pillars, unless the organisation chose some."""
    standing = list(Pillar.objects.standing())
    return standing or [Pillar.raise_up(name=name, by=SYSTEM, at=at) for name in PILLARS]


def _cadence(at: datetime) -> Cadence:
    return Cadence.begin(name="Quarters", kind=Cadence.Kind.QUARTERLY, formula="Q{quarter} {year}", by=SYSTEM, at=at)
