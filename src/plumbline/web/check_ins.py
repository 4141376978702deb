"""Check-ins: the page, the row on other pages, taking one back and putting one right."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from plumbline.goals.history import histories
from plumbline.goals.models import CheckIn, Initiative, KeyResult
from plumbline.goals.models.surroundings import Type
from plumbline.goals.outlook import limits_of, outlook_of
from plumbline.goals.status import SAYABLE, Status
from plumbline.goals.words import percent
from plumbline.values.unit import NotANumber
from plumbline.web import goal_rows
from plumbline.web.forms.check_in import CheckInForm, WithdrawalForm
from plumbline.web.http import VisitRequest, fetch, fetch_to_write, fetch_whole, posted, require
from plumbline.web.lines import Line, chart_of_key_result
from plumbline.web.refusals import kindly


@require_http_methods(["GET", "POST"])
@kindly
def check_in(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Ask where a key result stands, and record it."""
    asked = fetch_whole if request.method == "GET" else fetch_to_write
    key_result = asked(request.visit.person, key_result_id)
    require(request.visit.person, "check_in", key_result)
    refuse_early(request, key_result)
    form = CheckInForm(posted(request), key_result=key_result, today=request.visit.today)
    if request.method == "GET" or not form.is_valid():
        return _asked(request, key_result, form)
    recorded = key_result.check_in(**form.arguments(), by=request.visit.actor, at=request.visit.at)
    return _answered(request, key_result, recorded)


def refuse_early(request: VisitRequest, key_result: KeyResult) -> None:
    """Say on the page already, not after typing, that a draft or a closed goal takes no check-in."""
    key_result.refuse_check_in(request.visit.at)
    if key_result.is_fed and key_result.latest_check_in is None:
        raise KeyResult.Fed(key_result.statement)


def _asked(request: VisitRequest, key_result: KeyResult, form: CheckInForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if goal_rows.is_asked_for(request):
        return goal_rows.field(request, key_result, form)
    if request.htmx:
        row = {"line": _line(request, key_result), "form": form, "once": form["once"].value()}
        return render(request, "check_ins/_due.html", row, status=status)
    return render(request, "check_ins/page.html", page_of(request, key_result, form), status=status)


def _answered(request: VisitRequest, key_result: KeyResult, recorded: CheckIn) -> HttpResponse:
    words, undo = recorded_words(key_result, recorded), undo_url(recorded)
    if goal_rows.is_asked_for(request):
        return goal_rows.recorded(request, key_result, words=words, undo=undo)
    if request.htmx:
        context = {"line": _line(request, key_result), "words": words, "undo_url": undo}
        return render(request, "check_ins/_done.html", context)
    messages.success(request, words, extra_tags=undo)
    if request.POST.get("back") == "home":
        return redirect("home")
    return redirect("objective", key_result.objective.public_id)


def recorded_words(key_result: KeyResult, recorded: CheckIn) -> str:
    """Say what was recorded: "Checked in: 18.9%." """
    if key_result.type == Type.YES_NO:
        return _("Checked in: %(value)s.") % {"value": _("Yes") if recorded.value else _("No")}
    if key_result.type == Type.MILESTONES:
        return _("Checked in: %(value)s%% of the steps.") % {"value": round(recorded.value or 0)}
    return _("Checked in: %(value)s.") % {"value": key_result.unit.show(recorded.value)}


def undo_url(recorded: CheckIn) -> str:
    """Return where a POST takes the check-in back."""
    return reverse("check-in-withdrawal", args=[recorded.public_id])


def page_of(request: VisitRequest, key_result: KeyResult, form: CheckInForm) -> dict[str, Any]:
    """Return what the page of one check-in shows."""
    line = _line(request, key_result, histories([key_result])[key_result.pk])
    bets = Initiative.objects.filter(key_result=key_result, binned_at=None).exclude(state="dropped")
    return {
        "form": form,
        "line": line,
        "key_result": key_result,
        "chart": chart_of_key_result(line, request.visit.today),
        "bets": bets.select_related("lead").order_by("pk"),
        "asks": "nothing" if key_result.is_fed else str(key_result.type),
        "page_title": _("Check in"),
        "section": "check-in",
        **_suggested(request, key_result, form["status"].value() or ""),
    }


def _line(request: VisitRequest, key_result: KeyResult, course: Any = ()) -> Line:
    limits = limits_of(request.visit.organisation)
    return Line(outlook_of(key_result, today=request.visit.today, limits=limits), course)


def _suggested(request: VisitRequest, key_result: KeyResult, chosen: str, on: date | None = None) -> dict[str, Any]:
    """Recommend a status for a value on a day; where the data say it by themselves, none is chosen beforehand."""
    day, limits = on or request.visit.today, limits_of(request.visit.organisation)
    suggestion = key_result.data_status(day, limits)
    recommended = suggestion.value if suggestion != Status.NO_STATUS and not key_result.automatic_status else ""
    checked = chosen or recommended
    return {
        "automatic": key_result.automatic_status,
        "chosen": checked,
        "suggestion_word": suggestion.label,
        "statuses": [(each.value, each.label, f"st-{each.value}", each.value == checked) for each in SAYABLE],
        "suggestion": suggestion.value,
        "progress": key_result.progress(),
        "expected": key_result.expected(day),
        "said_last": key_result.latest_check_in.get_status_display() if key_result.latest_check_in else "",
    }


@require_GET
def suggestion(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Suggest a status for the value that is being typed, on its day; a status chosen by hand stays."""
    key_result = fetch_whole(request.visit.person, key_result_id)
    require(request.visit.person, "check_in", key_result)
    imagined = copy(key_result)
    try:
        imagined.current = key_result.unit.read(request.GET.get("value", ""))
    except (NotANumber, ValidationError):
        imagined.current = key_result.current
    chosen, before = request.GET.get("status", ""), request.GET.get("suggested", "")
    kept = "" if chosen == before and not key_result.automatic_status else chosen
    told = _suggested(request, imagined, kept, _day(request.GET.get("on", ""), request.visit.today))
    return render(request, "check_ins/_status.html", {"key_result": key_result, **told})


def _day(typed: str, today: date) -> date:
    """Return the day that is typed, as far as it has come; today for anything else."""
    try:
        asked: date = DateField().clean(typed)
    except ValidationError:
        return today
    return min(asked, today)


@require_http_methods(["GET", "POST"])
@kindly
def withdrawal(request: VisitRequest, check_in_id: str) -> HttpResponse:
    """Take the newest check-in back: at once without a word, later with a reason."""
    row = fetch(CheckIn, request.visit.person, check_in_id, related=("key_result__objective__cycle",))
    require(request.visit.person, "check_in", row.key_result)
    at_once = row.may_be_undone(request.visit.at) and request.method == "POST"
    form = WithdrawalForm(posted(request))
    if not at_once and not form.is_valid():
        context = {"form": form, "check_in": row, "key_result": row.key_result, "page_title": _("Take back a check-in")}
        return render(request, "check_ins/withdrawal.html", context, status=422 if form.is_bound else 200)
    reason = "" if at_once else form.cleaned_data["reason"]
    row.key_result.withdraw(row, by=request.visit.actor, at=request.visit.at, reason=reason)
    messages.success(request, _("Taken back. It reads %(value)s again.") % {"value": _reads(row.key_result)})
    if request.htmx:
        return HttpResponseClientRefresh()
    return redirect("key-result", row.key_result.public_id)


def _reads(key_result: KeyResult) -> str:
    if key_result.type in {Type.YES_NO, Type.MILESTONES}:
        return percent(KeyResult.objects.for_reading().get(pk=key_result.pk).progress())
    return key_result.unit.show(key_result.baseline if key_result.current is None else key_result.current)


@require_http_methods(["GET", "POST"])
@kindly
def correction(request: VisitRequest, check_in_id: str) -> HttpResponse:
    """Put a check-in right with a new one that points to it."""
    row = fetch(CheckIn, request.visit.person, check_in_id, related=("key_result",))
    key_result = fetch_whole(request.visit.person, row.key_result.public_id)
    require(request.visit.person, "check_in", key_result)
    refuse_early(request, key_result)
    form = CheckInForm(posted(request), key_result=key_result, today=request.visit.today, corrects=row)
    if request.method == "GET" or not form.is_valid():
        context = page_of(request, key_result, form) | {"corrects": row}
        return render(request, "check_ins/page.html", context, status=422 if form.is_bound else 200)
    key_result.check_in(**form.arguments(), corrects=row, by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Corrected. The history keeps both."))
    return redirect("key-result", key_result.public_id)


routes = [
    path("key-results/<key_result_id>/check-ins/", check_in, name="check-in"),
    path("key-results/<key_result_id>/check-ins/suggestion/", suggestion, name="check-in-suggestion"),
    path("check-ins/<check_in_id>/withdrawal/", withdrawal, name="check-in-withdrawal"),
    path("check-ins/<check_in_id>/correction/", correction, name="check-in-correction"),
]
