"""Where a sentence belongs: the step from the field it was typed in to the one it fits, with the text carried over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from plumbline_judge import Judgement

from plumbline.goals import policy
from plumbline.goals.models import Cycle, Objective
from plumbline.goals.models.objective import Stage
from plumbline.people.models.person import Role
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.http import VisitRequest, fetch, require

MOST_CHARACTERS: Final = 400
#: The most goals that are offered; what is not among them is found by opening it.
MOST_GOALS: Final = 200
#: The field that the text goes into, by the place.
_FIELDS: Final = {
    "key_result": ("key-result-new", "statement"),
    "initiative": ("initiative-new", "title"),
    "kpi": ("new-kpi", "name"),
    "objective": ("new-goal", "title"),
}
_BELOW_A_GOAL: Final = frozenset({"key_result", "initiative"})


@dataclass(frozen=True, slots=True)
class Step:
    """One button: where it leads, what stands on it, and the text that goes along."""

    words: str
    address: str
    text: str


def step_of(judgement: Judgement, objective: Objective | None = None) -> Step | None:
    """Return the one step to where a sentence fits better; below a goal that is known it needs no question."""
    move = judgement.move
    if move is None:
        return None
    known = objective is not None and move.place in _BELOW_A_GOAL
    address = reverse("placement", args=[move.place])
    if objective is not None and known:
        address += "?" + urlencode({"objective": objective.public_id})
    return Step(_words(move.place, known=known), address, move.text[:MOST_CHARACTERS])


def _words(place: str, *, known: bool) -> str:
    if place == "kpi":
        return _("Watch it as a KPI")
    if place == "objective":
        return _("Make it a goal")
    if place == "initiative":
        return _("Make it an initiative") if known else _("Make it an initiative of…")
    return _("Make it a key result") if known else _("Make it a key result of…")


@require_http_methods(["GET", "POST"])
def placement(request: VisitRequest, place: str) -> HttpResponse:
    """Carry a sentence to the form it fits; where that stands below a goal, ask which goal."""
    person = request.visit.person
    if place not in _FIELDS:
        raise Http404
    if not person.has_role(Role.MEMBER):
        raise PermissionDenied
    text = (request.POST or request.GET).get("text", "")[:MOST_CHARACTERS]
    if place not in _BELOW_A_GOAL:
        return redirect(_address(place, text))
    if chosen := request.GET.get("objective", "")[:20]:
        objective = fetch(Objective, person, chosen, prefetched=("contributors", "home_teams", "named"))
        require(person, "add", objective)
        return redirect(_address(place, text, objective))
    if request.method == "POST":
        return redirect(reverse("placement", args=[place]) + "?" + urlencode({"text": text}))
    return _page(request, place, text, _goals_of(request))


def _address(place: str, text: str, objective: Objective | None = None) -> str:
    route, field = _FIELDS[place]
    return reverse(route, args=[objective.public_id] if objective else []) + "?" + urlencode({field: text})


def _goals_of(request: VisitRequest) -> list[Objective]:
    """Return the open goals that the visitor may add to: the chosen cycle first, and there their own."""
    person, cycle = request.visit.person, chosen_cycle(request)
    rows = (
        Objective.objects.visible_to(person)
        .filter(archived_at=None, cycle__in=Cycle.objects.at_hand())
        .exclude(stage=Stage.CLOSED)
        .select_related("cycle", "lead")
        .prefetch_related("contributors", "home_teams", "named")
        .order_by("-cycle__first_day", "-pk")[:MOST_GOALS]
    )
    teams = person.teams_now()
    may = [each for each in rows if "add" in policy.verbs(person, each, teams=teams)]
    return sorted(may, key=lambda each: (each.cycle != cycle, each.lead_id != person.pk))


def _page(request: VisitRequest, place: str, text: str, goals: list[Objective]) -> HttpResponse:
    context = {"place": place, "text": text, "goals": goals, "section": "goals"}
    return render(request, "placements/page.html", context)


routes = [path("placements/<slug:place>/", placement, name="placement")]
