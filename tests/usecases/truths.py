"""What has to be true of the sample company at whatever instant it is built."""

from datetime import datetime, timedelta

from plumbline.goals.models import CheckIn, Cycle, KeyResult, Objective, Reading
from plumbline.goals.models.surroundings import KEEPING
from plumbline.goals.outlook import limits_of
from plumbline.goals.status import GREEN, Rhythm
from plumbline.people.models import Event, Organisation


def everything_holds(at: datetime) -> None:
    """Check all truths of the database as it is."""
    nothing_happens_in_the_future(at)
    every_value_follows_its_latest_reading()
    nothing_is_green_without_a_fresh_reading(at)
    what_is_over_is_closed(at)
    what_was_carried_starts_where_it_ended()
    assert not Event.objects.filter(dispatched_at=None).exists()


def nothing_happens_in_the_future(at: datetime) -> None:
    today = Organisation.the().today(at)
    assert not Event.objects.filter(at__gt=at).exists()
    assert not CheckIn.objects.filter(entered_at__gt=at).exists()
    assert not CheckIn.objects.filter(on__gt=today).exists()
    assert not Reading.objects.filter(on__gt=today).exists()


def every_value_follows_its_latest_reading() -> None:
    for key_result in KeyResult.objects.prefetch_related("check_ins"):
        latest = max(key_result.check_ins.all(), key=lambda row: (row.on, row.entered_at), default=None)
        assert key_result.latest_check_in_id == (latest.pk if latest else None)
        assert key_result.current == (latest.value if latest else None)


def nothing_is_green_without_a_fresh_reading(at: datetime) -> None:
    organisation = Organisation.the()
    today, limits = organisation.today(at), limits_of(organisation)
    for key_result in KeyResult.objects.to_check_in().for_reading():
        if key_result.standing(today, limits).shown in GREEN:
            rhythm = timedelta(days=Rhythm(key_result.rhythm).days + limits.grace_days)
            assert key_result.latest_check_in.on + rhythm >= today
            assert not any(guardrail.is_breached for guardrail in key_result.guardrails.all())


def what_is_over_is_closed(at: datetime) -> None:
    today = Organisation.the().today(at)
    assert set(Cycle.objects.filter(last_day__lt=today).values_list("phase", flat=True)) == {"closed"}
    over = Objective.objects.filter(cycle__last_day__lt=today)
    assert set(over.values_list("stage", flat=True)) == {"closed"}
    assert not over.filter(closures=None).exists()


def what_was_carried_starts_where_it_ended() -> None:
    carried = KeyResult.objects.exclude(origin=None).exclude(type__in=KEEPING).select_related("origin")
    assert [(row.metric, row.baseline) for row in carried] == [(row.metric, row.origin.current) for row in carried]
