"""Sow everything in its order, and say how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from plumbline.goals.models import Cycle, Objective
from plumbline.people.models import Event, Organisation, Person
from plumbline.usecases.seed.chance import Chance, dealt
from plumbline.usecases.seed.cycles import close, sow_cycles, sow_pillars
from plumbline.usecases.seed.goals import LEVELS, Field, Wanted
from plumbline.usecases.seed.kpis import sow_kpis
from plumbline.usecases.seed.people import SYSTEM, sow_staff
from plumbline.usecases.seed.size import Size

#: The share of the objectives that lives in the running cycle, and in the next one as drafts.
_RUNNING = 0.45
_NEXT = 0.05

Told = Callable[[int], None]


class NotEmpty(Exception):
    """Raised when there are goals already: seeds are not mixed with what people wrote."""


def sow(size: Size, *, at: datetime, start: int = 1, told: Told = lambda rows: None) -> Person:
    """Make an organisation of a size in a database without goals; return its owner, who has no password yet.

    ``start`` is the number that chance starts from, ``told`` is called with the number of rows after each batch. Each
    batch is one transaction: what was written before an interruption stays.
    """
    if Objective.objects.exists() or Cycle.objects.exists():
        raise NotEmpty
    chance = Chance(start)
    organisation = Organisation.objects.first() or Organisation.found(name="Seed", by=SYSTEM, at=at)
    staff = sow_staff(size, chance, at)
    told(size.people * 3 + size.teams * 2)
    cycles = sow_cycles(size.cycles, at)
    field = Field(staff, sow_pillars(at), chance, at, organisation.today(at))
    for rows in field.sow(_wanted(size, cycles)):
        told(rows)
    told(sow_kpis(size.kpis, staff, chance, field.today))
    close(cycles, at)
    Event.objects.filter(dispatched_at=None).update(dispatched_at=at)
    return staff.people[0]


def _wanted(size: Size, cycles: list[Cycle]) -> Iterator[Wanted]:
    """Plan every objective, level by level, so that those above are there before those below hang from them."""
    begun = [cycle for cycle in cycles if cycle.phase != Cycle.Phase.PLANNING]
    per_cycle = _shares(size.objectives, len(begun))
    results = iter(dealt(size.key_results, size.objectives))
    waiting = round(size.key_results * per_cycle[-1] / size.objectives)
    readings = iter(dealt(size.check_ins, max(size.key_results - waiting, 1)))
    for cycle, objectives in zip(cycles, per_cycle, strict=True):
        for level, count in enumerate(_levels(objectives)):
            for _ in range(count):
                on_each = [next(readings, 0) if cycle in begun else 0 for _ in range(next(results, 0))]
                yield Wanted(cycle, level, tuple(on_each))


def _shares(objectives: int, begun: int) -> list[int]:
    """Return how many objectives each cycle gets, oldest first, the next one last."""
    coming = round(objectives * _NEXT)
    running = objectives - coming if begun == 1 else round(objectives * _RUNNING)
    return [*dealt(objectives - coming - running, begun - 1), running, coming]


def _levels(objectives: int) -> list[int]:
    counts = [round(objectives * share) for share in LEVELS[:-1]]
    counts[0] = max(counts[0], min(objectives, 1))
    return [*counts, max(objectives - sum(counts), 0)]
