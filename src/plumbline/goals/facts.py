"""What lists seldom show of goals: fetched for many at once, and only what a column asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.kpi import Kpi
from plumbline.goals.models.objective import Objective
from plumbline.goals.models.tag import Tag
from plumbline.people.models import Person

#: What can be asked for.
OBJECTIVES, RESULTS, TAGS, PEOPLE, PARENTS = "objectives", "results", "tags", "people", "parents"

_OF_OBJECTIVES = ("kind", "driver", "custom_fields", "why_it_matters", "starts_on", "due_on")
_OF_RESULTS = (
    *("rhythm", "source", "custom_fields", "description", "starts_on", "due_on", "activated_on"),
    *("latest_check_in__note", "latest_check_in__author__name", "latest_check_in__value_before"),
)
_PARENTS = ("pillar", "parent_objective", "parent_key_result", "parent_kpi")


@dataclass(slots=True)
class Facts:
    """What was fetched, by the key of an objective or a key result; what was not asked for is empty."""

    of_objective: dict[int, dict[str, Any]] = field(default_factory=dict)
    of_result: dict[int, dict[str, Any]] = field(default_factory=dict)
    tags: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    people: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    #: By objective: what it hangs from as its reader may know it; None for a restricted goal.
    parents: dict[int, str | None] = field(default_factory=dict)


def facts_of(objectives: Collection[int], results: Collection[int], *, needs: Collection[str], reader: Person) -> Facts:
    """Return what is needed to know about goals, in a number of queries that does not grow with them."""
    facts = Facts()
    if OBJECTIVES in needs:
        facts.of_objective = _values(Objective.objects.filter(pk__in=objectives), _OF_OBJECTIVES)
    if RESULTS in needs:
        facts.of_result = _values(KeyResult.objects.filter(pk__in=results), _OF_RESULTS)
    if TAGS in needs:
        names = Tag.objects.in_use()
        _gather(facts.tags, "objective", names.filter(objectives__in=objectives).values_list("objectives", "name"))
        _gather(facts.tags, "key_result", names.filter(key_results__in=results).values_list("key_results", "name"))
    if PEOPLE in needs:
        _gather(facts.people, "objective", _names("contributed_objectives", objectives))
        _gather(facts.people, "key_result", _names("contributed_key_results", results))
    if PARENTS in needs:
        facts.parents = _parents(objectives, reader)
    return facts


def _values(rows: Any, names: Iterable[str]) -> dict[int, dict[str, Any]]:
    return {row["pk"]: row for row in rows.values("pk", *names)}


def _names(path: str, keys: Collection[int]) -> Any:
    return Person.objects.filter(**{f"{path}__in": keys}).order_by("name").values_list(path, "name")


def _gather(found: dict[tuple[str, int], list[str]], noun: str, rows: Iterable[tuple[int, str]]) -> None:
    for key, name in rows:
        found[noun, key].append(name)


def _parents(keys: Collection[int], reader: Person) -> dict[int, str | None]:
    rows = Objective.objects.filter(pk__in=keys).values_list("pk", "pillar__name", *(f"{name}_id" for name in _PARENTS))
    linked = [row for row in rows if any(row[2:])]
    seen = {
        name: dict(there.filter(pk__in={row[place] for row in linked}).values_list("pk", words))
        for place, name, there, words in (
            (3, "objective", Objective.objects.visible_to(reader), "title"),
            (4, "key_result", KeyResult.objects.visible_to(reader), "statement"),
            (5, "kpi", Kpi.objects.visible_to(reader), "name"),
        )
    }
    return {row[0]: row[1] or _above(row, seen) for row in linked}


def _above(row: tuple[Any, ...], seen: dict[str, dict[int, str]]) -> str | None:
    for place, name in ((3, "objective"), (4, "key_result"), (5, "kpi")):
        if row[place] is not None:
            return seen[name].get(row[place])
    return None
