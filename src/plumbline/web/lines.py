"""Key results as lines: everything a row, a card or a chart says of one, computed once and already in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from plumbline.charts import BurnUp, Reading
from plumbline.charts import Forecast as Cone
from plumbline.goals.forecast import Forecast
from plumbline.goals.history import Point
from plumbline.goals.listed import Listed
from plumbline.goals.models import CheckIn, Guardrail, Initiative, KeyResult, Objective, Waiver
from plumbline.goals.models.objective import Stage
from plumbline.goals.models.surroundings import KEEPING, MOVING, Type
from plumbline.goals.outlook import KeyResultOutlook, Outlook
from plumbline.goals.progress import NONE, expected, progress
from plumbline.goals.prospects import doubts, prospect
from plumbline.goals.status import Standing
from plumbline.goals.words import as_written, chance_words, prospect_words, target_of, why_words
from plumbline.values.unit import Unit, UnitKind
from plumbline.web.words import STATUSES, within

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class GuardrailLine:
    """A guardrail in words."""

    words: str
    breached: bool


@dataclass(slots=True)
class Line:
    """One key result as it is shown, with what the reader may do to it."""

    outlook: KeyResultOutlook
    course: Sequence[Point] = ()
    allowed: frozenset[str] = frozenset()
    initiatives: list[Initiative] = field(default_factory=list)
    forecast: Forecast | None = None
    #: Where its objective stands, for lists that show the one beside the other.
    under: Outlook | None = None

    @property
    def key_result(self) -> KeyResult:
        """The key result itself; in lists, what they show of it under the same names."""
        row: KeyResult = self.outlook.key_result
        return row

    @property
    def standing(self) -> Standing:
        """Both voices of its status."""
        return self.outlook.standing

    @property
    def status(self) -> str:
        """The status that is shown."""
        return self.outlook.standing.shown.value

    @property
    def waiver(self) -> Waiver | bool | None:
        """Why it stays although it counts work; in lists, that somebody said so."""
        return self.key_result.waiver if self.key_result.is_waived() else None

    @property
    def latest(self) -> CheckIn | None:
        """The check-in that its value comes from."""
        return self.key_result.latest_check_in

    @property
    def name(self) -> str:
        """A short name, for where a sentence has no room."""
        return self.key_result.metric or self.key_result.statement

    @property
    def is_draft(self) -> bool:
        """Tell whether it has not started."""
        return self.key_result.stage == "draft"

    @property
    def figures(self) -> tuple[str, str, str]:
        """Start, now and target as people read them."""
        return figures_of(self.key_result)

    @property
    def typed(self) -> str:
        """What stands in an input field: the value of now, in digits."""
        return self.key_result.unit.typed(_now(self.key_result))

    @property
    def spark(self) -> list[tuple[Decimal, Decimal | None]]:
        """Where it has been: share of its time, percent of the way."""
        return spark_of(self.key_result, self.course)

    @property
    def disagreement(self) -> str:
        """Both voices in one sentence where they differ, else nothing."""
        return disagreement(self.key_result, self.standing)

    @property
    def prospect(self) -> str:
        """How likely it is to arrive, in a sentence; nothing where it can't be told."""
        return prospect_words(self.key_result, self.forecast) if self.forecast else ""

    @property
    def chance(self) -> Decimal | None:
        """The chance of arriving: as forecast today or, in lists, when the last reading came in."""
        if self.forecast:
            return self.forecast.probability
        return self.latest.chance if self.latest else None

    @property
    def doubt(self) -> str:
        """What the readings say against a green status, else nothing."""
        if self.chance is None or not doubts(self.chance, self.standing.shown):
            return ""
        said = {"shown": within(STATUSES[self.standing.shown].word), "chance": chance_words(self.chance)}
        return _("It is shown %(shown)s, and from its readings it has a chance of %(chance)s to arrive.") % said

    @property
    def guardrails(self) -> list[GuardrailLine]:
        """What must not get worse meanwhile, with the last readings."""
        return [GuardrailLine(_guarded(each), each.is_breached) for each in self.key_result.guardrails.all()]

    @property
    def missing(self) -> list[str]:
        """What it lacks before it can start."""
        return waits_for(self.key_result)

    @property
    def why(self) -> str:
        """Why the shown status is not simply what the lead said, else nothing."""
        return why_words(self.key_result, self.standing)


def lines_of(outlook: Outlook, courses: dict[int, list[Point]], *, today: date | None = None) -> list[Line]:
    """Return the key results of an objective, in their order; with ``today`` also how each is likely to end."""
    lines = [line_of(each, courses.get(each.key_result.pk, ()), today=today) for each in outlook.key_results]
    for line in lines:
        line.under = outlook
    return lines


def line_of(outlook: KeyResultOutlook, course: Sequence[Point], *, today: date | None) -> Line:
    """Return one key result as a line; with ``today`` and while it runs also how it is likely to end."""
    row = outlook.key_result
    found = prospect(row, course, today=today) if today and row.stage == Stage.ACTIVE else None
    return Line(outlook, course, forecast=found)


def figures_of(row: KeyResult | Listed, language: str | None = None) -> tuple[str, str, str]:
    """Return start, now and target of a key result as people read them; ``language`` is the active one, if known."""
    if row.type == Type.YES_NO:
        return _("No"), _("Yes") if row.current else _("No"), _("Yes")
    if row.type == Type.MILESTONES:
        steps = row.steps()
        done = sum(step.done for step in steps)
        return "0", str(done), _("%(count)s steps") % {"count": len(steps)}
    unit = row.unit
    return unit.show(row.baseline, language), unit.show(_now(row), language), target_of(row, language)


def _now(row: KeyResult | Listed) -> Decimal | None:
    value: Decimal | None = row.baseline if row.current is None and row.type in MOVING else row.current
    return value


def disagreement(row: KeyResult, standing: Standing) -> str:
    """Return what lead and data say where they say different things."""
    if not standing.disagrees or standing.said is None or row.latest_check_in is None:
        return ""
    author = row.latest_check_in.author
    words = {
        "name": author.name if author else _("The lead"),
        "said": within(STATUSES[standing.said].word),
        "data": within(STATUSES[standing.data].word),
    }
    return _("%(name)s says %(said)s, the data say %(data)s.") % words


def waits_for(key_result: KeyResult) -> list[str]:
    """Say what a draft key result lacks before it can start, each in a word."""
    words = {
        "metric": _("a metric"),
        "lead": _("a lead"),
        "baseline": _("where it is today"),
        "target": _("a target"),
        "target_upper": _("an upper edge"),
    }
    return [words.get(name, name) for name in key_result.missing()]


def _guarded(guardrail: Guardrail) -> str:
    low, high = guardrail.unit.show(guardrail.low), guardrail.unit.show(guardrail.high)
    words = {"metric": guardrail.metric, "low": low, "high": high, "now": guardrail.unit.show(guardrail.current)}
    if guardrail.low is None:
        return _("Guardrail: %(metric)s stays at or below %(high)s, now %(now)s") % words
    if guardrail.high is None:
        return _("Guardrail: %(metric)s stays at or above %(low)s, now %(now)s") % words
    return _("Guardrail: %(metric)s stays between %(low)s and %(high)s, now %(now)s") % words


# Charts.


def spark_of(row: KeyResult, course: Sequence[Point]) -> list[tuple[Decimal, Decimal | None]]:
    """Return the points of a sparkline: share of the time, percent of the way."""
    points = [(_share(row, point.on), point.progress) for point in course]
    if row.type in MOVING and row.baseline is not None and (not points or points[0][0] > 0):
        points.insert(0, (NONE, NONE))
    return points


def _share(row: KeyResult, day: date) -> Decimal:
    return expected(first_day=row.first_day, last_day=row.last_day, today=day) / HUNDRED


def chart_of_key_result(line: Line, today: date) -> BurnUp:
    """Return the chart of a key result: its own values on the axis, its planned path where it has one."""
    row = line.key_result
    readings = _readings(line.course, row.first_day, from_zero=row.type in MOVING and row.baseline is not None)
    return BurnUp(
        row.first_day,
        row.last_day,
        readings=readings,
        path=_path(row),
        today=today,
        status=line.status,
        levels=_levels(row),
        now_words=line.figures[1],
        forecast=_cone(row, line.forecast) if line.forecast else None,
    )


def _cone(row: KeyResult, found: Forecast) -> Cone | None:
    if row.type not in MOVING or row.baseline is None or row.target is None:
        return None
    baseline, target = row.baseline, row.target
    ends = [progress(baseline=baseline, target=target, value=value) for value in (found.low, found.middle, found.high)]
    low, middle, high = sorted(each or NONE for each in ends)
    return Cone(middle, _("heading for %(value)s") % {"value": as_written(row).show(found.middle)}, low, high)


def chart_of_objective(objective: Objective, points: Sequence[Point], *, status: str, today: date) -> BurnUp:
    """Return the chart of an objective: the roll-up over its cycle."""
    first, last = objective.first_day, objective.last_day
    readings = _readings(points, first, from_zero=True)
    return BurnUp(first, last, readings=readings, today=today, status=status)


def _readings(points: Iterable[Point], first_day: date, *, from_zero: bool) -> list[Reading]:
    readings = [Reading(point.on, point.progress) for point in points]
    if readings and from_zero and readings[0].on > first_day:
        readings.insert(0, Reading(first_day, NONE))
    return readings


def _path(row: KeyResult) -> list[Reading]:
    if row.type not in MOVING or row.baseline is None or row.target is None:
        return []
    baseline, target = row.baseline, row.target
    bends = sorted((point.on, point.value) for point in row.path_points.all())
    if not bends:
        return []
    planned = [Reading(on, progress(baseline=baseline, target=target, value=value)) for on, value in bends]
    return [Reading(row.first_day, NONE), *planned, Reading(row.last_day, HUNDRED)]


def _levels(row: KeyResult) -> tuple[tuple[Decimal, str], ...]:
    if row.type in KEEPING:
        return ((NONE, _("missed")), (HUNDRED, _("kept")))
    if row.type not in MOVING or row.baseline is None or row.target is None:
        return ((NONE, Unit(UnitKind.PERCENT).show(NONE)), (HUNDRED, Unit(UnitKind.PERCENT).show(HUNDRED)))
    middle = (row.baseline + row.target) / 2
    return (
        (NONE, row.unit.show(row.baseline)),
        (HUNDRED / 2, row.unit.show(middle)),
        (HUNDRED, row.unit.show(row.target)),
    )
