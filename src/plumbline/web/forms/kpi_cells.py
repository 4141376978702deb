"""Cells of a board as they were typed: one of them, or a whole row; what nobody touched is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from plumbline.goals.kpi_health import Aim, Rule
from plumbline.goals.models import Kpi
from plumbline.goals.periods import FiscalCalendar, Period
from plumbline.usecases.fill_cells import Edges, FilledTarget, FilledValue
from plumbline.values.exact import exact
from plumbline.values.unit import NotANumber
from plumbline.web.kpi_periods import target_typed

#: A whole row, and some room.
MOST_CELLS = 60
LONGEST = 80
_NAME = re.compile(r"(value|target)-(\d{4}-\d\d-\d\d)")
#: Between the two edges of a band: "5 – 7", "5 to 7", "5 bis 7", "5..7".
_BETWEEN = re.compile(r"\s*(?:[–—…;]|\.\.+|\bto\b|\bbis\b|(?<=\d)\s*-)\s*")


class CellsForm(forms.Form):
    """Cleans what stands in cells into what is to be filled."""

    def __init__(self, data: QueryDict, *, kpi: Kpi, calendar: FiscalCalendar) -> None:
        super().__init__(data)
        self.sent, self.kpi, self.calendar = data, kpi, calendar
        self.typed: dict[str, str] = {}
        self.cells: list[FilledValue | FilledTarget] = []
        self.wrong: dict[date, str] = {}

    def clean(self) -> None:
        """Read every cell that differs from what was shown in it; say beside each what can't be read."""
        for kind, period, typed in self._named():
            self.typed[f"{kind}-{period.first_day.isoformat()}"] = typed
            known = self.sent.get(f"known-{period.first_day.isoformat()}", "")
            try:
                cell = self._value(period, typed, known) if kind == "value" else self._target(period, typed, known)
            except (NotANumber, ValidationError, ArithmeticError) as refusal:
                self.wrong[period.first_day] = _why(refusal, typed)
                continue
            if cell is not None:
                self.cells.append(cell)
        if self.wrong:
            raise ValidationError(next(iter(self.wrong.values())))

    def _named(self) -> Iterator[tuple[str, Period, str]]:
        for name in list(self.sent)[: MOST_CELLS * 3]:
            found = _NAME.fullmatch(name)
            if found and (period := self._period(found[2])):
                yield found[1], period, str(self.sent[name]).strip()[:LONGEST]

    def _period(self, day: str) -> Period | None:
        """Return the period that begins on a day; a day within one names none."""
        try:
            first = date.fromisoformat(day)
            period = self.calendar.period(first, self.kpi.frequency)
        except (ValueError, OverflowError):
            return None
        return period if period.first_day == first else None

    def _value(self, period: Period, typed: str, known: str) -> FilledValue | None:
        seen = _whole(known)
        if typed == self.kpi.unit.digits(seen):
            return None
        return FilledValue(period, self.kpi.unit.read(typed) if typed else None, seen)

    def _target(self, period: Period, typed: str, known: str) -> FilledTarget | None:
        seen = (_whole(known.partition("|")[0]), _whole(known.partition("|")[2]))
        if typed == target_typed(self.kpi, Aim(period.first_day, seen[0], seen[1]) if seen[0] is not None else None):
            return None
        return FilledTarget(period, self._edges(typed), seen)

    def _edges(self, typed: str) -> Edges:
        if not typed:
            return None, None
        if self.kpi.rule != Rule.BETWEEN:
            return self.kpi.unit.read(typed), None
        parts = [part for part in _BETWEEN.split(typed) if part]
        if len(parts) != 2:  # noqa: PLR2004 - a band has two edges
            raise ValidationError(_("A band has two edges, for example 5 – 7."))
        low, high = (self.kpi.unit.read(part) for part in parts)
        if high <= low:
            raise ValidationError(_("The upper edge lies above the lower one."))
        return low, high


def _whole(kept: str) -> Decimal | None:
    """Return the value that a hidden field carries; what is no number was never shown."""
    try:
        return exact(kept) if kept else None
    except ValidationError:
        return None


def _why(refusal: Exception, typed: str) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return _("“%(typed)s” holds no number.") % {"typed": typed}
