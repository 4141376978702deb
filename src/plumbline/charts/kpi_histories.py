"""The history of one KPI: its readings over the days, and the target as it stepped or ramped from period to period."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from plumbline.charts.drawing import Number, element, finite, path, picture, text

_STEPS = 4
_NICE = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Sheet:
    """How large the paper is, and how many dates fit below it."""

    width: float
    height: float
    left: float
    dates: int

    top = 14.0

    @property
    def right(self) -> float:
        """Where the drawing ends."""
        return self.width - 12

    @property
    def floor(self) -> float:
        """Where the dates begin."""
        return self.height - 28


WIDE_SHEET = Sheet(700, 260, 64, 6)
NARROW_SHEET = Sheet(360, 220, 58, 3)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was asked between two days: from one value to another, below one edge, above one, or between two."""

    first: date
    last: date
    low: tuple[Number, Number] | None = None
    high: tuple[Number, Number] | None = None


@dataclass(frozen=True, slots=True)
class KpiHistory:
    """Everything the chart shows, in the reader's words; values are in the unit that is read."""

    first: date
    last: date
    readings: Sequence[tuple[date, Number]] = ()
    longest: int = 400
    asked: Sequence[Stretch] = ()
    label: str = ""
    status: str | None = None
    figure: Callable[[float], str] = field(default=str)
    day: Callable[[date], str] = field(default=str)
    sheet: Sheet = WIDE_SHEET


@dataclass(frozen=True, slots=True)
class _Paper:
    sheet: Sheet
    first: date
    days: int
    ticks: Sequence[float]

    def x(self, on: date) -> float:
        share = (on - self.first).days / self.days if self.days else 1.0
        return self.sheet.left + min(max(share, 0), 1) * (self.sheet.right - self.sheet.left)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        share = (value / 2 - low / 2) / (high / 2 - low / 2)
        return self.sheet.floor - share * (self.sheet.floor - self.sheet.top)


def kpi_history(chart: KpiHistory) -> str:
    """Draw the grid with its figures, what was asked as a stepped band, and the readings as a line with their gaps."""
    paper = _Paper(chart.sheet, chart.first, (chart.last - chart.first).days, ticks(_shown(chart)))
    return picture(
        *_asked(chart, paper),
        *_grid(chart, paper),
        *_dates(chart, paper),
        *_line(chart, paper),
        label=chart.label,
        size=(chart.sheet.width, chart.sheet.height),
        classes="chart kpi__c kpi-history",
        status=chart.status,
    )


def ticks(values: Sequence[float]) -> list[float]:
    """Return round numbers around some values: at least two, the first not above the lowest, the last not below."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low == high:
        low, high = low - max(abs(low) / 10, 1), high + max(abs(high) / 10, 1)
    rough = (high / 2 - low / 2) / _STEPS * 2
    size = 10.0 ** math.floor(math.log10(rough))
    step = next((nice * size for nice in _NICE if nice * size >= rough), 10 * size)
    first = math.floor(low / step)
    return [step * place for place in range(first, max(math.ceil(high / step), first + 1) + 1)]


def _shown(chart: KpiHistory) -> list[float]:
    edges = [edge for each in chart.asked for pair in (each.low, each.high) if pair for edge in pair]
    found = [finite(value) for value in (*(value for _on, value in chart.readings), *edges)]
    return [value for value in found if value is not None]


def _grid(chart: KpiHistory, paper: _Paper) -> Iterator[str]:
    for value in paper.ticks:
        y = paper.y(value)
        yield element("line", class_="c-grid", x1=paper.sheet.left, x2=paper.sheet.right, y1=y, y2=y)
        yield text(chart.figure(value), x=paper.sheet.left - 8, y=y + 4, text_anchor="end")


def _dates(chart: KpiHistory, paper: _Paper) -> Iterator[str]:
    count = min(paper.sheet.dates, max(paper.days, 1))
    for place in range(count + 1):
        on = chart.first + (chart.last - chart.first) * place // count
        anchor = "start" if place == 0 else "end" if place == count else "middle"
        yield text(chart.day(on), x=paper.x(on), y=paper.sheet.height - 8, text_anchor=anchor)


def _asked(chart: KpiHistory, paper: _Paper) -> Iterator[str]:
    """Draw what is healthy as a band behind everything, and its edges as one stepped line."""
    for each in chart.asked:
        yield element("path", class_="c-band-ok", d=_band(each, paper))
    for edge in ("low", "high"):
        spots = [spot for each in chart.asked for spot in _edge(each, edge, paper)]
        if spots:
            yield element("path", class_="c-th", fill="none", d=path(spots))


def _band(each: Stretch, paper: _Paper) -> str:
    left, right = paper.x(each.first), paper.x(each.last)
    lower = _edge(each, "low", paper) or [(left, paper.sheet.floor), (right, paper.sheet.floor)]
    upper = _edge(each, "high", paper) or [(left, paper.sheet.top), (right, paper.sheet.top)]
    return path([*lower, *upper[::-1]]) + "Z"


def _edge(each: Stretch, name: str, paper: _Paper) -> list[tuple[float, float]]:
    pair = getattr(each, name)
    if pair is None:
        return []
    return [(paper.x(each.first), paper.y(float(pair[0]))), (paper.x(each.last), paper.y(float(pair[1])))]


def _line(chart: KpiHistory, paper: _Paper) -> Iterator[str]:
    runs: list[list[tuple[float, float]]] = []
    before: date | None = None
    for on, value in chart.readings:
        if (number := finite(value)) is None:
            continue
        if before is None or (on - before).days > chart.longest:
            runs.append([])
        runs[-1].append((paper.x(on), paper.y(number)))
        before = on
    for run in runs:
        if len(run) > 1:
            yield element("path", class_="c-line", d=path(run))
        else:
            yield element("circle", class_="c-hollow", cx=run[0][0], cy=run[0][1], r=2.5)
    if runs:
        x, y = runs[-1][-1]
        yield element("circle", class_="c-dot", cx=x, cy=y, r=4.5)
