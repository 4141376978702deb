"""What the judge says of goals, initiatives and KPIs while they are written, and the step to the right place."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plumbline.goals.models import Initiative, Kpi, Objective
from plumbline.people.models import Actor, Person
from tests.web.many import many_objectives
from tests.web.pages import as_, soup_of, words
from tests.web.visiting import counts, visitor
from tests.world import NOW, World

NUMBER = "Grow weekly riders from 200 to 400"


def said_of(person: Person, role: str, **fields: str) -> HttpResponse:
    return as_(person).post(reverse("remarks", args=[role]), fields)


def step(answer: HttpResponse) -> tuple[str, str, str]:
    button = soup_of(answer).select_one(".remarks__step button")
    assert button is not None
    return str(button["formaction"]), str(button["value"]), button.get_text(strip=True)


def follow(client: Client, answer: HttpResponse) -> HttpResponse:
    """Press the button, and go where it leads."""
    address, text, _label = step(answer)
    return client.post(address, {"text": text}, follow=True)  # type: ignore[return-value]


def test_a_goal_with_a_number_is_asked_what_it_is_good_for_while_it_is_typed(world: World) -> None:
    answer = said_of(world.ben, "objective", title=NUMBER)

    assert "reads like a key result" in words(answer, ".remarks")
    assert words(answer, ".remarks__ask") == "Once it is at 400, what will be better, and for whom?"
    assert step(answer) == (reverse("placement", args=["key_result"]), NUMBER, "Make it a key result of…")


@pytest.mark.parametrize(("role", "field"), [("objective", "title"), ("kpi", "name"), ("initiative", "title")])
def test_what_is_at_home_gets_no_remark(world: World, role: str, field: str) -> None:
    good = {"objective": "Riders feel safe on every street", "kpi": "Uptime", "initiative": "Launch the guide"}[role]

    assert soup_of(said_of(world.ben, role, **{field: good})).select_one(".remarks, button") is None


def test_nobody_is_asked_about_a_role_that_is_none(world: World) -> None:
    assert said_of(world.ben, "epic", title="Grow").status_code == 404
    assert as_(world.ben).post(reverse("placement", args=["epic"])).status_code == 404


def test_the_forms_listen_to_what_is_typed(world: World) -> None:
    pages = {
        reverse("new-goal"): ("#id_title", reverse("remarks", args=["objective"])),
        reverse("new-kpi"): ("#id_name", reverse("remarks", args=["kpi"])),
        reverse("initiative-new", args=[world.stay.public_id]): (
            "#id_title",
            reverse("initiative-remarks", args=[world.stay.public_id]),
        ),
    }
    for address, (field, place) in pages.items():
        soup = soup_of(as_(world.ben).get(address))
        typed = soup.select_one(field)
        assert typed is not None
        assert (typed["hx-post"], typed["hx-target"]) == (place, "#remarks")
        assert soup.select_one("#remarks[role=status]") is not None
        assert soup.select_one("noscript button[name=read]") is not None


def test_without_javascript_a_form_is_read_with_a_button_and_nothing_is_kept(world: World) -> None:
    ben, before = as_(world.ben), (Objective.objects.count(), Kpi.objects.count(), Initiative.objects.count())
    sent: dict[str, dict[str, Any]] = {
        reverse("new-goal"): {"title": NUMBER},
        reverse("new-kpi"): {"name": "Launch the new app"},
        reverse("initiative-new", args=[world.stay.public_id]): {"title": "Reduce churn to 3%"},
        reverse("objective-edit", args=[world.stay.public_id]): {"title": NUMBER},
    }
    for address, fields in sent.items():
        answer = ben.post(address, {**fields, "read": "1"})
        assert answer.status_code == 200
        assert step(answer)
    assert before == (Objective.objects.count(), Kpi.objects.count(), Initiative.objects.count())


def test_a_refused_form_shows_the_remark_too(world: World) -> None:
    answer = as_(world.ben).post(reverse("new-goal"), {"title": NUMBER, "cycle": "nothing"})

    assert answer.status_code == 422
    assert "reads like a key result" in words(answer, ".remarks")


def test_a_number_becomes_a_key_result_of_the_goal_one_chooses(world: World) -> None:
    ben = as_(world.ben)
    page = follow(ben, said_of(world.ben, "objective", title=NUMBER))
    offered = {str(radio["value"]) for radio in soup_of(page).select("input[name=objective]")}
    assert world.stay.public_id in offered

    chosen = ben.get(
        reverse("placement", args=["key_result"]), {"text": NUMBER, "objective": world.stay.public_id}, follow=True
    )
    assert words(chosen, "#id_statement") == NUMBER  # type: ignore[arg-type]


def test_only_goals_that_one_may_add_to_are_offered(world: World) -> None:
    def offered(person: Person) -> set[str]:
        page = as_(person).get(reverse("placement", args=["key_result"]), {"text": NUMBER})
        return {str(radio["value"]) for radio in soup_of(page).select("input[name=objective]")}

    assert world.stay.public_id in offered(world.ada)
    assert world.stay.public_id not in offered(world.max)
    assert "no open goal" in words(as_(world.max).get(reverse("placement", args=["initiative"])), ".note")


def test_a_goal_of_others_is_refused_and_a_hidden_one_does_not_exist(world: World) -> None:
    def choose(person: Person, objective: Objective) -> int:
        address = reverse("placement", args=["key_result"])
        return as_(person).get(address, {"text": NUMBER, "objective": objective.public_id}).status_code

    assert choose(world.max, world.stay) == 403
    assert choose(world.max, world.secret) == 404


def test_an_initiative_that_is_an_outcome_opens_the_editor_of_its_goal(world: World) -> None:
    answer = as_(world.ben).post(
        reverse("initiative-remarks", args=[world.stay.public_id]), {"title": "Reduce churn to 3%"}
    )
    assert words(answer, ".remarks__ask") == "What is the first thing you will try for it?"
    assert step(answer)[2] == "Make it a key result"

    editor = follow(as_(world.ben), answer)
    assert words(editor, "#id_statement") == "Reduce churn to 3%"


def test_a_project_that_was_a_goal_opens_the_form_of_an_initiative(world: World) -> None:
    answer = said_of(world.ben, "objective", title="Launch the new app by June")
    assert step(answer)[1:] == ("Launch the new app", "Make it an initiative of…")

    address = reverse("placement", args=["initiative"])
    form = as_(world.ben).get(address, {"text": step(answer)[1], "objective": world.stay.public_id}, follow=True)
    title = soup_of(form).select_one("#id_title")  # type: ignore[arg-type]
    assert title is not None
    assert title["value"] == "Launch the new app"


def test_a_key_result_that_keeps_a_level_becomes_a_kpi_with_one_step(world: World) -> None:
    ben = as_(world.ben)
    answer = ben.post(
        reverse("judgements", args=[world.stay.public_id]), {"statement": "Keep uptime above 99.9% by June"}
    )
    assert "A level that is kept is a KPI" in words(answer, ".judgement")
    assert step(answer) == (reverse("placement", args=["kpi"]), "Uptime", "Watch it as a KPI")

    name = soup_of(follow(ben, answer)).select_one("#id_name")
    assert name is not None
    assert name["value"] == "Uptime"


def test_a_viewer_is_led_nowhere(world: World) -> None:
    assert as_(world.vera).post(reverse("placement", args=["kpi"]), {"text": "Uptime"}).status_code == 403


def test_the_page_of_goals_takes_as_many_queries_for_many(world: World) -> None:
    address = reverse("placement", args=["key_result"])

    assert len(counts(visitor(world.ada), address, lambda more: many_objectives(world.stay, more))) == 1


@pytest.mark.usefixtures("catalogues")
def test_the_remark_speaks_the_reader_s_language(world: World) -> None:
    world.ben.change(language="de", by=Actor(world.ben), at=NOW)

    answer = said_of(world.ben, "objective", title=NUMBER)
    assert "liest sich wie ein Key Result" in words(answer, ".remarks")
    assert step(answer)[2] == "Als Key Result unter…"
