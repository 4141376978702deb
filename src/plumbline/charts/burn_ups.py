"""The progress chart of a goal: left to right is the cycle, bottom to top is baseline to target."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from plumbline.charts.drawing import Number, clamp, element, finite, path, picture, plain, text

_BESIDE = 36
_WORDS = 96
_LOWEST, _HIGHEST = -50.0, 150.0
_EVEN = ((0, "0%"), (25, "25%"), (50, "50%"), (75, "75%"), (100, "100%"))


@dataclass(frozen=True, slots=True)
class Frame:
    """How large the paper is, and where on it the chart stands."""

    size: tuple[float, float]
    left: float
    right: float
    top: float
    floor: float
    labels: int


WIDE = Frame(size=(700, 286), left=44, right=684, top=34, floor=254, labels=5)
NARROW = Frame(size=(360, 236), left=40, right=352, top=30, floor=206, labels=2)


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of the way was done on a day, in percent."""

    on: date
    percent: Number | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day and may explain the line."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the line is heading by the last day, and between which ends it will be in eight of ten cases."""

    percent: Number | None
    words: str = ""
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, slots=True)
class BurnUp:
    """Everything the chart shows, already in the reader's words."""

    first: date
    last: date
    label: str = ""
    readings: Sequence[Reading] = ()
    path: Sequence[Reading] = ()
    today: date | None = None
    today_words: str = ""
    now_words: str = ""
    status: str | None = None
    forecast: Forecast | None = None
    marks: Sequence[Mark] = ()
    levels: Sequence[tuple[Number, str]] = _EVEN
    day: Callable[[date], str] = field(default=str)
    frame: Frame = WIDE


@dataclass(frozen=True, slots=True)
class _Paper:
    """Turns days and percents into places on the paper."""

    frame: Frame
    first: date
    days: int
    low: float
    high: float

    def x(self, on: date) -> float:
        share = (on - self.first).days / self.days if self.days > 0 else 0.5
        return self.frame.left + clamp(share, 0, 1) * (self.frame.right - self.frame.left)

    def y(self, percent: float) -> float:
        share = (clamp(percent, self.low, self.high) - self.low) / (self.high - self.low)
        return self.frame.floor - share * (self.frame.floor - self.frame.top)

    def spots(self, readings: Sequence[Reading]) -> list[tuple[float, float]]:
        known = [(reading.on, finite(reading.percent)) for reading in readings]
        return [
            (self.x(on), self.y(percent))
            for on, percent in sorted(known, key=lambda pair: pair[0])
            if percent is not None
        ]


def burn_up(chart: BurnUp) -> str:
    """Draw the grid, the pace, the actual line, today and what is expected to come."""
    paper = _paper(chart)
    return picture(
        *_grid(chart, paper),
        *_dates(chart, paper),
        *_pace(chart, paper),
        *_marks(chart, paper),
        *_today(chart, paper),
        *_forecast(chart, paper),
        *_actual(chart, paper),
        label=chart.label,
        size=chart.frame.size,
        classes="chart",
        status=chart.status,
    )


def _paper(chart: BurnUp) -> _Paper:
    shown = [*chart.readings, *chart.path]
    ends = (chart.forecast.low, chart.forecast.high) if chart.forecast else ()
    percents = [
        percent for each in (*(reading.percent for reading in shown), *ends) if (percent := finite(each)) is not None
    ]
    return _Paper(
        frame=chart.frame,
        first=chart.first,
        days=(chart.last - chart.first).days,
        low=clamp(min([0.0, *percents]), _LOWEST, 0),
        high=clamp(max([100.0, *percents]), 100, _HIGHEST),
    )


def _grid(chart: BurnUp, paper: _Paper) -> Iterator[str]:
    for percent, words in chart.levels:
        if (level := finite(percent)) is None:
            continue
        y = paper.y(level)
        yield element("line", class_="c-grid", x1=chart.frame.left, x2=chart.frame.right, y1=y, y2=y)
        yield text(words, x=chart.frame.left - 8, y=y + 4, text_anchor="end")


def _dates(chart: BurnUp, paper: _Paper) -> Iterator[str]:
    y = chart.frame.floor + 22
    yield text(chart.day(chart.first), x=chart.frame.left, y=y)
    for on in _months(chart):
        yield text(chart.day(on), x=paper.x(on), y=y, text_anchor="middle")
    if chart.last > chart.first:
        yield text(chart.day(chart.last), x=chart.frame.right, y=y, text_anchor="end")


def _months(chart: BurnUp) -> Iterator[date]:
    """The firsts of months that stand clear of both ends; few enough to be read."""
    first, last = chart.first, chart.last
    margin = max((last - first) // 8, timedelta(days=1))
    on = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    firsts = []
    while on < last - margin:
        if on > first + margin:
            firsts.append(on)
        on = (on + timedelta(days=32)).replace(day=1)
    yield from firsts[:: max(1, -(-len(firsts) // chart.frame.labels))]


def _pace(chart: BurnUp, paper: _Paper) -> Iterator[str]:
    spots = paper.spots(chart.path) or [(chart.frame.left, paper.y(0)), (chart.frame.right, paper.y(100))]
    yield element("path", class_="c-pace", d=path(spots))


def _marks(chart: BurnUp, paper: _Paper) -> Iterator[str]:
    beside = 0.0
    for mark in sorted(chart.marks, key=lambda each: each.on):
        x = paper.x(mark.on)
        late = x > chart.frame.size[0] / 4
        # Words that would run into those before them stand one line higher.
        higher = 0 < beside > x - _WORDS
        beside = 0 if higher else x
        yield element("line", class_="c-axis", x1=x, x2=x, y1=chart.frame.floor - 60, y2=chart.frame.floor)
        yield text(
            mark.words,
            x=x - 5 if late else x + 5,
            y=chart.frame.floor - (38 if higher else 22),
            text_anchor="end" if late else None,
        )


def _today(chart: BurnUp, paper: _Paper) -> Iterator[str]:
    if chart.today is None or not chart.first <= chart.today <= chart.last:
        return
    x = paper.x(chart.today)
    late = x > chart.frame.size[0] * 0.6
    yield element("line", class_="c-today", x1=x, x2=x, y1=chart.frame.top - 12, y2=chart.frame.floor - 4)
    yield element("path", class_="c-bob", d=f"M{plain(x)} {plain(chart.frame.floor - 6)}l4.5 5-4.5 9-4.5-9z")
    yield text(
        chart.today_words,
        class_="t-chalk",
        x=x - 8 if late else x + 8,
        y=chart.frame.top - 4,
        text_anchor="end" if late else None,
    )


def _forecast(chart: BurnUp, paper: _Paper) -> Iterator[str]:
    spots = paper.spots(chart.readings)
    heading = finite(chart.forecast.percent) if chart.forecast else None
    if chart.forecast is None or heading is None or not spots:
        return
    end = (chart.frame.right, paper.y(heading))
    yield from _cone(chart.forecast, paper, spots[-1])
    yield element("path", class_="c-fore", d=path([spots[-1], end]))
    climb = (spots[-1][1] - end[1]) / max(chart.frame.right - spots[-1][0], 1)
    below = end[1] + 18 + max(climb, 0) * 100
    yield text(
        chart.forecast.words,
        x=chart.frame.right,
        y=clamp(below, chart.frame.top, chart.frame.floor - 6),
        text_anchor="end",
    )


def _cone(forecast: Forecast, paper: _Paper, now: tuple[float, float]) -> Iterator[str]:
    """Draw what widens from the last reading to the last day."""
    low, high = finite(forecast.low), finite(forecast.high)
    if low is not None and high is not None:
        right = paper.frame.right
        yield element("path", class_="c-cone", d=path([now, (right, paper.y(high)), (right, paper.y(low))]) + "Z")


def _actual(chart: BurnUp, paper: _Paper) -> Iterator[str]:
    spots = paper.spots(chart.readings)
    if not spots:
        return
    floor = paper.y(0)
    yield element("path", class_="c-area", d=path([*spots, (spots[-1][0], floor), (spots[0][0], floor)]) + "Z")
    yield element("path", class_="c-line", d=path(spots))
    for x, y in spots[:-1]:
        yield element("circle", class_="c-hollow", cx=x, cy=y, r=3.25)
    x, y = spots[-1]
    yield element("circle", class_="c-dot", cx=x, cy=y, r=4.5)
    line = paper.x(chart.today) if chart.today else x
    beside = line + 8 if 0 <= line - x < _BESIDE else x + 10
    yield text(chart.now_words, class_="t-ink", x=beside, y=clamp(y + 18, chart.frame.top, chart.frame.floor - 4))
