"""Fernwood Bikes as it is in the eighth week of the fourth quarter: one building for all stories."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import transaction
from plumbline_judge import Context, judge
from pytest_django import DjangoDbBlocker

from plumbline.goals.models import Bet, Closure, Cycle, KeyResult, Kpi, Objective, Pillar, Waiver
from plumbline.goals.outlook import limits_of, outlooks
from plumbline.goals.progress import whole
from plumbline.goals.status import Status
from plumbline.people.models import Organisation, Person, Team
from plumbline.usecases.sample_company import Sample, build
from plumbline.usecases.sample_company.plans import Goal, Result, goals
from tests.usecases.truths import everything_holds

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = AT.date()
FILES = ("year_before", "year", "quarter_4", "quarter_3", "quarter_2", "quarter_1", "now", "next")
#: The building is shared, so every story sees it from inside its one transaction.
pytestmark = pytest.mark.django_db
PASSWORDS = {"owner": "a bell and a basket", "lead": "left of the tram line"}


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Sample]:
    """The company, built once for the stories of this file and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(at=AT, passwords=PASSWORDS)
        transaction.set_rollback(True)


def result(metric: str, cycle: str = "Q4 2026") -> KeyResult:
    return KeyResult.objects.for_reading().get(metric=metric, objective__cycle__name=cycle)


def shown(metric: str) -> Status:
    return result(metric).standing(TODAY, limits_of(Organisation.the())).shown


def test_everything_holds(sample: Sample) -> None:
    everything_holds(AT)


def test_it_is_a_company_of_a_hundred_and_forty(sample: Sample) -> None:
    assert 135 <= Person.objects.present().count() <= 145
    assert Team.objects.open().count() == 11
    assert Pillar.objects.standing().count() == 3
    assert set(Person.objects.values_list("state", flat=True)) == {"reserved", "invited", "active", "archived"}
    assert Person.objects.filter(role="owner").count() == 2


def test_the_five_can_sign_in_with_what_they_were_given(sample: Sample) -> None:
    """Passwords come from the caller; nobody else has one."""
    roles = [Person.objects.get(email=address).role for address in sample.signs_in.values()]

    assert roles == ["owner", "member", "member", "viewer", "admin"]
    assert Person.objects.get(email=sample.owner).check_password(PASSWORDS["owner"])
    assert not Person.objects.get(email=sample.member).has_usable_password()
    assert sum(person.has_usable_password() for person in Person.objects.all()) == 2


def test_the_lead_leads_the_team_that_the_member_is_in(sample: Sample) -> None:
    team = Team.objects.get(lead__email=sample.lead)

    assert team.name == "Rider Growth"
    assert Person.objects.get(email=sample.member) in team.members()
    assert team.members().count() == 6


def test_five_quarters_and_two_years_are_there_and_the_next_is_planned(sample: Sample) -> None:
    phases = list(Cycle.objects.order_by("first_day", "-last_day").values_list("name", "phase"))

    assert phases == [
        ("Year 2025", "closed"),
        ("Q4 2025", "closed"),
        ("Year 2026", "active"),
        ("Q1 2026", "closed"),
        ("Q2 2026", "closed"),
        ("Q3 2026", "closed"),
        ("Q4 2026", "active"),
        ("Q1 2027", "planning"),
    ]
    assert sample.current.name == "Q4 2026"
    assert set(Objective.objects.filter(cycle__phase="planning").values_list("stage", flat=True)) == {"draft"}


@pytest.mark.parametrize(
    ("metric", "start", "now", "aim", "done"),
    [
        ("New riders calling for help in week one", "22", "20.5", "12", 15),
        ("Trial riders who subscribe", "31", "36.8", "42", 53),
        ("Month-3 churn of new riders", "6.8", "5.1", "4.5", 74),
        ("Rider NPS", "41", "47", "52", 55),
        ("Fleet uptime", "94.2", "96.4", "97.5", 67),
        ("Minutes waiting for a person", "400", "230", "120", 61),
    ],
)
def test_the_numbers_are_those_of_the_pages(
    sample: Sample, metric: str, start: str, now: str, aim: str, done: int
) -> None:
    key_result = result(metric)

    assert (key_result.baseline, key_result.current, key_result.target) == (Decimal(start), Decimal(now), Decimal(aim))
    assert whole(key_result.progress() or Decimal(0)) == done


def test_some_check_ins_are_due_this_week(sample: Sample) -> None:
    """The three of My week, and one in Lyon: past their rhythm, inside their grace."""
    rows = KeyResult.objects.to_check_in().for_reading()
    due = {row.metric for row in rows if row.latest_check_in and (row.due() or TODAY) <= TODAY}

    assert {metric for metric in due if shown(metric) != Status.OUTDATED} == {
        "New riders calling for help in week one",
        "Trial riders who subscribe",
        "Riders commuting three or more days a week",
        "Riders who pause in winter",
    }


def test_an_objective_shows_the_worst_of_its_key_results(sample: Sample) -> None:
    stay = Objective.objects.get(title="Trial riders feel at home in week one")
    reader = Person.objects.get(email=sample.viewer)

    outlook = outlooks([stay], reader=reader, organisation=sample.organisation, today=TODAY)[stay.pk]

    assert whole(outlook.progress or Decimal(0)) == 45
    assert outlook.status == Status.OFF_TRACK


def test_it_shows_what_goes_wrong_in_honest_companies(sample: Sample) -> None:
    watermelon = result("Commuters who name us first").standing(TODAY, limits_of(Organisation.the()))

    assert (watermelon.said, watermelon.data, watermelon.disagrees) == (Status.ON_TRACK, Status.OFF_TRACK, True)
    assert shown("Winter kits handed out") == Status.OUTDATED
    assert shown("Days lost to missing parts a month") == Status.NO_STATUS
    assert shown("Bikes that pass a stranger's test ride") == Status.NEEDS_ATTENTION
    assert result("Colleagues who would recommend us").progress() is None


def test_every_type_and_kind_of_unit_is_used(sample: Sample) -> None:
    types = set(KeyResult.objects.values_list("type", flat=True))
    units = set(KeyResult.objects.values_list("unit_kind", flat=True))

    assert types == {"increase", "decrease", "at_least", "at_most", "between", "yes_no", "milestones"}
    assert units == {"count", "percent", "money", "duration", "ratio", "word"}


def test_bets_were_won_and_lost_and_something_was_learned(sample: Sample) -> None:
    settled = Bet.objects.exclude(settled_at=None)

    assert {"moved", "partly", "not"} <= set(settled.values_list("verdict", flat=True))
    assert not settled.filter(learned="").exists()
    assert Bet.objects.filter(settled_at=None).exists()


def test_quarters_ended_in_many_ways(sample: Sample) -> None:
    verdicts = Counter(Closure.objects.values_list("verdict", flat=True))

    assert set(verdicts) == {"achieved", "partly_achieved", "missed", "postponed", "cancelled"}
    assert not Closure.objects.filter(learned="").exists()


def test_the_sums_of_the_concepts_are_those_of_the_sample(sample: Sample) -> None:
    """docs/concepts.md: a planned path, a moved goalpost and a score, worked out by hand."""
    uptime = result("Fleet uptime")
    employers = result("Employers offering the bike benefit", "Q3 2026")
    closure = Closure.objects.get(objective__title="The first week sells the second")

    assert (uptime.expected(TODAY) or Decimal(0)).quantize(Decimal("0.1")) == Decimal("44.8")
    assert (employers.commitment.target, employers.target, whole(employers.progress() or Decimal(0))) == (30, 25, 53)
    assert (closure.score, closure.verdict) == (Decimal("0.55"), "partly_achieved")


def test_outputs_are_waived_with_a_reason_but_for_a_few(sample: Sample) -> None:
    here = Waiver.objects.filter(key_result__objective__cycle=sample.current)

    assert here.count() >= 3
    assert "Insurer counts kits, not riders." in here.values_list("reason", flat=True)
    assert not result("Welcome routes mapped").is_waived()


def test_the_private_goal_does_not_exist_for_the_team_lead(sample: Sample) -> None:
    private = Objective.objects.filter(is_private=True)

    assert private.count() == 1
    assert not private.visible_to(Person.objects.get(email=sample.lead)).exists()
    assert private.visible_to(Person.objects.get(email=sample.owner)).exists()


def test_the_numbers_that_keep_running_have_two_years_behind_them(sample: Sample) -> None:
    health = Counter(str(kpi.health(TODAY)) for kpi in Kpi.objects.all())

    assert health == {"healthy": 8, "watch": 4, "act": 1}
    assert Kpi.objects.get(name="Monthly churn").readings.count() == 104


def statements() -> list[tuple[Goal, Result]]:
    return [(goal, each) for name in FILES for goal in goals(name) for each in goal.results]


def test_more_of_the_key_results_are_outcomes_from_quarter_to_quarter() -> None:
    shares = []
    for name in FILES[2:7]:
        levels = [each.level for goal in goals(name) for each in goal.results]
        shares.append(levels.count("outcome") / len(levels))

    assert shares == sorted(shares)
    assert shares[0] < 0.4
    assert shares[-1] > 0.75


def test_the_judge_reads_them_as_they_are_meant() -> None:
    """Nine in ten at least; the sentences are not bent to the judge, and those it misreads are listed."""
    read = {
        each.says: (each.level, judge(each.says, context=Context(objective=goal.title)).level)
        for goal, each in statements()
    }
    misread = [f"{meant} read as {found}: {says}" for says, (meant, found) in read.items() if meant != found]

    assert len(misread) <= len(read) / 10, "\n".join(misread)


def test_days_between_check_ins_are_weeks(sample: Sample) -> None:
    """A weekly number of a closed quarter was read on every Friday of it."""
    days = [row.on for row in result("Rider NPS", "Q3 2026").check_ins.by_day()]

    assert len(days) == 13
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=1)}
