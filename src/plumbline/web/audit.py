"""The audit trail: who did what, when, and through which door, as a page and as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC
from io import StringIO
from typing import Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plumbline.goals.audit import audit_trail
from plumbline.people.models import Event, Person
from plumbline.web.audit_lines import Line, lines
from plumbline.web.forms.audit import TrailForm
from plumbline.web.http import VisitRequest, require_role

PAGE: Final = 50
#: As many events as the file reads at once.
AT_ONCE: Final = 500
COLUMNS: Final = (
    "at",
    "who",
    "who_id",
    "by",
    "verb",
    "noun",
    "noun_id",
    "name",
    "changes",
    "reason",
    "door",
    "request",
)


@require_safe
def audit(request: VisitRequest) -> HttpResponse:
    """Show the trail, newest first; admins and owners may."""
    require_role(request.visit.person, "read_audit_trail")
    form = TrailForm(request.GET)
    page = Paginator(_asked(request, form), PAGE).get_page(request.GET.get("page"))
    who = form.cleaned_data.get("who")
    context = {
        "tab": "audit",
        "form": form,
        "page": page,
        "lines": lines(request.visit.person, page),
        "who": Person.objects.filter(public_id=who).first() if who else None,
        "asked": any(form.cleaned_data.values()),
    }
    return render(request, "settings/audit.html", context)


def _asked(request: VisitRequest, form: TrailForm) -> QuerySet[Event]:
    known = audit_trail(request.visit.person).select_related("actor", "token", "on_behalf_of")
    return form.narrow(known, request.visit.zone)


@never_cache
@require_safe
def file(request: VisitRequest) -> StreamingHttpResponse:
    """Stream what the page shows, all of it, for a table of one's own."""
    require_role(request.visit.person, "read_audit_trail")
    events = _asked(request, TrailForm(request.GET))
    name = f"plumbline-{_('audit')}-{request.visit.today:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_rows(request.visit.person, events), content_type="text/csv", headers=headers)


def _rows(reader: Person, events: QuerySet[Event]) -> Iterator[str]:
    yield "\ufeff" + _written(COLUMNS)
    waiting: list[Event] = []
    for event in events.iterator(AT_ONCE):
        waiting.append(event)
        if len(waiting) == AT_ONCE:
            yield _part(reader, waiting)
            waiting = []
    yield _part(reader, waiting)


def _part(reader: Person, events: list[Event]) -> str:
    return "".join(_written(_cells(line)) for line in lines(reader, events))


def _cells(line: Line) -> tuple[str, ...]:
    event = line.event
    who = event.actor.public_id if event.actor else ""
    changes = "; ".join(f"{name}: {before} → {after}" for name, before, after in line.changes)
    told = (line.verb, line.noun, event.noun_key, line.name, changes, event.reason, line.door, event.request_id)
    return (event.at.astimezone(UTC).isoformat(), line.who, who, event.actor_kind, *told)


def _written(cells: tuple[str, ...]) -> str:
    text = StringIO()
    csv.writer(text).writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def _harmless(cell: str) -> str:
    # A spreadsheet takes these for formulas, whoever wrote them.
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


routes = [
    path("settings/audit/", audit, name="audit"),
    path("settings/audit/file/", file, name="audit-file"),
]
