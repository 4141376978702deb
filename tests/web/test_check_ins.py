"""Check-ins in the browser: recording, refusing in words, taking back, putting right."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from time_machine import travel

from plumbline.goals.models import CheckIn, Closure, KeyResult, Objective
from plumbline.goals.models.surroundings import PlannedLimit
from plumbline.goals.status import Limits
from plumbline.people.models import Actor
from plumbline.values.unit import Unit
from tests.web.conftest import Door, soup_of
from tests.world import NOW, TODAY, World, a_key_result


def address(world: World) -> str:
    return reverse("check-in", args=[world.activation.public_id])


def test_ada_checks_in_and_is_offered_undo(world: World, door: Door) -> None:
    said = {"value": "38,5 %", "confidence": "4", "status": "on_track", "note": "The tour works.", "once": "a"}
    answer = door(world.ada).post(address(world), said, follow=True)

    newest = world.activation.check_ins.latest("pk")
    assert (newest.value, newest.confidence, newest.status, newest.on) == (Decimal("38.5"), 4, "on_track", TODAY)
    toast = soup_of(answer).select_one(".toast")
    assert "Checked in: 38.5%." in toast.get_text()
    assert toast.select_one("form")["action"] == reverse("check-in-withdrawal", args=[newest.public_id])


def test_the_page_shows_where_it_was_and_what_the_pace_suggests(world: World, door: Door) -> None:
    page = soup_of(door(world.ada).get(address(world)))

    assert page.select_one("#id_value")["value"] == "36"
    assert "Was 36% on 15 May." in page.select_one("#was").get_text()
    assert "Target is 45% by 30 June." in page.select_one("#was").get_text()
    assert page.select_one("input[name=status][checked]")["value"] == "needs_attention"
    assert "36% of the way, 57% expected" in page.select_one("#statuses").get_text()


def test_the_suggestion_follows_what_is_typed(world: World, door: Door) -> None:
    url = reverse("check-in-suggestion", args=[world.activation.public_id])
    typed = {"value": "44", "status": "needs_attention", "suggested": "needs_attention"}

    part = soup_of(door(world.ada).get(url, typed))

    assert part.select_one("input[checked]")["value"] == "on_track"


def test_a_status_chosen_by_hand_stays_while_typing(world: World, door: Door) -> None:
    url = reverse("check-in-suggestion", args=[world.activation.public_id])
    typed = {"value": "44", "status": "off_track", "suggested": "needs_attention"}

    assert soup_of(door(world.ada).get(url, typed)).select_one("input[checked]")["value"] == "off_track"


@pytest.mark.parametrize("typed", ["soon", "--", "%"])
def test_what_is_no_number_is_refused_in_words_and_kept(world: World, door: Door, typed: str) -> None:
    answer = door(world.ada).post(address(world), {"value": typed, "note": "Half of it"})

    assert answer.status_code == 422
    page = soup_of(answer)
    assert "Write a number, for example 18.9." in page.select_one("#id_value_error").get_text()
    assert page.select_one("#id_value")["value"] == typed
    assert page.select_one("textarea").get_text(strip=True) == "Half of it"


def test_a_day_that_has_not_come_is_refused(world: World, door: Door) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()

    answer = door(world.ada).post(address(world), {"value": "38", "on": tomorrow})

    assert answer.status_code == 422
    assert "has not come yet" in soup_of(answer).select_one("#id_on_error").get_text()


def test_a_late_entry_enters_history_at_its_day(world: World, door: Door) -> None:
    door(world.ada).post(address(world), {"value": "33", "on": "2026-05-08"})

    world.activation.refresh_from_db()
    assert world.activation.current == 36
    assert world.activation.check_ins.filter(on=date(2026, 5, 8)).count() == 1


def test_the_same_form_sent_twice_makes_one(world: World, door: Door) -> None:
    ada = door(world.ada)
    for _each in range(2):
        ada.post(address(world), {"value": "38", "once": "form-1"})

    assert world.activation.check_ins.count() == 2


def test_a_row_on_the_week_is_answered_in_place(world: World, door: Door) -> None:
    answer = door(world.ada).post(address(world), {"value": "38", "once": "b"}, headers={"HX-Request": "true"})

    part = soup_of(answer)
    assert part.select_one("li.due")["id"] == f"due-{world.activation.public_id}"
    assert part.select_one("[hx-swap-oob] .toast form") is not None


def test_a_row_keeps_what_can_not_be_read(world: World, door: Door) -> None:
    answer = door(world.ada).post(address(world), {"value": "soon"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert soup_of(answer).select_one("input[name=value]")["value"] == "soon"


@pytest.mark.parametrize(
    ("who", "status"),
    [("nobody", 302), ("vera", 403), ("cleo", 403), ("ben", 200), ("ada", 200), ("carl", 200), ("root", 200)],
)
def test_who_may_check_in(world: World, door: Door, who: str, status: int) -> None:
    assert door(world.cast()[who]).get(address(world)).status_code == status


@pytest.mark.parametrize("who", ["vera", "cleo", "ben", "max", "root", "olga"])
def test_a_private_key_result_does_not_exist_for_others(world: World, door: Door, who: str) -> None:
    url = reverse("check-in", args=[world.secret_result.public_id])

    assert door(world.cast()[who]).get(url).status_code == 404
    assert door(world.cast()[who]).post(url, {"value": "1"}).status_code == 404
    assert world.secret_result.check_ins.count() == 0


def test_a_draft_says_that_it_is_one(world: World, door: Door) -> None:
    draft = a_key_result(world.stay, statement="Winter rides rise from 2 to 4", baseline=2, target=4)

    answer = door(world.ada).post(reverse("check-in", args=[draft.public_id]), {"value": "3"})

    assert answer.status_code == 409
    assert "still a draft" in soup_of(answer).select_one("h1").get_text()


def test_a_closed_key_result_says_so(world: World, door: Door) -> None:
    Closure.close(world.stay, verdict="achieved", by=Actor(world.ada), at=NOW)

    assert door(world.ada).post(address(world), {"value": "38"}).status_code == 409


def test_undo_brings_the_value_before_back(world: World, door: Door) -> None:
    ada = door(world.ada)
    ada.post(address(world), {"value": "63"})
    newest = world.activation.check_ins.latest("pk")

    ada.post(reverse("check-in-withdrawal", args=[newest.public_id]))

    world.activation.refresh_from_db()
    assert world.activation.current == 36


def test_later_it_takes_a_reason(world: World, door: Door) -> None:
    ada = door(world.ada)
    ada.post(address(world), {"value": "63"})
    url = reverse("check-in-withdrawal", args=[world.activation.check_ins.latest("pk").public_id])

    with travel(NOW + timedelta(minutes=5), tick=False):
        assert ada.post(url).status_code == 422
        assert ada.post(url, {"reason": "Typed the wrong line"}).status_code == 302

    world.activation.refresh_from_db()
    assert world.activation.current == 36


def test_an_older_one_can_not_be_taken_back(world: World, door: Door) -> None:
    old = world.activation.latest_check_in
    ada = door(world.ada)
    with travel(NOW + timedelta(minutes=5), tick=False):
        ada.post(address(world), {"value": "38"})
        answer = ada.post(reverse("check-in-withdrawal", args=[old.public_id]), {"reason": "Wrong"})

    assert answer.status_code == 409
    assert "can be corrected" in soup_of(answer).select_one(".empty").get_text()


def test_a_correction_points_to_what_it_corrects(world: World, door: Door) -> None:
    old = world.activation.latest_check_in
    ada = door(world.ada)
    url = reverse("check-in-correction", args=[old.public_id])
    assert soup_of(ada.get(url)).select_one("#id_value")["value"] == "36"

    ada.post(url, {"value": "35", "on": "2026-05-15", "note": "One rider counted twice"})

    assert CheckIn.objects.get(corrects=old).value == 35
    world.activation.refresh_from_db()
    assert world.activation.current == 35


def test_cleo_can_neither_take_back_nor_correct(world: World, door: Door) -> None:
    old = world.activation.latest_check_in

    assert door(world.cleo).post(reverse("check-in-withdrawal", args=[old.public_id])).status_code == 403
    assert door(world.cleo).get(reverse("check-in-correction", args=[old.public_id])).status_code == 403


def test_yes_or_no_is_asked_as_such(world: World, door: Door) -> None:
    done = a_key_result(
        world.stay, statement="The council signs the charter", type="yes_no", baseline=None, target=None
    )
    done.activate(by=Actor(world.ada), at=NOW)
    url = reverse("check-in", args=[done.public_id])
    assert len(soup_of(door(world.ada).get(url)).select("input[name=value]")) == 2

    door(world.ada).post(url, {"value": "yes"})

    done.refresh_from_db()
    assert done.progress() == 100


def test_milestones_are_ticked(world: World, door: Door) -> None:
    kit = a_key_result(world.stay, statement="Winter kit reaches every rider", type="milestones")
    steps = [
        kit.add_milestone(title=title, due_on=TODAY, weight=Decimal(weight), by=Actor(world.ada), at=NOW)
        for title, weight in (("Kit chosen", 30), ("Kit handed out", 70))
    ]
    kit.activate(by=Actor(world.ada), at=NOW)
    url = reverse("check-in", args=[kit.public_id])

    door(world.ada).post(url, {"value": [str(steps[0].pk)], "once": "c"})

    kit.refresh_from_db()
    assert kit.progress() == 30
    assert soup_of(door(world.ada).get(url)).select_one("input[name=value][checked]")["value"] == str(steps[0].pk)


def test_a_check_in_on_an_archived_objective_is_refused(world: World, door: Door) -> None:
    Objective.objects.get(pk=world.stay.pk).archive(by=Actor(world.ada), at=NOW)

    assert door(world.ada).get(address(world)).status_code == 409


def test_guardrails_are_read_with_the_check_in(world: World, door: Door) -> None:
    """A breach says so at once; what can't be read is refused with what was typed."""
    limit = PlannedLimit("Refunds", Unit.named("%"), None, Decimal(5))
    world.activation.surround(guardrails=[limit], by=Actor(world.ada), at=NOW)
    path, ada = reverse("check-in", args=[world.activation.public_id]), door(world.ada)

    refused = ada.post(path, {"value": "41", "status": "on_track", "guardrail-0": "many"})
    taken = ada.post(path, {"value": "41", "status": "on_track", "guardrail-0": "6,5 %"})
    page = soup_of(ada.get(reverse("key-result", args=[world.activation.public_id])))

    assert refused.status_code == 422
    assert soup_of(refused).select_one("[name=guardrail-0]")["value"] == "many"
    assert taken.status_code == 302
    assert page.select_one("[data-guarded]").get_text(strip=True).endswith("Refunds: 6.5%")
    assert "A guardrail is breached: Refunds." in page.select_one("main").get_text()


def test_the_suggestion_is_for_the_day_it_is_about(world: World, door: Door) -> None:
    """P65: 36 % of the way is behind today, and was ahead in April."""
    url = reverse("check-in-suggestion", args=[world.activation.public_id])
    typed = {"value": "36", "status": "needs_attention", "suggested": "needs_attention"}

    then = soup_of(door(world.ada).get(url, typed | {"on": "2026-04-20"}))
    now = soup_of(door(world.ada).get(url, typed | {"on": "no day"}))

    assert then.select_one("input[checked]")["value"] == "on_track"
    assert now.select_one("input[checked]")["value"] == "needs_attention"


def test_where_the_data_say_the_status_nothing_is_chosen_beforehand(world: World, door: Door) -> None:
    """P64: automatic by value and date; the lead can say otherwise."""
    ada = Actor(world.ada)
    world.activation.change(automatic_status=True, by=ada, at=NOW)
    page = soup_of(door(world.ada).get(address(world)))
    assert "As the data say: needs attention" in page.select_one("#statuses").get_text()
    assert page.select_one("input[name=status][checked]")["value"] == ""

    door(world.ada).post(address(world), {"value": "36", "status": "", "once": "a"})
    row = KeyResult.objects.for_reading().get(pk=world.activation.pk)
    limits = Limits()
    assert [row.standing(day, limits).shown for day in (TODAY, date(2026, 4, 20))] == ["needs_attention", "on_track"]

    door(world.ada).post(address(world), {"value": "36", "status": "off_track", "once": "b"})
    row = KeyResult.objects.for_reading().get(pk=world.activation.pk)
    assert row.standing(TODAY, limits).shown == "off_track"
