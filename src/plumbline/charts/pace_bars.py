"""Progress hung against time: one bar, and the line where even pace would be."""

from plumbline.charts.drawing import Number, clamp, element, finite, plain

_MIDDLE = {"s": 6.5, "l": 9.0}
_THICK = {"s": 5.0, "l": 8.0}
_LINE = {"s": 13.0, "l": 18.0}


def pace_bar(
    percent: Number | None, expected: Number | None, *, label: str, status: str | None = None, size: str = "s"
) -> str:
    """Draw a bar as wide as the page allows; below nothing and beyond all stay inside it, the words keep the truth."""
    return element(
        "svg",
        _bar("pace__track", 100, size),
        *_fill(finite(percent), size),
        *_line(finite(expected), status, size),
        class_="pace pace--l" if size == "l" else "pace",
        data_status=status,
        role="img",
        aria_label=label,
    )


def _bar(name: str, percent: float, size: str) -> str:
    thick = _THICK[size]
    top = _MIDDLE[size] - thick / 2
    return element("rect", class_=name, y=top, width=f"{plain(percent)}%", height=thick, rx=thick / 2)


def _fill(percent: float | None, size: str) -> list[str]:
    if percent is None or percent <= 0:
        return []
    return [_bar("pace__fill", clamp(percent, 2, 100), size)]


def _line(expected: float | None, status: str | None, size: str) -> list[str]:
    if expected is None or status == "achieved":
        return []
    x = f"{plain(clamp(expected, 0, 100))}%"
    return [
        element("rect", class_="pace__line", x=x, width=2, height=_LINE[size], rx=1, transform="translate(-1 0)"),
    ]
