"""What a period is called: "17 Nov" for a week, "Nov 2026", "Q4 2026", "2026"; a fiscal year says so."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plumbline.goals.periods import FiscalCalendar, Period


def period_words(period: Period, frequency: str, calendar: FiscalCalendar) -> str:
    """Return the name of a period, short enough for the head of a column."""
    first = period.first_day
    if frequency == "weekly":
        return date_format(first, _("j M"))
    if frequency == "monthly":
        return date_format(first, _("M Y"))
    year = _year(period, calendar)
    if frequency == "yearly":
        return year
    words = pgettext("the quarter of a year", "Q%(quarter)s %(year)s")
    return words % {"quarter": calendar.quarter(first), "year": year}


def _year(period: Period, calendar: FiscalCalendar) -> str:
    year = calendar.year(period.first_day)
    return str(year) if calendar.year_start == 1 else pgettext("a fiscal year", "FY%(year)s") % {"year": year}
