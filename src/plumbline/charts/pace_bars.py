"""Progress hung against time: one bar, and the line where even pace would be."""

from functools import lru_cache
from html import escape

from plumbline.charts.drawing import Number, clamp, element, finite, plain

_MIDDLE = {"s": 6.5, "l": 9.0}
_THICK = {"s": 5.0, "l": 8.0}
_LINE = {"s": 13.0, "l": 18.0}


def pace_bar(
    percent: Number | None, expected: Number | None, *, label: str, status: str | None = None, size: str = "s"
) -> str:
    """Draw a bar as wide as the page allows; below nothing and beyond all stay inside it, the words keep the truth."""
    classes = "pace pace--l" if size == "l" else "pace"
    look = f' data-status="{escape(status)}"' if status is not None else ""
    inside = _TRACK[size] + _fill(finite(percent), size) + _line(finite(expected), status, size)
    return f'<svg class="{classes}"{look} role="img" aria-label="{escape(label)}">{inside}</svg>'


def _bar(name: str, percent: float, size: str) -> str:
    thick = _THICK[size]
    top = _MIDDLE[size] - thick / 2
    return element("rect", class_=name, y=top, width=f"{plain(percent)}%", height=thick, rx=thick / 2)


# A page draws hundreds of bars that differ in one number.
_TRACK = {size: _bar("pace__track", 100, size) for size in _THICK}
_FILL = {size: _bar("pace__fill", 100, size).split("100%") for size in _THICK}


def _fill(percent: float | None, size: str) -> str:
    if percent is None or percent <= 0:
        return ""
    head, tail = _FILL[size]
    return f"{head}{plain(clamp(percent, 2, 100))}%{tail}"


@lru_cache(maxsize=1024)
def _line(expected: float | None, status: str | None, size: str) -> str:
    if expected is None or status == "achieved":
        return ""
    x = f"{plain(clamp(expected, 0, 100))}%"
    return element("rect", class_="pace__line", x=x, width=2, height=_LINE[size], rx=1, transform="translate(-1 0)")
