"""One row of the goals table by itself: with a field to check in, and after that as it stands then."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from plumbline.goals.choices import choices_for
from plumbline.goals.models import KeyResult, Objective
from plumbline.web.forms.check_in import CheckInForm
from plumbline.web.forms.goals import GoalsForm
from plumbline.web.goals import table
from plumbline.web.goals_columns import layout_of
from plumbline.web.goals_search import Group, Search, related
from plumbline.web.http import VisitRequest
from plumbline.web.templatetags.plumbline_goals import goal_row, objective_head

MARK = "row"


def is_asked_for(request: VisitRequest) -> bool:
    """Tell whether a row of the table asks, not a page."""
    return bool(request.htmx) and (MARK in request.GET or MARK in request.POST)


def field(request: VisitRequest, key_result: KeyResult, form: CheckInForm) -> HttpResponse:
    """Answer with the row, a field in place of its figures; the row alone when the visitor thought better of it."""
    if "cancel" in request.GET:
        return HttpResponse(_row(request, key_result, None)[0])
    context = {"key_result": key_result, "form": form, "once": form["once"].value()}
    asked = render_to_string("goals/_check_in.html", context, request)
    return HttpResponse(_row(request, key_result, asked)[0], status=422 if form.is_bound else 200)


def recorded(request: VisitRequest, key_result: KeyResult, *, words: str, undo: str) -> HttpResponse:
    """Answer with the row as it stands now, the head of its objective, and a way back."""
    row, head = _row(request, key_result, None)
    toast = render_to_string("parts/_toast.html", {"words": words, "undo_url": undo, "lasting": False}, request)
    return HttpResponse(f'{row}{head}<div hx-swap-oob="beforeend:#toasts">{toast}</div>')


def _row(request: VisitRequest, key_result: KeyResult, asked: str | None) -> tuple[str, str]:
    rows = Objective.objects.visible_to(request.visit.person)
    objective = get_object_or_404(related(rows), pk=key_result.objective_id)
    search = _search(request, objective)
    look = search.outlooks([objective])[0]
    known = table(request, search, [Group(search.lines(look), look)], search.layout)
    line = next(each for each in search.lines(look) if each.key_result.pk == key_result.pk)
    instead: dict[str, Any] | None = {"figures": asked} if asked else None
    row = goal_row(line, known, instead, focused=asked is None)
    return row, objective_head(look, known, ' hx-swap-oob="true"')


def _search(request: VisitRequest, objective: Objective) -> Search:
    cycles = [cycle for cycle in request.visit.cycles if cycle.pk == objective.cycle_id]
    choices = choices_for(request.visit.person, cycles)
    address = QueryDict(mutable=True)
    address["columns"] = request.POST.get("columns", "") or request.GET.get("columns", "")
    return Search(request, cycles, GoalsForm(address, choices=choices), layout_of(address, choices.fields))
