"""The strategy map: from why the organisation exists to what each team is changing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plumbline.goals import policy
from plumbline.goals.models import Cycle, Objective
from plumbline.goals.outlook import outlooks
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.http import VisitRequest, fetch
from plumbline.web.looking_back import around, moment_of
from plumbline.web.strategy_map import branch_of, strategy_map
from plumbline.web.strategy_then import strategy_map_then
from plumbline.web.templatetags.plumbline_rows import key_result_list, map_nodes

LEGEND = ("on_track", "needs_attention", "off_track", "no_status", "achieved", "outdated")
DEPTHS = {"pillars": _("Pillars"), "company": _("Company"), "teams": _("Teams"), "key-results": _("Key results")}


@require_safe
def show(request: VisitRequest) -> HttpResponse:
    """Draw the map of the chosen cycle; depth and team stand in the address."""
    visit, asked = request.visit, request.GET.get("depth", "")
    depth = asked if asked in DEPTHS else "teams"
    team = request.GET.get("team", "")[:20]
    cycle = chosen_cycle(request)
    moment = moment_of(request)
    if cycle and moment is None and (under := request.GET.get("under", "")[:20]):
        return _branch(request, cycle, under)
    in_full = depth == "key-results"
    if moment:
        who: dict[str, Any] = {"reader": visit.person, "organisation": visit.organisation}
        drawn = strategy_map_then(cycle, moment, **who, team_id=team, in_full=in_full)
    else:
        drawn = strategy_map(cycle, **_looks(request), team_id=team, in_full=in_full)
    links = [(name, word, _address(request, name)) for name, word in DEPTHS.items()]
    context = {
        "map": drawn,
        "depth": depth,
        "depths": links,
        "team": team,
        "cycle": cycle,
        "legend": LEGEND,
        "organisation": visit.organisation,
        "may_shape": moment is None and policy.may(visit.person, "shape_strategy"),
        **around(request, moment),
        "section": "strategy",
    }
    return render(request, "strategy/map.html", context)


def _branch(request: VisitRequest, cycle: Cycle, under: str) -> HttpResponse:
    """Draw what hangs from one goal: a page of its own, or the part of the map that opens in place."""
    node = branch_of(under, cycle, **_looks(request))
    if node is None:
        raise Http404
    context = {"nodes": [node], "page_title": node.branch.title, "section": "strategy"}
    if not request.htmx:
        return render(request, "strategy/branch.html", context)
    drawn = map_nodes(node.children)
    name = "skids skids--teams" if node.is_company else "skids"
    return HttpResponse(format_html('<div class="{}">{}</div>', name, drawn))


@require_safe
def key_results(request: VisitRequest, objective_id: str) -> HttpResponse:
    """List the key results of one goal of the map, for the card that opens."""
    row = fetch(Objective, request.visit.person, objective_id, related=("cycle",))
    visit = request.visit
    found = outlooks([row], reader=visit.person, organisation=visit.organisation, today=visit.today, for_a_list=True)[
        row.pk
    ]
    return HttpResponse(key_result_list(found.key_results))


def _looks(request: VisitRequest) -> dict[str, Any]:
    visit = request.visit
    return {
        "reader": visit.person,
        "organisation": visit.organisation,
        "today": visit.today,
        "cycles": visit.cycles,
    }


def _address(request: VisitRequest, depth: str) -> str:
    query = request.GET.copy()
    query["depth"] = depth
    return f"?{query.urlencode()}"


routes = [
    path("strategy/", show, name="strategy"),
    path("objectives/<objective_id>/key-results/", key_results, name="objective-key-results"),
]
