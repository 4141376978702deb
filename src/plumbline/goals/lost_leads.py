"""Goals that nobody leads any more: public ones for whoever may give them a lead, private ones by cycle alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from plumbline.goals.models import Cycle, Initiative, KeyResult, Kpi, Objective
from plumbline.goals.models.objective import Home, Stage
from plumbline.people.models import Person
from plumbline.people.models.person import Role

Led = Objective | KeyResult | Initiative | Kpi

#: As many of each kind as a page shows at once; what is handed on makes room for the next.
MOST: Final = 100

_GONE = Q(lead__state=Person.State.ARCHIVED)
_OPEN = {"archived_at": None, "binned_at": None}


def lost_leads(reader: Person) -> list[Led]:
    """Return the public goals that need a lead and that an admin or owner may give one."""
    return [row for rows in _lost(reader) for row in rows[:MOST]]


def _lost(reader: Person) -> Iterator[QuerySet[Led]]:
    nobody = Q(lead=None, stage=Stage.ACTIVE)
    yield from (
        _of_home(_objectives().filter(_GONE | nobody), reader).select_related("lead", "cycle").order_by("title"),
        _of_home(_key_results().filter(_GONE | nobody), reader, "objective__")
        .select_related("lead", "objective__cycle")
        .order_by("statement"),
        _of_home(_initiatives().filter(_GONE), reader, "objective__")
        .select_related("lead", "objective__cycle")
        .order_by("title"),
        _of_home(Kpi.objects.kept().filter(_GONE | Q(lead=None), is_private=False), reader)
        .select_related("lead")
        .order_by("name"),
    )


def led_by(person: Person) -> list[Led]:
    """Return the open public goals that somebody leads."""
    return [
        *_objectives().filter(lead=person).order_by("title"),
        *_key_results().filter(lead=person).select_related("objective").order_by("statement"),
        *_initiatives().filter(lead=person).select_related("objective").order_by("title"),
        *Kpi.objects.kept().filter(lead=person, is_private=False).order_by("name"),
    ]


def _objectives() -> QuerySet[Objective]:
    closed = Q(stage=Stage.CLOSED) | Q(cycle__phase=Cycle.Phase.CLOSED)
    return Objective.objects.filter(is_private=False, **_OPEN).exclude(closed)


def _key_results() -> QuerySet[KeyResult]:
    return KeyResult.objects.filter(objective__in=_objectives(), **_OPEN).exclude(stage=Stage.CLOSED)


def _initiatives() -> QuerySet[Initiative]:
    at_work = [Initiative.State.IDEA, Initiative.State.DOING]
    return Initiative.objects.filter(objective__in=_objectives(), binned_at=None, state__in=at_work)


def _of_home(rows: QuerySet[Led], reader: Person, path: str = "") -> QuerySet[Led]:
    # The company's own goals are the owners' to give away.
    return rows if reader.has_role(Role.OWNER) else rows.exclude(**{f"{path}home": Home.COMPANY})


@dataclass(frozen=True, slots=True)
class Hidden:
    """A private goal that lost its lead, as an owner may know of it: no title, no id, no home."""

    goal: Objective | Kpi

    @property
    def handle(self) -> str:
        """What a form calls it: nothing that an address knows."""
        return salted_hmac("plumbline.lost-lead", f"{self.goal.noun}:{self.goal.public_id}").hexdigest()

    @property
    def cycle(self) -> str:
        """The name of its cycle; a KPI has none."""
        return self.goal.cycle.name if isinstance(self.goal, Objective) else ""

    @property
    def former_lead(self) -> Person | None:
        """Who led it."""
        return self.goal.lead


def hidden_lost_leads() -> list[Hidden]:
    """Return the private goals that lost their lead; those who see one know it anyway."""
    lost = _GONE | Q(lead=None)
    objectives = Objective.objects.filter(lost, is_private=True, **_OPEN).exclude(stage=Stage.CLOSED)
    kpis = Kpi.objects.kept().filter(lost, is_private=True)
    found = [*objectives.select_related("lead", "cycle").order_by("pk")[:MOST], *kpis.select_related("lead")[:MOST]]
    return [Hidden(goal) for goal in found]


def hidden_by(handle: str) -> Objective | Kpi | None:
    """Return the goal that a form means; None when it has a lead by now."""
    return next((each.goal for each in hidden_lost_leads() if constant_time_compare(each.handle, handle)), None)
