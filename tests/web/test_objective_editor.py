"""The editor of an objective: who may set one where, what it hangs from, and who sees it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from plumbline.goals.models import Objective
from plumbline.people.models import Person
from tests.web.pages import as_, soup_of, words
from tests.world import NOW, SYSTEM, World, an_objective


def new(person: Person, world: World, **fields: Any) -> HttpResponse:
    sent = {"title": "Riders tell their friends", "kind": "committed", "cycle": world.q2.public_id, **fields}
    return as_(person).post(reverse("new-goal"), sent)


def change(person: Person, objective: Objective, **fields: Any) -> HttpResponse:
    fresh = Objective.objects.get(pk=objective.pk)
    sent = {
        "title": fresh.title,
        "kind": fresh.kind,
        "driver": fresh.driver,
        "weight": "1",
        "version": str(fresh.version),
        "lead": fresh.lead.public_id if fresh.lead else "",
        "contributors": [each.public_id for each in fresh.contributors.all()],
        "teams": [each.public_id for each in fresh.home_teams.all()],
        "private": "on" if fresh.is_private else "",
        "parent": f"pillar:{fresh.pillar.public_id}" if fresh.pillar else "",
        **fields,
    }
    return as_(person).post(reverse("objective-edit", args=[objective.public_id]), sent)


def test_a_new_goal_of_a_team_goes_on_to_its_key_results(world: World) -> None:
    answer = new(world.ben, world, home=world.riders.public_id, lead=world.ada.public_id)

    goal = Objective.objects.latest("pk")
    assert answer["Location"] == reverse("key-result-new", args=[goal.public_id])
    assert (goal.stage, goal.lead, list(goal.home_teams.all())) == ("draft", world.ada, [world.riders])


def test_the_same_form_sent_twice_sets_one_goal(world: World) -> None:
    for _time in range(2):
        new(world.ben, world, home=world.riders.public_id, once="one act")

    assert Objective.objects.filter(title="Riders tell their friends").count() == 1


@pytest.mark.parametrize(
    ("name", "homes"),
    [
        ("ben", ["Riders", "Just me"]),
        ("root", ["Riders", "Workshop", "Just me"]),
        ("olga", ["Company", "Riders", "Workshop", "Just me"]),
    ],
)
def test_only_homes_are_offered_in_which_the_person_may(world: World, name: str, homes: list[str]) -> None:
    person = world.cast()[name]
    assert person is not None

    page = soup_of(as_(person).get(reverse("new-goal")))

    assert [option.get_text() for option in page.select("#id_home option")] == homes


def test_a_home_that_was_not_offered_is_refused(world: World) -> None:
    before = Objective.objects.count()

    assert new(world.ben, world, home="company").status_code == 422
    assert new(world.ben, world, home=world.workshop.public_id).status_code == 422
    assert new(world.vera, world, home="person").status_code == 403
    assert Objective.objects.count() == before


def test_an_archived_team_is_not_offered(world: World) -> None:
    world.riders.archive(by=SYSTEM, at=NOW)

    assert new(world.ben, world, home=world.riders.public_id).status_code == 422


def test_a_closed_cycle_is_not_offered(world: World) -> None:
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)

    assert new(world.ben, world, home="person").status_code == 422
    assert change(world.ada, world.stay, title="Riders stay all year").status_code == 409


def test_a_refused_form_keeps_what_was_typed(world: World) -> None:
    answer = new(world.ben, world, title="", home="person", why_it_matters="Word of mouth is cheap")

    assert answer.status_code == 422
    assert words(answer, "#id_why_it_matters") == "Word of mouth is cheap"


def test_a_goal_with_a_number_reads_like_a_key_result(world: World) -> None:
    answer = as_(world.ben).get(reverse("new-goal") + "?title=Grow%20weekly%20riders%20from%20200%20to%20400")

    assert "reads like a key result" in words(answer, ".remarks")
    assert soup_of(as_(world.ben).get(reverse("new-goal"))).select_one(".remarks") is None


def test_a_private_goal_is_seen_by_those_who_are_named(world: World) -> None:
    new(world.ben, world, home="person", lead=world.ben.public_id, private="on", named=[world.max.public_id])

    goal = Objective.objects.latest("pk")
    assert [
        name for name, person in world.cast().items() if person and goal in Objective.objects.visible_to(person)
    ] == [
        "ben",
        "max",
    ]


def test_a_goal_can_not_hang_from_what_hangs_from_it(world: World) -> None:
    below = an_objective(world.ada, world.q2, world.riders, title="Riders feel safe", parent_objective=world.stay)

    answer = change(world.ada, world.stay, parent=f"parent_objective:{below.public_id}")

    assert answer.status_code == 422
    assert "A goal can’t hang from itself" in words(answer, "#id_parent_error")


def test_a_goal_can_not_hang_from_what_does_not_exist_for_the_sender(world: World) -> None:
    answer = change(world.ben, world.stay, parent=f"parent_objective:{world.secret.public_id}")

    assert answer.status_code == 422
    assert "Sell the harbour depot" not in answer.content.decode()


def test_a_hidden_parent_stays_and_is_not_named(world: World) -> None:
    below = an_objective(world.ada, world.q2, world.riders, title="Riders feel safe", parent_objective=world.secret)

    page = as_(world.ben).get(reverse("objective-edit", args=[below.public_id]))
    (chosen,) = soup_of(page).select("#id_parent option[selected]")
    change(world.ben, below, parent=str(chosen["value"]), title="Riders feel safer")

    assert chosen.get_text() == "Restricted goal"
    assert "Sell the harbour depot" not in page.content.decode()
    assert world.secret.public_id not in page.content.decode()
    fresh = Objective.objects.get(pk=below.pk)
    assert (fresh.title, fresh.parent_objective) == ("Riders feel safer", world.secret)


def test_locked_goalposts_ask_for_a_reason(world: World) -> None:
    refused = change(world.ada, world.stay, title="Riders stay all year")
    change(world.ada, world.stay, title="Riders stay all year", reason="Summer counts too")

    assert refused.status_code == 422
    assert "Say why" in words(refused, "#id_reason_error")
    assert Objective.objects.get(pk=world.stay.pk).title == "Riders stay all year"


def test_two_people_on_one_goal_see_what_the_other_changed(world: World) -> None:
    stale = str(Objective.objects.get(pk=world.stay.pk).version)
    change(world.ben, world.stay, why_now="Winter is coming")

    answer = change(world.ada, world.stay, why_now="It is cold", version=stale)

    assert answer.status_code == 409
    assert "Winter is coming" in words(answer, ".clash")
    assert words(answer, "#id_why_now") == "It is cold"


def test_a_contributor_changes_words_and_not_who_sees_it(world: World) -> None:
    page = as_(world.carl).get(reverse("objective-edit", args=[world.stay.public_id]))
    change(world.carl, world.stay, why_now="Winter is coming", private="on")

    assert soup_of(page).select_one("[name=private]") is None
    fresh = Objective.objects.get(pk=world.stay.pk)
    assert (fresh.why_now, fresh.is_private) == ("Winter is coming", False)


def test_the_lead_makes_it_private_and_shares_it(world: World) -> None:
    change(world.ada, world.stay, private="on", contributors=[world.max.public_id])

    fresh = Objective.objects.get(pk=world.stay.pk)
    assert fresh.is_private
    assert list(fresh.contributors.all()) == [world.max]


@pytest.mark.parametrize(("name", "status"), [("vera", 403), ("cleo", 403), ("ben", 200), ("carl", 200), ("root", 200)])
def test_who_may_change_it(world: World, name: str, status: int) -> None:
    person = world.cast()[name]
    assert person is not None
    assert as_(person).get(reverse("objective-edit", args=[world.stay.public_id])).status_code == status


def test_a_private_goal_does_not_exist_for_cleo(world: World) -> None:
    assert as_(world.cleo).get(reverse("objective-edit", args=[world.secret.public_id])).status_code == 404
    assert change(world.cleo, world.secret, title="Mine now").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_queries_does_not_grow(world: World, django_assert_max_num_queries, count: int) -> None:  # type: ignore[no-untyped-def]
    for place in range(count):
        an_objective(world.ada, world.q2, world.riders, title=f"Ward {place} rides")
    client = as_(world.ada)

    with django_assert_max_num_queries(22):
        client.get(reverse("objective-edit", args=[world.stay.public_id]))
