"""The page of one key result: its course with the table behind it, what the judge read, and its numbers explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET
from plumbline_judge import Evidence, says

from plumbline.goals import policy
from plumbline.goals.explanations import explain_key_result, too_early
from plumbline.goals.history import histories
from plumbline.goals.models import CheckIn, GuardrailReading, Initiative, KeyResult, Objective
from plumbline.goals.outlook import limits_of, outlook_of
from plumbline.goals.prospects import readings_of
from plumbline.goals.words import chance_of, ends_between
from plumbline.web.amended import Moved, moved_on
from plumbline.web.http import VisitRequest, fetch_whole
from plumbline.web.lines import chart_of_key_result, line_of
from plumbline.web.objective_page import noted
from plumbline.web.refusals import is_closed

MOST = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of the statement that decided, and what it says."""

    words: str
    says: str
    level: str


@require_GET
def key_result(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Show one key result."""
    visit = request.visit
    row = fetch_whole(visit.person, key_result_id)
    limits = limits_of(visit.organisation)
    line = line_of(outlook_of(row, today=visit.today, limits=limits), histories([row])[row.pk], today=visit.today)
    readings = len(readings_of(line.course))
    line.allowed, line.initiatives = policy.verbs(visit.person, row), _initiatives(row)
    context = {
        "line": line,
        "key_result": row,
        "objective": row.objective,
        "is_open": not is_closed(row.objective),
        "moved": _moved(row),
        "chart": chart_of_key_result(line, visit.today) if line.course else None,
        "check_ins": _check_ins(row),
        "aligned": Objective.objects.visible_to(visit.person).filter(parent_key_result=row, archived_at=None),
        "tags": list(row.tags.in_use()),
        "noted": noted("key_result", row.custom_fields),
        "verdict": VERDICTS[row.level or "unclear"],
        "heard": heard(row.judgement, get_language() or "en"),
        "explained": explain_key_result(
            line.outlook, limits, today=visit.today, found=line.forecast, readings=readings
        ),
        "early": too_early(row, readings, visit.today),
        "chance": chance_of(line.forecast) if line.forecast else "",
        "between": ends_between(row, line.forecast) if line.forecast else (),
        "page_title": row.statement,
        "section": "goals",
    }
    return render(request, "key_results/page.html", context)


def _moved(row: KeyResult) -> list[Moved]:
    found = moved_on([row.objective]) if row.objective.cycle.is_locked else []
    return [each for each in found if each.amendment.key_result == row]


#: What the page says of each level; the judge is a colleague who asks.
VERDICTS = {
    "input": gettext_lazy("This counts effort."),
    "output": gettext_lazy("This counts what you make."),
    "outcome": gettext_lazy("This measures a change."),
    "unclear": gettext_lazy("It can't be told yet what this measures."),
}


def _initiatives(row: KeyResult) -> list[Initiative]:
    rows = Initiative.objects.filter(key_result=row, binned_at=None).select_related("lead", "bet__key_result")
    return list(rows.order_by("pk"))


def _check_ins(row: KeyResult) -> list[CheckIn]:
    """Return the newest check-ins, withdrawn and corrected ones too: the table hides nothing."""
    rows = row.check_ins.select_related("author", "withdrawal", "corrects").prefetch_related(
        "corrections__withdrawal", "guarded__guardrail"
    )
    found = list(rows.order_by("-on", "-entered_at", "-pk")[:MOST])
    newest = max((each for each in found if not _is_withdrawn(each)), key=lambda each: each.entered_at, default=None)
    for each in found:
        each.shown = row.unit.show(each.value)  # type: ignore[attr-defined]
        each.is_newest = each is newest  # type: ignore[attr-defined]
        each.guards = [_guard(reading) for reading in each.guarded.all()]  # type: ignore[attr-defined]
    return found


def _guard(reading: GuardrailReading) -> tuple[str, bool]:
    return f"{reading.guardrail.metric}: {reading.guardrail.unit.show(reading.value)}", reading.is_breach


def _is_withdrawn(row: CheckIn) -> bool:
    return getattr(row, "withdrawal", None) is not None


def heard(judgement: Mapping[str, Any], language: str) -> list[Heard]:
    """Return the words that decided, each with what it says."""
    text = judgement.get("text", "")
    pieces = [Evidence(**piece) for piece in judgement.get("evidence", ())]
    return [Heard(text[piece.start : piece.end], says(piece, language), piece.level) for piece in pieces]


routes = [path("key-results/<key_result_id>/", key_result, name="key-result")]
