"""The live judge: what it answers while somebody types, and to whom."""

import re
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.urls import reverse

from plumbline.goals.models import KeyResult, Kpi, Objective
from plumbline.people.models import Actor, Person
from tests.web.pages import as_, soup_of, words
from tests.world import NOW, SYSTEM, TODAY, World


def judged(person: Person, objective: Objective, statement: str, **fields: str) -> HttpResponse:
    sent = {"statement": statement, **fields}
    return as_(person).post(reverse("judgements", args=[objective.public_id]), sent, headers={"HX-Request": "true"})


@pytest.mark.parametrize(
    ("statement", "level"),
    [
        ("Hold 12 customer interviews", "output"),
        ("Increase sales calls from 40 to 120 per week", "output"),
        ("Deliver 4.2M in new revenue, up from 3.1M", "outcome"),
        ("Launch self-serve so that 30 % of new customers onboard without a call (today 4 %)", "outcome"),
        ("", "unclear"),
    ],
)
def test_a_sentence_is_read_while_it_is_written(world: World, statement: str, level: str) -> None:
    answer = judged(world.ada, world.stay, statement)

    reading = soup_of(answer).select_one(".judgement")
    assert answer.status_code == 200
    assert reading is not None
    assert reading["data-level"] == level


def test_work_is_asked_what_it_is_for_with_blanks_for_every_number(world: World) -> None:
    answer = judged(world.ada, world.stay, "Hold 12 customer interviews")

    page = soup_of(answer)
    assert "So that…?" in words(answer, ".sothat__ask")
    assert [blank.get_text() for blank in page.select(".sug var")]
    for suggested in page.select(".sug"):
        is_own = suggested.select_one("small").get_text().startswith("Today’s ")
        assert is_own or not re.search(r"\d", suggested.select_one("b").get_text())
        assert suggested.select("var"), "a target is always a blank"


def test_an_outcome_is_left_alone(world: World) -> None:
    answer = judged(world.ada, world.stay, "Activation of new riders rises from 41% to 60%")

    assert soup_of(answer).select_one(".sothat") is None
    assert words(answer, ".verdict h2") == "This measures a change."


def test_the_marks_give_the_text_back_letter_for_letter(world: World) -> None:
    statement = "Launch  the <b>app</b> & 3 guides"

    mirror = soup_of(judged(world.ada, world.stay, statement)).select_one("[hx-swap-oob]")

    assert mirror is not None
    assert mirror.get_text() == statement


def test_what_people_type_is_never_markup(world: World) -> None:
    answer = judged(world.ada, world.stay, "Publish 3 <script>alert(1)</script> <img src=x onerror=alert(1)>")

    page = soup_of(answer)
    assert page.find("script") is None
    assert page.find("img") is None


def test_ten_thousand_characters_are_read_as_far_as_makes_sense(world: World) -> None:
    statement = "Publish many articles " * 455

    answer = judged(world.ada, world.stay, statement)

    mirror = soup_of(answer).select_one("[hx-swap-oob]")
    assert answer.status_code == 200
    assert mirror is not None
    assert len(mirror.get_text().strip()) == len(statement.strip())


def test_the_fields_are_offered_what_the_sentence_says(world: World) -> None:
    answer = judged(world.ada, world.stay, "Reduce churn of new riders from 6.8% to 4.5%")

    values = soup_of(answer).select_one("reading-values")
    assert values is not None
    assert (values["data-baseline"], values["data-target"], values["data-unit"]) == ("6.8", "4.5", "%")
    assert values["data-type"] == "decrease"


def test_a_missing_baseline_is_offered_the_last_reading_with_its_source(world: World) -> None:
    answer = judged(world.ben, world.stay, "Reduce monthly churn to 2%")

    offer = soup_of(answer).select_one("value-offer[data-field=baseline]")
    assert offer is not None
    assert offer["data-value"] == "2.8"
    assert "KPI of 1 May 2026" in offer.get_text()


def test_a_private_reading_is_offered_to_nobody_else(world: World) -> None:
    kpi = Kpi.watch(name="Depot price", lead=world.ada, is_private=True, by=SYSTEM, at=NOW)
    kpi.read(value=Decimal(77), on=TODAY, by=SYSTEM, at=NOW)
    statement = "Raise the depot price to 90"

    assert soup_of(judged(world.ada, world.stay, statement)).select_one("value-offer[data-value='77']")
    assert b"77" not in judged(world.ben, world.stay, statement).content


def test_the_end_of_the_cycle_is_offered_until_a_day_is_given(world: World) -> None:
    sentence = "Activation of new riders rises from 41% to 60%"

    assert soup_of(judged(world.ada, world.stay, sentence)).select_one("value-offer[data-value='2026-06-30']")
    given = judged(world.ada, world.stay, sentence, due_on="2026-06-15")
    assert soup_of(given).select_one("value-offer[data-field=due_on]") is None
    assert "15 Jun 2026" in words(given, ".parts")


def test_a_private_goal_has_no_judge_for_cleo(world: World) -> None:
    assert judged(world.cleo, world.secret, "Hold 12 interviews").status_code == 404
    assert judged(world.carl, world.secret, "Hold 12 interviews").status_code == 200


def test_reading_a_sentence_stores_nothing(world: World) -> None:
    before = KeyResult.objects.count()

    judged(world.vera, world.stay, "Hold 12 customer interviews")

    assert KeyResult.objects.count() == before


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_queries_does_not_grow(world: World, django_assert_max_num_queries, count: int) -> None:  # type: ignore[no-untyped-def]
    for place in range(count):
        kpi = Kpi.watch(name=f"Rides in ward {place}", lead=world.ada, by=SYSTEM, at=NOW)
        kpi.read(value=Decimal(place), on=TODAY, by=SYSTEM, at=NOW)
        KeyResult.write_down(world.stay, statement=f"Rides rise to {place}", by=Actor(world.ada), at=NOW)
    client = as_(world.ada)

    with django_assert_max_num_queries(9):
        client.post(reverse("judgements", args=[world.stay.public_id]), {"statement": "Hold 12 interviews"})
