"""What is seen of the goals, as a file: the same filters, order and columns, row by row, and the values over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plumbline.goals.facts import Facts
from plumbline.goals.models import CheckIn, Objective
from plumbline.goals.outlook import Outlook
from plumbline.values.sheets import Cell, as_csv, as_workbook
from plumbline.web.goals import Look, look_at
from plumbline.web.goals_columns import GOAL, STATUS, Column
from plumbline.web.goals_search import Entry, related
from plumbline.web.http import VisitRequest
from plumbline.web.lines import Line
from plumbline.web.words import CONFIDENCES, status_meaning

#: Objectives whose rows are read together.
AT_ONCE = 100
KINDS = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_workbook),
}
#: What "Start → now → target" is in a file, and what stands in every row of it.
_FIGURES = ("unit", "baseline", "now", "target")

Rows = Iterator[Sequence[Cell]]


@require_GET
def goals(request: VisitRequest, kind: str) -> HttpResponseBase:
    """Send the goals that the address asks for; ``all=1`` with every column there is."""
    look = look_at(request)
    return _sent(request, kind, _("Goals"), _goals(look, _columns(look, every="all" in request.GET)))


@require_GET
def values(request: VisitRequest, kind: str) -> HttpResponseBase:
    """Send every check-in on the goals that the address asks for."""
    return _sent(request, kind, _("Values over time"), _values(look_at(request)))


def _sent(request: VisitRequest, kind: str, title: str, rows: Rows) -> HttpResponseBase:
    if kind not in KINDS:
        raise Http404
    mime, write = KINDS[kind]
    # Headers are known now; rows are read while they are sent, when the language of the request is gone.
    telling: Callable[..., Iterator[bytes]] = in_language(get_language(), write)
    answer = StreamingHttpResponse(telling(rows, name=title) if kind == "xlsx" else telling(rows), content_type=mime)
    name = f"{slugify(title) or 'goals'}-{request.visit.today.isoformat()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def in_language(language: str | None, write: Any) -> Callable[..., Iterator[bytes]]:
    """Return a writer that takes each of its steps in a language, whatever the thread speaks in between."""

    def telling(*args: Any, **options: Any) -> Iterator[bytes]:
        steps = write(*args, **options)
        while True:
            with override(language):
                step = next(steps, None)
            if step is None:
                return
            yield step

    return telling


def _columns(look: Look, *, every: bool) -> list[Column]:
    there = look.layout.there
    chosen = list(there.values()) if every else list(look.layout.columns)
    found: dict[str, Column] = {}
    for column in chosen:
        if column.key == "figures":
            found |= {key: there[key] for key in _FIGURES}
        else:
            found.setdefault(column.key, column)
    if not every:
        found = {STATUS.key: STATUS} | found
    return list(found.values())


def _goals(look: Look, columns: Sequence[Column]) -> Rows:
    with_objective = "objective" not in {column.key for column in columns}
    yield [
        _("Goal"),
        _("Kind of goal"),
        *([_("Objective")] if with_objective else []),
        *(str(column.label) for column in columns),
    ]
    needs: frozenset[str] = frozenset().union(*(column.needs for column in columns))
    for entries in _entries(look):
        facts = look.search.facts(entries, needs)
        for entry in entries:
            yield _told(entry, columns, facts, with_objective=with_objective)


def _told(entry: Entry, columns: Sequence[Column], facts: Facts, *, with_objective: bool) -> Sequence[Cell]:
    if isinstance(entry, Outlook):
        title = entry.objective.title
        head = [title, _("Objective"), *([title] if with_objective else [])]
        return [*head, *(_cell(column, column.of_objective(entry, facts)) for column in columns)]
    above = entry.under.objective.title if entry.under else ""
    head = [GOAL.of_line(entry, facts), _("Key result"), *([above] if with_objective else [])]
    return [*head, *(_cell(column, column.of_line(entry, facts)) for column in columns)]


def _cell(column: Column, value: Any) -> Cell:
    """Return a value as files hold it: a share to the hundredth of a point."""
    if column.share and value is not None:
        return round(Decimal(value), 2)
    told: Cell = value
    return told


def _entries(look: Look) -> Iterator[list[Entry]]:
    """Return the rows of the table in its order, some at a time; an objective stands before its key results."""
    search = look.search
    if search.by_line:
        found = search.entries()
        yield from (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))
        return
    for outlooks in _outlooks(look):
        rows: list[Entry] = []
        for each in outlooks:
            rows += [each, *search.lines(each)]
        yield rows


def _outlooks(look: Look) -> Iterator[list[Outlook]]:
    search = look.search
    if search.needs_all:
        rows: list[Any] = search.ordered()
    else:
        rows = list(search.objectives().values_list("pk", flat=True))
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        if search.needs_all:
            yield search.shown(some)
            continue
        found = {row.pk: row for row in related(Objective.objects.filter(pk__in=some))}
        yield search.outlooks(found[key] for key in some if key in found)


def _values(look: Look) -> Rows:
    yield [
        *(_("Goal"), _("Objective"), _("Day"), _("Entered on"), _("Value"), _("Unit"), _("Status"), _("Confidence")),
        *(_("Note"), _("Checked in by"), _("Id")),
    ]
    for entries in _entries(look):
        lines = {entry.key_result.pk: entry for entry in entries if isinstance(entry, Line)}
        standing = CheckIn.objects.standing().filter(key_result__in=lines).select_related("author")
        found: dict[int, list[CheckIn]] = {}
        for check_in in standing.order_by("on", "entered_at", "pk"):
            found.setdefault(check_in.key_result_id, []).append(check_in)
        for key, line in lines.items():
            yield from (_value(line, check_in) for check_in in found.get(key, ()))


def _value(line: Line, check_in: CheckIn) -> Sequence[Cell]:
    row = line.key_result
    return [
        row.statement,
        line.under.objective.title if line.under else "",
        check_in.on,
        check_in.entered_at.date(),
        None if check_in.value is None else row.unit.to_shown(check_in.value),
        row.unit.name,
        str(status_meaning(check_in.status).word) if check_in.status else None,
        str(CONFIDENCES[check_in.confidence]) if check_in.confidence in CONFIDENCES else None,
        check_in.note,
        check_in.author.name if check_in.author else None,
        row.public_id,
    ]


routes = [
    path("goals/export/goals.<slug:kind>", goals, name="goals-export"),
    path("goals/export/values.<slug:kind>", values, name="goals-values-export"),
]
