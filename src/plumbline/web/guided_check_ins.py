"""The guided check-in: one due goal after the other, save and next, with a summary at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plumbline.goals import policy
from plumbline.goals.due import due_for
from plumbline.goals.models import KeyResult
from plumbline.web.check_ins import page_of, recorded_words, refuse_early, undo_url
from plumbline.web.forms.check_in import CheckInForm
from plumbline.web.http import VisitRequest, fetch_whole, posted, require
from plumbline.web.refusals import kindly

_ALONG = ("objective__cycle", "objective__lead", "lead", "latest_check_in__author", "waiver", "source_kpi")
_NAMED = (
    *("milestones", "path_points", "guardrails", "contributors"),
    *("objective__contributors", "objective__named", "objective__home_teams"),
)

#: As many as one sitting and one address can hold.
MOST = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One goal of the walk."""

    name: str
    url: str
    current: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """The goals of one sitting, and where in them the person is; the address holds all of it."""

    goals: Sequence[KeyResult]
    place: int
    done: frozenset[str]

    @property
    def count(self) -> int:
        """How many goals there are."""
        return len(self.goals)

    @property
    def number(self) -> int:
        """Which one this is, from 1."""
        return self.place + 1

    @property
    def here(self) -> KeyResult | None:
        """The goal of this step; None at the end."""
        return self.goals[self.place] if self.place < self.count else None

    @property
    def is_last(self) -> bool:
        """Tell whether nothing follows."""
        return self.number == self.count

    @property
    def next(self) -> str:
        """The address of the next step, this one skipped."""
        return self.at(self.place + 1)

    @property
    def previous(self) -> str:
        """The address of the step before; empty on the first."""
        return self.at(self.place - 1) if self.place else ""

    @property
    def steps(self) -> list[Step]:
        """All steps, for the bar at the top."""
        return [
            Step(row.metric or row.statement, self.at(place), place == self.place, row.public_id in self.done)
            for place, row in enumerate(self.goals)
        ]

    def behind(self, goal: KeyResult) -> str:
        """Return the address of the step behind a goal that is done; where it left the walk, this step's."""
        keys = [row.public_id for row in self.goals]
        after = keys.index(goal.public_id) + 1 if goal.public_id in keys else self.place
        return self.at(after, self.done | {goal.public_id})

    def at(self, place: int, done: frozenset[str] | None = None) -> str:
        """Return the address of a step."""
        query = {"goals": ",".join(row.public_id for row in self.goals), "step": str(place + 1)}
        finished = self.done if done is None else done
        if finished:
            query["done"] = ",".join(sorted(finished))
        return f"{reverse('guided-check-in')}?{urlencode(query, safe=',')}"


@require_http_methods(["GET", "POST"])
@kindly
def guided(request: VisitRequest) -> HttpResponse:
    """Walk through what is due; without anything due, say when the next one is."""
    walk = _walk(request)
    here = _named(request) if request.method == "POST" else walk.here
    if here is None:
        return _summary(request, walk)
    require(request.visit.person, "check_in", here)
    refuse_early(request, here)
    form = CheckInForm(posted(request), key_result=here, today=request.visit.today)
    if request.method == "GET" or not form.is_valid():
        context = page_of(request, here, form) | {"walk": walk}
        return render(request, "check_ins/page.html", context, status=422 if form.is_bound else 200)
    recorded = here.check_in(**form.arguments(), by=request.visit.actor, at=request.visit.at)
    messages.success(request, recorded_words(here, recorded), extra_tags=undo_url(recorded))
    return redirect(walk.behind(here))


def _named(request: VisitRequest) -> KeyResult:
    """Return the goal that the form names: the walk may have grown shorter since the page was opened."""
    return fetch_whole(request.visit.person, request.POST.get("key_result", ""))


def _walk(request: VisitRequest) -> Walk:
    visit = request.visit
    asked = [key for key in request.GET.get("goals", "").split(",") if key][:MOST]
    if asked:
        goals = _in_order(request, asked)
    else:
        goals = due_for(visit.person, today=visit.today, organisation=visit.organisation)[:MOST]
    step = request.GET.get("step", "1")
    place = int(step) - 1 if step.isdecimal() and len(step) <= len(str(MOST)) else 0
    return Walk(goals, max(place, 0), frozenset(request.GET.get("done", "").split(",")) - {""})


def _in_order(request: VisitRequest, keys: Sequence[str]) -> list[KeyResult]:
    """Return the goals of the address that take a check-in, in its order."""
    there = KeyResult.objects.visible_to(request.visit.person).to_check_in().filter(public_id__in=keys)
    rows = there.select_related(*_ALONG).prefetch_related(*_NAMED)
    teams = request.visit.person.teams_now()
    may = {row.public_id: row for row in rows if "check_in" in policy.verbs(request.visit.person, row, teams=teams)}
    return [may[key] for key in dict.fromkeys(keys) if key in may]


def _summary(request: VisitRequest, walk: Walk) -> HttpResponse:
    visit = request.visit
    context: dict[str, Any] = {
        "walk": walk,
        "checked_in": [row for row in walk.goals if row.public_id in walk.done],
        "skipped": [row for row in walk.goals if row.public_id not in walk.done],
        "next_due": visit.frame.next_due(visit.today),
        "again": walk.at(0),
        "page_title": _("Check in"),
        "section": "check-in",
    }
    return render(request, "check_ins/summary.html", context)


routes = [path("check-in/", guided, name="guided-check-in")]
