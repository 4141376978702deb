"""Many check-ins of the past at once: nothing that one after the other would not have left."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from plumbline.goals.models import CheckIn, KeyResult, Kpi, Memory
from plumbline.people.models import Actor, Event
from tests.world import NOW, World, a_key_result

DAYS = [date(2026, 4, 10), date(2026, 4, 24), date(2026, 4, 17), date(2026, 5, 1)]


def told(world: World, *, values: tuple[int | None, ...] = (32, 34, 33, 34)) -> list[Memory]:
    """Return four memories of Ada's, the third about a day before the second."""
    return [
        Memory(value=None if value is None else Decimal(value), on=day, by=Actor(world.ada), at=evening(day), note="Up")
        for day, value in zip(DAYS, values, strict=True)
    ]


def evening(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day) + timedelta(hours=8)


def started(world: World) -> KeyResult:
    key_result = a_key_result(world.stay)
    key_result.activate(by=Actor(world.ada), at=evening(date(2026, 4, 1)))
    return key_result


def rows(key_result: KeyResult) -> list[dict[str, Any]]:
    names = ("value", "value_before", "status", "confidence", "note", "on", "entered_at", "author", "source")
    return list(key_result.check_ins.order_by("pk").values(*names))


def events(noun: KeyResult | Kpi, verb: str) -> list[dict[str, Any]]:
    """Return the events with what differs between any two runs taken out: the random ids of the check-ins."""
    found = Event.objects.filter(noun_key=noun.public_id, verb=verb).order_by("pk")
    return [
        {
            "at": event.at,
            "actor": event.actor_id,
            "before": without_ids(event.before),
            "after": without_ids(event.after),
        }
        for event in found
    ]


def without_ids(values: dict[str, Any]) -> dict[str, Any]:
    return {name: bool(value) if "check_in" in name else value for name, value in values.items()}


@pytest.mark.parametrize("values", [(32, 34, 33, 34), (32, None, 33, 33)])
def test_remembering_leaves_what_checking_in_leaves(world: World, values: tuple[int | None, ...]) -> None:
    """Rows, events, the current value and the version are the same, back-dated entries included."""
    one_by_one, at_once = started(world), started(world)
    for memory in told(world, values=values):
        one_by_one.check_in(**as_told(memory))

    at_once.remember(told(world, values=values))

    for key_result in (one_by_one, at_once):
        key_result.refresh_from_db()
    assert rows(at_once) == rows(one_by_one)
    assert events(at_once, "checked_in") == events(one_by_one, "checked_in")
    assert (at_once.current, at_once.version) == (one_by_one.current, one_by_one.version)
    assert at_once.latest_check_in.on == one_by_one.latest_check_in.on == date(2026, 5, 1)


def as_told(memory: Memory) -> dict[str, Any]:
    return {name: getattr(memory, name) for name in Memory.__dataclass_fields__}


def test_a_kpi_remembers_what_reading_leaves(world: World) -> None:
    one_by_one, at_once = (
        Kpi.watch(name=name, lead=world.ada, by=Actor(world.ada), at=NOW) for name in ("Rides", "Same rides")
    )
    for memory in told(world):
        one_by_one.read(value=memory.value or Decimal(0), on=memory.on, by=memory.by, at=memory.at, note=memory.note)

    at_once.remember(told(world))

    at_once.refresh_from_db()
    assert events(at_once, "read") == events(one_by_one, "read")
    assert (at_once.current, at_once.current_on) == (34, date(2026, 5, 1))
    assert at_once.version == one_by_one.version


def test_nobody_remembers_the_future(world: World) -> None:
    """One entry after its own instant refuses all of them."""
    early = [*told(world), Memory(value=Decimal(40), on=date(2026, 5, 9), by=Actor(world.ada), at=evening(DAYS[0]))]

    with pytest.raises(KeyResult.InTheFuture):
        started(world).remember(early)

    assert CheckIn.objects.exclude(key_result__in=[world.activation, world.secret_result]).count() == 0


def test_a_draft_remembers_nothing(world: World) -> None:
    with pytest.raises(KeyResult.NotActive):
        a_key_result(world.stay).remember(told(world))
