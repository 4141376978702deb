"""Find goals, KPIs, people and teams that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from plumbline.goals.models import KeyResult, Kpi, Objective
from plumbline.goals.search.folding import Folded, fold, teach
from plumbline.people.models import Person, Team

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = TypeVar("Row", bound=Model)

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found, each kind at most as long as was asked for."""

    objectives: Sequence[Objective] = ()
    key_results: Sequence[KeyResult] = ()
    kpis: Sequence[Kpi] = ()
    people: Sequence[Person] = ()
    teams: Sequence[Team] = ()

    def __len__(self) -> int:
        return sum(map(len, (self.objectives, self.key_results, self.kpis, self.people, self.teams)))


def find(person: Person, words: str, limit: int = 8) -> Finds:
    """Return what the person may see and every word of which begins some word of its name.

    What is private to others is not found and not counted: the queries are the
    ones that lists are made of.
    """
    if not fold(words).split():
        return Finds()
    objectives = Objective.objects.visible_to(person).filter(archived_at=None).select_related("cycle", "lead")
    results = KeyResult.objects.visible_to(person).filter(archived_at=None, objective__archived_at=None)
    return Finds(
        objectives=list(matching(objectives, "title", words)[:limit]),
        key_results=list(matching(results.select_related("objective"), "statement", words)[:limit]),
        kpis=list(matching(Kpi.objects.visible_to(person).kept(), "name", words)[:limit]),
        people=list(matching(Person.objects.present(), "name", words)[:limit]),
        teams=list(matching(Team.objects.open(), "name", words)[:limit]),
    )


def matching(rows: QuerySet[Row], column: str, words: str) -> QuerySet[Row]:
    """Return the rows in which every word begins some word of the column, in the order of the alphabet."""
    teach()
    fold_column = Concat(Value(" "), Folded(column), output_field=TextField())
    found = cast("QuerySet[Row]", rows.annotate(folded=fold_column))
    for word in fold(words).split()[:MOST_WORDS]:
        found = found.filter(folded__contains=f" {word}")
    return found.order_by("folded", "pk")
