"""Letting somebody go: the pages of erasing, handing on, and taking one's data along."""

import json

from django.urls import reverse

from plumbline.goals.models import Objective
from plumbline.people.models import Actor, Event, Person, Token
from plumbline.people.models.person import Role
from plumbline.worker.reminders import remind_of_check_ins
from tests.web.conftest import Door
from tests.web.visiting import counts, read
from tests.world import NOW, SYSTEM, World, an_objective


def at(person: Person, name: str) -> str:
    return reverse(name, args=[person.public_id])


def test_the_name_is_typed_before_it_is_forgotten(world: World, door: Door) -> None:
    browser = door(world.root)
    page = read(browser.get(at(world.ada, "person-erasure")))
    assert "Nobody can undo this" in page.text
    assert "Riders stay through the winter" in page.text
    assert "depot" not in page.text

    refused = browser.post(at(world.ada, "person-erasure"), {"name": "Ada"})
    assert refused.status_code == 422
    assert "nothing was erased" in read(refused).select_one("#id_name_error").text

    told = {"name": "ada lead", "successor": world.ben.public_id}
    assert browser.post(at(world.ada, "person-erasure"), told).status_code == 302
    assert Objective.objects.get(pk=world.stay.pk).lead == world.ben
    assert browser.get(at(world.ada, "person-erasure")).status_code == 404
    assert "Ada" not in read(browser.get("/people/?state=archived")).text
    assert read(browser.get(at(world.ada, "person"))).select_one("h1").text == "Former member"
    assert browser.post(at(world.ada, "person-archival"), {"back": "1"}).status_code == 404


def test_the_last_owner_is_told_so(world: World, door: Door) -> None:
    """E07."""
    answer = door(world.olga).post(at(world.olga, "person-erasure"), {"name": "Olga Owner"})

    assert answer.status_code == 422
    assert "last owner" in read(answer).select_one("[role=alert]").text


def test_a_person_who_leaves(world: World, door: Door) -> None:
    """E08: goals flagged, reminders stop, history keeps the name, tokens die at once and stay dead."""
    token, _secret = Token.make(person=world.ada, name="Script", scope="write", by=Actor(world.ada), at=NOW)
    browser = door(world.root)
    browser.post(at(world.ada, "person-archival"))

    assert "still leads 3 open goals" in read(browser.get(at(world.ada, "person"))).text
    rows = read(browser.get(reverse("lost-leads"))).select("[data-goal]")
    assert {"Riders stay through the winter"} <= {row.select_one(".goal").text for row in rows}
    assert remind_of_check_ins(NOW) == 0
    assert "Ada Lead" in read(browser.get(reverse("objective", args=[world.stay.public_id]))).text

    browser.post(at(world.ada, "person-archival"), {"back": "1"})
    assert token not in Token.objects.usable(NOW)


def test_chosen_goals_are_handed_on_with_a_reason(world: World, door: Door) -> None:
    world.ada.archive(by=SYSTEM, at=NOW)
    told = {"goal": [world.stay.public_id], "lead": world.max.public_id, "reason": "Ada left"}

    assert door(world.root).post(reverse("lost-leads"), told).status_code == 302
    assert Objective.objects.get(pk=world.stay.pk).lead == world.max
    assert Event.objects.filter(noun_key=world.stay.public_id, reason="Ada left").exists()
    assert door(world.root).post(reverse("lost-leads"), {**told, "goal": []}).status_code == 422


def test_an_admin_gives_no_goal_of_the_company_away(world: World, door: Door) -> None:
    company = an_objective(world.dov, world.q2, title="Freight by bike wins")
    told = {"goal": [company.public_id], "lead": world.max.public_id, "reason": "Dov left"}

    assert door(world.root).post(reverse("lost-leads"), told).status_code == 422
    assert "Freight by bike wins" not in read(door(world.root).get(reverse("lost-leads"))).text
    assert door(world.olga).post(reverse("lost-leads"), told).status_code == 302


def test_an_owner_hands_on_a_private_goal_unread(world: World, door: Door) -> None:
    """E01: cycle and former lead only; the new lead sees it, the owner still does not."""
    world.ada.archive(by=SYSTEM, at=NOW)
    browser = door(world.olga)
    page = browser.get(reverse("lost-leads"))
    action = next(form["action"] for form in read(page).select("form[action]") if "lost-leads/" in form["action"])

    assert "A private goal in Q2 2026" in read(page).text
    assert "was led by Ada Lead" in read(page).text
    for secret in ("depot", world.secret.public_id, world.secret_result.public_id):
        assert secret not in page.content.decode()
    assert "private goal" not in read(door(world.root).get(reverse("lost-leads"))).text
    assert door(world.root).post(action, {"lead": world.max.public_id, "reason": "So"}).status_code == 403

    answer = browser.post(action, {"lead": world.max.public_id, "reason": "Ada left"}, follow=True)
    assert "depot" not in answer.content.decode()
    assert browser.get(reverse("objective", args=[world.secret.public_id])).status_code == 404
    assert "depot" in door(world.max).get(reverse("objective", args=[world.secret.public_id])).content.decode()
    assert Event.objects.filter(verb="private_goal_handed_on", noun_key=world.ada.public_id).count() == 1
    assert browser.post(action, {"lead": world.max.public_id, "reason": "So"}).status_code == 404


def test_ones_data_leave_as_a_file(world: World, door: Door) -> None:
    answer = door(world.vera).post(reverse("own-data"))

    taken = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert taken["profile"][0]["name"] == "Vera Viewer"
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(verb="data_taken", actor=world.vera).exists()


def test_nobody_manages_themselves_over_others(world: World, door: Door) -> None:
    answer = door(world.root).post(at(world.max, "person-manager"), {"manager": world.ben.public_id})

    assert answer.status_code == 422
    assert "Nobody stands above themselves" in read(answer).text


def test_the_list_of_lost_leads_takes_the_same_queries(world: World, door: Door) -> None:
    def add(count: int) -> None:
        for number in range(count):
            an_objective(world.dov, world.q2, world.riders, title=f"Goal {number}")

    world.root.give_role(Role.OWNER, by=SYSTEM, at=NOW)
    assert len(counts(door(world.root), reverse("lost-leads"), add, sizes=(1, 20, 90))) == 1
