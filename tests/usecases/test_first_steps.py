"""The first owner's first minutes."""

from datetime import date

from plumbline.goals.models import Cycle, Pillar
from plumbline.people.models import Organisation
from plumbline.usecases.first_steps import take_first_steps
from tests.world import NOW, SYSTEM


def test_first_steps_leave_a_calendar_a_cycle_and_a_pillar(db: None) -> None:
    Organisation.found(name="To be named", by=SYSTEM, at=NOW)

    cycle = take_first_steps(
        name="Harbour Cargo Bikes", time_zone="Europe/Berlin", cadence="quarterly", pillar="Fleet", by=SYSTEM, at=NOW
    )

    assert (cycle.name, cycle.first_day, cycle.last_day) == ("Q2 2026", date(2026, 4, 1), date(2026, 6, 30))
    assert Organisation.the().name == "Harbour Cargo Bikes"
    assert (Pillar.objects.count(), Cycle.objects.count()) == (1, 1)
