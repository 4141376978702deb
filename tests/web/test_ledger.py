"""The page of a bet and the ledger of all."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from plumbline.goals.models import Bet, Initiative
from plumbline.people.models import Actor
from plumbline.usecases.ask_for_verdicts import ask_for_verdicts
from tests.web.conftest import Door, soup_of
from tests.world import NOW, TODAY, World


@pytest.fixture
def guide(world: World) -> Initiative:
    """A bet that is done: 31, 32, 33 before its end, 36 after it."""
    by = Actor(world.ada)
    row = Initiative.take_on(
        title="Write a guide", objective=world.stay, key_result=world.activation, lead=world.ben, by=by, at=NOW
    )
    row.place_bet(key_result=world.activation, expected_change=Decimal(4), due_on=date(2026, 5, 20), by=by, at=NOW)
    for day, value in ((date(2026, 4, 24), 31), (date(2026, 5, 1), 32), (date(2026, 5, 8), 33)):
        world.activation.check_in(value=Decimal(value), on=day, by=by, at=NOW)
    row.change(state="done", by=by, at=NOW - timedelta(days=14))
    return Initiative.objects.get(pk=row.pk)


def text_of(page) -> str:
    return " ".join(page.select_one("main").get_text(" ").split())


def address(row: Initiative, name: str = "initiative", *more: int) -> str:
    return reverse(name, args=[row.public_id, *more])


def test_the_page_tells_what_was_expected_and_what_happened(world: World, door: Door, guide: Initiative) -> None:
    """X03."""
    page = soup_of(door(world.ben).get(address(guide)))

    figures = [each.get_text() for each in page.select(".tallies dd")]
    assert figures == ["+4 points", "+3 points", "+1 points", "+2 points"]
    assert "from 33% on 8 May to 36% on 15 May" in text_of(page)
    assert "work ended" in page.select_one("svg.chart").get_text()
    assert page.select_one("#verdict input[name=actual_change]")["value"] == "3"


def test_its_lead_is_asked_on_my_week_until_they_answer(world: World, door: Door, guide: Initiative) -> None:
    """X03: the worker puts the question there."""
    ben = door(world.ben)
    assert soup_of(ben.get(reverse("home"))).select_one("#questions-heading") is None
    ask_for_verdicts(NOW)
    assert "Write a guide" in soup_of(ben.get(reverse("home"))).select_one("[aria-labelledby=questions-heading]").text

    ben.post(address(guide, "initiative-settlement"), {"verdict": "moved", "actual_change": "3", "learned": "Pictures"})

    assert soup_of(ben.get(reverse("home"))).select_one("#questions-heading") is None
    assert "Pictures" in soup_of(ben.get(address(guide))).select_one(".said").get_text()


def test_a_verdict_said_anew_leaves_the_old_one_to_be_read(world: World, door: Door, guide: Initiative) -> None:
    ben = door(world.ben)
    ben.post(address(guide, "initiative-settlement"), {"verdict": "moved", "actual_change": "3"})
    ben.post(address(guide, "initiative-settlement"), {"verdict": "not", "actual_change": "0"})

    said = [each.get_text() for each in soup_of(ben.get(address(guide))).select(".said .status")]
    assert said == ["Did not move it", "Moved it"]


def test_of_two_who_settle_it_the_second_sees_the_first(world: World, door: Door, guide: Initiative) -> None:
    """G01."""
    ben = door(world.ben)
    version = soup_of(ben.get(address(guide))).select_one("#verdict input[name=version]")["value"]
    Initiative.objects.get().settle_bet(verdict="moved", by=Actor(world.ada), at=NOW)

    answer = ben.post(address(guide, "initiative-settlement"), {"verdict": "not", "learned": "No", "version": version})

    assert answer.status_code == 409
    assert "Ada Lead changed this" in soup_of(answer).select_one("[role=alert]").get_text()
    assert soup_of(answer).select_one("#verdict textarea").get_text().strip() == "No"
    assert Bet.objects.get().verdict == "moved"


def test_a_bet_is_settled_after_its_goal_was_closed(world: World, door: Door, guide: Initiative) -> None:
    world.q2.move_to("closing", by=Actor(world.olga), at=NOW)
    world.q2.move_to("closed", by=Actor(world.olga), at=NOW)

    answer = door(world.ben).post(address(guide, "initiative-settlement"), {"verdict": "partly"})

    assert answer.status_code == 302
    assert Bet.objects.get().verdict == "partly"


def test_an_input_is_corrected_in_its_place(world: World, door: Door, guide: Initiative) -> None:
    guide.add_input(kind="money", amount=Decimal(6400), unit="EUR", by=Actor(world.ada), at=NOW)
    ben = door(world.ben)
    assert "€6,400" in soup_of(ben.get(address(guide))).select_one(".inputs").get_text()

    told = {"input-1-kind": "money", "input-1-amount": "7,400", "input-1-unit": "EUR", "input-1-note": "Print"}
    ben.post(address(guide, "initiative-input", 1), told)
    refused = ben.post(address(guide, "initiative-input", 1), told | {"input-1-amount": "many"})

    assert "€7,400 Money, Print" in text_of(soup_of(ben.get(address(guide))))
    assert refused.status_code == 422
    assert soup_of(refused).select_one("#id_input-1-amount")["value"] == "many"
    assert ben.post(address(guide, "initiative-input", 9), told).status_code == 404


def test_every_number_of_the_ledger_opens_the_bets_behind_it(world: World, door: Door, guide: Initiative) -> None:
    """X03: per team and overall, which kinds of work move which kinds of numbers."""
    guide.settle_bet(verdict="partly", actual_change=Decimal(3), by=Actor(world.ben), at=NOW)
    vera = door(world.vera)
    page = soup_of(vera.get(reverse("bets")))
    assert "1 of 1 settled bet moved its number." in text_of(page)
    links = [link["href"] for link in page.select("table.ledger td a.link")]
    assert "?moves=behaviour&work=document#list" in links

    for link in links:
        opened = soup_of(vera.get(reverse("bets") + link))
        assert [row["data-bet"] for row in opened.select("[data-bet]")] == [guide.public_id]


def test_what_nobody_knows_is_left_out_of_the_filters(world: World, door: Door, guide: Initiative) -> None:
    page = soup_of(door(world.vera).get(reverse("bets") + "?team=nobody&work=magic&during=never"))

    assert len(page.select("[data-bet]")) == 1


def test_the_ledger_hides_bets_on_private_goals(world: World, door: Door) -> None:
    by = Actor(world.ada)
    row = Initiative.take_on(
        title="Call the bank", objective=world.secret, key_result=world.secret_result, by=by, at=NOW
    )
    row.place_bet(key_result=world.secret_result, expected_change=Decimal(1), due_on=TODAY, by=by, at=NOW)

    for person in (world.ben, world.root, world.olga):
        assert "Call the bank" not in text_of(soup_of(door(person).get(reverse("bets"))))
    assert "Call the bank" in text_of(soup_of(door(world.carl).get(reverse("bets"))))
