"""The shape of each status, on the 20 by 20 grid of the icons, for charts that stand alone."""

from plumbline.charts.drawing import element

_RING = "M10 3.4a6.6 6.6 0 1 0 0 13.2a6.6 6.6 0 0 0 0-13.2z"

SHAPES = {
    "on_track": "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14z",
    "needs_attention": ("M8.7 3.2a1.5 1.5 0 0 1 2.6 0l6.2 11.2a1.5 1.5 0 0 1-1.3 2.2H3.8a1.5 1.5 0 0 1-1.3-2.2z"),
    "off_track": (
        "M8.8 2.7a1.7 1.7 0 0 1 2.4 0l6.1 6.1a1.7 1.7 0 0 1 0 2.4l-6.1 6.1a1.7 1.7 0 0 1-2.4 0"
        "l-6.1-6.1a1.7 1.7 0 0 1 0-2.4z"
    ),
    "achieved": (
        "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zm4.3 5.3-5 5.5a.9.9 0 0 1-1.3 0l-2.3-2.3"
        "a.9.9 0 1 1 1.3-1.3l1.6 1.6 4.4-4.8a.9.9 0 1 1 1.3 1.3z"
    ),
    "partly_achieved": "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zm0 1.9v11.2a5.6 5.6 0 0 1 0-11.2z",
}


def shape(status: str, *, name: str) -> str:
    """Draw a status around (0, 0); one that claims nothing is an open ring."""
    solid = SHAPES.get(status)
    classes = name if solid else f"{name} {name}--open"
    return element("path", class_=classes, d=solid or _RING, transform="translate(-10 -10)")
