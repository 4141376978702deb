"""How the worker is doing, for those who look after an installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from plumbline.people.models import Delivery, Event
from plumbline.worker.models import Heartbeat, Schedule

#: Longer than any retry that comes right by itself.
LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Health:
    """Who is alive, who ended without a goodbye, what waits, what was given up, and which jobs are in trouble."""

    workers: int
    died: int
    waiting: int
    given_up: int
    late: timedelta
    troubled: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        """Tell whether things that happened stay in the house for too long."""
        return self.late > LATE


def health(at: datetime) -> Health:
    """Look at the worker's books."""
    states = Delivery.objects.values_list("state", flat=True)
    oldest = Event.objects.filter(dispatched_at=None).aggregate(Min("at"))["at__min"]
    alive = Heartbeat.objects.alive(at)
    return Health(
        workers=alive.count(),
        died=Heartbeat.objects.exclude(pk__in=alive).count(),
        waiting=states.filter(state__in=[Delivery.State.WAITING, Delivery.State.CLAIMED]).count(),
        given_up=states.filter(state=Delivery.State.FAILED).count(),
        late=at - oldest if oldest else timedelta(0),
        troubled=tuple(Schedule.objects.exclude(trouble="").order_by("name").values_list("name", flat=True)),
    )
