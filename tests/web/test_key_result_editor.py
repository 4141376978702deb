"""The editor of a key result: drafts, activation, goalposts, clashes and the first door."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plumbline.goals.models import Initiative, KeyResult, Objective
from plumbline.people.models import Actor, Organisation, Person
from tests.web.pages import as_, soup_of, words
from tests.world import NOW, SYSTEM, World, a_key_result

ROWS = {f"{name}-{part}": "0" for name in ("step", "point", "limit") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
OUTPUT = "Publish 10 blog articles about e-bikes"


def typed(statement: str = "New riders who come back rise from 20% to 40%", **fields: str) -> dict[str, str]:
    given = {
        "type": "increase",
        "unit": "%",
        "baseline": "20",
        "target": "40",
        "rhythm": "weekly",
        "metric": "New riders",
    }
    return {**ROWS, **given, "statement": statement, **fields}


def write(person: Person, objective: Objective, **fields: str) -> HttpResponse:
    return as_(person).post(reverse("key-result-new", args=[objective.public_id]), typed(**fields))


def change(client: Client, key_result: KeyResult, **fields: str) -> HttpResponse:
    fresh = KeyResult.objects.get(pk=key_result.pk)
    given = {"statement": fresh.statement, "baseline": "31", "target": "45", "version": str(fresh.version)}
    given |= {"metric": fresh.metric, "lead": fresh.lead.public_id if fresh.lead else "", **fields}
    return client.post(reverse("key-result-edit", args=[key_result.public_id]), typed(**given))


def newest(objective: Objective) -> KeyResult:
    return objective.key_results.latest("pk")


def policy_is(world: World, policy: str) -> None:
    Organisation.the().change(judge_policy=policy, by=SYSTEM, at=NOW)


def test_the_page_asks_the_question_and_holds_the_bob(world: World) -> None:
    answer = as_(world.ben).get(reverse("key-result-new", args=[world.stay.public_id]))

    assert words(answer, ".draft__label") == "Are we measuring an activity or an impact?"
    assert soup_of(answer).select_one(".judgement[data-level=unclear] .plumb__bob")
    assert soup_of(answer).select_one("noscript button[name=read]")


def test_a_draft_may_lack_nearly_everything(world: World) -> None:
    answer = write(world.ben, world.stay, statement="Riders are happier", metric="", baseline="", target="", unit="")

    key_result = newest(world.stay)
    assert answer.status_code == 302
    assert (key_result.statement, key_result.stage, key_result.baseline) == ("Riders are happier", "draft", None)


def test_values_are_read_in_their_unit(world: World) -> None:
    write(
        world.ben,
        world.stay,
        statement="Repairs take 9 h, then 2 h",
        type="decrease",
        unit="h",
        baseline="9",
        target="2,5",
    )

    key_result = newest(world.stay)
    assert key_result.unit.show(key_result.baseline) == "9 h"
    assert key_result.target == Decimal(9000)


def test_saving_and_activating_starts_it_with_its_goalposts_locked(world: World) -> None:
    write(world.ben, world.stay, start="1", lead=world.ada.public_id)

    key_result = newest(world.stay)
    assert key_result.stage == "active"
    assert key_result.commitment.target == 40


def test_what_is_missing_is_said_kindly_and_the_draft_is_kept(world: World) -> None:
    client = as_(world.ben)

    answer = client.post(
        reverse("key-result-new", args=[world.stay.public_id]), typed(baseline="", start="1"), follow=True
    )

    assert newest(world.stay).stage == "draft"
    assert "a lead" in words(answer, ".lacks")
    assert "where it stands today" in words(answer, ".lacks")


def test_a_target_that_is_the_baseline_is_refused_with_advice_and_nothing_typed_is_lost(world: World) -> None:
    answer = write(world.ben, world.stay, target="20", waiver_reason="We owe it")

    assert answer.status_code == 422
    assert "Stay at or above" in words(answer, "#id_target_error")
    assert soup_of(answer).select_one("#id_waiver_reason").get_text(strip=True) == "We owe it"  # type: ignore[union-attr]


@pytest.mark.parametrize("nonsense", ["lots", "1e999", "NaN", "9" * 40])
def test_what_is_no_number_is_refused_and_kept(world: World, nonsense: str) -> None:
    answer = write(world.ben, world.stay, baseline=nonsense)

    field = soup_of(answer).select_one("#id_baseline")
    if answer.status_code == 422:
        assert field is not None
        assert field["value"] == nonsense
    else:
        assert newest(world.stay).baseline == 1


def test_ten_thousand_characters_are_refused_and_kept(world: World) -> None:
    answer = write(world.ben, world.stay, statement="a" * 10_000)

    assert answer.status_code == 422
    assert "a" * 10_000 in soup_of(answer).select_one("#id_statement").get_text()  # type: ignore[union-attr]


def test_a_statement_is_never_markup(world: World) -> None:
    write(world.ben, world.stay, statement="<script>alert(1)</script> riders rise from 20% to 40%")

    answer = as_(world.ben).get(reverse("key-result-edit", args=[newest(world.stay).public_id]))

    assert "alert(1)" not in [script.get_text() for script in soup_of(answer).find_all("script")]
    assert b"<script>alert" not in answer.content


def test_without_script_a_sentence_can_be_read_before_it_is_saved(world: World) -> None:
    before = KeyResult.objects.count()

    answer = write(world.ben, world.stay, statement=OUTPUT, read="1", metric="", target="", baseline="", unit="")

    assert soup_of(answer).select_one(".judgement[data-level=output]")
    assert soup_of(answer).select_one("#id_target")["value"] == "10"  # type: ignore[index]
    assert KeyResult.objects.count() == before


def test_what_was_typed_is_not_overwritten_by_the_reading(world: World) -> None:
    answer = write(world.ben, world.stay, statement="Repeat rides rise from 20% to 40%", read="1", target="55")

    target = soup_of(answer).select_one("#id_target")
    assert target is not None
    assert target["value"] == "55"
    assert "data-follows" not in target.attrs


def test_the_same_form_sent_twice_writes_one(world: World) -> None:
    for _time in range(2):
        write(world.ben, world.stay, once="one act")

    assert world.stay.key_results.filter(statement__startswith="New riders who come back").count() == 1


def test_where_the_policy_asks_saved_work_is_asked_what_it_is_for(world: World) -> None:
    policy_is(world, "ask")

    answer = write(world.ben, world.stay, statement=OUTPUT)

    question = as_(world.ben).get(answer["Location"])
    assert answer["Location"] == reverse("key-result-question", args=[newest(world.stay).public_id])
    assert words(question, "h1") == "This counts what you make. So that…?"


def test_where_the_policy_only_shows_nothing_is_asked(world: World) -> None:
    policy_is(world, "show")

    assert write(world.ben, world.stay, statement=OUTPUT)["Location"] == reverse(
        "objective", args=[world.stay.public_id]
    )


def test_where_the_policy_wants_a_reason_work_starts_with_one_and_stays_a_draft_without(world: World) -> None:
    policy_is(world, "reason")
    sent: dict[str, Any] = {
        "statement": OUTPUT,
        "start": "1",
        "lead": world.ada.public_id,
        "baseline": "0",
        "target": "10",
    }

    write(world.ben, world.stay, **sent)
    without = newest(world.stay)
    write(world.ben, world.stay, waiver_reason="The city asks for exactly these.", **sent)

    assert without.stage == "draft"
    assert newest(world.stay).stage == "active"
    assert newest(world.stay).waiver.reason == "The city asks for exactly these."


def test_locked_goalposts_ask_for_a_reason_and_show_old_and_new(world: World) -> None:
    client = as_(world.ada)

    refused = change(client, world.activation, target="50")
    change(client, world.activation, target="50", reason="The pilot doubled")

    assert refused.status_code == 422
    assert words(refused, ".moved") == "Target 45% → 50%"
    assert KeyResult.objects.get(pk=world.activation.pk).target == 50


def test_two_people_on_one_key_result_see_what_the_other_changed(world: World) -> None:
    stale = str(KeyResult.objects.get(pk=world.activation.pk).version)
    change(as_(world.ben), world.activation, metric="Riders in week one")

    answer = change(as_(world.ada), world.activation, metric="Riders who ride", version=stale)

    assert answer.status_code == 409
    assert "Ben Homer changed this" in words(answer, ".note[data-status=needs_attention]")
    assert "Riders in week one" in words(answer, ".clash")
    assert soup_of(answer).select_one("#id_metric")["value"] == "Riders who ride"  # type: ignore[index]


def test_a_type_under_check_ins_stays(world: World) -> None:
    answer = change(as_(world.ada), world.activation, type="at_least", reason="It fits better")

    assert answer.status_code == 422
    assert "check-ins" in words(answer, "#id_type_error")


def test_milestones_path_and_guardrails_are_kept_with_it(world: World) -> None:
    rows = {"step-TOTAL_FORMS": "1", "step-0-title": "Pilot", "step-0-due_on": "2026-05-30", "step-0-weight": "30"}
    rows |= {"point-TOTAL_FORMS": "1", "point-0-on": "2026-05-15", "point-0-value": "25"}
    rows |= {"limit-TOTAL_FORMS": "1", "limit-0-metric": "Refunds", "limit-0-high": "5", "limit-0-unit": "%"}

    write(world.ben, world.stay, **rows)

    key_result = newest(world.stay)
    assert [(each.title, each.weight) for each in key_result.milestones.all()] == [("Pilot", 30)]
    assert [each.value for each in key_result.path_points.all()] == [25]
    assert [(each.metric, each.high) for each in key_result.guardrails.all()] == [("Refunds", 5)]
    page = as_(world.ben).get(reverse("key-result-edit", args=[key_result.public_id]))
    assert soup_of(page).select_one("[name=step-0-title]")["value"] == "Pilot"  # type: ignore[index]


def test_a_guardrail_says_where_it_has_to_stay(world: World) -> None:
    answer = write(world.ben, world.stay, **{"limit-TOTAL_FORMS": "1", "limit-0-metric": "Refunds"})

    assert answer.status_code == 422
    assert soup_of(answer).select_one("[name=limit-0-metric]")["value"] == "Refunds"  # type: ignore[index]


def test_only_those_who_see_a_private_goal_can_lead_its_results(world: World) -> None:
    page = soup_of(as_(world.ada).get(reverse("key-result-new", args=[world.secret.public_id])))

    assert [option.get_text() for option in page.select("#id_lead option")] == [
        "Nobody yet",
        "Ada Lead",
        "Carl Contributor",
    ]


def bet(person: Person, objective: Objective, **fields: str) -> HttpResponse:
    return as_(person).post(reverse("initiative-from-key-result", args=[objective.public_id]), fields)


def test_an_unsaved_sentence_becomes_a_bet_on_an_outcome(world: World) -> None:
    page = bet(world.ben, world.stay, statement=OUTPUT)
    bet(world.ben, world.stay, statement=OUTPUT, made="1", choice=world.activation.public_id, title="Blog articles")

    initiative = Initiative.objects.get()
    assert world.activation.statement in words(page, ".bets")
    assert (initiative.title, initiative.key_result, initiative.came_from) == (
        "Blog articles",
        world.activation,
        OUTPUT,
    )
    assert initiative.bet.expected_change is None


def test_a_saved_output_becomes_a_bet_on_a_suggested_outcome_in_one_step_and_back(world: World) -> None:
    work = a_key_result(world.stay, statement=OUTPUT)

    answer = bet(world.ben, world.stay, statement=OUTPUT, key_result=work.public_id, made="1", choice="0")

    outcome = newest(world.stay)
    assert answer["Location"] == reverse("key-result-edit", args=[outcome.public_id])
    assert "___" in outcome.statement
    assert KeyResult.objects.get(pk=work.pk).binned_at is not None
    undone = as_(world.ben).post(reverse("initiative-origin", args=[Initiative.objects.get().public_id]))
    assert undone["Location"] == reverse("key-result-edit", args=[work.public_id])
    assert KeyResult.objects.get(pk=work.pk).binned_at is None
    assert KeyResult.objects.get(pk=outcome.pk).binned_at is not None


def test_undo_of_an_unsaved_sentence_gives_the_sentence_back(world: World) -> None:
    bet(world.ben, world.stay, statement=OUTPUT, made="1", choice="new", outcome="Readers who subscribe rise")
    address = reverse("initiative-origin", args=[Initiative.objects.get().public_id])

    answer = as_(world.ben).post(address, headers={"HX-Request": "true"})

    assert as_(world.ben).get(answer["HX-Redirect"]).context["sentence"] == OUTPUT


def test_a_bet_needs_a_result(world: World) -> None:
    answer = bet(world.ben, world.stay, statement=OUTPUT, made="1")

    assert answer.status_code == 422
    assert "Which result should it move?" in words(answer, ".bets")


def test_effort_is_planned_as_an_input_of_a_new_initiative(world: World) -> None:
    address = reverse("input-from-key-result", args=[world.stay.public_id])
    sentence = "Spend 40 hours on winter guides"

    page = as_(world.ben).post(address, {"statement": sentence})
    sent = {"statement": sentence, "made": "1", "choice": "new", "title": "Winter guides", "kind": "time"}
    as_(world.ben).post(address, sent | {"amount": "40", "unit": "h"})

    assert soup_of(page).select_one("#id_amount")["value"] == "40"  # type: ignore[index]
    planned = Initiative.objects.get().inputs.get()
    assert (planned.kind, planned.amount, planned.unit) == ("time", 40, "h")


ROUTES = ["key-result-edit", "key-result-question", "waiver"]


@pytest.mark.parametrize("name", ROUTES)
def test_a_private_key_result_does_not_exist_for_cleo(world: World, name: str) -> None:
    address = reverse(name, args=[world.secret_result.public_id])

    assert as_(world.cleo).get(address).status_code == 404
    assert as_(world.olga).get(address).status_code == 404
    assert as_(world.ada).get(address).status_code == 200


@pytest.mark.parametrize("name", ["key-result-new", "initiative-from-key-result", "input-from-key-result"])
def test_nothing_is_written_under_a_goal_that_does_not_exist_for_cleo(world: World, name: str) -> None:
    address = reverse(name, args=[world.secret.public_id])

    assert as_(world.cleo).post(address, typed()).status_code == 404
    assert world.secret.key_results.count() == 1


def test_an_id_that_the_sender_may_not_see_is_not_found(world: World) -> None:
    answer = bet(world.ben, world.stay, statement=OUTPUT, key_result=world.secret_result.public_id)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("vera", 403), ("cleo", 403), ("max", 403), ("ben", 200), ("carl", 200), ("root", 200)]
)
def test_who_may_write_here(world: World, name: str, status: int) -> None:
    person = world.cast()[name]
    assert person is not None
    assert as_(person).get(reverse("key-result-new", args=[world.stay.public_id])).status_code == status
    assert as_(person).get(reverse("key-result-edit", args=[world.activation.public_id])).status_code == status


def test_a_closed_cycle_refuses_and_gives_back_what_was_typed(world: World) -> None:
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)

    answer = write(world.ada, world.stay, statement="Riders who come back rise from 20% to 40%")

    assert answer.status_code == 409
    assert "Riders who come back" in words(answer, ".note")
    assert change(as_(world.ada), world.activation).status_code == 409


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_queries_does_not_grow(world: World, django_assert_max_num_queries, count: int) -> None:  # type: ignore[no-untyped-def]
    for place in range(count):
        a_key_result(world.stay, statement=f"Rides in ward {place} rise from 20 to 40")
    client = as_(world.ada)

    with django_assert_max_num_queries(26):
        client.get(reverse("key-result-edit", args=[world.activation.public_id]))


def test_a_correction_of_a_draft_needs_no_reason(world: World) -> None:
    draft = a_key_result(world.stay, statement="Winter rides rise from 20% to 40%")
    draft.change(lead=world.ada, by=Actor(world.ada), at=NOW)

    assert change(as_(world.ben), draft, target="60").status_code == 302
