"""Everything the page of an initiative shows: the bet, what its number did, the verdicts, and what is put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plumbline.charts import BurnUp, Mark
from plumbline.goals import policy
from plumbline.goals.around import surround
from plumbline.goals.history import histories
from plumbline.goals.ledger import courses
from plumbline.goals.models import Bet, Initiative, Input, KeyResult
from plumbline.goals.outlook import limits_of, outlook_of
from plumbline.goals.trend import Course
from plumbline.people.models import Event, Person
from plumbline.values.unit import Unit
from plumbline.web.courses import words_of
from plumbline.web.forms.initiative import BetForm, InputForm, SettlementForm
from plumbline.web.http import VisitRequest
from plumbline.web.lines import chart_of_key_result, line_of
from plumbline.web.refusals import is_closed

ALONG: dict[str, Any] = {
    "related": (
        *("objective__cycle", "objective__lead", "lead"),
        *("key_result__latest_check_in", "key_result__objective__cycle"),
        *("bet__key_result__latest_check_in", "bet__key_result__objective__cycle"),
    ),
    "prefetched": ("inputs", "objective__home_teams", "objective__contributors"),
}
MOST_VERDICTS = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict as somebody gave it."""

    verdict: str
    change: str
    learned: str
    who: Person | None
    at: datetime


def number_of(row: Initiative, reader: Person) -> KeyResult | None:
    """Return the key result that it should move, as far as the reader sees it: one that moved away may be private."""
    bet = getattr(row, "bet", None)
    moved: KeyResult | None = bet.key_result if bet else row.key_result
    if moved is None or moved.objective_id == row.objective_id or policy.sees(reader, moved):
        return moved
    return None


def initiative_page(
    request: VisitRequest,
    row: Initiative,
    *,
    status: int = 200,
    changed_input: tuple[int, InputForm] | None = None,
    **forms: Any,
) -> HttpResponse:
    """Show an initiative; ``forms`` and ``changed_input`` are those that were refused, with what was typed."""
    visit, bet = request.visit, getattr(row, "bet", None)
    moved = number_of(row, visit.person)
    context = {
        "initiative": row,
        "is_open": not is_closed(row.objective),
        "is_over": row.state in Initiative.OVER,
        "bet": bet,
        "moved": moved,
        "allowed": policy.verbs(visit.person, row),
        "states": Initiative.State.choices,
        "inputs": _inputs(row, changed_input),
        "input_form": InputForm(initial={"version": row.version}),
        "page_title": row.title,
        "section": "goals",
    }
    if moved:
        context |= _about_number(request, row, bet, moved)
    return render(request, "initiatives/page.html", context | forms, status=status)


def _about_number(request: VisitRequest, row: Initiative, bet: Bet | None, moved: KeyResult) -> dict[str, Any]:
    today = request.visit.today
    found = courses([bet], today=today).get(bet.pk) if bet else None
    surround([moved])
    line = line_of(
        outlook_of(moved, today=today, limits=limits_of(request.visit.organisation)),
        histories([moved])[moved.pk],
        today=None,
    )
    return {
        "line": line,
        "course": words_of(bet, found) if bet else None,
        "compared": isinstance(found, Course),
        "chart": _marked(chart_of_key_result(line, today), row, bet) if line.course else None,
        "verdicts": _verdicts(row, moved) if bet and bet.verdict else [],
        "bet_form": BetForm(unit=moved.unit, initial=_bet_said(row, bet, moved)),
        "settlement_form": SettlementForm(unit=moved.unit, initial=_settlement(row, bet, moved, found)),
    }


def _bet_said(row: Initiative, bet: Bet | None, moved: KeyResult) -> dict[str, Any]:
    said: dict[str, Any] = {"version": row.version}
    if bet is None:
        return said
    return said | {
        "expected_change": moved.unit.typed(bet.expected_change),
        "due_on": bet.by_day,
        "moves": bet.moves,
    }


def _settlement(row: Initiative, bet: Bet | None, moved: KeyResult, found: object) -> dict[str, Any]:
    said: dict[str, Any] = {"version": row.version}
    if bet and bet.verdict:
        return said | {
            "verdict": bet.verdict,
            "actual_change": moved.unit.typed(bet.actual_change),
            "learned": bet.learned,
        }
    return said | {"actual_change": moved.unit.typed(found.change) if isinstance(found, Course) else ""}


def _marked(chart: BurnUp, row: Initiative, bet: Bet | None) -> BurnUp:
    """Put the end of the work and the day of the bet on the chart, as far as they lie on it."""
    marks = [(row.ended_on, _("work ended")), (bet.by_day if bet else None, _("expected by"))]
    shown = [Mark(day, words) for day, words in marks if day and chart.first <= day <= chart.last]
    return replace(chart, marks=shown)


def _inputs(row: Initiative, changed: tuple[int, InputForm] | None) -> list[tuple[Input, InputForm]]:
    rows = sorted(row.inputs.all(), key=lambda each: each.pk)
    typed = dict([changed] if changed else [])
    return [(each, typed.get(number) or _input_form(row, each, number)) for number, each in enumerate(rows, 1)]


def _input_form(row: Initiative, put_in: Input, number: int) -> InputForm:
    said = {name: getattr(put_in, name) for name in ("kind", "unit", "note")}
    said["amount"] = Unit().typed(put_in.amount)
    return InputForm(prefix=f"input-{number}", initial=said | {"version": row.version})


def _verdicts(row: Initiative, moved: KeyResult) -> list[Said]:
    """Return what was said of the bet, newest first: a verdict that was changed stays to be read."""
    told = Event.objects.about("initiative", row.public_id).filter(verb="bet_settled").select_related("actor")
    return [_said(event, moved) for event in told[:MOST_VERDICTS]]


def _said(event: Event, moved: KeyResult) -> Said:
    after = event.after
    change = after.get("actual_change")
    shown = "" if change is None else moved.unit.show_change(Decimal(0), Decimal(change))
    return Said(after["verdict"], shown, after.get("learned", ""), event.actor, event.at)
