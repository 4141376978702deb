"""A new version of the judge meets goals that an older one has read."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.goals.models import KeyResult
from plumbline.people.models import Actor, Event
from plumbline.usecases import rejudge
from plumbline.usecases.rejudge import reread, to_reread, write_rereadings
from tests.world import NOW, SYSTEM, World, a_key_result, an_objective

OPERATOR = Actor(door="cli", request_id="one-act")


def read_by_an_older_judge(key_result: KeyResult, level: str = "output") -> None:
    KeyResult.objects.filter(pk=key_result.pk).update(level=level, judge_version="0", judgement={"level": level})


def test_looking_shows_what_would_flip_and_writes_nothing(world: World) -> None:
    """J10: what flipped is shown."""
    read_by_an_older_judge(world.activation)

    (one,) = [one for one in reread(to_reread()) if one.flips]

    assert (one.key_result, one.before, one.before_version, one.after) == (world.activation, "output", "0", "outcome")
    world.activation.refresh_from_db()
    assert world.activation.level == "output"
    assert not Event.objects.filter(verb="rejudged").exists()


def test_writing_keeps_the_new_verdict_and_the_event_the_old_one(world: World) -> None:
    read_by_an_older_judge(world.activation)

    assert write_rereadings(reread(to_reread()), by=OPERATOR, at=NOW) == 1

    world.activation.refresh_from_db()
    event = Event.objects.get(verb="rejudged")
    assert (world.activation.level, world.activation.judge_version) == ("outcome", event.after["judge_version"])
    assert (event.before["level"], event.before["judge_version"]) == ("output", "0")
    assert (event.door, event.request_id, event.actor) == ("cli", "one-act", None)
    assert world.activation.statement not in json.dumps([event.before, event.after])


def test_doing_it_again_changes_nothing(world: World) -> None:
    read_by_an_older_judge(world.activation)
    write_rereadings(reread(to_reread()), by=OPERATOR, at=NOW)

    assert write_rereadings(reread(to_reread()), by=OPERATOR, at=NOW) == 0
    assert Event.objects.filter(verb="rejudged").count() == 1
    assert not any(one.is_stale for one in reread(to_reread()))


def test_a_run_that_was_stopped_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejudge, "AT_ONCE", 2)
    rows = [a_key_result(world.stay) for _each in range(5)]
    for row in rows:
        read_by_an_older_judge(row)

    def stopped():
        for number, one in enumerate(reread(to_reread()), 1):
            if number > 5:
                raise KeyboardInterrupt
            yield one

    with pytest.raises(KeyboardInterrupt):
        write_rereadings(stopped(), by=OPERATOR, at=NOW)
    assert (
        write_rereadings(reread(to_reread()), by=OPERATOR, at=NOW)
        == 5 - Event.objects.filter(verb="rejudged", noun_key__in=[row.public_id for row in rows[:2]]).count()
    )
    assert not KeyResult.objects.filter(judge_version="0").exists()


def test_what_is_closed_keeps_its_verdict_unless_its_cycle_is_named(world: World) -> None:
    read_by_an_older_judge(world.activation)
    world.q2.move_to("closing", by=SYSTEM, at=NOW)
    world.q2.move_to("closed", by=SYSTEM, at=NOW)

    assert list(reread(to_reread())) == []
    assert world.activation in [one.key_result for one in reread(to_reread(world.q2)) if one.flips]


def test_the_number_of_queries_does_not_grow_with_the_goals(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(reread(to_reread()))
        return len(queries)

    few = count()
    for _each in range(20):
        a_key_result(an_objective(world.ada, world.q2, world.riders))
    # The goals, and how the house set its judge up.
    assert count() == few == 2
