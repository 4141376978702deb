"""The story in its order: a closed year and four closed quarters, the present ones, and drafts for the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from plumbline.goals.models import Cadence, Cycle, KeyResult, Kpi
from plumbline.usecases.sample_company.calendar import Calendar, Stretch
from plumbline.usecases.sample_company.closing import end
from plumbline.usecases.sample_company.goals import Chapter
from plumbline.usecases.sample_company.people import Staff
from plumbline.usecases.sample_company.plans import goals
from plumbline.usecases.sample_company.strategy import Strategy, Years

_FORMER = 4


@dataclass(frozen=True, slots=True)
class Story:
    """Who and what the chapters share; ``former`` holds the latest key result of each metric."""

    calendar: Calendar
    staff: Staff
    strategy: Strategy
    kpis: dict[str, Kpi]
    years: Years
    former: dict[str, KeyResult] = field(default_factory=dict)

    def tell(self) -> Cycle:
        """Write all chapters; return the present quarter."""
        self._live("year_before", self.years.annual, self.calendar.year(-1))
        self._live("year", self.years.annual, self.calendar.year(0))
        for back in range(_FORMER, 0, -1):
            self._live(f"quarter_{back}", self.years.quarterly, self.calendar.quarter(-back))
        present = self._live("now", self.years.quarterly, self.calendar.quarter(0))
        self._chapter(self.years.quarterly, self.calendar.quarter(1)).draft(goals("next"))
        return present

    def _live(self, name: str, cadence: Cadence, stretch: Stretch) -> Cycle:
        chapter = self._chapter(cadence, stretch)
        chapter.write(goals(name))
        self.former.update(chapter.results)
        if chapter.is_over:
            end(chapter.cycle, self.calendar)
        return chapter.cycle

    def _chapter(self, cadence: Cadence, stretch: Stretch) -> Chapter:
        cycle = self.years.plan(cadence, stretch)
        return Chapter(cycle, self.staff, self.strategy, self.kpis, self.calendar, self.former)
