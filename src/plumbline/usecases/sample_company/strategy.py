"""The company itself: why it exists, what it chose to be good at, and its calendar of cycles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from plumbline.goals.models import Cadence, Cycle, Pillar, Tag, UltimateMeasure
from plumbline.people.models import Organisation
from plumbline.usecases.sample_company.calendar import ZONE, Calendar, Stretch
from plumbline.usecases.sample_company.people import SYSTEM, Staff
from plumbline.usecases.sample_company.plans import table


@dataclass(frozen=True, slots=True)
class Strategy:
    """What goals hang from."""

    pillars: dict[str, Pillar] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)


def found(calendar: Calendar) -> Organisation:
    """Write the company into the empty database."""
    return Organisation.found(
        name="Fernwood Bikes",
        ultimate_goal=table("strategy")["ultimate_goal"],
        time_zone=ZONE,
        by=SYSTEM,
        at=calendar.moment(calendar.founded_on, 8),
    )


def choose(staff: Staff, calendar: Calendar) -> Strategy:
    """Raise the pillars, and say how the ultimate goal is measured."""
    facts, strategy = table("strategy"), Strategy()
    owner, at = staff.actor("Ingrid Vale"), calendar.moment(calendar.founded_on, 15)
    for row in facts["pillar"]:
        pillar = Pillar.raise_up(name=row["name"], description=row["description"], by=owner, at=at)
        pillar.owner_teams.set(staff.teams[team] for team in row["teams"])
        strategy.pillars[row["name"]] = pillar
    for hue, row in enumerate(facts["tag"]):
        strategy.tags[row["name"]] = Tag.objects.create(name=row["name"], description=row["description"], hue=hue)
    _measure(facts["measure"], calendar)
    return strategy


def _measure(facts: dict[str, str | int], calendar: Calendar) -> None:
    year = calendar.today.year
    UltimateMeasure.set_up(
        metric=facts["metric"],
        baseline=Decimal(facts["baseline"]),
        baseline_on=date(year - 2, 12, 31),
        current=Decimal(facts["current"]),
        current_on=calendar.quarter(-1).last_day,
        target=Decimal(facts["target"]),
        target_on=date(year + 4, 12, 31),
        by=SYSTEM,
        at=calendar.moment(calendar.founded_on, 15),
    )


@dataclass(frozen=True, slots=True)
class Years:
    """The two cadences, and the cycles they make."""

    annual: Cadence
    quarterly: Cadence
    calendar: Calendar

    @classmethod
    def begin(cls, calendar: Calendar) -> Years:
        """Start the cadences."""
        at = calendar.moment(calendar.founded_on, 16)
        annual = Cadence.begin(name="Years", kind="annual", formula="Year {year}", by=SYSTEM, at=at)
        quarterly = Cadence.begin(name="Quarters", kind="quarterly", formula="Q{quarter} {year}", by=SYSTEM, at=at)
        return cls(annual, quarterly, calendar)

    def plan(self, cadence: Cadence, stretch: Stretch) -> Cycle:
        """Plan the cycle of these days."""
        days = min((stretch.first_day - self.calendar.founded_on).days, 28)
        planned_on = stretch.first_day.fromordinal(stretch.first_day.toordinal() - days)
        return cadence.make_cycle(
            first_day=stretch.first_day, by=SYSTEM, at=self.calendar.moment(planned_on, 16, cadence.name)
        )
