"""A small multiple for one KPI: its last readings, and the target or the band they should keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plumbline.charts.drawing import Number, element, finite, path, picture

_WIDTH, _HEIGHT = 300.0, 84.0
_LEFT, _RIGHT, _TOP, _FLOOR = 4.0, 290.0, 8.0, 76.0


_Edges = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class KpiLine:
    """Readings from old to new (None where none came), and the rule: a low edge, a high edge, or both.

    The watch edges are how far outside the rule a reading still only asks to be watched.
    """

    values: Sequence[Number | None]
    label: str = ""
    status: str | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    watch_from: Number | None = None
    watch_to: Number | None = None


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
    rule = (finite(chart.at_least), finite(chart.at_most))
    watch = (finite(chart.watch_from), finite(chart.watch_to))
    seen = [value for value in (*values, *rule, *watch) if value is not None]
    scale = _Scale(min(seen, default=0.0), max(seen, default=1.0), max(len(values) - 1, 0))
    return picture(
        *_bands(scale, rule, watch),
        *_line(scale, values),
        label=chart.label,
        size=(_WIDTH, _HEIGHT),
        classes="chart kpi__c",
        status=chart.status,
    )


def _bands(scale: _Scale, rule: _Edges, watch: _Edges) -> Iterator[str]:
    if rule == (None, None):
        return
    if watch != (None, None):
        yield _band("c-band-off", 0, _HEIGHT)
        yield _band("c-band-att", *_reach(scale, watch))
    yield _band("c-band-ok", *_reach(scale, rule))
    for edge in rule:
        if edge is not None:
            y = scale.y(edge)
            yield element("line", class_="c-th", x2=_WIDTH, y1=y, y2=y)


def _reach(scale: _Scale, edges: _Edges) -> tuple[float, float]:
    low, high = edges
    return (0.0 if high is None else scale.y(high), _HEIGHT if low is None else scale.y(low))


def _band(name: str, top: float, bottom: float) -> str:
    return element("rect", class_=name, y=min(top, bottom), width=_WIDTH, height=abs(bottom - top))


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
