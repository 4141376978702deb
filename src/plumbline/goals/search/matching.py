"""Look through rows for words: what lists are narrowed by, and search where there is no index."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from plumbline.goals.models import Initiative, KeyResult, Kpi, Objective
from plumbline.goals.search.folding import Folded, fold, teach
from plumbline.people.models import Person, Team

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = TypeVar("Row", bound=Model)

MOST_WORDS = 6


def matched(person: Person, asked: Sequence[str], limit: int) -> list[tuple[int, str, str, str, str, bool]]:
    """Find by looking through every row, where the database keeps no index of words."""
    words = " ".join(asked)
    objectives = Objective.objects.visible_to(person).filter(archived_at=None).select_related("cycle", "lead")
    there = {"archived_at": None, "objective__archived_at": None}
    results = KeyResult.objects.visible_to(person).filter(**there).select_related("objective")
    work = Initiative.objects.visible_to(person).filter(objective__archived_at=None).select_related("objective")
    found: list[tuple[int, str, str, str, str, bool]] = []
    for row in matching(objectives, "title", words)[:limit]:
        found.append((0, row.public_id, row.title, row.cycle.name, row.lead.name if row.lead else "", row.is_private))
    for row in matching(results, "statement", words)[:limit]:
        found.append((1, row.public_id, row.statement, row.objective.title, row.level, row.objective.is_private))
    for row in matching(work, "title", words)[:limit]:
        found.append((2, row.public_id, row.title, row.objective.title, "", row.objective.is_private))
    for row in matching(Kpi.objects.visible_to(person).kept(), "name", words)[:limit]:
        found.append((3, row.public_id, row.name, "", "", row.is_private))
    for row in matching(Person.objects.present(), "name", words)[:limit]:
        found.append((4, row.public_id, row.name, row.job_title, "", False))
    for row in matching(Team.objects.open(), "name", words)[:limit]:
        found.append((5, row.public_id, row.name, row.purpose, "", False))
    return found


def matching(rows: QuerySet[Row], column: str, words: str) -> QuerySet[Row]:
    """Return the rows in which every word begins some word of the column, in the order of the alphabet."""
    teach()
    fold_column = Concat(Value(" "), Folded(column), output_field=TextField())
    found = cast("QuerySet[Row]", rows.annotate(folded=fold_column))
    for word in fold(words).split()[:MOST_WORDS]:
        found = found.filter(folded__contains=f" {word}")
    return found.order_by("folded", "pk")
