"""The glossary: what the words of the product mean, one page a word."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from plumbline.web.glossary_terms import GROUPS, Term, look_up, terms
from plumbline.web.http import VisitRequest

LONGEST = 100
SECTION = "glossary"


@require_safe
def glossary(request: VisitRequest) -> HttpResponse:
    """Show every word by what it is about, or those that hold what is looked for."""
    words = request.GET.get("q", "")[:LONGEST].strip()
    page = {
        "words": words,
        "found": look_up(words),
        "groups": [] if words else _by_group(list(terms().values())),
        "section": SECTION,
    }
    return render(request, "glossary/page.html", page)


@require_safe
def term(request: VisitRequest, key: str) -> HttpResponse:
    """Explain one word: what it means, an example, what people ask, what is near it."""
    known = terms()
    if key not in known:
        raise Http404
    word = known[key]
    page = {
        "term": word,
        "group": GROUPS[word.group],
        "related": [known[other] for other in word.related],
        "section": SECTION,
    }
    return render(request, "glossary/term.html", page)


def _by_group(rows: list[Term]) -> list[tuple[str, list[Term]]]:
    return [(str(GROUPS[name]), list(group)) for name, group in groupby(rows, key=lambda row: row.group)]


routes = [
    path("glossary/", glossary, name="glossary"),
    path("glossary/<slug:key>/", term, name="glossary-term"),
]
