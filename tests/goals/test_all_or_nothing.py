"""What a verb writes stands together or not at all, and counting again changes nothing."""

from decimal import Decimal
from typing import Any

import pytest

from plumbline.goals.models import CheckIn, KeyResult
from plumbline.people.models import Actor, Event
from tests.world import NOW, World

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    """Stands in for a crash."""


def kept(world: World) -> tuple[int, int, Decimal | None, int]:
    row = KeyResult.objects.get(pk=world.activation.pk)
    return CheckIn.objects.count(), Event.objects.count(), row.current, row.version


@pytest.mark.parametrize("crash_at", ["_follow_latest", "_tell_of_doubt"])
def test_a_crash_between_value_and_history_leaves_neither(
    world: World, monkeypatch: pytest.MonkeyPatch, crash_at: str
) -> None:
    """G03: neither the check-in, nor the value, nor an event is there."""
    before = kept(world)

    def cut(*_args: Any, **_told: Any) -> None:
        raise PowerCut

    monkeypatch.setattr(KeyResult, crash_at, cut)
    with pytest.raises(PowerCut):
        world.activation.check_in(value=Decimal(40), status="on_track", by=Actor(world.ada), at=NOW)

    assert kept(world) == before


def test_counting_again_changes_no_row(world: World) -> None:
    """G03: what every key result keeps is what follows from its check-ins that stand."""
    by = Actor(world.ada)
    wrong = world.activation.check_in(value=Decimal(90), by=by, at=NOW)
    world.activation.check_in(value=Decimal(40), corrects=wrong, by=by, at=NOW)
    taken_back = world.activation.check_in(value=Decimal(12), by=by, at=NOW)
    world.activation.withdraw(taken_back, by=by, at=NOW)

    drifted = []
    for row in KeyResult.objects.all():
        latest = row.check_ins.standing().order_by("-on", "-entered_at", "-pk").first()
        if (row.latest_check_in, row.current) != (latest, latest.value if latest else None):
            drifted.append(row)

    assert drifted == []
