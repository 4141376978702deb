"""Goals in words: shares, targets, chances and reasons as people read them, in pages, mail and API alike."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plumbline.goals.forecast import Forecast
from plumbline.goals.models.surroundings import Type
from plumbline.goals.progress import whole
from plumbline.goals.status import Standing, Why
from plumbline.values.unit import Unit, UnitKind

if TYPE_CHECKING:
    from plumbline.goals.listed import Listed
    from plumbline.goals.models import KeyResult

UNDEFINED: Final = "\N{EN DASH}"
MINUS: Final = "\N{MINUS SIGN}"


def percent(value: Decimal | float | None) -> str:
    """Write a share of the way as people read it; undefined is a dash, never a zero, and only done reads as done."""
    return percent_in(get_language(), value)


def percent_in(language: str | None, value: Decimal | float | None) -> str:
    """Do the same for those who have asked for the active language already."""
    if value is None or not math.isfinite(value):
        return UNDEFINED
    return _whole_percent(language, whole(Decimal(value)))


@lru_cache(maxsize=1024)
def _whole_percent(_language: str | None, rounded: int) -> str:
    number = number_format(abs(rounded), use_l10n=True, force_grouping=True)
    return _("%(number)s%%") % {"number": f"{MINUS}{number}" if rounded < 0 else number}


def target_of(row: KeyResult | Listed, language: str | None = None) -> str:
    """Return the target with its side: "45%", "≥ 99.95", "5 to 7"."""
    shown = row.unit.show(row.target, language)
    match row.type:
        case Type.AT_LEAST:
            return f"≥ {shown}"
        case Type.AT_MOST:
            return f"≤ {shown}"
        case Type.BETWEEN:
            return row.unit.show_range(row.target, row.target_upper)
        case _:
            return shown


def why_words(row: KeyResult, standing: Standing) -> str:
    """Return in a sentence why a status is shown that nobody said."""
    match standing.why:
        case Why.NEVER_CHECKED_IN:
            return _("Nobody has checked in yet.")
        case Why.SILENT:
            return _("The last check-in is older than its rhythm: %(rhythm)s.") % {"rhythm": row.get_rhythm_display()}
        case Why.GUARDRAIL:
            names = ", ".join(each.metric for each in row.guardrails.all() if each.is_breached)
            return _("A guardrail is breached: %(names)s.") % {"names": names}
        case _:
            return ""


def chance_of(found: Forecast) -> str:
    """Return the probability of a forecast as people read it."""
    return chance_words(found.probability)


def chance_words(chance: Decimal) -> str:
    """Return a probability as people read it; what is not certain is never said to be."""
    points = min(max(round(chance * 100), 1), 99)
    return Unit(UnitKind.PERCENT).show(Decimal(points))


def ends_between(row: KeyResult, found: Forecast) -> tuple[str, str]:
    """Return the ends of the interval as people read them, as exactly as the goal itself is written."""
    unit = as_written(row)
    return unit.show(found.low), unit.show(found.high)


def as_written(row: KeyResult) -> Unit:
    """Return its unit with as many places as the goal itself was written with."""
    typed = [row.unit.typed(value) for value in (row.baseline, row.target, row.current) if value is not None]
    return replace(row.unit, places=max((len(each.partition(".")[2]) for each in typed), default=0))


def prospect_words(row: KeyResult, found: Forecast) -> str:
    """Say how likely a key result is to arrive, and where it is likely to end."""
    low, high = ends_between(row, found)
    words = {"chance": chance_of(found), "target": target_of(row), "low": low, "high": high}
    if low == high:
        return _("%(chance)s likely to arrive at %(target)s, heading for %(low)s") % words
    return (
        _("%(chance)s likely to arrive at %(target)s; in eight of ten cases it ends between %(low)s and %(high)s")
        % words
    )
