"""Look through rows for words: what lists are narrowed by, and search where there is no index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from plumbline.goals.models import Initiative, KeyResult, Kpi, Objective
from plumbline.goals.search.folding import Folded, fold, teach
from plumbline.people.models import Person, Team

Row = TypeVar("Row", bound=Model)

MOST_WORDS = 6


#: Place of the kind, public id, name, note, second note, private or not.
Told = tuple[int, str, str, str, str, bool]


def matched(person: Person, asked: Sequence[str], limit: int) -> list[Told]:
    """Find by looking through every row, where the database keeps no index of words."""
    words = " ".join(asked)
    objectives = Objective.objects.visible_to(person).filter(archived_at=None).select_related("cycle", "lead")
    there = {"archived_at": None, "objective__archived_at": None}
    results = KeyResult.objects.visible_to(person).filter(**there).select_related("objective")
    work = Initiative.objects.visible_to(person).filter(objective__archived_at=None).select_related("objective")

    def narrowed(rows: Any, column: str) -> Any:
        return matching(rows, column, words)[:limit]

    return [
        *_told(
            0, narrowed(objectives, "title"), lambda row: (row.title, row.cycle.name, _name(row.lead), row.is_private)
        ),
        *_told(1, narrowed(results, "statement"), lambda row: (row.statement, *_under(row, row.level))),
        *_told(2, narrowed(work, "title"), lambda row: (row.title, *_under(row, ""))),
        *_told(
            3, narrowed(Kpi.objects.visible_to(person).kept(), "name"), lambda row: (row.name, "", "", row.is_private)
        ),
        *_told(4, narrowed(Person.objects.present(), "name"), lambda row: (row.name, row.job_title, "", False)),
        *_told(5, narrowed(Team.objects.open(), "name"), lambda row: (row.name, row.purpose, "", False)),
    ]


def _told(place: int, rows: Iterable[Any], tell: Callable[[Any], tuple[str, str, str, bool]]) -> list[Told]:
    return [(place, row.public_id, *tell(row)) for row in rows]


def _under(row: Any, more: str) -> tuple[str, str, bool]:
    return row.objective.title, more, row.objective.is_private


def _name(person: Person | None) -> str:
    return person.name if person else ""


def matching(rows: QuerySet[Row], column: str, words: str) -> QuerySet[Row]:
    """Return the rows in which every word begins some word of the column, in the order of the alphabet."""
    teach()
    fold_column = Concat(Value(" "), Folded(column), output_field=TextField())
    found = cast("QuerySet[Row]", rows.annotate(folded=fold_column))
    for word in fold(words).split()[:MOST_WORDS]:
        found = found.filter(folded__contains=f" {word}")
    return found.order_by("folded", "pk")
