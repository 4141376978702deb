"""A key result explained: progress by its type, pace, both voices of its status, which is shown, and forecast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plumbline.goals.explanations.explanation import Explanation
from plumbline.goals.forecast import FEWEST, Forecast
from plumbline.goals.models import KeyResult
from plumbline.goals.models.surroundings import KEEPING, MOVING, Type
from plumbline.goals.outlook import KeyResultOutlook
from plumbline.goals.progress import ALL, NONE, counted
from plumbline.goals.prospects import can_be_forecast
from plumbline.goals.status import Limits, Standing, Why
from plumbline.goals.words import chance_of, ends_between, percent, why_words


def explain_key_result(
    outlook: KeyResultOutlook, limits: Limits, *, today: date, found: Forecast | None = None, readings: int = 0
) -> list[Explanation]:
    """Return progress, pace, status and forecast of a key result, each explained.

    ``found`` is its forecast, from so many ``readings``.
    """
    told = [*_progress(outlook), *_pace(outlook), *_status(outlook, limits, today)]
    told += _forecast(outlook.key_result, found, readings, today)
    if outlook.share is not None:
        name = _("Weight in the objective")
        told.append(Explanation("weight", name, percent(outlook.share), {"share": outlook.share}))
    return told


def _progress(outlook: KeyResultOutlook) -> Iterator[Explanation]:
    row, done = outlook.key_result, outlook.progress
    values = {"baseline": row.baseline, "value": row.current, "target": row.target, "progress": done}
    if row.type in MOVING and row.baseline is not None and row.target is not None:
        yield Explanation("progress", _("Progress"), _way(row, done), values)
        if row.current is None or row.current == row.baseline:
            words = _("It starts moving once the value leaves %(value)s.") % {"value": row.unit.show(row.baseline)}
            yield Explanation("movement", _("Movement"), words, {"baseline": row.baseline})
    elif row.type == Type.MILESTONES:
        yield Explanation("progress", _("Progress"), _steps(row, done), {"progress": done})
    elif row.type in KEEPING:
        yield Explanation("progress", _("Progress"), _("100% while the level is kept, else 0%."), values)
    elif row.type == Type.YES_NO:
        yield Explanation("progress", _("Progress"), _("100% once it is done, else 0%."), values)
    else:
        words = _("It is not measurable yet: it has no start, no target, or both.")
        yield Explanation("progress", _("Progress"), words, values)
    if done is not None and not NONE <= done <= ALL:
        words = _("It counts from 0% to 100%, whatever the value.") + f" {percent(done)} → {percent(counted(done))}"
        yield Explanation("counted", _("In the roll-up"), words, {"progress": done, "counts": counted(done)})


def _way(row: KeyResult, done: Decimal | None) -> str:
    baseline, now, target = row.unit.typed(row.baseline), row.unit.typed(row.current), row.unit.typed(row.target)
    return f"({now or baseline} − {baseline}) ÷ ({target} − {baseline}) = {percent(done)}"


def _steps(row: KeyResult, done: Decimal | None) -> str:
    steps = row.steps()
    reached = sum((step.weight for step in steps if step.done), NONE)
    total = sum((step.weight for step in steps), NONE)
    words = _("weights done ÷ all weights = %(share)s") % {"share": percent(done)}
    return f"{words} ({reached:f} ÷ {total:f})"


def _pace(outlook: KeyResultOutlook) -> Iterator[Explanation]:
    row, asked = outlook.key_result, outlook.expected
    if asked is None:
        return
    words = {"share": percent(asked), "days": (row.last_day - row.first_day).days + 1}
    if row.type in MOVING and row.path_points.all():
        text = _("%(share)s, by its planned path")
    elif row.type == Type.MILESTONES:
        text = _("%(share)s, by the planned days of its steps")
    elif row.type == Type.YES_NO:
        text = _("%(share)s: 100%% is expected on its last day, nothing before")
    else:
        text = _("%(share)s of its %(days)s days have passed")
    yield Explanation("expected", _("Expected by today"), text % words, {"expected": asked, "days": words["days"]})


def _status(outlook: KeyResultOutlook, limits: Limits, today: date) -> Iterator[Explanation]:
    """Say what the data say and by which rule, what the lead says, and which of the two is shown, and why."""
    row, standing = outlook.key_result, outlook.standing
    yield from _data(outlook, limits)
    if standing.said and row.latest_check_in:
        day = date_format(row.latest_check_in.on, _("j F Y"))
        words = _("%(status)s, with the check-in of %(day)s") % {"status": standing.said.label, "day": day}
        values = {"status": standing.said.value, "on": row.latest_check_in.on}
        yield Explanation("said", _("The lead says"), words, values)
    if row.stage != "draft":
        words = f"{standing.shown.label}: {_rule(row, standing, limits)}"
        yield Explanation("status", _("Shown"), words, {"status": standing.shown.value, "why": standing.why,
            "fresh_until": _fresh_until(row, limits), "today": today})  # fmt: skip


def _data(outlook: KeyResultOutlook, limits: Limits) -> Iterator[Explanation]:
    row, asked, done, said = outlook.key_result, outlook.expected, outlook.progress, outlook.standing.data
    values = {"status": said.value, "expected": asked, "progress": done}
    if row.type in KEEPING and done is not None:
        kept = _("The last reading is inside its range") if done == ALL else _("The last reading is outside its range")
        yield Explanation("data", _("The data say"), f"{said.label}: {kept}", values)
    elif asked is not None and done is not None:
        words = {"status": said.label, "expected": percent(asked), "done": percent(done)}
        words |= {"behind": round(asked - done), "attention": limits.attention, "off": limits.off_track}
        text = _(
            "%(status)s: %(expected)s − %(done)s = %(behind)s points behind. Over %(attention)s needs attention,"
            " over %(off)s is off track."
        )
        values |= {"behind": asked - done, "attention": limits.attention, "off_track": limits.off_track}
        yield Explanation("data", _("The data say"), text % words, values)


def _fresh_until(row: KeyResult, limits: Limits) -> date | None:
    due = row.due()
    return due + timedelta(days=limits.grace_days) if due else None


def _rule(row: KeyResult, standing: Standing, limits: Limits) -> str:
    """Say which rule decided what is shown, with the days and limits put in."""
    until = _fresh_until(row, limits)
    words = {"rhythm": row.get_rhythm_display(), "days": limits.grace_days}
    words |= {"until": date_format(until, _("j F Y"))} if until else {}
    why = why_words(row, standing)
    match standing.why:
        case Why.SILENT:
            rule = _("It was good until %(until)s, its days of grace (%(days)s) included.") % words
            return f"{why} {rule}"
        case Why.DATA_ONLY:
            return _("the lead chose no status, so what the data say is shown.")
        case None if until is None:
            return _("the lead's word is shown as it is.")
        case None:
            return (
                _("the lead's word is shown as it is, good until %(until)s (%(rhythm)s, days of grace: %(days)s).")
                % words
            )
        case _:
            return why


def _forecast(row: KeyResult, found: Forecast | None, readings: int, today: date) -> Iterator[Explanation]:
    name = _("Forecast")
    if found:
        told = ("probability", "low", "middle", "high", "slope", "noise", "readings")
        values = {each: getattr(found, each) for each in told}
        yield Explanation("forecast", name, _followed(row, found), values)
    elif early := too_early(row, readings, today):
        yield Explanation("forecast", name, early, {"readings": readings, "needed": FEWEST})


def too_early(row: KeyResult, known: int, today: date) -> str:
    """Say what a forecast still waits for, where one will come."""
    if known >= FEWEST or row.stage != "active" or not can_be_forecast(row) or today >= row.last_day:
        return ""
    words = ngettext("Too early: %(known)s reading of %(needed)s", "Too early: %(known)s readings of %(needed)s", known)
    return words % {"known": known, "needed": FEWEST}


def _followed(row: KeyResult, found: Forecast) -> str:
    low, high = ends_between(row, found)
    words = {
        "readings": found.readings,
        "slope": row.unit.show_change(NONE, found.slope.quantize(Decimal("0.01"))),
        "days": (row.last_day - row.first_day).days + 1,
        "low": low,
        "high": high,
        "chance": chance_of(found),
        "noise": row.unit.show(found.noise.quantize(Decimal("0.01"))),
    }
    text = _(
        "From %(readings)s readings: it moves %(slope)s a week now, and a reading is off by %(noise)s or so. Followed"
        " to the last of its %(days)s days, it ends between %(low)s and %(high)s in eight of ten cases, and at the"
        " target in %(chance)s of all."
    )
    return text % words
