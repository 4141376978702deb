"""Bets and their ledger: what was expected, what happened, who is asked, and what is counted for whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from plumbline.goals.frame import frame_for
from plumbline.goals.ledger import UNTOLD, Ledger, Wanted, courses
from plumbline.goals.models import Bet, Initiative, Objective
from plumbline.goals.trend import Course, TooFew
from plumbline.people.models import Actor, Event
from plumbline.usecases.ask_for_verdicts import ask_for_verdicts
from tests.world import NOW, TODAY, World, a_key_result, an_objective

LATER = NOW + timedelta(days=30)


def a_bet(world: World, *, title: str = "Write a guide", objective: Objective | None = None, **said: Any) -> Initiative:
    by, goal = Actor(world.ada), objective or world.stay
    key_result = world.activation if goal == world.stay else goal.key_results.get()
    row = Initiative.take_on(title=title, objective=goal, key_result=key_result, lead=world.ada, by=by, at=NOW)
    told = {"expected_change": Decimal(4), "due_on": TODAY} | said
    row.place_bet(key_result=key_result, by=by, at=NOW, **told)
    return row


def end(row: Initiative, world: World, verdict: str = "", state: str = "done") -> None:
    row.change(state=state, by=Actor(world.ada), at=NOW)
    if verdict:
        row.settle_bet(verdict=verdict, by=Actor(world.ada), at=NOW)


def verdicts(row: Initiative) -> list[str]:
    told = Event.objects.about("initiative", row.public_id).filter(verb="bet_settled")
    return [event.after["verdict"] for event in told]


def test_its_lead_is_asked_once_the_day_is_over(world: World) -> None:
    """X03: after done, and after the day by which the number should move, the lead is asked."""
    row = a_bet(world)
    assert ask_for_verdicts(LATER) == 0, "it is not done"
    end(row, world)
    assert ask_for_verdicts(NOW) == 0, "its day is not over"

    assert ask_for_verdicts(LATER) == 1

    assert [question.public_id for question in frame_for(world.ada).questions] == [row.public_id]
    assert frame_for(world.ben).questions == ()
    assert ask_for_verdicts(LATER) == 0, "nobody is asked twice"
    assert Event.objects.about("initiative", row.public_id)[0].verb == "verdict_asked"


def test_who_answered_is_not_asked_any_more(world: World) -> None:
    row = a_bet(world)
    end(row, world)
    ask_for_verdicts(LATER)

    row.settle_bet(verdict="partly", actual_change=Decimal(2), by=Actor(world.ada), at=LATER)

    assert frame_for(world.ada).questions == ()
    assert ask_for_verdicts(LATER + timedelta(days=90)) == 0


def test_too_early_is_asked_again_four_weeks_later(world: World) -> None:
    row = a_bet(world)
    end(row, world, "too_early")

    assert ask_for_verdicts(NOW + timedelta(days=27)) == 0
    assert ask_for_verdicts(NOW + timedelta(days=28)) == 1


def test_a_verdict_can_be_changed_and_the_log_keeps_both(world: World) -> None:
    row = a_bet(world)
    end(row, world, "not")

    row.settle_bet(verdict="moved", actual_change=Decimal(3), by=Actor(world.ben), at=LATER)

    assert Bet.objects.get().verdict == "moved"
    assert verdicts(row) == ["moved", "not"]


def test_work_that_goes_on_again_is_not_asked_about(world: World) -> None:
    row = a_bet(world)
    end(row, world)
    ask_for_verdicts(LATER)

    row.change(state="doing", by=Actor(world.ada), at=LATER)

    assert frame_for(world.ada).questions == ()
    assert Initiative.objects.get().ended_on is None


def test_of_two_who_settle_one_version_the_second_is_told(world: World) -> None:
    row = a_bet(world)
    end(row, world)
    version = row.version
    row.settle_bet(verdict="moved", by=Actor(world.ada), at=NOW, expected_version=version)

    with pytest.raises(Initiative.Clash):
        row.settle_bet(verdict="not", by=Actor(world.ben), at=NOW, expected_version=version)

    assert verdicts(row) == ["moved"]


def test_the_title_and_the_metric_tell_their_kinds(world: World) -> None:
    row = a_bet(world)
    assert (row.work, row.bet.moves) == ("document", "behaviour")

    row.change(work="event", by=Actor(world.ada), at=NOW)
    row.change(title="Train the hosts", by=Actor(world.ada), at=NOW)

    assert Initiative.objects.get().work == "event", "what somebody chose stays"


def test_the_ledger_counts_what_moved_what(world: World) -> None:
    """X03: which kinds of work move which kinds of numbers; few are told without a percentage."""
    for verdict in ("moved", "partly", "not", "too_early", ""):
        end(a_bet(world), world, verdict)
    a_bet(world, title="Zwölf")

    found = Ledger.read(world.vera, Wanted())

    assert found.total.all == 6
    guides = found.by_kinds["document", "behaviour"]
    assert (guides.settled, guides.moved, guides.share) == (3, 2, None)
    assert (guides.counts["too_early"], guides.counts["unsettled"]) == (1, 1)
    assert found.by_work[""].counts["open"] == 1
    assert found.by_team[world.riders.pk].all == 6
    assert Ledger.read(world.vera, Wanted(work=UNTOLD)).total.all == 1
    assert Ledger.read(world.vera, Wanted(standing="partly")).total.all == 1


def test_from_five_on_there_is_a_share(world: World) -> None:
    for verdict in ("moved", "partly", "not", "not", "not"):
        end(a_bet(world), world, verdict)

    assert Ledger.read(world.vera, Wanted()).total.share == 40


def test_it_is_narrowed_by_team_and_cycle(world: World) -> None:
    company = an_objective(world.olga, world.q3, title="Ride all year")
    a_key_result(company, lead=world.olga)
    a_bet(world, objective=company)
    a_bet(world)

    def count(**wanted: Any) -> int:
        return Ledger.read(world.vera, Wanted(**wanted)).total.all

    assert (count(team="company"), count(team=world.riders.public_id), count(team=world.workshop.public_id)) == (
        1,
        1,
        0,
    )
    assert (count(cycle=world.q2), count(cycle=world.year)) == (1, 0)


def test_a_bet_on_a_private_goal_is_counted_for_those_named_on_it_alone(world: World) -> None:
    a_bet(world, objective=world.secret)

    assert Ledger.read(world.ada, Wanted()).total.all == 1
    assert [Ledger.read(person, Wanted()).total.all for person in (world.ben, world.olga, world.root)] == [0, 0, 0]


def test_what_the_number_did_is_read_from_its_check_ins(world: World) -> None:
    """Activation reads 31, 32, 33 and 36; the work ends on the day of 33, and 36 is 2 beyond the trend."""
    row, by = a_bet(world), Actor(world.ada)
    for day, value in ((date(2026, 4, 24), 31), (date(2026, 5, 1), 32), (date(2026, 5, 8), 33)):
        world.activation.check_in(value=Decimal(value), on=day, by=by, at=NOW)
    Initiative.objects.filter(pk=row.pk).update(state="done", ended_on=date(2026, 5, 8))
    bet = Bet.objects.select_related("initiative").get()

    found = courses([bet], today=TODAY)[bet.pk]

    assert isinstance(found, Course)
    assert (found.change, found.trend, found.beyond) == (3, 1, 2)


def test_one_reading_tells_nothing(world: World) -> None:
    row = a_bet(world)
    end(row, world)
    bet = Bet.objects.select_related("initiative").get()

    assert courses([bet], today=TODAY)[bet.pk] == TooFew(1, 0)


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [("6400", "EUR", "€6,400"), ("6.5", "k€", "6.5 k€"), ("120", "hours", "120 hours"), ("1200", "", "1,200")],
)
def test_an_input_is_written_as_people_write_it(world: World, amount: str, unit: str, shown: str) -> None:
    row = a_bet(world)
    put_in = row.add_input(kind="money", amount=Decimal(amount), unit=unit, by=Actor(world.ada), at=NOW)

    assert put_in.shown == shown


def test_an_input_is_corrected_and_the_log_keeps_what_it_was(world: World) -> None:
    row, by = a_bet(world), Actor(world.ada)
    put_in = row.add_input(kind="time", amount=Decimal(12), unit="days", by=by, at=NOW)

    row.change_input(put_in, kind="time", amount=Decimal(14), unit="days", by=by, at=NOW)

    assert row.inputs.get().amount == 14
    told = Event.objects.about("initiative", row.public_id)[0]
    assert (told.verb, told.after["amount"], told.after["input_before"]) == ("input_changed", "14", {"amount": "12"})
