"""Search: what one may see, by how its words begin."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from plumbline.goals.search import find
from plumbline.people.models.organisation import Feature
from plumbline.web.glossary_terms import called
from plumbline.web.http import VisitRequest

LONGEST = 100
MOST = 10


@require_safe
def search(request: VisitRequest) -> HttpResponse:
    """Show what was found, by kind."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = find(request.visit.person, words, limit=MOST)
    if not request.visit.organisation.has(Feature.KPIS):
        found = replace(found, kpis=())
    return render(
        request,
        "search/page.html",
        {"search_text": words, "found": found, "terms": called(words, limit=MOST), "most": MOST},
    )


routes = [path("search/", search, name="search")]
