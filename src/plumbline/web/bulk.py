"""What is done to many goals at once: first what is ticked and what the act needs, then the deed, then a way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals import policy
from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.people.models import Person
from plumbline.usecases import change_many
from plumbline.usecases.change_many import ACTS, Goal, Outcome, Refused
from plumbline.usecases.move_goal import MovedOn
from plumbline.web.forms.bulk import MOST, BulkForm
from plumbline.web.http import VisitRequest, posted
from plumbline.web.lines import waits_for

#: Each act: what the bar calls it, with its icon; what the page asks; and the button that does it.
WORDS: dict[str, tuple[Any, str, Any, Any]] = {
    "lead": (gettext_lazy("Set lead"), "user", gettext_lazy("Who leads these goals?"), gettext_lazy("Set the lead")),
    "team": (gettext_lazy("Set home"), "team", gettext_lazy("Whose goals are these?"), gettext_lazy("Set the home")),
    "tag": (gettext_lazy("Tag"), "plus", gettext_lazy("Put tags on these goals"), gettext_lazy("Put them on")),
    "untag": (gettext_lazy("Untag"), "x", gettext_lazy("Take tags off these goals"), gettext_lazy("Take them off")),
    "cycle": (gettext_lazy("Move to cycle"), "calendar", gettext_lazy("Move these goals"), gettext_lazy("Move them")),
    "activate": (gettext_lazy("Activate"), "check", gettext_lazy("Activate these goals"), gettext_lazy("Activate")),
    "initiative": (
        gettext_lazy("Make initiatives"),
        "bet",
        gettext_lazy("Make initiatives of these key results"),
        gettext_lazy("Make initiatives"),
    ),
    "archive": (gettext_lazy("Archive"), "archive", gettext_lazy("Archive these goals"), gettext_lazy("Archive")),
    "bin": (
        gettext_lazy("Bin"),
        "trash",
        gettext_lazy("Put these goals into the bin"),
        gettext_lazy("Put into the bin"),
    ),
}

_WHY: dict[type[Exception], Any] = {
    change_many.NotAllowed: gettext_lazy("This is not yours to do."),
    change_many.OnlyObjectives: gettext_lazy("A key result goes where its objective goes."),
    change_many.OnlyKeyResults: gettext_lazy("An objective is no initiative."),
    change_many.NotNamed: gettext_lazy("It is private: only those who see it can lead it."),
    MovedOn: gettext_lazy("Somebody changed it since."),
    Cycle.Closed: gettext_lazy("Its cycle is closed."),
    Objective.Closed: gettext_lazy("It is closed."),
    KeyResult.Closed: gettext_lazy("It is closed."),
    Objective.NeedsReason: gettext_lazy("Its goalposts are locked: say why."),
    KeyResult.NeedsReason: gettext_lazy("Its goalposts are locked: say why."),
    KeyResult.NeedsWaiver: gettext_lazy("It counts work: say on its page why it stays a key result."),
    KeyResult.HasHistory: gettext_lazy("It was checked in on."),
    Objective.Circle: gettext_lazy("It would hang from itself."),
}


@require_http_methods(["GET", "POST"])
def changes(request: VisitRequest) -> HttpResponse:
    """Ask what an act on the ticked goals needs, then do it; what was refused is told."""
    asked = request.POST if request.method == "POST" else request.GET
    act, back = asked.get("do", ""), QueryDict(asked.get("back", "")[:2000]).urlencode(safe=",")
    if act not in ACTS:
        raise Http404
    goals = ticked(request.visit.person, asked.getlist("goal"))
    form = BulkForm(posted(request), act=act, person=request.visit.person)
    page = {
        "form": form,
        "act": act,
        "goals": [(goal, _key(goal), _allowed(request.visit.person, act, goal)) for goal in goals],
        "question": WORDS[act][2],
        "button": WORDS[act][3],
        "back": back,
        "page_title": WORDS[act][0],
        "section": "goals",
    }
    if not goals or not form.is_valid():
        return render(request, "goals/bulk.html", page, status=422 if form.is_bound else 200)
    outcome = change_many.change_many(goals, form.change(), by=request.visit.actor, at=request.visit.at)
    return _told(request, outcome, back)


def _told(request: VisitRequest, outcome: Outcome, back: str) -> HttpResponse:
    count = len(outcome.done)
    words = ngettext("%(count)s goal changed.", "%(count)s goals changed.", count) % {"count": count}
    undo = reverse("goals-change-removal", args=[outcome.key]) if count else ""
    if not outcome.refused:
        messages.success(request, words, extra_tags=undo)
        return redirect(f"{reverse('goals')}?{back}")
    context = {
        "words": words,
        "undo_url": undo,
        "refused": [(each.goal, why(each)) for each in outcome.refused],
        "back": back,
        "page_title": _("Not all of it changed"),
        "section": "goals",
    }
    return render(request, "goals/bulk_told.html", context, status=200 if count else 409)


@require_POST
def change_removal(request: VisitRequest, key: str) -> HttpResponse:
    """Take all of it back."""
    visit = request.visit
    outcome = change_many.take_back(key, by=visit.actor, at=visit.at, reason=_("Taken back."))
    if not outcome.done and not outcome.refused:
        raise Http404
    count = len(outcome.done)
    messages.success(
        request, ngettext("%(count)s goal is back.", "%(count)s goals are back.", count) % {"count": count}
    )
    for each in outcome.refused:
        messages.warning(request, _("“%(goal)s” stays as it is: %(why)s") % {"goal": each.goal, "why": why(each)})
    return HttpResponseClientRedirect(reverse("goals")) if request.htmx else redirect("goals")


def why(refused: Refused) -> str:
    """Say why a goal did not change, and what can be done."""
    if isinstance(refused.why, KeyResult.NotReady) and isinstance(refused.goal, KeyResult):
        return _("Before it starts it needs %(what)s.") % {"what": ", ".join(waits_for(refused.goal))}
    return str(_WHY.get(type(refused.why)) or refused.why)


def ticked(person: Person, keys: list[str]) -> list[Goal]:
    """Return the goals that were ticked and exist for a person, key results first."""
    wanted = [key.partition("-") for key in dict.fromkeys(keys[:MOST])]
    results = [public_id for kind, _dash, public_id in wanted if kind == "k"]
    objectives = [public_id for kind, _dash, public_id in wanted if kind == "o"]
    rows = KeyResult.objects.visible_to(person).filter(public_id__in=results)
    goals = Objective.objects.visible_to(person).filter(public_id__in=objectives)
    along = ("home_teams", "contributors", "named")
    return [
        *rows.select_related("objective__cycle", "lead", "waiver")
        .prefetch_related("contributors", *(f"objective__{name}" for name in along))
        .order_by("pk"),
        *goals.select_related("cycle", "lead", "home_person").prefetch_related(*along).order_by("pk"),
    ]


def _key(goal: Goal) -> str:
    return f"{'o' if isinstance(goal, Objective) else 'k'}-{goal.public_id}"


def _allowed(person: Person, act: str, goal: Goal) -> bool:
    return policy.can(person, ACTS[act][0], goal)


routes = [
    path("goals/changes/", changes, name="goals-changes"),
    path("goals/changes/<slug:key>/removal/", change_removal, name="goals-change-removal"),
]
