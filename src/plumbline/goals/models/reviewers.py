"""Who looks over a lead's shoulder: the leads of the home teams, or the manager where the lead is that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumbline.goals.models.objective import Objective
from plumbline.people.models import Person

if TYPE_CHECKING:
    from plumbline.goals.models.key_result import KeyResult


def reviewers_of(key_result: KeyResult, *, besides: Person | None) -> list[Person]:
    """Return who reviews a key result, as far as the goal exists for them; nobody reviews what they said."""
    objective = key_result.objective
    leads = {team.lead for team in objective.home_teams.select_related("lead") if team.lead} - {besides}
    manager = key_result.lead.manager() if key_result.lead and not leads else None
    found = leads or ({manager} - {None, besides})
    return sorted((each for each in found if each and _sees(each, objective)), key=lambda each: each.pk)


def _sees(person: Person, objective: Objective) -> bool:
    return person.is_active and Objective.objects.visible_to(person).filter(pk=objective.pk).exists()
