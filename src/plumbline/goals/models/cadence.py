"""Cadences: rhythms that make cycles ahead of time and name them by a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.cycle import Cycle, every_level
from plumbline.people.models import Actor, Archivable, Organisation

#: More cycles than anybody makes at once: stops a cadence that would run away.
_MOST_AT_ONCE = 60


class Cadence(Archivable):
    """A rhythm of cycles, with a formula for their names.

    The formula may hold ``{year}``, ``{quarter}``, ``{month}``, ``{number}``,
    ``{fiscal_year}``, ``{end_month}``, ``{end_year}`` and ``{count}``: "Q{quarter}
    {year}" gives "Q4 2026", "Season {count}" numbers them through.
    """

    class Kind(models.TextChoices):
        """How long its cycles are."""

        ANNUAL = "annual", _("Every year")
        QUARTERLY = "quarterly", _("Every quarter")
        CUSTOM = "custom", _("A number of months")

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    months = models.PositiveSmallIntegerField(default=3)
    formula = models.CharField(max_length=80)
    levels = models.JSONField(default=every_level)
    ahead = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.name

    class BadFormula(Exception):
        """Raised when a naming formula holds something that is not known."""

    @classmethod
    @transaction.atomic
    def begin(
        cls, *, name: str, kind: str, formula: str, by: Actor, at: datetime, months: int = 3, **fields: Any
    ) -> Cadence:
        """Start a cadence; ``make_cycle`` and ``keep_ahead`` then make its cycles one after the other."""
        cadence = cls(name=name, kind=kind, months=cls._length(kind, months), formula=formula, **fields)
        cadence.name_for(at.date(), at.date())
        cadence.save()
        cadence.record("begun", by=by, at=at, after={"name": name})
        return cadence

    @classmethod
    def _length(cls, kind: str, months: int) -> int:
        return {cls.Kind.ANNUAL: 12, cls.Kind.QUARTERLY: 3}.get(cls.Kind(kind), months)

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change name, length, formula, levels or how far ahead it plans; cycles that are there stay as they are."""
        self.lock(expected_version)
        asked = Cadence(pk=self.pk, **{name: fields.get(name, getattr(self, name)) for name in ("formula", "months")})
        asked.name_for(at.date(), at.date())
        if "kind" in fields:
            fields["months"] = self._length(fields["kind"], fields.get("months", self.months))
        self.write("changed", by=by, at=at, **fields)

    @transaction.atomic
    def keep_ahead(self, *, by: Actor, at: datetime) -> list[Cycle]:
        """Make the cycles that are missing up to today and ``ahead`` of it; none the second time.

        Stops where another cycle has the days or the name: a person decides then.
        """
        Organisation.the().lock()
        self.lock()
        made: list[Cycle] = []
        today = Organisation.the().today(at)
        while not self.is_archived and len(made) < _MOST_AT_ONCE and self._lacks_a_cycle(today):
            try:
                with transaction.atomic():
                    made.append(self.make_cycle(first_day=self.next_first_day(today), by=by, at=at))
            except (Cycle.Overlaps, Cycle.NameTaken):
                break
        return made

    def _lacks_a_cycle(self, today: date) -> bool:
        there = self.cycles.filter(binned_at=None)
        return not there.filter(last_day__gte=today).exists() or there.filter(first_day__gt=today).count() < self.ahead

    def make_cycle(self, *, first_day: date, by: Actor, at: datetime) -> Cycle:
        """Make the cycle of this cadence that begins on a day, named by the formula."""
        last_day = months_later(first_day, self.months) - timedelta(days=1)
        name = self.name_for(first_day, last_day)
        return Cycle.plan(
            name=name, first_day=first_day, last_day=last_day, levels=self.levels, cadence=self, by=by, at=at
        )

    def name_for(self, first_day: date, last_day: date) -> str:
        """Return the name that the formula gives a cycle, with months in the organisation's language."""
        organisation = Organisation.the()
        start = organisation.fiscal_year_start
        months_in = (first_day.month - start) % 12
        parts = {
            "year": first_day.year,
            "month": _month_in(organisation.language, first_day),
            "quarter": months_in // 3 + 1,
            "number": months_in // self.months + 1,
            "fiscal_year": last_day.year if start == 1 else first_day.year + (first_day.month >= start),
            "end_month": _month_in(organisation.language, last_day),
            "end_year": last_day.year,
            "count": self._count_before(first_day) + 1,
        }
        if set(re.findall(r"[{]([^}]*)[}]?", self.formula)) - set(parts):
            raise self.BadFormula(self.formula)
        return re.sub(r"[{](\w+)[}]", lambda found: str(parts[found[1]]), self.formula)

    def _count_before(self, first_day: date) -> int:
        counts = bool(self.pk) and "{count}" in self.formula
        return self.cycles.filter(binned_at=None, first_day__lt=first_day).count() if counts else 0

    def next_first_day(self, today: date) -> date:
        """Return where its next cycle begins: behind the last one, or with the stretch of the year today is in."""
        last = self.cycles.filter(binned_at=None).order_by("-last_day").first()
        if last is not None:
            return last.last_day + timedelta(days=1)
        months_in = (today.month - Organisation.the().fiscal_year_start) % 12
        return months_later(today.replace(day=1), -(months_in % self.months))


def _month_in(language: str, day: date) -> str:
    # A name is kept: whoever happens to make the cycle must not decide in which language.
    with translation.override(language):
        return date_format(day, "F")


def months_later(day: date, months: int) -> date:
    """Return the same day of the month some months later (the first of a month stays the first)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, min(day.day, 28))
