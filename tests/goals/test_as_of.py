"""As of: a story is told day by day, and each day can be looked at again as it was."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from plumbline.goals.as_of import Moment
from plumbline.goals.history import histories
from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.goals.outlook import Outlook, outlooks
from plumbline.goals.progress import whole
from plumbline.people.models import Actor
from tests.world import NOW, World, a_key_result


def instant(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


@pytest.fixture
def told(world: World) -> World:
    """A June: 38 on the 2nd; the target moves to 41 on the 5th; on the 9th the 2nd turns out to have been 39."""
    by = Actor(world.ada)
    first = world.activation.check_in(value=Decimal(38), status="on_track", by=by, at=instant(2))
    world.activation.change(target=Decimal(41), reason="Winter came early", by=by, at=instant(5))
    world.stay.change(title="Riders stay", lead=world.carl, reason="Carl takes over", by=by, at=instant(6))
    world.activation.check_in(
        value=Decimal(39), status="off_track", on=date(2026, 6, 2), corrects=first, by=by, at=instant(9)
    )
    late = a_key_result(world.stay, statement="Winter rides rise from 2 to 4", baseline=2, target=4)
    late.activate(by=by, at=instant(10))
    return world


def look(world: World, day: int, *, corrected: bool = False) -> Outlook:
    moment = Moment.end_of(date(2026, 6, day), world.organisation, corrected=corrected)
    (back,) = moment.rewind_objectives(Objective.objects.filter(pk=world.stay.pk).select_related("cycle", "lead"))
    return outlooks([back], reader=world.ada, organisation=world.organisation, today=moment.day, moment=moment)[
        world.stay.pk
    ]


@pytest.mark.parametrize(
    ("day", "corrected", "value", "progress"),
    [
        (1, False, 36, 36),  # 5 of 14
        (2, False, 38, 50),  # 7 of 14
        (5, False, 38, 70),  # 7 of 10: the target moved
        (8, False, 38, 70),
        (9, False, 39, 80),  # 8 of 10: we knew better
        (2, True, 39, 57),  # 8 of 14: true for the 2nd, by the goalposts of that day
    ],
)
def test_a_past_day_shows_what_we_knew_then(
    told: World, day: int, *, corrected: bool, value: int, progress: int
) -> None:
    """A24 and rule 5: by the instant of entry, with the goalposts of that day; as corrected is the other button."""
    row = look(told, day, corrected=corrected).key_results[0]

    assert (row.key_result.current, whole(row.progress or Decimal(0))) == (value, progress)


def test_words_and_leads_are_those_of_the_day(told: World) -> None:
    before, after = look(told, 5).objective, look(told, 6).objective

    assert (before.title, before.lead) == ("Riders stay through the winter", told.ada)
    assert (after.title, after.lead) == ("Riders stay", told.carl)


def test_what_was_written_later_is_not_there_yet(told: World) -> None:
    assert Moment.end_of(date(2026, 5, 21), told.organisation).rewind(Objective.objects.all()) == []


def test_a_draft_of_the_day_counts_in_no_figure(told: World) -> None:
    """C07: it was written down before it was activated."""
    days = {day: [row.counts for row in look(told, day).key_results] for day in (9, 10)}

    assert days == {9: [True, False], 10: [True, True]}


def test_a_reading_taken_back_later_still_counted_then(world: World) -> None:
    check_in = world.activation.check_in(value=Decimal(44), by=Actor(world.ada), at=instant(2))
    world.activation.withdraw(check_in, reason="A slip", by=Actor(world.ada), at=instant(4))

    assert [look(world, day).key_results[0].key_result.current for day in (1, 3, 4)] == [36, 44, 36]


def test_the_course_ends_at_the_day(told: World) -> None:
    moment = Moment.end_of(date(2026, 6, 5), told.organisation)
    rows = [each.key_result for each in look(told, 5).key_results]

    course = histories(rows, moment=moment)[told.activation.pk]

    assert [(point.on.day, whole(point.progress or Decimal(0))) for point in course] == [(15, 36), (2, 50)]


def test_looking_back_changes_nothing(told: World) -> None:
    before = list(KeyResult.objects.values()), list(Objective.objects.values()), list(Cycle.objects.values())
    look(told, 1)

    assert before == (list(KeyResult.objects.values()), list(Objective.objects.values()), list(Cycle.objects.values()))


def test_the_phase_is_the_one_of_the_day(world: World) -> None:
    world.q2.move_to("closing", by=Actor(world.olga), at=instant(3))
    world.q2.move_to("closed", by=Actor(world.olga), at=instant(3) + timedelta(hours=1))

    assert [look(world, day).objective.cycle.phase for day in (2, 3)] == ["active", "closed"]
    assert instant(1) > NOW
