"""Initiatives as bets."""

from decimal import Decimal

import pytest
from django.urls import reverse

from plumbline.goals.models import Initiative
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.world import NOW, World


@pytest.fixture
def tour(world: World) -> Initiative:
    """A bet on activation."""
    return Initiative.take_on(
        title="First ride with a guide",
        objective=world.stay,
        key_result=world.activation,
        lead=world.ben,
        by=Actor(world.ben),
        at=NOW,
    )


def address(row: Initiative, name: str = "initiative", *more: int) -> str:
    return reverse(name, args=[row.public_id, *more])


def test_ben_places_a_bet_on_a_key_result(world: World, door: Door) -> None:
    ben = door(world.ben)
    url = reverse("bet-new", args=[world.activation.public_id])
    form = soup_of(ben.get(url))
    assert form.select_one("select[name=key_result] option[selected]")["value"] == world.activation.public_id
    said = {"title": "First ride with a guide", "key_result": world.activation.public_id, "lead": world.ben.public_id}
    ben.post(url, said)
    row = Initiative.objects.get()

    ben.post(address(row, "initiative-bet"), {"expected_change": "+4", "due_on": "2026-06-30"})

    page = soup_of(ben.get(address(row))).select_one("main").get_text()
    assert "We expect +4 points" in page
    assert "by 30 June 2026" in page


def test_work_may_hang_from_the_objective_alone(world: World, door: Door) -> None:
    door(world.ben).post(reverse("initiative-new", args=[world.stay.public_id]), {"title": "Winter tyre day"})

    page = soup_of(door(world.vera).get(reverse("objective", args=[world.stay.public_id])))
    assert "Winter tyre day" in page.select_one("main").get_text()


def test_nothing_said_is_refused_and_kept(world: World, door: Door) -> None:
    url = reverse("initiative-new", args=[world.stay.public_id])

    answer = door(world.ben).post(url, {"title": " ", "note": "Half of it"})

    assert answer.status_code == 422
    assert "Say what we will do." in soup_of(answer).select_one("#id_title_error").get_text()
    assert "Half of it" in soup_of(answer).select_one("textarea").get_text()


def test_it_moves_and_is_settled(world: World, door: Door, tour: Initiative) -> None:
    tour.place_bet(key_result=world.activation, expected_change=Decimal(4), by=Actor(world.ben), at=NOW)
    ben = door(world.ben)

    ben.post(address(tour, "initiative-state"), {"state": "done"})
    ben.post(
        address(tour, "initiative-settlement"), {"verdict": "partly", "actual_change": "2,5", "learned": "Guides help"}
    )

    page = soup_of(ben.get(address(tour)))
    assert page.select_one('.seg [aria-pressed="true"]').get_text() == "Learned"
    assert page.select_one("#bet-heading + .status").get_text() == "Moved it partly"
    assert "+2.5 points" in page.select_one(".said").get_text()


def test_inputs_are_noted_and_taken_off(world: World, door: Door, tour: Initiative) -> None:
    ben = door(world.ben)
    ben.post(address(tour, "initiative-inputs"), {"kind": "time", "amount": "12", "unit": "days"})
    assert tour.inputs.get().amount == 12

    ben.post(address(tour, "initiative-input-removal", 1))

    assert tour.inputs.count() == 0


def test_two_who_edit_at_once_see_each_other(world: World, door: Door, tour: Initiative) -> None:
    """G01: nothing is overwritten silently, nothing typed is lost."""
    ben, url = door(world.ben), address(tour, "initiative-edit")
    version = soup_of(ben.get(url)).select_one("input[name=version]")["value"]
    tour.change(title="First ride with a friend", by=Actor(world.ada), at=NOW)

    answer = ben.post(url, {"title": "First two rides with a guide", "version": version})

    assert answer.status_code == 409
    page = soup_of(answer)
    assert "Ada Lead changed this" in page.select_one("[role=alert]").get_text()
    assert "First ride with a friend" in page.select_one(".clash").get_text()
    assert page.select_one("#id_title")["value"] == "First two rides with a guide"
    again = {"title": "First two rides with a guide", "version": page.select_one("input[name=version]")["value"]}
    assert ben.post(url, again).status_code == 302


def test_the_bin_gives_it_back(world: World, door: Door, tour: Initiative) -> None:
    ben = door(world.ben)
    ben.post(address(tour, "initiative-bin"))
    assert ben.get(address(tour)).status_code == 404

    ben.post(address(tour, "initiative-restoring"))

    assert ben.get(address(tour)).status_code == 200


@pytest.mark.parametrize("name", ["edit", "state", "bet", "settlement", "inputs", "bin"])
def test_cleo_changes_no_bet_of_others(world: World, door: Door, tour: Initiative, name: str) -> None:
    assert door(world.cleo).post(address(tour, f"initiative-{name}")).status_code == 403
    assert door(world.vera).post(address(tour, f"initiative-{name}")).status_code == 403


def test_a_bet_on_a_private_goal_does_not_exist_for_others(world: World, door: Door) -> None:
    row = Initiative.take_on(title="Call the bank", objective=world.secret, by=Actor(world.ada), at=NOW)

    assert door(world.ben).get(address(row)).status_code == 404
    assert door(world.olga).post(address(row, "initiative-restoring")).status_code == 404
    assert door(world.carl).get(address(row)).status_code == 200


def test_a_key_result_of_another_objective_is_no_choice(world: World, door: Door) -> None:
    """E11: an id that may not be seen is treated as not found."""
    url = reverse("initiative-new", args=[world.stay.public_id])

    answer = door(world.ben).post(url, {"title": "Call the bank", "key_result": world.secret_result.public_id})

    assert answer.status_code == 422
    assert world.secret_result.statement not in answer.content.decode()
