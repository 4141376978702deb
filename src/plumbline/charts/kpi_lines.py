"""A small multiple for one KPI: its last readings, and the target or the band they should keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plumbline.charts.drawing import Number, element, finite, path, picture

_WIDTH, _HEIGHT = 300.0, 84.0
_LEFT, _RIGHT, _TOP, _FLOOR = 4.0, 290.0, 8.0, 76.0


@dataclass(frozen=True, slots=True)
class KpiLine:
    """Readings from old to new (None where none came), and the rule: a low edge, a high edge, or both."""

    values: Sequence[Number | None]
    label: str = ""
    status: str | None = None
    at_least: Number | None = None
    at_most: Number | None = None


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    steps: int

    def x(self, step: int) -> float:
        return _LEFT + (step / self.steps if self.steps else 1) * (_RIGHT - _LEFT)

    def y(self, value: float) -> float:
        # Halved first: the distance between two huge readings must not overflow.
        span = self.high / 2 - self.low / 2
        share = (value / 2 - self.low / 2) / span if span else 0.5
        return _FLOOR - share * (_FLOOR - _TOP)


def kpi_line(chart: KpiLine) -> str:
    """Draw what is healthy as a band, and the readings as a line with a gap where one is missing."""
    values = [finite(value) for value in chart.values]
    low, high = finite(chart.at_least), finite(chart.at_most)
    seen = [value for value in (*values, low, high) if value is not None]
    scale = _Scale(min(seen, default=0.0), max(seen, default=1.0), max(len(values) - 1, 0))
    return picture(
        *_band(scale, low, high),
        *_line(scale, values),
        label=chart.label,
        size=(_WIDTH, _HEIGHT),
        classes="chart kpi__c",
        status=chart.status,
    )


def _band(scale: _Scale, low: float | None, high: float | None) -> Iterator[str]:
    if low is None and high is None:
        return
    top = 0.0 if high is None else scale.y(high)
    bottom = _HEIGHT if low is None else scale.y(low)
    yield element("rect", class_="c-band-ok", y=min(top, bottom), width=_WIDTH, height=abs(bottom - top))
    for edge in (low, high):
        if edge is not None:
            y = scale.y(edge)
            yield element("line", class_="c-th", x2=_WIDTH, y1=y, y2=y)


def _line(scale: _Scale, values: Sequence[float | None]) -> Iterator[str]:
    for run in _runs(scale, values):
        if len(run) > 1:
            yield element("path", class_="c-line", d=path(run))
        elif run:
            yield element("circle", class_="c-hollow", cx=run[0][0], cy=run[0][1], r=2.5)
    last = next((step for step in range(len(values) - 1, -1, -1) if values[step] is not None), None)
    if last is not None and (value := values[last]) is not None:
        yield element("circle", class_="c-dot", cx=scale.x(last), cy=scale.y(value), r=5)


def _runs(scale: _Scale, values: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    """Readings that follow each other without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for step, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((scale.x(step), scale.y(value)))
    return runs
