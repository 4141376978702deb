"""Note how large the numbers are: three of something are mostly made, three thousand are mostly reached."""

from __future__ import annotations

from decimal import Decimal

from plumbline_judge.figures import Figure
from plumbline_judge.found import Found, family, telling
from plumbline_judge.measure import usable
from plumbline_judge.metric import counted
from plumbline_judge.statement import Statement

_NO_CLAIM = ("means", "purpose")
_STEPS = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000, 100_000, 1_000_000)
_NAMED = ((5, "few"), (20, "some"), (99, "many"), (999, "hundreds"))


def note_sizes(statement: Statement, found: Found) -> None:
    """Note the size of each number that is claimed, and of what there are so many."""
    for figure in usable(statement):
        zone = statement.zones[figure.first]
        if zone not in _NO_CLAIM:
            _note(statement, found, figure, zone)


def _note(statement: Statement, found: Found, figure: Figure, zone: str) -> None:
    place = (figure.first, figure.last + 1)
    if figure.kind in ("count", "percent"):
        found.note(f"figure:{figure.kind} to {_step(figure.value)}", *place)
    if figure.kind == "count":
        found.note(f"figure:{_named(figure.value)} {zone}", *place)
    of = counted(statement, figure)
    if of:
        found.note(f"counts:{_named(figure.value)} {family(telling(statement, of))}", figure.first, of.end)


def _step(value: Decimal) -> str:
    return "blank" if value.is_nan() else next((str(step) for step in _STEPS if value <= step), "more")


def _named(value: Decimal) -> str:
    return "blank" if value.is_nan() else next((name for most, name in _NAMED if value <= most), "lots")
