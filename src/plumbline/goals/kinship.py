"""What fits together: whether a number can be added to another, or feed one. Fields only, no query."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from plumbline.goals.kpi_health import Frequency
from plumbline.values.unit import UnitKind


class Number(Protocol):
    """What has a unit."""

    unit_kind: str
    unit_code: str


class Watched(Number, Protocol):
    """What a KPI says about itself."""

    frequency: str
    is_private: bool

    @property
    def rolls_up(self) -> bool:
        """Tell whether its value is made of others."""
        ...


def same_unit(one: Number, other: Number) -> bool:
    """Tell whether values may be added: hours and minutes may (both are seconds), euros and dollars never."""
    if one.unit_kind != other.unit_kind:
        return False
    if one.unit_kind == UnitKind.DURATION:
        return True
    return one.unit_code.casefold() == other.unit_code.casefold()


def unfit_below(child: Watched, parent: Watched) -> str:
    """Say why a KPI can't hang from another; nothing where it can."""
    if child.is_private or parent.is_private:
        return _("A private KPI stands alone: its numbers would be told to others.")
    if not parent.rolls_up:
        return ""
    if not same_unit(child, parent):
        return _("The units differ: what is added up counts the same thing, and money is never converted.")
    order = list(Frequency.values)
    if order.index(child.frequency) > order.index(parent.frequency):
        return _("It is read less often than the KPI above it.")
    return ""


def unfit_source(kpi: Watched, fed: Number) -> str:
    """Say why a KPI can't feed a key result; nothing where it can."""
    if kpi.is_private:
        return _("A private KPI feeds no key result: its numbers would be told to others.")
    if not same_unit(kpi, fed):
        return _("The units differ: the key result counts something else than the KPI.")
    return ""
