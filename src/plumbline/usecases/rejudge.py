"""Ask the judge of today about what was judged before: look at what would flip, then keep it in writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from plumbline.goals import judgements
from plumbline.goals.models import Cycle, KeyResult
from plumbline.goals.models.key_result import KeyResultQuerySet
from plumbline.goals.models.objective import Stage
from plumbline.people.models import Actor, Organisation

#: Key results that one transaction writes: few enough that nobody waits long for a lock.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Rereading:
    """What the judge of today says of a stored key result, beside what is stored."""

    key_result: KeyResult
    before: str
    before_version: str
    after: str
    after_version: str
    is_stale: bool

    @property
    def flips(self) -> bool:
        """Tell whether the level becomes another."""
        return self.before != self.after


def to_reread(cycle: Cycle | None = None) -> KeyResultQuerySet:
    """Return the key results of a cycle; without one, those that are open in cycles that are.

    What was closed keeps the verdict it was closed with, unless its cycle is named.
    """
    rows = KeyResult.objects.filter(binned_at=None, objective__binned_at=None).select_related("objective__cycle")
    if cycle is not None:
        return rows.filter(objective__cycle=cycle).order_by("pk")
    return rows.exclude(stage=Stage.CLOSED).exclude(objective__cycle__phase=Cycle.Phase.CLOSED).order_by("pk")


def reread(rows: KeyResultQuerySet) -> Iterator[Rereading]:
    """Read each key result anew, in the memory of a few; nothing is written."""
    organisation = Organisation.objects.first()
    for row in rows.iterator(chunk_size=500):
        now = judgements.kept(row.read_again(organisation=organisation))
        stale = any(getattr(row, name) != value for name, value in now.items())
        yield Rereading(row, row.level, row.judge_version, now["level"], now["judge_version"], stale)


def write_rereadings(readings: Iterable[Rereading], *, by: Actor, at: datetime) -> int:
    """Keep the new verdicts; the old ones stay in the events with their version. Doing it again changes nothing.

    Each transaction takes in ``AT_ONCE``; whoever stops it half way starts it again, and it goes on.
    """
    stale = (one.key_result for one in readings if one.is_stale)
    written = 0
    while batch := list(islice(stale, AT_ONCE)):
        with transaction.atomic():
            for key_result in batch:
                written += int(key_result.rejudge(by=by, at=at))
    return written
