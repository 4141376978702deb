"""Explain a number: every progress, pace, status and forecast as its formula, with the values put in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plumbline.goals.forecast import FEWEST, Forecast
from plumbline.goals.models import KeyResult
from plumbline.goals.models.surroundings import KEEPING, MOVING, Type
from plumbline.goals.progress import ALL, NONE
from plumbline.goals.prospects import can_be_forecast, readings_of
from plumbline.goals.status import Limits
from plumbline.web.lines import Line, chance_of, ends_between
from plumbline.web.templatetags.plumbline_ui import percent
from plumbline.web.words import STATUSES

Explanation = tuple[str, str]


def explained(line: Line, limits: Limits) -> list[Explanation]:
    """Return the numbers of a key result as formulas with the values put in, each with its name."""
    return [*_progress(line), *_pace(line), *_status(line, limits), *_forecast(line)]


def too_early(line: Line, today: date) -> str:
    """Say what a forecast still waits for, where one will come."""
    row, known = line.key_result, len(readings_of(line.course))
    if line.forecast or row.stage != "active" or not can_be_forecast(row) or today >= row.last_day:
        return ""
    words = ngettext("Too early: %(known)s reading of %(needed)s", "Too early: %(known)s readings of %(needed)s", known)
    return words % {"known": known, "needed": FEWEST}


def _progress(line: Line) -> Iterator[Explanation]:
    row, done = line.key_result, line.outlook.progress
    if row.type in MOVING and row.baseline is not None and row.target is not None:
        yield _("Progress"), _way(row, done)
        if row.current is None or row.current == row.baseline:
            start = row.unit.show(row.baseline)
            yield _("Movement"), _("It starts moving once the value leaves %(value)s.") % {"value": start}
    elif row.type == Type.MILESTONES:
        yield _("Progress"), _("weights done ÷ all weights = %(share)s") % {"share": percent(done)}
    elif row.type in KEEPING:
        yield _("Progress"), _("100% while the level is kept, else 0%.")
    if done is not None and not NONE <= done <= ALL:
        yield _("In the roll-up"), _("It counts from 0% to 100%, whatever the value.")


def _way(row: KeyResult, done: Decimal | None) -> str:
    baseline, now, target = row.unit.typed(row.baseline), row.unit.typed(row.current), row.unit.typed(row.target)
    words = {"now": now or baseline, "baseline": baseline, "target": target, "share": percent(done)}
    return "({now} − {baseline}) ÷ ({target} − {baseline}) = {share}".format(**words)


def _pace(line: Line) -> Iterator[Explanation]:
    row, asked = line.key_result, line.outlook.expected
    if asked is None:
        return
    words = {"share": percent(asked), "days": (row.last_day - row.first_day).days + 1}
    by_path = row.path_points.all()
    text = _("%(share)s, by its planned path") if by_path else _("%(share)s of its %(days)s days have passed")
    yield _("Expected by today"), text % words


def _status(line: Line, limits: Limits) -> Iterator[Explanation]:
    """Say what the data say and by which rule, what the lead says, and why one of the two is shown."""
    row, asked, done = line.key_result, line.outlook.expected, line.outlook.progress
    data = STATUSES[line.standing.data].word
    if row.type in KEEPING and done is not None:
        kept = _("The last reading is inside its range") if done == ALL else _("The last reading is outside its range")
        yield _("The data say"), f"{data}: {kept}"
    elif asked is not None and done is not None:
        words = {"status": data, "expected": percent(asked), "done": percent(done), "behind": _points(asked - done)}
        words |= {"attention": _points(limits.attention), "off": _points(limits.off_track)}
        yield (
            _("The data say"),
            _(
                "%(status)s: %(expected)s − %(done)s = %(behind)s points behind. Over %(attention)s needs attention,"
                " over %(off)s is off track."
            )
            % words,
        )
    if line.standing.said and line.latest:
        yield _("The lead says"), str(STATUSES[line.standing.said].word)
    if line.why:
        yield _("Shown"), f"{STATUSES[line.standing.shown].word}: {line.why}"


def _points(points: Decimal) -> str:
    return f"{round(points)}"


def _forecast(line: Line) -> Iterator[Explanation]:
    if line.forecast:
        yield _("Forecast"), _followed(line.key_result, line.forecast)


def _followed(row: KeyResult, found: Forecast) -> str:
    low, high = ends_between(row, found)
    words = {
        "readings": found.readings,
        "slope": row.unit.show_change(NONE, found.slope.quantize(Decimal("0.01"))),
        "days": (row.last_day - row.first_day).days + 1,
        "low": low,
        "high": high,
        "chance": chance_of(found),
    }
    text = _(
        "From %(readings)s readings: it moves %(slope)s a week now. Followed to the last of its %(days)s days, with the"
        " noise the readings have, it ends between %(low)s and %(high)s in eight of ten cases, and at the target in"
        " %(chance)s of all."
    )
    return text % words
