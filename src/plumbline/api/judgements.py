"""The judge as JSON: a sentence, or an objective with its key results. Nothing is kept; a read token is enough."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router
from plumbline_judge import Finding, Judgement, needs, part_says, render, says, verdict

from plumbline.api.door import PublicId, person_of, visit
from plumbline.api.schemas import Judged, JudgedSet, JudgementIn, SetIn
from plumbline.goals import judgements
from plumbline.goals.models import Objective
from plumbline.people.models import Actor, Organisation

router = Router(tags=["judge"])


@router.post("/judgements", response=Judged)
def judge(request: HttpRequest, body: JudgementIn) -> dict[str, Any]:
    """Ask what a sentence measures: level, the words that decided, remarks, a question and suggestions.

    ``objective`` is the id of the one above it, ``objective_title`` its words where it is not stored. With
    ``explain``, every contribution comes along, until they add up.
    """
    actor, organisation = visit(request)
    objective = _objective(actor, body.objective) if body.objective else None
    language = _language(body.language, actor, organisation)
    reading = judgements.read(
        body.text,
        role=body.role,
        objective=objective.title if objective else body.objective_title,
        cycle=objective.cycle if objective else None,
        siblings=body.siblings,
        language=language,
        organisation=organisation,
    )
    told = _told(reading, language)
    return told | {"explanation": _explained(body.text, language, organisation)} if body.explain else told


@router.post("/judgements/sets", response=JudgedSet)
def judge_set(request: HttpRequest, body: SetIn) -> dict[str, Any]:
    """Ask about an objective with its key results: each one, and what is to be said of them together."""
    actor, organisation = visit(request)
    language = _language(body.language, actor, organisation)
    reading = judgements.read_set(body.objective_title, body.key_results, language=language, organisation=organisation)
    return {
        **reading.to_dict(),
        "judgements": [_told(each, language) for each in reading.judgements],
        "findings": [_finding(each, language) for each in reading.findings],
    }


def _objective(actor: Actor, public_id: PublicId) -> Objective:
    rows = Objective.objects.visible_to(person_of(actor)).select_related("cycle")
    return get_object_or_404(rows, public_id=public_id)


def _language(asked: str | None, actor: Actor, organisation: Organisation) -> str:
    return asked or person_of(actor).language or organisation.language


def _told(reading: Judgement, language: str) -> dict[str, Any]:
    """Return a judgement with its words, in the reader's language."""
    said = verdict(reading, language)
    return {
        **reading.to_dict(),
        "verdict": {"title": said.title, "reason": said.reason},
        "evidence": [
            {**each.to_dict(), "words": reading.text[each.start : each.end], "says": says(each, language)}
            for each in reading.evidence
        ],
        "findings": [_finding(each, language) for each in reading.findings],
        "needs": [
            {"name": need.name, "label": need.label, "state": need.state, "text": need.text}
            for need in needs(reading, language)
        ],
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {**finding.to_dict(), "message": render(finding, language)}


def _explained(text: str, language: str, organisation: Organisation) -> dict[str, Any]:
    told = judgements.explained(text, organisation=organisation)
    parts = [{**part.to_dict(), "says": part_says(part, language)} for part in told.parts]
    return {**told.to_dict(), "parts": parts}
