"""What goals are looked for by: each filter of the goals table as a condition."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from plumbline.goals import mending
from plumbline.goals.choices import Field
from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.goals.models.objective import Home
from plumbline.people.models import Person

COMPANY = "company"
DRAFTS = KeyResult.objects.filter(stage="draft", binned_at=None)
STAGES = {
    "active": Q(stage="active", archived_at=None),
    "draft": Q(archived_at=None) & (Q(stage="draft") | Q(stage="active", pk__in=DRAFTS.values("objective"))),
    "closed": Q(stage="closed", archived_at=None),
    "archived": ~Q(archived_at=None),
}
Wanted = Callable[[str], str]

_SURE = {
    "low": Q(latest_check_in__confidence__lte=2),
    "middle": Q(latest_check_in__confidence=3),
    "high": Q(latest_check_in__confidence__gte=4),
    "none": Q(latest_check_in__confidence=None),
}
_RESULT_FIELDS = ("level", "type", "rhythm", "source")


def objectives_wanted(
    wanted: Wanted, *, reader: Person, cycles: Iterable[Cycle], fields: Iterable[Field], today: date
) -> Any:
    """Return the objectives that fit all filters but the status, as their reader may see them."""
    stage = wanted("stage")
    rows: Any = Objective.objects.visible_to(reader).filter(cycle__in=[cycle.pk for cycle in cycles])
    rows = rows.filter(STAGES[stage] if stage else Q())
    for name, condition in _CONDITIONS.items():
        if value := wanted(name):
            rows = rows.filter(condition(value, reader))
    return _further(rows, wanted, reader=reader, fields=fields, today=today)


def _further(rows: Any, wanted: Wanted, *, reader: Person, fields: Iterable[Field], today: date) -> Any:
    if value := wanted("pillar"):
        rows = rows.filter(pk__in=_under(value, reader))
    for field in fields:
        if value := wanted(field.key):
            rows = rows.filter(pk__in=_noting(rows, field, value))
    if (results := results_wanted(wanted, today=today)) is not None:
        rows = rows.filter(pk__in=results.values("objective"))
    if words := wanted("q"):
        rows = rows.filter(pk__in=_holding(words, rows))
    return rows


def results_wanted(wanted: Wanted, *, today: date) -> Any:
    """Return the key results that fit the filters that are about key results alone; None where none is set."""
    asked = Q()
    for name in _RESULT_FIELDS:
        if value := wanted(name):
            asked &= Q(**{f"{name}__in": ("", "unclear") if value == "unclear" else (value,)})
    if value := wanted("waived"):
        asked &= Q(waiver__isnull=value == "no")
    if value := wanted("sure"):
        asked &= _SURE[value]
    due = wanted("due")
    if not asked and not due:
        return None
    rows: Any = KeyResult.objects.filter(asked, binned_at=None, archived_at=None)
    return _due(rows, due, today) if due else rows


def _due(rows: Any, due: str, today: date) -> Any:
    rows = rows.annotate(ends=Coalesce("due_on", "objective__due_on", "objective__cycle__last_day"))
    if due == "past":
        return rows.filter(ends__lt=today).exclude(stage="closed")
    return rows.filter(ends__gte=today, ends__lte=today + timedelta(days=int(due)))


def with_key_result(**wanted: Any) -> Q:
    """Return the condition that an objective has such a key result."""
    rows = KeyResult.objects.filter(binned_at=None, archived_at=None, **wanted)
    return Q(pk__in=rows.values("objective"))


def _team(value: str, _reader: Person) -> Q:
    if value == COMPANY:
        return Q(home=Home.COMPANY)
    return Q(pk__in=Objective.home_teams.through.objects.filter(team__public_id=value).values("objective"))


def _lead(value: str, _reader: Person) -> Q:
    return Q(lead__public_id=value) | with_key_result(lead__public_id=value)


def _mine(_value: str, reader: Person) -> Q:
    return Q(lead=reader) | with_key_result(lead=reader)


def _whose(value: str, reader: Person) -> Q:
    match value:
        case "contribute":
            own = Objective.contributors.through.objects.filter(person=reader)
            return Q(pk__in=own.values("objective")) | with_key_result(contributors=reader)
        case "teams":
            links = Objective.home_teams.through.objects.filter(team__in=reader.teams_now())
            return Q(pk__in=links.values("objective"))
        case _:
            managed = reader.reports.filter(last_day=None).values("person")
            return Q(lead__in=managed) | with_key_result(lead__in=managed)


def _tag(value: str, _reader: Person) -> Q:
    own = Objective.tags.through.objects.filter(tag__public_id=value, tag__binned_at=None)
    return Q(pk__in=own.values("objective")) | with_key_result(tags__public_id=value, tags__binned_at=None)


def _mend(value: str, reader: Person) -> Q:
    match value:
        case "lost":
            return mending.lost_parent(reader)
        case "unaligned":
            return mending.unaligned()
        case "empty":
            return mending.without_key_results()
        case _:
            return mending.without_lead()


def _aligned(value: str, _reader: Person) -> Q:
    if value == "none":
        return mending.unaligned()
    return ~Q(**{value if value == "pillar" else f"parent_{value}": None})


_CONDITIONS: dict[str, Callable[[str, Person], Q]] = {
    "team": _team,
    "lead": _lead,
    "mine": _mine,
    "whose": _whose,
    "tag": _tag,
    "mend": _mend,
    "aligned": _aligned,
    "kind": lambda value, _reader: Q(kind=value),
    "driver": lambda value, _reader: Q(driver=value),
    "private": lambda value, _reader: Q(is_private=value == "yes"),
    "carried": lambda value, _reader: Q(origin__isnull=value == "no"),
}


def _under(pillar: str, reader: Person) -> set[int]:
    """Return what hangs from a pillar over goals that the reader sees: what is hidden passes nothing on."""
    seen = Objective.objects.visible_to(reader)
    names = ("pk", "pillar__public_id", "parent_objective_id", "parent_key_result__objective_id")
    above: dict[int, list[int]] = {}
    todo: list[int] = []
    for key, own, first, second in seen.values_list(*names):
        above.setdefault(first or second or 0, []).append(key)
        todo += [key] if own == pillar else []
    found = set(todo)
    while todo:
        below = [key for key in above.get(todo.pop(), ()) if key not in found]
        found.update(below)
        todo += below
    return found


def _noting(rows: Any, field: Field, value: str) -> set[int]:
    """Return the objectives in whose custom field, or that of one of their key results, a value stands."""
    results = KeyResult.objects.filter(binned_at=None, archived_at=None, objective__in=rows.values("pk"))
    told = [
        *rows.values_list("pk", "custom_fields"),
        *results.exclude(custom_fields={}).values_list("objective_id", "custom_fields"),
    ]
    if field.kind in {"choice", "date"}:
        return {key for key, noted in told if str(noted.get(field.key, "")) == value}
    return {key for key, noted in told if folded(value) in folded(str(noted.get(field.key, "")))}


def _holding(words: str, rows: Any) -> set[int]:
    """Return the objectives that hold all words in their title or a key result, case and accents folded."""
    wanted = folded(words).split()
    texts: dict[int, list[str]] = {}
    key_results = KeyResult.objects.filter(binned_at=None, archived_at=None, objective__in=rows.values("pk"))
    for key, text in [*rows.values_list("pk", "title"), *key_results.values_list("objective_id", "statement")]:
        texts.setdefault(key, []).append(folded(text))
    return {key for key, told in texts.items() if all(word in " ".join(told) for word in wanted)}


def folded(text: str) -> str:
    """Return a text as it is compared: no capitals, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
