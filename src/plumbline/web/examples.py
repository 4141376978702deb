"""The example library: objectives with key results by field of work, to look at and to begin with."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plumbline.goals import policy
from plumbline.goals.search.folding import fold
from plumbline.people.models import Actor
from plumbline.people.models.person import Role
from plumbline.usecases.example_library.drafting import draft_example
from plumbline.usecases.example_library.shelf import Example, example, examples
from plumbline.usecases.move_goal import Destination
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.forms.example import ExampleForm
from plumbline.web.http import VisitRequest
from plumbline.web.refusals import kindly

LONGEST = 100
#: As many are shown for a search; whoever looks for less says more.
MOST = 30
#: How much of a key one act may have for its own name.
LONGEST_ACT = 40


@require_safe
def library(request: VisitRequest) -> HttpResponse:
    """Show the examples of one field of work, or those that hold the words looked for."""
    form = ExampleForm(initial=_beginning(request), person=request.visit.person) if _may_draft(request) else None
    return _page(request, form)


@require_POST
@kindly
def drafts(request: VisitRequest, key: str) -> HttpResponse:
    """Set an example as a draft in the chosen home and cycle."""
    visit, chosen = request.visit, example(key, _language())
    if chosen is None:
        raise Http404
    if not _may_draft(request):
        raise PermissionDenied
    form = ExampleForm(request.POST, person=visit.person)
    if not form.is_valid():
        return _page(request, form, status=422)
    to = form.destination()
    _require_home(request, to)
    objective = draft_example(
        chosen, to, lead=visit.person, language=_language(), by=_act(visit.actor, key), at=visit.at
    )
    undo = reverse("objective-bin", args=[objective.public_id])
    words = _("A draft, from the library: fill in where you stand and where you want to be.")
    messages.success(request, words, extra_tags=undo)
    return redirect("objective", objective.public_id)


def _page(request: VisitRequest, form: ExampleForm | None, *, status: int = 200) -> HttpResponse:
    rows = examples(_language())
    words, domain = request.GET.get("q", "")[:LONGEST].strip(), request.GET.get("domain", "")
    counts = Counter((row.domain, row.domain_name) for row in rows)
    domain = domain if domain in {row.domain for row in rows} else ""
    found = [row for row in rows if _fits(row, words, domain)] if words or domain else []
    page: dict[str, Any] = {
        "words": words,
        "domain": domain,
        "domains": [(key, name, number) for (key, name), number in counts.items()],
        "groups": [(name, list(group)) for name, group in groupby(found[:MOST], key=lambda row: row.domain_name)],
        "more": max(len(found) - MOST, 0),
        "form": form,
        "all": len(rows),
        "section": "goals",
    }
    return render(request, "examples/page.html", page, status=status)


def _fits(row: Example, words: str, domain: str) -> bool:
    """Whether an example is of the field, if one is asked for, and holds every word, whatever its case or accents."""
    if domain and row.domain != domain:
        return False
    text = fold(row.text)
    return all(word in text for word in fold(words).split())


def _beginning(request: VisitRequest) -> dict[str, str]:
    """Start with the visitor's own team and the chosen cycle."""
    cycle = chosen_cycle(request)
    mine = request.visit.person.memberships.filter(last_day=None).values_list("team__public_id", flat=True)
    home = {"home": next(iter(mine), "person")}
    return home | ({"cycle": cycle.public_id} if cycle and not cycle.is_closed else {})


def _may_draft(request: VisitRequest) -> bool:
    return request.visit.person.has_role(Role.MEMBER)


def _require_home(request: VisitRequest, to: Destination) -> None:
    person = request.visit.person
    if not policy.can_set_objective(person, home=to.home, teams=list(to.teams), home_person=to.home_person):
        raise PermissionDenied


def _act(actor: Actor, key: str) -> Actor:
    """Tell two examples of one page apart: both may be taken, each of them once."""
    once = actor.idempotency_key
    return replace(actor, idempotency_key=f"{once[:LONGEST_ACT]}:{key}"[:80]) if once else actor


def _language() -> str:
    return "de" if (get_language() or "").startswith("de") else "en"


routes = [
    path("examples/", library, name="examples"),
    path("examples/<slug:key>/drafts/", drafts, name="example-drafts"),
]
