"""Goals over time: one lane each, a bar over its days that fills with its progress, and a line for today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from plumbline.charts.drawing import Number, clamp, element, finite, plain, text

#: Over so many months an axis names every month, quarter or year.
_STEPS = ((18, 1), (60, 3), (100_000, 12))
#: A lane is as high as its row, so that its lines meet those of the next; the bar stands in the middle.
_HEIGHT, _TOP, _THICK = 44, 9, 26


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that a road map is about, both included."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where a day begins, in percent of the width; below 0 or over 100 where the axis does not reach."""
        days = (self.last - self.first).days + 1
        return (day - self.first).days / days * 100

    def steps(self) -> list[date]:
        """Return the first days of the months, quarters or years that are named."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next(each for most, each in _STEPS if months <= most)
        starts = [date(self.first.year + n // 12, n % 12 + 1, 1) for n in range(self.first.month - 1, 12)]
        starts += [
            date(year, month, 1) for year in range(self.first.year + 1, self.last.year + 1) for month in range(1, 13)
        ]
        return [day for day in starts if day <= self.last and (step == 1 or (day.month - 1) % step == 0)]


def roadmap_head(axis: Axis, words: Sequence[tuple[date, str]]) -> str:
    """Draw the names of the months; each begins where its first day does."""
    parts = [_line(axis.at(day)) + text(name, x=f"{plain(max(axis.at(day), 0))}%", dx=8, y=21) for day, name in words]
    return element("svg", *parts, class_="rm__axis", aria_hidden="true")


def roadmap_lane(
    axis: Axis, first: date, last: date, *, progress: Number | None, today: date, number: str, label: str
) -> str:
    """Draw one goal over its days: the fill that reaches the line of today is on pace."""
    start, end = axis.at(first), axis.at(last + timedelta(days=1))
    width = max(end - start, 0.5)
    share = clamp(finite(progress) or 0, 0, 100)
    parts = [_line(axis.at(day)) for day in axis.steps()]
    parts.append(_bar("rm__bed", start, width))
    if share:
        parts.append(_bar("rm__fill", start, width * share / 100))
    parts.append(
        text(number, x=f"{plain(min(start + width, 100))}%", dx=-8, y=26, text_anchor="end", class_="rm__number")
    )
    if axis.first <= today <= axis.last:
        x = f"{plain(axis.at(today))}%"
        parts.append(element("line", class_="rm__today", x1=x, x2=x, y1=0, y2=_HEIGHT))
    return element("svg", element("title", escape(label, quote=False)), *parts, class_="rm__lane", role="img",
                   aria_label=label)  # fmt: skip


def _bar(name: str, start: float, width: float) -> str:
    return element("rect", class_=name, x=f"{plain(start)}%", y=_TOP, width=f"{plain(width)}%", height=_THICK, rx=7)


def _line(at: float) -> str:
    x = f"{plain(at)}%"
    return element("line", class_="rm__grid", x1=x, x2=x, y1=0, y2=_HEIGHT)
