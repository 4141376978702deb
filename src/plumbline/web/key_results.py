"""The page of one key result: its course with the table behind it, what the judge read, and its numbers explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from plumbline_judge import Evidence, says

from plumbline.goals import policy
from plumbline.goals.history import histories
from plumbline.goals.models import CheckIn, Initiative, KeyResult
from plumbline.goals.models.surroundings import MOVING, Type
from plumbline.goals.outlook import limits_of, outlook_of
from plumbline.goals.progress import ALL
from plumbline.web.amended import moved_on
from plumbline.web.check_ins import ALONG
from plumbline.web.http import VisitRequest, fetch
from plumbline.web.lines import Line, chart_of_key_result
from plumbline.web.refusals import is_closed
from plumbline.web.templatetags.plumbline_ui import percent

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
    row = fetch(KeyResult, visit.person, key_result_id, **ALONG)
    limits = limits_of(visit.organisation)
    line = Line(
        outlook_of(row, today=visit.today, limits=limits),
        histories([row])[row.pk],
        policy.verbs(visit.person, row),
        _initiatives(row),
    )
    context = {
        "line": line,
        "key_result": row,
        "objective": row.objective,
        "is_open": not is_closed(row.objective),
        "moved": [each for each in moved_on([row.objective]) if each.amendment.key_result == row],
        "chart": chart_of_key_result(line, visit.today) if line.course else None,
        "check_ins": _check_ins(row),
        "verdict": VERDICTS[row.level or "unclear"],
        "heard": heard(row.judgement, get_language() or "en"),
        "explained": explained(line),
        "page_title": row.statement,
        "section": "goals",
    }
    return render(request, "key_results/page.html", context)


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
    rows = row.check_ins.select_related("author", "withdrawal", "corrects").prefetch_related("corrections__withdrawal")
    found = list(rows.order_by("-on", "-entered_at", "-pk")[:MOST])
    newest = max((each for each in found if not _is_withdrawn(each)), key=lambda each: each.entered_at, default=None)
    for each in found:
        each.shown = row.unit.show(each.value)  # type: ignore[attr-defined]
        each.is_newest = each is newest  # type: ignore[attr-defined]
    return found


def _is_withdrawn(row: CheckIn) -> bool:
    return getattr(row, "withdrawal", None) is not None


def heard(judgement: Mapping[str, Any], language: str) -> list[Heard]:
    """Return the words that decided, each with what it says."""
    text = judgement.get("text", "")
    pieces = [Evidence(**piece) for piece in judgement.get("evidence", ())]
    return [Heard(text[piece.start : piece.end], says(piece, language), piece.level) for piece in pieces]


def explained(line: Line) -> list[tuple[str, str]]:
    """Return the numbers of a key result as formulas with the values put in, each with its name."""
    row, outlook = line.key_result, line.outlook
    found = []
    if row.type in MOVING and row.baseline is not None and row.target is not None:
        found.append((_("Progress"), _way(row, outlook.progress)))
        if row.current is None or row.current == row.baseline:
            start = row.unit.show(row.baseline)
            found.append((_("Movement"), _("It starts moving once the value leaves %(value)s.") % {"value": start}))
    elif row.type == Type.MILESTONES:
        found.append(
            (_("Progress"), _("weights done ÷ all weights = %(share)s") % {"share": percent(outlook.progress)})
        )
    elif row.type != Type.YES_NO:
        found.append((_("Progress"), _("100% while the level is kept, else 0%.")))
    if outlook.expected is not None:
        found.append((_("Expected by today"), _pace(row, outlook.expected)))
    if outlook.progress is not None and (outlook.progress > ALL or outlook.progress < 0):
        found.append((_("In the roll-up"), _("It counts from 0% to 100%, whatever the value.")))
    return found


def _way(row: KeyResult, progress: Decimal | None) -> str:
    baseline, now, target = row.unit.typed(row.baseline), row.unit.typed(row.current), row.unit.typed(row.target)
    words = {"now": now or baseline, "baseline": baseline, "target": target, "share": percent(progress)}
    return "({now} − {baseline}) ÷ ({target} − {baseline}) = {share}".format(**words)


def _pace(row: KeyResult, expected: Decimal) -> str:
    words = {"share": percent(expected), "days": (row.last_day - row.first_day).days + 1}
    if row.path_points.all():
        return _("%(share)s, by its planned path") % words
    return _("%(share)s of its %(days)s days have passed") % words


routes = [path("key-results/<key_result_id>/", key_result, name="key-result")]
