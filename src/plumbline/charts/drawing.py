"""Write SVG by hand: numbers without noise, text escaped, colours left to classes."""

import math
from collections.abc import Sequence
from decimal import Decimal
from html import escape

Number = int | float | Decimal
Attribute = Number | str | None


def finite(value: Number | None) -> float | None:
    """Return the value as a float, or nothing where no pen could go."""
    if value is None:
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def clamp(value: float, low: float, high: float) -> float:
    """Keep a value inside the paper."""
    return min(max(value, low), high)


def plain(number: float) -> str:
    """Write a coordinate with one decimal at most, no trailing zero and no negative nothing."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")


def element(name: str, *children: str, **attributes: Attribute) -> str:
    """Write one element; `class_` and `data_x` become class and data-x, empty attributes are left out."""
    head = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    return f"<{name}{head}>{''.join(children)}</{name}>" if children else f"<{name}{head}/>"


def _attribute(key: str, value: Attribute) -> str:
    name = key.rstrip("_").replace("_", "-")
    text = value if isinstance(value, str) else plain(float(value or 0))
    return f' {name}="{escape(text)}"'


def text(words: str, **attributes: Attribute) -> str:
    """Write a label; what people typed is escaped."""
    return element("text", escape(words, quote=False), **attributes)


def path(points: Sequence[tuple[float, float]]) -> str:
    """Join points into path data, in order."""
    return "".join(f"{'L' if n else 'M'}{plain(x)} {plain(y)}" for n, (x, y) in enumerate(points))


def picture(*children: str, label: str, size: tuple[float, float], classes: str, status: str | None = None) -> str:
    """Wrap a drawing as one image with its meaning in words."""
    width, height = size
    return element(
        "svg",
        element("title", escape(label, quote=False)),
        *children,
        class_=classes,
        data_status=status,
        viewBox=f"0 0 {plain(width)} {plain(height)}",
        role="img",
        aria_label=label,
    )
