"""The smallest chart: where a goal has been, and how much time is left."""

from collections.abc import Sequence

from plumbline.charts.drawing import Number, clamp, element, finite, path, picture

_WIDTH, _HEIGHT = 104.0, 32.0
_LEFT, _RIGHT, _TOP, _FLOOR = 2.0, 102.0, 3.0, 29.0

Point = tuple[Number, Number | None]


def sparkline(points: Sequence[Point], *, label: str, status: str | None = None) -> str:
    """Draw readings against even pace.

    Each point is (share of the cycle passed, percent of the way); the empty space on the right is the time left.
    """
    spots = _spots(points)
    pace = element("path", class_="c-pace", d=path([(_LEFT, _FLOOR), (_RIGHT, _TOP)]))
    return picture(pace, *_line(spots), label=label, size=(_WIDTH, _HEIGHT), classes="spark", status=status)


def _spots(points: Sequence[Point]) -> list[tuple[float, float]]:
    known = [(finite(share), finite(percent)) for share, percent in points]
    return sorted((_x(share), _y(percent)) for share, percent in known if share is not None and percent is not None)


def _x(share: float) -> float:
    return _LEFT + clamp(share, 0, 1) * (_RIGHT - _LEFT)


def _y(percent: float) -> float:
    return _FLOOR - clamp(percent, -10, 110) / 100 * (_FLOOR - _TOP)


def _line(spots: list[tuple[float, float]]) -> list[str]:
    if not spots:
        return []
    (first, _), (now, height) = spots[0], spots[-1]
    floor = [(now, _HEIGHT - 1), (first, _HEIGHT - 1)]
    return [
        element("path", class_="c-area", d=path([*spots, *floor]) + "Z"),
        element("path", class_="c-line", d=path(spots)),
        element("circle", class_="c-dot", cx=now, cy=height, r=3.5),
    ]
