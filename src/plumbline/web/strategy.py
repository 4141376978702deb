"""The strategy map: from why the organisation exists to what each team is changing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plumbline.goals import policy
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.http import VisitRequest
from plumbline.web.looking_back import around, moment_of
from plumbline.web.strategy_map import strategy_map

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
    drawn = strategy_map(
        cycle,
        reader=visit.person,
        organisation=visit.organisation,
        today=moment.day if moment else visit.today,
        team_id=team,
        moment=moment,
    )
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


def _address(request: VisitRequest, depth: str) -> str:
    query = request.GET.copy()
    query["depth"] = depth
    return f"?{query.urlencode()}"


routes = [path("strategy/", show, name="strategy")]
