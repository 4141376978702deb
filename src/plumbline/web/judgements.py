"""The live judge: reads a sentence while it is written. It stores nothing and stands in nobody's way."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from plumbline_judge import KnownMetric

from plumbline.goals import judgements
from plumbline.goals.known_metrics import known_metrics
from plumbline.goals.models import KeyResult, Objective
from plumbline.people.models import Organisation, Person
from plumbline.web.http import Visit, VisitRequest, fetch
from plumbline.web.judgement_view import Fields, Reading, reading_of
from plumbline.web.verdicts import account_of

#: More than any key result; what is longer is still shown whole, and read up to here.
MOST_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a key result is written: its objective, the sentences beside it, and what the house measures already."""

    objective: Objective
    siblings: tuple[str, ...]
    known: tuple[KnownMetric, ...]
    current: str = ""
    organisation: Organisation | None = None

    def read(self, sentence: str, fields: Fields) -> Reading:
        """Read a sentence, told what stands around it."""
        language = (get_language() or "en")[:2]
        cycle = self.objective.cycle
        judgement = judgements.read(
            sentence[:MOST_CHARACTERS],
            objective=self.objective.title,
            cycle=cycle,
            siblings=self.siblings,
            metrics=self.known,
            current=self.current,
            language=language,
            organisation=self.organisation,
        )
        account = account_of(judgement.text, language, self.organisation) if judgement.text.strip() else None
        return reading_of(judgement, fields=fields, known=self.known, cycle=cycle, language=language, account=account)


def desk_for(objective: Objective, visit: Visit, key_result: KeyResult | None = None) -> Desk:
    """Lay out what the judge is told, as far as this person may see it."""
    others = objective.key_results.filter(binned_at=None, archived_at=None).order_by("pk")
    siblings = tuple(each.statement for each in others if each != key_result)
    current = key_result.unit.show(key_result.current) if key_result and key_result.current is not None else ""
    return Desk(objective, siblings, known_metrics(visit.person), current, visit.organisation)


@require_POST
def read(request: VisitRequest, public_id: str) -> HttpResponse:
    """Answer what a sentence measures; the marks and the values for the fields come along."""
    objective = fetch(Objective, request.visit.person, public_id, related=["cycle"])
    sentence = " ".join(request.POST.get("statement", "").splitlines())
    key_result = objective.key_results.filter(public_id=request.POST.get("key_result", "")[:20]).first()
    reading = desk_for(objective, request.visit, key_result).read(sentence, _fields(request))
    rest = sentence[MOST_CHARACTERS:]
    return render(request, "judgements/_answer.html", {"judgement": reading, "rest": rest, "swapped": True})


def _fields(request: VisitRequest) -> Fields:
    lead = Person.objects.present().filter(public_id=request.POST.get("lead", "")[:20]).first()
    return Fields(
        baseline=request.POST.get("baseline", "")[:60],
        target=request.POST.get("target", "")[:60],
        due_on=request.POST.get("due_on", "")[:20],
        lead=lead.name if lead else "",
    )


routes = [path("objectives/<slug:public_id>/judgements/", read, name="judgements")]
