"""What a number did after some work ended, in words: what it moved, what its trend was, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plumbline.goals.models import Bet
from plumbline.goals.trend import FEWEST, Course, TooFew
from plumbline.values.unit import Unit

_PLACES = 2


@dataclass(frozen=True, slots=True)
class CourseWords:
    """A bet beside what its number did: figures with sign and unit, a dash where there is nothing to tell."""

    expected: str
    happened: str
    trend: str
    beyond: str
    sentence: str
    doubt: str


def words_of(bet: Bet, found: Course | TooFew | None) -> CourseWords:
    """Return the figures and sentences of a bet; what the lead said counts before what was read."""
    unit = bet.key_result.unit
    if not isinstance(found, Course):
        return CourseWords(bet.expected_words, bet.actual_words, "–", "–", _too_few(found), "")
    happened = bet.actual_words if bet.actual_change is not None else _shown(unit, found.change)
    doubt = _("Its readings lie as far apart anyway: this may be chance.") if found.may_be_chance else ""
    return CourseWords(
        expected=bet.expected_words,
        happened=happened,
        trend=_shown(unit, found.trend),
        beyond=_shown(unit, found.beyond),
        sentence=_moved(unit, found),
        doubt=doubt,
    )


def _shown(unit: Unit, change: Decimal) -> str:
    """Return a change with the places that its unit shows, two where it shows all; next to nothing is nothing."""
    places = _PLACES if unit.places is None else unit.places
    shown = unit.to_shown(change)
    rounded = round(shown, places)
    return unit.show_change(Decimal(0), change * rounded / shown if shown else change)


def _moved(unit: Unit, found: Course) -> str:
    said = {
        "before": unit.show(found.before[1]),
        "first": date_format(found.before[0], _("j M")),
        "after": unit.show(found.after[1]),
        "last": date_format(found.after[0], _("j M")),
        "change": _shown(unit, found.change),
        "trend": _shown(unit, found.trend),
        "beyond": _shown(unit, found.beyond),
    }
    return (
        _(
            "It went from %(before)s on %(first)s to %(after)s on %(last)s: %(change)s. By the trend it had before it "
            "would have moved %(trend)s. %(beyond)s is beyond that."
        )
        % said
    )


def _too_few(found: TooFew | None) -> str:
    if found is None:
        return ""
    if found.lacks_before:
        words = ngettext(
            "Too few readings to compare: %(count)s from before the work ended, and a trend takes %(fewest)s.",
            "Too few readings to compare: %(count)s from before the work ended, and a trend takes %(fewest)s.",
            found.before,
        )
        return words % {"count": found.before, "fewest": FEWEST}
    return _("Nothing was read since the work ended: the next check-in says more.")
