"""Objectives, key results and check-ins at the JSON door."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.goals.models import CheckIn
from plumbline.people.models import Event
from tests.api.conftest import Call
from tests.world import NOW, TODAY, World, a_key_result, an_objective


def test_an_objective_tells_its_roll_up_and_both_voices(world: World, call: Call) -> None:
    told = call(world.vera, "get", f"/objectives/{world.stay.public_id}").json()  # type: ignore[attr-defined]

    result = told["key_results"][0]
    assert (told["title"], result["statement"]) == (world.stay.title, world.activation.statement)
    assert result["progress"] == pytest.approx(35.7143)
    assert result["said"] == "on_track"


def test_a_check_in_is_one_act_however_often_it_is_sent(world: World, call: Call) -> None:
    """B08: the same Idempotency-Key, the same check-in."""
    path = f"/key-results/{world.activation.public_id}/check-ins"
    key = {"Idempotency-Key": "friday"}

    sent = [call(world.ada, "post", path, {"value": "38.5", "confidence": 4}, **key) for _each in range(2)]

    assert len({answer.json()["id"] for answer in sent}) == 1  # type: ignore[attr-defined]
    assert CheckIn.objects.filter(value=Decimal("38.5")).count() == 1
    event = Event.objects.about("key_result", world.activation.public_id)[0]
    assert (event.door, event.actor_kind) == ("api", "token")


def test_a_key_result_is_written_down_and_judged(world: World, call: Call) -> None:
    path = f"/objectives/{world.stay.public_id}/key-results"

    made = call(world.ada, "post", path, {"statement": "Publish 10 blog articles"})

    assert (made.status_code, made.json()["level"]) == (201, "output")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "body",
    [
        {"value": "many"},
        {"value": "NaN"},
        {"confidence": 6},
        {"status": "splendid"},
        {"on": 0},
        {"on": "someday"},
        {"surprise": 1},
        {"note": "before\x00after"},
        '"AAA"',
        [],
        {"value": 10**31},
    ],
)
def test_what_is_not_understood_is_told_and_changes_nothing(world: World, call: Call, body: Any) -> None:
    answer = call(world.ada, "post", f"/key-results/{world.activation.public_id}/check-ins", body)

    assert answer.status_code == 422
    assert CheckIn.objects.filter(key_result=world.activation).count() == 1


def test_the_future_and_a_draft_are_refused_in_words(world: World, call: Call) -> None:
    draft = a_key_result(world.stay)
    tomorrow = {"value": 1, "on": (TODAY + timedelta(days=3650)).isoformat()}

    late = call(world.ada, "post", f"/key-results/{world.activation.public_id}/check-ins", tomorrow)
    early = call(world.ada, "post", f"/key-results/{draft.public_id}/check-ins", {"value": 1})

    assert (late.status_code, late.json()["code"]) == (409, "in_the_future")  # type: ignore[attr-defined]
    assert (early.status_code, early.json()["code"]) == (409, "not_active")  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/objectives/x", "/objectives/000000000000", "/key-results/' OR 1=1"])
def test_what_is_no_id_is_refused(world: World, call: Call, path: str) -> None:
    assert call(world.ada, "get", path).status_code in {404, 422}


def test_pages_follow_each_other_without_gaps(world: World, call: Call) -> None:
    for title in ("Winter is warm", "Repairs come back right", "Cities make room"):
        an_objective(world.ada, world.q2, world.riders, title=title)

    seen, after = [], ""
    while after is not None:
        page = call(world.ben, "get", f"/objectives?limit=2{after and '&after=' + after}").json()  # type: ignore[attr-defined]
        seen += [each["id"] for each in page["items"]]
        after = page["next"]

    assert len(seen) == len(set(seen)) == 4


def test_the_number_of_queries_is_fixed(world: World, call: Call) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert call(world.ben, "get", "/objectives?limit=200").status_code == 200
        return len(queries)

    few = count()
    for _each in range(20):
        a_key_result(an_objective(world.ada, world.q2, world.riders))

    assert count() == few


@time_machine.travel(NOW, tick=False)
def test_the_forecast_waits_for_three_readings(world: World, call: Call) -> None:
    path = f"/key-results/{world.activation.public_id}"
    before = call(world.vera, "get", f"{path}/forecast").json()  # type: ignore[attr-defined]
    for days, value in ((14, 32), (7, 34), (0, 37)):
        day = (TODAY - timedelta(days=days)).isoformat()
        call(world.ada, "post", f"{path}/check-ins", {"value": value, "on": day})

    after = call(world.vera, "get", f"{path}/forecast").json()  # type: ignore[attr-defined]

    assert before["forecast"] is None
    assert after["readings"] >= 3
    assert 0 <= Decimal(after["forecast"]["chance"]) <= 1
    assert Decimal(after["forecast"]["low"]) <= Decimal(after["forecast"]["high"])
