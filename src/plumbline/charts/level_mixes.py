"""What a group of key results measures, as one bar: outcome solid, output striped, input dotted."""

from collections.abc import Mapping
from html import escape

from plumbline.charts.drawing import element, plain

_ORDER = ("outcome", "output", "input", "unclear")


def level_mix(counts: Mapping[str, int], *, label: str) -> str:
    """Draw the share of each level, in the order of what is worth most."""
    total = sum(max(count, 0) for count in counts.values())
    parts: list[str] = []
    start = 0.0
    for level in _ORDER:
        share = max(counts.get(level, 0), 0) / total * 100 if total else 0
        parts.extend(_part(level, start, share))
        start += share
    return element(
        "svg", element("title", escape(label, quote=False)), *parts, class_="mix", role="img", aria_label=label
    )


def _part(level: str, start: float, share: float) -> list[str]:
    if not share:
        return []
    x, end = f"{plain(start)}%", f"{plain(start + share)}%"
    bed = element("rect", class_="mix__bed", data_level=level, x=x, width=f"{plain(share)}%", height=8)
    if level in {"outcome", "unclear"}:
        return [bed]
    return [bed, element("line", class_="mix__lines", data_level=level, x1=x, x2=end, y1=4, y2=4)]
