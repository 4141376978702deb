"""What the judge says of a goal, an initiative or a KPI while it is written; good news is quiet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from plumbline_judge import advice

from plumbline.goals import judgements
from plumbline.goals.models import Objective
from plumbline.web.http import VisitRequest, fetch
from plumbline.web.placements import MOST_CHARACTERS, Step, step_of

MOST_SAID: Final = 2
#: The field that holds the sentence, by what it is meant to be.
FIELDS: Final = {"objective": "title", "initiative": "title", "kpi": "name"}
#: What is said at once by whoever reads along; a name is short and changes often.
_LISTENING: Final = {
    "hx-trigger": "input changed delay:350ms",
    "hx-sync": "this:replace",
    "hx-target": "#remarks",
    "hx-swap": "innerHTML",
}


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is shown below a field: what was found, with what helps; one question; one step to the right place."""

    said: tuple[tuple[str, str], ...]
    question: str
    step: Step | None


def remarks_on(text: str, role: str, request: VisitRequest, objective: Objective | None = None) -> Remarks | None:
    """Return what the judge remarks on a sentence in its role, None where it is at home."""
    language = (get_language() or "en")[:2]
    judgement = judgements.read(
        " ".join(text[:MOST_CHARACTERS].split()),
        role=role,
        objective=objective.title if objective else "",
        cycle=objective.cycle if objective else None,
        today=request.visit.today,
        language=language,
        organisation=request.visit.organisation,
    )
    if not judgement.findings:
        return None
    found = (advice(each, language) for each in judgement.findings[:MOST_SAID])
    said = tuple((each.says, each.mend) for each in found)
    return Remarks(said, judgement.question, step_of(judgement, objective))


def listen(form: forms.Form, role: str, objective: Objective | None = None) -> None:
    """Let the judge read along in the field that holds the sentence."""
    place = reverse("initiative-remarks", args=[objective.public_id]) if objective else reverse("remarks", args=[role])
    form.fields[FIELDS[role]].widget.attrs |= {"hx-post": place, **_LISTENING}


@require_POST
def remarks(request: VisitRequest, role: str) -> HttpResponse:
    """Answer what is to be said of a goal or a KPI that somebody is writing. Nothing is kept."""
    if role not in FIELDS:
        raise Http404
    return _answer(request, role)


@require_POST
def initiative_remarks(request: VisitRequest, public_id: str) -> HttpResponse:
    """Answer what is to be said of an initiative that somebody is writing."""
    objective = fetch(Objective, request.visit.person, public_id, related=["cycle"])
    return _answer(request, "initiative", objective)


def _answer(request: VisitRequest, role: str, objective: Objective | None = None) -> HttpResponse:
    found = remarks_on(request.POST.get(FIELDS[role], ""), role, request, objective)
    return render(request, "remarks/_remarks.html", {"remarks": found})


routes = [
    path("remarks/<slug:role>/", remarks, name="remarks"),
    path("objectives/<slug:public_id>/initiatives/remarks/", initiative_remarks, name="initiative-remarks"),
]
