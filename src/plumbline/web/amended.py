"""Goalposts that moved, in words: on one goal, and on all of a cycle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from plumbline.goals.amendments import Amendment, Move, amendments
from plumbline.goals.models import Cycle, Objective
from plumbline.people.models import Person
from plumbline.web.http import VisitRequest

PER_PAGE = 30

FIELDS = {
    "title": gettext_lazy("Text"),
    "statement": gettext_lazy("Text"),
    "baseline": gettext_lazy("Baseline"),
    "target": gettext_lazy("Target"),
    "target_upper": gettext_lazy("Upper edge"),
    "due_on": gettext_lazy("Due"),
    "weight": gettext_lazy("Weight"),
    "lead": gettext_lazy("Lead"),
}
_VALUES = frozenset({"baseline", "target", "target_upper"})


@dataclass(frozen=True, slots=True)
class Diff:
    """One goalpost as people read it: from what to what."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An amendment as it is shown."""

    amendment: Amendment
    diffs: Sequence[Diff]

    @property
    def name(self) -> str:
        """Return what it was done to."""
        row = self.amendment.key_result
        return row.statement if row else self.amendment.objective.title

    @property
    def url(self) -> str:
        """Return the page of what it was done to."""
        row = self.amendment.key_result
        return (
            reverse("key-result", args=[row.public_id])
            if row
            else reverse("objective", args=[self.amendment.objective.public_id])
        )


def moved_on(objectives: Iterable[Objective]) -> list[Moved]:
    """Return what moved on these objectives, newest first; hand in what the reader sees."""
    return [Moved(each, [_diff(each, move) for move in each.moves]) for each in amendments(objectives)]


def _diff(amendment: Amendment, move: Move) -> Diff:
    before, after = (_words(amendment, move.field, value) for value in (move.before, move.after))
    return Diff(str(FIELDS[move.field]), before, after)


def _words(amendment: Amendment, field: str, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, Person):
        return value.name
    if field in _VALUES and amendment.key_result:
        return amendment.key_result.unit.show(value)
    if field == "weight":
        return number_format(value.normalize() if value else value)
    return date_format(date.fromisoformat(value), _("j M Y")) if field == "due_on" else str(value)


@require_safe
def goalposts(request: VisitRequest, cycle_id: str) -> HttpResponse:
    """List the goalposts that moved in a cycle, as far as the reader sees the goals."""
    cycle = get_object_or_404(Cycle, public_id=cycle_id, binned_at=None)
    rows = Objective.objects.visible_to(request.visit.person).in_cycle(cycle)
    page = Paginator(moved_on(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cycle": cycle,
        "moved": page.object_list,
        "page": page,
        "page_title": _("Moved goalposts"),
        "section": "goals",
    }
    return render(request, "closing/goalposts.html", context)


routes = [path("cycles/<cycle_id>/goalposts/", goalposts, name="cycle-goalposts")]
