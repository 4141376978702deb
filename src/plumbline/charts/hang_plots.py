"""All of somebody's goals on one axis from baseline to target, hung beside the line for today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from plumbline.charts.drawing import Number, clamp, element, finite, plain, text
from plumbline.charts.shapes import shape

_TICKS = 13
_LANE = 22.0
_EDGE = 12.0
_LETTER = 0.72  # percent of a thousand-pixel axis that one letter of a name takes


@dataclass(frozen=True, slots=True)
class Hung:
    """One goal: its short name, how far it is, how it goes, and where a click leads."""

    name: str
    percent: Number | None
    status: str
    url: str
    label: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class HangWords:
    """What the plot says around its goals, in the reader's language."""

    label: str
    today: str
    baseline: str
    target: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a goal and its name stand; lane 0 leaves the name to those who point or listen."""

    item: Hung
    at: float
    lane: int
    anchor: str


def hang_plot(items: Sequence[Hung], today: Number | None, words: HangWords) -> str:
    """Draw goals at their share of the way, names above and below where they do not collide."""
    line = finite(today)
    placed = list(_lanes(items, line))
    above = max([0, *(-place.lane for place in placed)])
    below = max([0, *(place.lane for place in placed)])
    axis = 22 + max(above, 1) * _LANE
    foot = axis + max(below, 1) * _LANE + 20
    return element(
        "svg",
        *_axis(axis, foot, words),
        *_today(line, foot, words),
        *(_goal(place, axis) for place in placed),
        class_="hang__plot",
        height=foot + 18,
        role="group",
        aria_label=words.label,
    )


def _lanes(items: Sequence[Hung], today: float | None) -> Iterator[_Place]:
    """Give every name the nearest free lane: below, above, further below, further above, else none."""
    ends: dict[int, float] = {}
    known = sorted(((x, item) for item in items if (x := finite(item.percent)) is not None), key=lambda pair: pair[0])
    for x, item in known:
        at = clamp(x, 0, 100)
        anchor = _anchor(item, at, today)
        left, right = _reach(item, at, anchor)
        lane = next((lane for lane in (1, -1, 2, -2) if ends.get(lane, -100.0) < left), 0)
        if lane:
            ends[lane] = right
        yield _Place(item, at, lane, anchor)


def _width(item: Hung) -> float:
    return (len(item.name) + len(item.figure) + 3) * _LETTER


def _reach(item: Hung, at: float, anchor: str) -> tuple[float, float]:
    width = _width(item)
    start = {"start": at, "middle": at - width / 2, "end": at - width}[anchor]
    return start, start + width


def _anchor(item: Hung, at: float, today: float | None) -> str:
    """Keep a name on the paper, and on its own side of today."""
    half = _width(item) / 2 + 1
    if at < half or (today is not None and today <= at < today + half):
        return "start"
    if at > 100 - half or (today is not None and today - half < at < today):
        return "end"
    return "middle"


def _axis(axis: float, foot: float, words: HangWords) -> Iterator[str]:
    yield element("line", class_="hang__axis", x1="0%", x2="100%", y1=axis, y2=axis)
    for n in range(_TICKS):
        x = f"{n * 100 / (_TICKS - 1):.2f}%"
        yield element("line", class_="hang__axis", x1=x, x2=x, y1=axis, y2=axis + 5)
    yield text(words.baseline, class_="hang__end", x="0%", y=foot + 14, aria_hidden="true")
    yield text(words.target, class_="hang__end", x="100%", y=foot + 14, text_anchor="end", aria_hidden="true")


def _today(today: float | None, foot: float, words: HangWords) -> Iterator[str]:
    if today is None:
        return
    at = clamp(today, 0, 100)
    side = -1 if at > 100 - _EDGE else 1
    yield element(
        "svg",
        element("rect", class_="hang__today", x=-0.75, width=1.5, height=foot - 6),
        element("path", class_="hang__today", d=f"M0 {plain(foot - 8)}l5 6-5 10-5-10z"),
        text(
            words.today,
            class_="hang__today-word",
            x=10 * side,
            y=foot + 4,
            text_anchor="end" if side < 0 else None,
        ),
        x=f"{plain(at)}%",
        aria_hidden="true",
    )


def _goal(place: _Place, axis: float) -> str:
    item = place.item
    link = element(
        "a",
        element("title", escape(item.label, quote=False)),
        element("circle", class_="hang__reach", r=22),
        *_name(place),
        shape(item.status, name="hang__shape"),
        class_="hang__item",
        data_status=item.status,
        href=item.url,
        aria_label=item.label,
    )
    return element("svg", link, x=f"{plain(place.at)}%", y=axis)


def _name(place: _Place) -> Iterator[str]:
    item, lane = place.item, place.lane
    if not lane:
        return
    y = lane * _LANE + (4 if lane > 0 else 0)
    tie = 10 if lane > 0 else -10
    yield element("line", class_="hang__tie", y1=tie, y2=y - 12 if lane > 0 else y + 4)
    words = escape(item.name, quote=False) + " " + element("tspan", escape(item.figure, quote=False))
    yield element("text", words, class_="hang__name", y=y, text_anchor=place.anchor)
