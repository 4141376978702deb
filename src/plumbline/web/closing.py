"""Closing: one objective, a whole cycle goal by goal, and the next cycle made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from plumbline.goals import policy
from plumbline.goals.explanations import Explanation, explain_score
from plumbline.goals.models import Closure, Cycle, Decision, Initiative, KeyResult, Objective
from plumbline.goals.models.objective import Stage
from plumbline.goals.outlook import outlooks
from plumbline.goals.scores import Scores, scores
from plumbline.people.models.person import Role
from plumbline.usecases.carry_over import carry_all
from plumbline.usecases.close_goals import close_objective
from plumbline.web.amended import Moved, moved_on
from plumbline.web.forms.closure import CarryingForm, ClosureForm, DecisionForm, NoteForm
from plumbline.web.http import VisitRequest, fetch, posted, require
from plumbline.web.lines import Line, lines_of
from plumbline.web.refusals import kindly

ALONG: dict[str, Any] = {
    "related": ("cycle", "lead", "home_person"),
    "prefetched": ("home_teams", "contributors", "named"),
}
MOST = 200


@dataclass(frozen=True, slots=True)
class Ending:
    """One objective at its end: what it came to, and the forms that say so."""

    objective: Objective
    scores: Scores
    lines: Sequence[Line]
    moved: Sequence[Moved]
    form: ClosureForm
    decisions: Sequence[DecisionForm]
    explained: Sequence[Explanation]

    @property
    def rows(self) -> list[tuple[Line, DecisionForm]]:
        """Return each key result with the form that decides about it."""
        return list(zip(self.lines, self.decisions, strict=True))

    def close(self, request: VisitRequest) -> bool:
        """Close it as the forms say; False where they have to be looked at again."""
        if not all([self.form.is_valid(), *(each.is_valid() for each in self.decisions)]):
            return False
        choices = [choice for each in self.decisions if (choice := each.decided())]
        try:
            close_objective(
                self.objective, choices=choices, **self.form.said(), by=request.visit.actor, at=request.visit.at
            )
        except Closure.NeedsReason:
            self.form.ask_why()
            return False
        return True


def ending_of(request: VisitRequest, objective: Objective) -> Ending:
    """Gather what an objective came to, in a fixed number of queries."""
    visit, data = request.visit, posted(request)
    asked: dict[str, Any] = {"reader": visit.person, "organisation": visit.organisation, "today": visit.today}
    looks = outlooks([objective], **asked)
    lines = lines_of(looks[objective.pk], {})
    both = scores([objective], amended=looks, **asked)[objective.pk]
    work, decided = _work(objective), _decided(objective)
    rows = [line.key_result for line in lines]
    return Ending(
        objective,
        both,
        lines,
        moved_on([objective]),
        ClosureForm(data, suggested=both.amended, template=visit.organisation.closing_template),
        [DecisionForm(data, key_result=row, decision=decided.get(row.pk), initiatives=work[row.pk]) for row in rows],
        explain_score(both, progress=looks[objective.pk].progress),
    )


def _work(objective: Objective) -> dict[int | None, list[Initiative]]:
    rows = Initiative.objects.filter(objective=objective, binned_at=None, state__in=("idea", "doing"))
    grouped: dict[int | None, list[Initiative]] = defaultdict(list)
    for row in rows.order_by("pk"):
        grouped[row.key_result_id].append(row)
    return grouped


def _decided(objective: Objective) -> dict[int, Decision]:
    rows = Decision.objects.filter(key_result__objective=objective).prefetch_related("initiatives")
    return {row.key_result_id: row for row in rows}


@require_http_methods(["GET", "POST"])
@kindly
def closure(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Ask how it ended, and close it."""
    row = fetch(Objective, request.visit.person, objective_id, **ALONG)
    require(request.visit.person, "close", row)
    if not request.POST.get("once"):
        row.refuse_when_closed()
    ending = ending_of(request, row)
    if request.method == "POST" and ending.close(request):
        messages.success(request, _("Closed. What was learned stays on its page."))
        return redirect("objective", row.public_id)
    context = {"ending": ending, "objective": row, "page_title": _("Close this objective"), "section": "goals"}
    return render(request, "objectives/closure.html", context, status=422 if ending.form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@kindly
def note(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Put the closing note right."""
    row = fetch(Objective, request.visit.person, objective_id, **ALONG)
    require(request.visit.person, "close", row)
    kept = get_object_or_404(Closure, objective=row, reopened_at=None)
    row.refuse_in_closed_cycle()
    form = NoteForm(posted(request), closure=kept)
    if form.is_valid():
        kept.annotate(**form.cleaned_data, by=request.visit.actor, at=request.visit.at)
        messages.success(request, _("The note is saved."))
        return redirect("objective", row.public_id)
    context = {"form": form, "objective": row, "page_title": _("The closing note"), "section": "goals"}
    return render(request, "closing/note.html", context, status=422 if form.is_bound else 200)


# A whole cycle, goal by goal.


@dataclass(frozen=True, slots=True)
class Stop:
    """One objective on the walk through a cycle."""

    objective: Objective
    closure: Closure | None
    undecided: int
    current: bool
    url: str

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for its verdict."""
        return self.closure is None


@require_http_methods(["GET", "POST"])
@kindly
def walk(request: VisitRequest, cycle_id: str) -> HttpResponse:
    """Walk through the goals of a cycle that one may close; what is closed is saved, the rest waits."""
    cycle = _cycle(cycle_id)
    goals = _closable(request, cycle)
    here = _here(request, goals)
    stops = _stops(request, cycle, goals, here)
    if here is None:
        return _overview(request, cycle, stops)
    if not request.POST.get("once"):
        here.refuse_when_closed()
    ending = ending_of(request, here)
    if request.method == "POST" and ending.close(request):
        messages.success(request, _("Closed: %(goal)s.") % {"goal": here.title})
        return redirect(_behind(stops, here) or _address(request, cycle))
    context = {
        "ending": ending,
        "objective": here,
        "cycle": cycle,
        "stops": stops,
        "number": [stop.objective for stop in stops].index(here) + 1,
        "next": _behind(stops, here) or _address(request, cycle),
        "overview": _address(request, cycle),
    }
    return render(request, "closing/walk.html", context, status=422 if ending.form.is_bound else 200)


def _cycle(cycle_id: str) -> Cycle:
    return get_object_or_404(Cycle, public_id=cycle_id, binned_at=None)


def _closable(request: VisitRequest, cycle: Cycle) -> list[Objective]:
    """Return the goals of a cycle that this person may close: those they lead, or with ``all`` every one."""
    person = request.visit.person
    rows = Objective.objects.visible_to(person).in_cycle(cycle).counted()
    if not _wants_all(request):
        rows = rows.filter(lead=person)
    listed = rows.select_related(*ALONG["related"]).prefetch_related(*ALONG["prefetched"]).order_by("pk")[:MOST]
    teams = person.teams_now()
    return [row for row in listed if "close" in policy.verbs(person, row, teams=teams)]


def _wants_all(request: VisitRequest) -> bool:
    return bool(request.GET.get("all")) and request.visit.person.has_role(Role.ADMIN)


def _here(request: VisitRequest, goals: Sequence[Objective]) -> Objective | None:
    asked = request.GET.get("goal", "")
    if not asked:
        return None
    found = next((row for row in goals if row.public_id == asked), None)
    if found is None:
        raise Http404
    return found


def _stops(request: VisitRequest, cycle: Cycle, goals: Sequence[Objective], here: Objective | None) -> list[Stop]:
    keys = [row.pk for row in goals]
    closures = {row.objective_id: row for row in Closure.objects.filter(objective__in=keys, reopened_at=None)}
    waiting: dict[int, int] = defaultdict(int)
    undecided = KeyResult.objects.filter(objective__in=keys, decision=None).counted()
    for key in undecided.values_list("objective_id", flat=True):
        waiting[key] += 1
    return [
        Stop(row, closures.get(row.pk), waiting[row.pk], row == here, _address(request, cycle, row.public_id))
        for row in goals
    ]


def _behind(stops: Sequence[Stop], here: Objective) -> str:
    """Return the address of the next goal that waits, from here on round; empty when none does."""
    place = [stop.objective for stop in stops].index(here)
    after = [*stops[place + 1 :], *stops[:place]]
    return next((stop.url for stop in after if stop.is_open), "")


def _address(request: VisitRequest, cycle: Cycle, goal: str = "") -> str:
    asked = [f"goal={goal}"] if goal else []
    asked += ["all=1"] if _wants_all(request) else []
    return reverse("cycle-closing", args=[cycle.public_id]) + (f"?{'&'.join(asked)}" if asked else "")


def _overview(request: VisitRequest, cycle: Cycle, stops: Sequence[Stop]) -> HttpResponse:
    waiting = [stop for stop in stops if stop.is_open]
    context = {
        "cycle": cycle,
        "stops": stops,
        "waiting": len(waiting),
        "first": waiting[0].url if waiting and not cycle.is_closed else "",
        "all": _wants_all(request),
        "may_see_all": request.visit.person.has_role(Role.ADMIN),
        "page_title": _("Close %(cycle)s") % {"cycle": cycle.name},
        "section": "goals",
    }
    return render(request, "closing/overview.html", context)


# The next cycle, made from this one.


@require_http_methods(["GET", "POST"])
@kindly
def carrying(request: VisitRequest, cycle_id: str) -> HttpResponse:
    """Copy what goes on into the next cycle."""
    cycle = _cycle(cycle_id)
    cycles = _later(request, cycle)
    goals = _to_carry(request, cycle)
    form = CarryingForm(posted(request), cycles=cycles, goals=[goal for goal, _decisions in goals])
    if form.is_valid():
        into = next(each for each in cycles if each.public_id == form.cleaned_data["into"])
        wanted = [goal for goal, _decisions in goals if goal.public_id in form.cleaned_data["goals"]]
        made = carry_all(wanted, into=into, by=request.visit.actor, at=request.visit.at)
        words = ngettext("%(count)s goal goes on in %(cycle)s.", "%(count)s goals go on in %(cycle)s.", len(made))
        messages.success(request, words % {"count": len(made), "cycle": into.name})
        stage = "draft" if _only_drafts(made) else "active"
        return redirect(f"{reverse('goals')}?cycle={into.public_id}&stage={stage}")
    context = {
        "cycle": cycle,
        "form": form,
        "goals": goals,
        "cycles": cycles,
        "may_plan": policy.may(request.visit.person, "make_cycles"),
        "page_title": _("The next cycle from %(cycle)s") % {"cycle": cycle.name},
        "section": "goals",
    }
    return render(request, "closing/carrying.html", context, status=422 if form.is_bound else 200)


def _later(request: VisitRequest, cycle: Cycle) -> list[Cycle]:
    """Return the cycles that come after, the nearest of about its length first."""
    rows = [each for each in request.visit.cycles if each.first_day > cycle.last_day and not each.is_closed]
    return sorted(rows, key=lambda each: (abs(each.days - cycle.days) > cycle.days // 3, each.first_day))


def _to_carry(request: VisitRequest, cycle: Cycle) -> list[tuple[Objective, list[Decision]]]:
    """Return the closed goals that go on, with the decisions on their key results."""
    person = request.visit.person
    rows = Objective.objects.visible_to(person).in_cycle(cycle).filter(stage=Stage.CLOSED, archived_at=None)
    listed = rows.select_related(*ALONG["related"]).prefetch_related(*ALONG["prefetched"]).order_by("pk")
    going: dict[int, list[Decision]] = defaultdict(list)
    decisions = Decision.objects.exclude(choice=Decision.Choice.DROP).filter(
        key_result__binned_at=None, key_result__objective__in=rows.values("pk")
    )
    for each in decisions.select_related("key_result").order_by("key_result_id"):
        going[each.key_result.objective_id].append(each)
    teams = person.teams_now()
    return [
        (row, going[row.pk])
        for row in listed
        if going[row.pk] and "close" in policy.verbs(person, row, teams=teams) and _may_set(request, row, teams)
    ]


def _may_set(request: VisitRequest, row: Objective, teams: Any) -> bool:
    return policy.can_set_objective(
        request.visit.person, home=row.home, teams=list(row.home_teams.all()), home_person=row.home_person, own=teams
    )


def _only_drafts(made: Sequence[Objective]) -> bool:
    return all(each.stage == Stage.DRAFT for each in made)


routes = [
    path("objectives/<objective_id>/closure/", closure, name="objective-closure"),
    path("objectives/<objective_id>/closure/note/", note, name="objective-closing-note"),
    path("cycles/<cycle_id>/closing/", walk, name="cycle-closing"),
    path("cycles/<cycle_id>/carrying/", carrying, name="cycle-carrying"),
]
