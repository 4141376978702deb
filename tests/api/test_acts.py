"""What is done to whole goals and to check-ins at the JSON door: the same verbs as on the pages."""

from decimal import Decimal
from typing import Any

import pytest

from plumbline.goals.models import KeyResult, Objective, Tag
from plumbline.people.models import Actor, Event
from tests.api.conftest import Call
from tests.world import NOW, SYSTEM, World, a_key_result


def told(answer: Any) -> Any:
    return answer.json()


def test_locked_goalposts_move_with_a_reason_that_stays_beside_them(world: World, call: Call) -> None:
    path = f"/key-results/{world.activation.public_id}"

    assert told(call(world.ada, "patch", path, {"target": 41}))["code"] == "needs_reason"
    assert call(world.ada, "patch", path, {"target": 41, "reason": "The fleet is smaller"}).status_code == 200

    amended = told(call(world.vera, "get", f"/objectives/{world.stay.public_id}/amendments"))[0]
    assert (amended["reason"], amended["by"]) == ("The fleet is smaller", world.ada.public_id)
    assert amended["moves"] == [{"field": "target", "before": "45", "after": "41"}]


def test_somebody_who_read_an_older_version_is_told(world: World, call: Call) -> None:
    """G01: nothing is overwritten silently, here either."""
    body = {"title": "Riders return", "reason": "Said better", "version": 1}
    answer = call(world.ada, "patch", f"/objectives/{world.stay.public_id}", body)

    assert (answer.status_code, told(answer)["code"]) == (409, "changed_meanwhile")


@pytest.mark.parametrize("body", [{"title": None}, {"weight": -1}, {"lead": "x"}])
def test_what_can_not_be_is_not_understood(world: World, call: Call, body: dict[str, Any]) -> None:
    assert call(world.ada, "patch", f"/objectives/{world.stay.public_id}", body).status_code == 422


def test_a_target_where_it_starts_is_refused(world: World, call: Call) -> None:
    """A04: refused with what can be done, at a change and at a start."""
    level = a_key_result(world.stay, baseline=5, target=5, lead=world.ada)

    change = call(world.ada, "patch", f"/key-results/{world.activation.public_id}", {"target": 31, "reason": "Hm."})
    start = call(world.ada, "post", f"/key-results/{level.public_id}/activation", {})

    assert [told(each)["code"] for each in (change, start)] == ["no_way", "no_way"]


def test_a_check_in_is_put_right_by_another(world: World, call: Call) -> None:
    """B04: the old one stays, the new one points to it, and the value follows."""
    old = world.activation.latest_check_in

    made = told(call(world.ada, "post", f"/check-ins/{old.public_id}/correction", {"value": 35}))

    assert (made["corrects"], made["on"], made["source"]) == (old.public_id, "2026-05-15", "typed")
    world.activation.refresh_from_db()
    assert world.activation.current == 35


def test_only_the_newest_check_in_is_taken_back(world: World, call: Call) -> None:
    """B04: later with a reason; what others followed can be corrected."""
    old = world.activation.latest_check_in
    newest = world.activation.check_in(value=Decimal(40), by=Actor(world.ada), at=NOW)
    reason = {"reason": "Typed the wrong line"}

    assert told(call(world.ada, "post", f"/check-ins/{old.public_id}/withdrawal", reason))["code"] == "not_the_newest"
    assert told(call(world.ada, "post", f"/check-ins/{newest.public_id}/withdrawal", {}))["code"] == "needs_reason"
    assert told(call(world.ada, "post", f"/check-ins/{newest.public_id}/withdrawal", reason))["withdrawn"] is True


def test_a_closing_is_one_act_however_often_it_is_sent(world: World, call: Call) -> None:
    """B08: the same key closes once; another score asks why."""
    path, key = f"/objectives/{world.stay.public_id}/closure", {"Idempotency-Key": "end of June"}
    decided = [{"key_result": world.activation.public_id, "choice": "keep"}]
    body = {"verdict": "partly_achieved", "learned": "Start in March", "key_results": decided}

    assert told(call(world.ada, "post", path, body | {"score": "0.9"}))["code"] == "needs_reason"
    sent = [told(call(world.ada, "post", path, body, **key)) for _each in range(2)]

    assert sent[0] == sent[1]
    assert (sent[0]["score"], sent[0]["suggested"]) == (sent[0]["suggested"], "0.36")
    assert Event.objects.about("objective", world.stay.public_id).filter(verb="closed").count() == 1


def test_a_clone_is_made_once(world: World, call: Call) -> None:
    path, key = f"/objectives/{world.stay.public_id}/clones", {"Idempotency-Key": "copy"}

    made = [told(call(world.ada, "post", path, {"title": "Again"}, **key))["id"] for _each in range(2)]

    assert made[0] == made[1]
    assert Objective.objects.get(public_id=made[0]).key_results.get().stage == "draft"


def test_nobody_moves_a_goal_into_a_home_where_they_may_set_none(world: World, call: Call) -> None:
    path = f"/objectives/{world.stay.public_id}/moves"
    body = {"home": "company", "reason": "It concerns all"}

    assert call(world.ada, "post", path, body).status_code == 403
    assert told(call(world.olga, "post", path, body))["home"] == "company"


def test_what_was_switched_comes_back_the_same(world: World, call: Call) -> None:
    row = a_key_result(world.stay, statement="Hold 12 riders' evenings", baseline=0, target=12)
    path = f"/key-results/{row.public_id}/switch"

    assert told(call(world.ada, "post", path, {"into": "initiative"}))["kind"] == "initiative"
    assert told(call(world.ada, "delete", path)) == {"kind": "key_result", "id": row.public_id}
    assert KeyResult.objects.get(pk=row.pk).binned_at is None


def test_tags_are_put_on_and_taken_off(world: World, call: Call) -> None:
    tag = Tag.make(name="Spring", by=SYSTEM, at=NOW)
    path = f"/objectives/{world.stay.public_id}/tags"

    assert [each["name"] for each in told(call(world.ada, "put", path, {"tags": [tag.public_id]}))] == ["Spring"]
    assert told(call(world.ada, "put", path, {"tags": []})) == []
    assert call(world.ada, "put", path, {"tags": ["222222222222"]}).status_code == 404
