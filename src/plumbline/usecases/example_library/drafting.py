"""Begin with an example: a draft of one's own, whose numbers are blanks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plumbline.goals.models import KeyResult, Objective
from plumbline.goals.models.surroundings import Type
from plumbline.people.models import Actor, Person
from plumbline.usecases.edit_objective import set_objective
from plumbline.usecases.example_library.shelf import Example, ExampleResult
from plumbline.usecases.move_goal import Destination

_TYPES = {"increase": Type.INCREASE, "decrease": Type.DECREASE}


@transaction.atomic
def draft_example(
    example: Example, to: Destination, *, lead: Person | None, language: str, by: Actor, at: datetime
) -> Objective:
    """Set an example as a draft with its key results as drafts; the same key twice sets it once.

    Its numbers stay behind: nobody knows where another organisation stands, and a target is its own to choose.
    """
    objective = set_objective(
        title=example.title,
        why_it_matters=example.why,
        cycle=to.cycle,
        home=to.home,
        teams=to.teams,
        home_person=to.home_person,
        lead=lead,
        language=language,
        by=by,
        at=at,
    )
    if not objective.key_results.exists():
        for result in example.results:
            _write_down(result, objective, language=language, by=by, at=at)
    return objective


def _write_down(result: ExampleResult, objective: Objective, *, language: str, by: Actor, at: datetime) -> None:
    entry = result.entry
    KeyResult.write_down(
        objective,
        statement=entry.sentence,
        metric=entry.name,
        type=_TYPES[entry.direction],
        unit_kind=entry.unit,
        unit_code=entry.unit_code,
        rhythm=entry.rhythm,
        description=_("Meanwhile, this must not get worse: %(metric)s.") % {"metric": entry.guardrail},
        lead=objective.lead,
        language=language,
        by=by,
        at=at,
    )
