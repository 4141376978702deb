"""A sown organisation is one that people could have written: the same rules hold in it."""

from datetime import UTC, datetime

import pytest

from plumbline.goals.models import CheckIn, Commitment, Cycle, KeyResult, Objective
from plumbline.goals.models.objective import Stage
from plumbline.goals.outlook import outlooks
from plumbline.people.models import Event, Membership, Organisation, Person
from plumbline.usecases.seed import NotEmpty, Size, sow
from plumbline.usecases.seed.chance import Chance, dealt
from plumbline.usecases.seed.vocabulary import GIVEN

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
SIZE = Size(people=12, teams=3, cycles=3, objectives=40, key_results=100, check_ins=400, kpis=3)


@pytest.fixture
def owner():
    return sow(SIZE, at=AT)


def test_as_much_is_sown_as_was_asked_for(owner):
    assert Person.objects.count() == SIZE.people
    assert Objective.objects.count() == SIZE.objectives
    assert KeyResult.objects.count() == SIZE.key_results
    assert abs(CheckIn.objects.count() - SIZE.check_ins) <= SIZE.check_ins // 10


def test_the_first_person_is_an_owner_who_can_not_sign_in_yet(owner):
    assert owner.role == "owner"
    assert not owner.has_usable_password()


def test_every_current_value_is_the_one_of_the_latest_check_in(owner):
    for row in KeyResult.objects.exclude(latest_check_in=None).select_related("latest_check_in"):
        assert row.current == row.latest_check_in.value
        assert row.latest_check_in == row.check_ins.order_by("-on", "-entered_at", "-pk").first()


def test_no_reading_lies_in_the_future(owner):
    today = Organisation.the().today(AT)
    assert not CheckIn.objects.filter(on__gt=today).exists()


def test_drafts_wait_in_the_next_cycle_and_the_past_is_closed(owner):
    past, running, coming = Cycle.objects.order_by("first_day")
    assert (past.phase, running.phase, coming.phase) == ("closed", "active", "planning")
    assert set(past.objectives.values_list("stage", flat=True)) == {Stage.CLOSED}
    assert set(coming.objectives.values_list("stage", flat=True)) <= {Stage.DRAFT}


def test_every_started_key_result_has_its_goalposts_kept(owner):
    begun = KeyResult.objects.exclude(stage=Stage.DRAFT)
    assert Commitment.objects.count() == begun.count()


def test_goals_of_the_past_have_lived_and_everything_left_an_event(owner):
    assert Event.objects.filter(verb="checked_in").count() == CheckIn.objects.count()
    assert not Event.objects.filter(dispatched_at=None).exists()


def test_outlooks_can_be_read_of_all_of_it(owner):
    found = outlooks(Objective.objects.all(), reader=owner, organisation=Organisation.the(), today=AT.date())
    assert len(found) == SIZE.objectives


def test_leads_are_in_the_team_whose_goal_they_lead(owner):
    for objective in Objective.objects.filter(home="team").prefetch_related("home_teams"):
        assert Membership.objects.filter(person=objective.lead, team__in=objective.home_teams.all()).exists() or (
            objective.lead in [team.lead for team in objective.home_teams.all()]
        )


def told(start):
    chance = Chance(start)
    return [chance.one_of(GIVEN) for _ in range(20)]


def test_chance_can_be_repeated():
    assert told(1) == told(1)
    assert told(1) != told(2)


def test_goals_that_people_wrote_are_never_sown_over(owner):
    with pytest.raises(NotEmpty):
        sow(SIZE, at=AT)


@pytest.mark.parametrize(("field", "number"), [("people", 0), ("teams", 0), ("cycles", 1), ("objectives", 0)])
def test_what_can_not_be_sown_is_said_in_words(field, number):
    (said,) = Size(**{field: number}).problems()
    assert f"not {number}" in said


def test_a_number_is_dealt_out_evenly():
    assert dealt(7, 3) == [3, 2, 2]
    assert dealt(0, 2) == [0, 0]
