"""The library of KPIs: metrics by domain that somebody can choose from instead of starting with an empty form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from plumbline_judge import CatalogueEntry, catalogue

from plumbline.goals.kpi_health import Frequency, Rule
from plumbline.goals.search.folding import fold
from plumbline.people.models.person import Role
from plumbline.values.unit import UnitKind
from plumbline.web.http import VisitRequest

#: As many are shown for a search; whoever looks for less says more.
MOST = 60
KINDS = {
    "behaviour": gettext_lazy("what people do"),
    "experience": gettext_lazy("how it is for them"),
    "result": gettext_lazy("what comes of it"),
}


@dataclass(frozen=True, slots=True)
class LibraryMetric:
    """One metric of the library, in words."""

    entry: CatalogueEntry
    unit: str
    rhythm: str
    kind: str


@require_safe
def library(request: VisitRequest) -> HttpResponse:
    """Show the metrics of one domain, or those that hold the words looked for."""
    entries = catalogue(_language())
    words, domain = request.GET.get("q", "")[:100].strip(), request.GET.get("domain", "")
    counts = Counter((entry.domain, entry.domain_name) for entry in entries)
    if not words and domain not in {entry.domain for entry in entries}:
        domain = ""
    found = [entry for entry in entries if _fits(entry, words, domain)] if words or domain else []
    page = {
        "words": words,
        "domain": domain,
        "domains": [(key, name, number) for (key, name), number in counts.items()],
        "groups": [
            (name, [_shown(entry) for entry in group])
            for name, group in groupby(found[:MOST], key=lambda entry: entry.domain_name)
        ],
        "more": max(len(found) - MOST, 0),
        "may_add": request.visit.person.has_role(Role.MEMBER),
        "section": "kpis",
    }
    return render(request, "kpis/library.html", page)


def _language() -> str:
    return (get_language() or "en")[:2]


def _fits(entry: CatalogueEntry, words: str, domain: str) -> bool:
    """Whether a metric is of the domain, if one is asked for, and holds every word, whatever its case or accents."""
    if domain and entry.domain != domain:
        return False
    text = fold(f"{entry.name} {entry.sentence} {entry.domain_name}")
    return all(word in text for word in fold(words).split())


def _shown(entry: CatalogueEntry) -> LibraryMetric:
    unit = entry.unit_code if entry.unit == "word" else str(UnitKind(entry.unit).label)
    if entry.unit == "duration":
        unit = _("%(kind)s in %(unit)s") % {"kind": unit, "unit": entry.unit_code}
    return LibraryMetric(entry, unit, str(Frequency(entry.rhythm).label), str(KINDS[entry.kind]))


def chosen(request: VisitRequest) -> dict[str, str]:
    """Return what the form of a new KPI starts with: the metric that was chosen, or the name that was brought along."""
    key = request.GET.get("from", "")
    entry = next((one for one in catalogue(_language()) if one.key == key), None)
    if entry is None:
        return {"name": request.GET.get("name", "")[:160]}
    guardrail = _("Meanwhile, this must not get worse: %(metric)s.") % {"metric": entry.guardrail}
    return {
        "name": entry.name,
        "description": guardrail,
        "unit_kind": entry.unit,
        "unit_code": entry.unit_code,
        "frequency": entry.rhythm,
        "rule": Rule.AT_LEAST if entry.direction == "increase" else Rule.AT_MOST,
    }


routes = [path("kpis/library/", library, name="kpi-library")]
