"""The plan check: what each check finds and what it leaves alone, on plans made by hand; and whom it tells what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from plumbline.goals.models import Cycle, Dismissal
from plumbline.goals.plan_check.plan import Goal, Limit, Plan, Result
from plumbline.goals.plan_check.registry import ORDER, Finding, all_checks, look_over
from plumbline.goals.plan_check.report import Report
from plumbline.goals.plan_check.wording import alike, groups_of_alike, telling
from plumbline.people.models import Actor, Event
from plumbline.people.name import Name
from plumbline.values.unit import Unit, UnitKind
from tests.world import NOW, World, a_key_result, an_objective

MARA, TOM = Name(1, "m" * 12, "Mara"), Name(2, "t" * 12, "Tom")
RIDERS = Name(1, "r" * 12, "Riders")
PERCENT, COUNT = Unit(UnitKind.PERCENT), Unit()
Q2 = Cycle(name="Q2", first_day=date(2026, 4, 1), last_day=date(2026, 6, 30))
_keys = count(1)


def word(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:04}")


def result(statement: str = "", metric: str = "", **said: Any) -> Result:
    number = next(_keys)
    statement = statement or f"Rides {word(number)} rise from 1 to 2"
    given = {
        "public_id": f"k{number}", "statement": statement, "metric": metric or statement, "type": "increase",
        "level": "outcome", "weight": Decimal(1), "baseline": Decimal(1), "target": Decimal(2), "unit": COUNT,
        "lead": MARA, "starts_on": None, "due_on": None, "is_late": False, "is_waived": False,
    }  # fmt: skip
    given |= {
        key: Decimal(value) if isinstance(value, int) and key != "is_late" else value for key, value in said.items()
    }
    return Result(**given)


def goal(*results: Result, title: str = "", **said: Any) -> Goal:
    number = next(_keys)
    title = title or f"Aim {word(number)}"
    given: dict[str, Any] = {
        "pk": number, "public_id": f"g{number}", "title": title, "home": "team", "teams": (RIDERS,),
        "home_person": None, "lead": MARA, "is_aligned": True, "follows": False, "starts_on": None, "due_on": None,
    }  # fmt: skip
    return Goal(results=results, **(given | said))


def found(*goals: Goal, **said: Any) -> list[Finding]:
    return look_over(Plan(Q2, goals, **({"most_led": 99} | said)))


def rules(*goals: Goal, **said: Any) -> list[str]:
    return [finding.rule for finding in found(*goals, **said)]


def test_a_good_plan_has_nothing_to_be_said_of() -> None:
    assert rules(goal(result()), goal(result(), result())) == []


def test_every_check_has_a_place_in_the_order_and_a_page() -> None:
    assert tuple(all_checks()) == ORDER
    for known in all_checks().values():
        assert all(word in known.doc for word in ("\nMend: ", "\nFound:\n", "\nGood:\n")), known.name


def test_goals_without_key_results_or_lead_are_found() -> None:
    assert rules(goal()) == ["no_key_results"]
    assert rules(goal(follows=True)) == []
    assert rules(goal(result(lead=None), lead=None)) == ["no_lead", "no_lead"]


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        (("increase", 9), ("decrease", 3), True),
        (("increase", 9), ("increase", 12), False),
        (("at_least", 7), ("at_most", 5), True),
        (("at_least", 5), ("at_most", 7), False),
        (("decrease", 3), ("at_most", 4), False),
        (("increase", 9), ("at_most", 4), True),
    ],
)
def test_goals_that_pull_one_number_apart_are_found(one: Any, other: Any, opposed: bool) -> None:
    """X15: goals that pull against each other."""
    first = result("One team", "Discount given", type=one[0], target=one[1], unit=PERCENT)
    second = result("Some other people", "The discount given", type=other[0], target=other[1], unit=PERCENT)

    assert ("pulls_apart" in rules(goal(first), goal(second))) == opposed
    assert "pulls_apart" not in rules(goal(first), goal(replace(second, unit=COUNT))), "euros are no percents"


def test_what_one_guards_and_another_is_after_is_found() -> None:
    guarded = result("Tests pass", limits=(Limit("Repairs a day", Decimal(5), None, COUNT),))
    wanted = result("Fewer repairs", "Repairs a day", type="decrease", target=4)

    (finding,) = found(goal(guarded), goal(wanted))

    assert finding.rule == "guardrail_is_a_target"
    assert finding.places[0].text == "Tests pass (Repairs a day ≥ 5)"
    assert rules(goal(guarded), goal(replace(wanted, target=Decimal(6)))) == []


def test_weights_that_are_all_zero_are_found() -> None:
    """X15: key results that can't add up."""
    assert rules(goal(result(weight=0), result(weight=0))) == ["weights_are_zero"]
    assert rules(goal(result(weight=0), result())) == []


def test_a_number_in_the_title_that_nobody_measures_is_found() -> None:
    title = "Grow revenue to 5 million"

    assert "names_another_metric" in rules(goal(result("Riders who come back", "Returning riders"), title=title))
    assert "names_another_metric" not in rules(goal(result("Revenue rises", "Revenue"), title=title))
    assert rules(goal(result(), title="Win 2027")) == [], "a year is no target"


def test_targets_that_stay_below_the_number_in_the_title_are_found() -> None:
    title = "Reach 100 employers"
    lyon = result("Lyon wins employers", "Employers in Lyon", target=30)
    ghent = result("Ghent too", "Employers in Ghent", target=20)

    (finding,) = [each for each in found(goal(lyon, ghent, title=title)) if each.rule == "sums_below"]

    assert dict(finding.parameters) == {"number": "100", "sum": "50"}
    assert "sums_below" not in rules(goal(lyon, replace(ghent, target=Decimal(70)), title=title))
    assert "sums_below" not in rules(goal(replace(lyon, unit=PERCENT), title=title)), "shares are never added"


def test_only_work_and_only_late_numbers_are_found() -> None:
    work = result("Publish ten articles", level="output")
    assert rules(goal(work)) == ["only_outputs"]
    assert rules(goal(work, result())) == []
    assert rules(goal(replace(work, is_waived=True))) == []
    assert rules(goal(result(is_late=True), result(is_late=True))) == ["only_lagging"]
    assert rules(goal(result(is_late=True), result())) == []


def test_near_duplicates_are_found_across_teams() -> None:
    """X15: duplicates, with both sentences as evidence."""
    first = result("Raise week-one retention from 31% to 45%")
    second = result("Raise week one retention from 31% to 44%")

    (finding,) = found(goal(first), goal(second))

    assert finding.rule == "near_duplicates"
    assert [place.text for place in finding.places] == [first.statement, second.statement]
    places = [result(f"Raise retention in {city} to 45%") for city in ("Bern", "Basel")]
    assert rules(goal(places[0]), goal(places[1])) == []


def test_goals_made_from_one_template_are_meant_to_read_alike() -> None:
    copies = [
        goal(result("Talk to three riders a month"), title="Meet riders", made_from=7, teams=()) for _each in range(5)
    ]

    assert rules(*copies) == []
    assert rules(*copies, goal(result(), title="Meet the riders")) == ["near_duplicates"]


def test_one_person_who_leads_too_much_is_found_for_those_who_may_be_told() -> None:
    """X15: one person leading too much; it is about load."""
    goals = [goal(result(), result()) for _each in range(3)]

    (finding,) = found(*goals, most_led=8)

    assert (finding.rule, finding.parameters["name"], finding.parameters["count"]) == ("leads_too_much", "Mara", "9")
    assert rules(*goals, most_led=9) == []
    assert rules(*goals, most_led=8, told_of=frozenset({TOM.pk})) == []


def test_days_outside_and_too_many_and_unaligned_are_found() -> None:
    assert rules(goal(result(due_on=date(2026, 8, 15)))) == ["dates_outside"]
    assert rules(goal(result(), due_on=date(2026, 6, 30))) == []
    assert rules(goal(*(result() for _each in range(6)))) == ["too_many"]
    assert rules(*(goal(result()) for _each in range(6))) == ["too_many"]
    assert rules(goal(result(), is_aligned=False)) == ["unaligned"]
    assert rules(goal(result(), is_aligned=False, home="person")) == []


def test_words_are_folded_before_they_are_compared() -> None:
    assert telling("Décrease CAFÉ visits from 3 to 2 by June") == telling("cafe visit")
    assert alike(telling("Retention of new riders"), telling("New riders' retention"))


def test_groups_are_the_same_as_comparing_everything_with_everything() -> None:
    words = "riders week retention help calls lock firmware depot winter price bikes repairs".split()
    texts = [frozenset(words[(number * step) % 12] for step in (1, 2, 3, 5, 7)) for number in range(200)]

    grouped = {place for group in groups_of_alike(texts) for place in group}

    alone = {
        place
        for place, text in enumerate(texts)
        if not any(alike(text, other) for there, other in enumerate(texts) if there != place)
    }
    assert grouped.isdisjoint(alone)


# In the world.


def report(world: World, name: str = "vera", **asked: Any) -> Report:
    return Report.read(world.q3, getattr(world, name), world.organisation, **asked)


def a_plan(world: World) -> None:
    for team, title in ((world.riders, "Riders ride in week one"), (world.workshop, "Bikes are there")):
        row = an_objective(world.ada, world.q3, team, title=title, pillar=world.pillar)
        a_key_result(row)


def test_a_cycle_is_looked_over_as_its_reader_sees_it(world: World) -> None:
    a_plan(world)
    (finding,) = report(world).findings
    assert (finding.rule, len(finding.goals)) == ("near_duplicates", 2)

    hidden = an_objective(world.ada, world.q3, world.riders, title="Sell the depot", is_private=True)
    a_key_result(hidden, statement="Depot offers rise from 0 to 3", baseline=0, target=3)

    assert [each.rule for each in report(world).findings] == ["near_duplicates"]
    assert "unaligned" in [each.rule for each in report(world, "ada").findings]


def test_a_team_sees_what_meets_its_goals(world: World) -> None:
    a_plan(world)
    an_objective(world.cleo, world.q3, world.workshop, title="Empty", pillar=world.pillar)

    assert [each.rule for each in report(world, team=world.riders.public_id).findings] == ["near_duplicates"]
    assert len(report(world, team=world.workshop.public_id).findings) == 2


def test_what_somebody_says_is_fine_is_shown_beside_it(world: World) -> None:
    """X15: dismissed with a reason, kept with who and when."""
    a_plan(world)
    (finding,) = report(world).findings
    told = {"rule": finding.rule, "key": finding.key, "by": Actor(world.ada), "at": NOW}
    objective = world.stay.__class__.objects.get(pk=finding.goals[0].pk)
    with pytest.raises(Dismissal.NeedsReason):
        Dismissal.say(objective, reason=" ", **told)

    row = Dismissal.say(objective, reason="Two depots", **told)

    assert report(world).findings == []
    ((_finding, kept),) = report(world).dismissed
    assert (kept.reason, kept.by) == ("Two depots", world.ada)
    assert Event.objects.about("objective", objective.public_id)[0].verb == "finding_dismissed"
    assert Dismissal.say(objective, reason="Again", **told) == row, "said once"

    row.withdraw(by=Actor(world.ben), at=NOW)

    assert len(report(world).findings) == 1


def test_a_manager_is_told_of_the_load_of_those_they_manage(world: World) -> None:
    world.organisation.change(most_led=1, by=Actor(world.olga), at=NOW)
    row = an_objective(world.ben, world.q3, world.riders, title="Ben's", pillar=world.pillar)
    a_key_result(row, lead=world.ben)

    told = {name for name in ("max", "ben", "root", "ada", "vera", "cleo") if report(world, name).findings}

    assert told == {"max", "ben", "root"}
