"""What is found in objectives, initiatives and KPIs: our own lines, with what stands before the colon."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline_judge import Move, judge, verdict

ROOM = Path(__file__).parent / "roles"
ROLES = {"objectives": "objective", "initiatives": "initiative", "kpis": "kpi", "key_results": "key_result"}
KEY_RESULTS_ONLY = {"no_target", "no_baseline", "no_metric", "no_date", "counted_activity", "milestone", "maintain"}


def lines() -> Iterator[tuple[str, str, str]]:
    for name, role in ROLES.items():
        for line in (ROOM / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield role, *line.split(": ", 1)


def found(text, role):
    return {finding.rule for finding in judge(text, role=role).findings}


def test_there_are_enough_lines_to_measure_on():
    kept = list(lines())

    assert len(kept) >= 180
    assert sum(want == "fine" for _, want, _ in kept) >= 80


@pytest.mark.parametrize(("role", "want", "text"), [line for line in lines() if line[1] != "fine"])
def test_what_fits_better_elsewhere_is_found(role, want, text):
    assert want in found(text, role)


@pytest.mark.parametrize(("role", "text"), [(role, text) for role, want, text in lines() if want == "fine"])
def test_a_good_one_is_left_alone(role, text):
    judged = judge(text, role=role)

    assert judged.findings == ()
    assert judged.move is None
    assert judged.question == ""


@pytest.mark.parametrize("role", ["objective", "initiative", "kpi"])
def test_no_role_is_asked_for_what_a_key_result_needs(role):
    for text in (
        "Increase customer satisfaction",
        "Publish 10 blog articles",
        "Launch the new app",
        "Hire 5 engineers",
    ):
        assert not found(text, role) & KEY_RESULTS_ONLY


@pytest.mark.parametrize(
    ("role", "text", "move"),
    [
        (
            "objective",
            "Objective 1: Raise retention from 31% to 45%",
            Move("key_result", "Raise retention from 31% to 45%"),
        ),
        ("objective", "Launch the new app by June", Move("initiative", "Launch the new app")),
        ("initiative", "Reduce churn to 3%", Move("key_result", "Reduce churn to 3%")),
        ("kpi", "Launch the new app", Move("initiative", "Launch the new app")),
        ("kpi", "Cut churn from 5% to 3%", Move("key_result", "Cut churn from 5% to 3%")),
        ("key_result", "Keep uptime above 99.9%", Move("kpi", "Uptime")),
        ("key_result", "Publish 10 blog articles", Move("initiative", "Publish 10 blog articles")),
        ("key_result", "Raise retention from 31% to 45%", None),
        ("objective", "Customer first", None),
    ],
)
def test_one_step_leads_to_the_right_place(role, text, move):
    assert judge(text, role=role).move == move


def test_work_is_no_fault_of_an_initiative():
    judged = judge("Launch the referral programme", role="initiative")

    assert judged.level == "output"
    assert verdict(judged).title == "This is something to do."


def test_an_objective_with_a_number_is_asked_what_it_is_good_for():
    judged = judge("Raise retention from 31% to 45%", role="objective")

    assert verdict(judged).title == "This reads like a key result."
    assert judged.question == "Once it is at 45%, what will be better, and for whom?"


def test_a_level_that_is_kept_is_asked_what_is_to_move():
    assert judge("Keep uptime above 99.9%").question == "What is to move this cycle?"


def test_a_role_that_nobody_knows_is_named_with_those_there_are():
    with pytest.raises(ValueError, match="key_result, objective, initiative, kpi"):
        judge("Cut churn to 3%", role="epic")
