"""The page of the plan check: what stands out in a cycle, each with its evidence, a way to mend it, or a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from plumbline.goals import policy
from plumbline.goals.models import Cycle, Dismissal, Objective
from plumbline.goals.plan_check.registry import ORDER, Finding
from plumbline.goals.plan_check.report import Report
from plumbline.people.models import Person, Team
from plumbline.people.models.person import Role
from plumbline.web.forms.goals import without
from plumbline.web.forms.plan import DismissalForm
from plumbline.web.http import Visit, VisitRequest
from plumbline.web.plan_words import HEADINGS, Heading, Step, Words, address, mend, sentence
from plumbline.web.refusals import kindly

#: So many findings of one kind stand on the page; the rest behind a link to that kind.
FIRST = 8
MOST = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding in words, with where its evidence stands."""

    finding: Finding
    sentence: str
    evidence: Sequence[tuple[str, str, str]]
    more: int
    step: Step
    title: Words
    dismissal: Dismissal | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one kind: the first of them, and how many there are."""

    rule: str
    heading: Heading
    findings: Sequence[Shown]
    count: int
    query: str


@require_GET
def plan_check(request: VisitRequest, cycle_id: str) -> HttpResponse:
    """Look over the goals of a cycle, of one team or of all."""
    return _page(request, _cycle(cycle_id))


def _page(
    request: VisitRequest,
    cycle: Cycle,
    *,
    refused: tuple[Finding, DismissalForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    visit, rule = request.visit, request.GET.get("rule", "")
    teams = list(Team.objects.filter(binned_at=None, archived_at=None).order_by("name", "pk"))
    team = next((each for each in teams if each.public_id == request.GET.get("team", "")), None)
    report = Report.read(cycle, visit.person, visit.organisation, team=team.public_id if team else "")
    wanted = [each for each in report.findings if rule not in ORDER or each.rule == rule]
    context = {
        "cycle": cycle,
        "report": report,
        "teams": teams,
        "team": team,
        "headline": _headline(report),
        "groups": list(_groups(request, wanted, all_of=rule in ORDER)),
        "rule": HEADINGS.get(rule),
        "everything": without(request.GET, "rule"),
        "dismissed": [_shown(finding, row) for finding, row in report.dismissed[:MOST]],
        "may_answer": visit.person.has_role(Role.MEMBER),
        "refused": refused[0] if refused else None,
        "form": refused[1] if refused else DismissalForm(),
        "page_title": _("Plan check"),
        "section": "goals",
    }
    return render(request, "plan_check/page.html", context, status=status)


def _headline(report: Report) -> str:
    if not report.goals:
        return _("There is no goal to look over yet.")
    looked = ngettext("%(goals)s goal looked over.", "%(goals)s goals looked over.", report.goals)
    found = len(report.findings)
    words = ngettext("%(found)s thing stands out.", "%(found)s things stand out.", found)
    nothing = _("Nothing stands out.")
    return f"{looked % {'goals': report.goals}} {words % {'found': found} if found else nothing}"


def _groups(request: VisitRequest, findings: Iterable[Finding], *, all_of: bool) -> Iterable[Group]:
    for rule, group in groupby(findings, key=lambda each: each.rule):
        rows = list(group)
        shown = [_shown(each) for each in rows[: MOST if all_of else FIRST]]
        yield Group(rule, HEADINGS[rule], shown, len(rows), without(request.GET, rule=rule))


def _shown(finding: Finding, dismissal: Dismissal | None = None) -> Shown:
    evidence = [(place.text, address(place), _home(place.goal.teams)) for place in finding.places]
    more = int(finding.parameters.get("count", 0)) - len(evidence)
    return Shown(
        finding, sentence(finding), evidence, max(more, 0), mend(finding), HEADINGS[finding.rule].title, dismissal
    )


def _more(finding: Finding) -> int:
    """Return how many goals there are beside those that stand as evidence."""
    listed = len(finding.places) > 1
    return max(int(finding.parameters.get("count", 0)) - len(finding.places), 0) if listed else 0


def _home(teams: Iterable[object]) -> str:
    return ", ".join(getattr(team, "name", "") for team in teams)


@require_POST
@kindly
def dismissals(request: VisitRequest, cycle_id: str) -> HttpResponse:
    """Say why something is fine, as anybody may who may change one of the goals that it is about."""
    cycle, form = _cycle(cycle_id), DismissalForm(request.POST)
    finding, objective = _asked(request.visit, cycle, request.POST.get("rule", ""), request.POST.get("key", ""))
    if not form.is_valid():
        return _page(request, cycle, refused=(finding, form), status=422)
    told = {"rule": finding.rule, "key": finding.key, "reason": form.cleaned_data["reason"]}
    Dismissal.say(objective, **told, by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Noted. It stands below, with your reason."))
    return _back(request, cycle)


@require_POST
@kindly
def dismissal_removal(request: VisitRequest, cycle_id: str) -> HttpResponse:
    """Take a reason back: the finding stands among the others again."""
    cycle = _cycle(cycle_id)
    finding, _objective = _asked(request.visit, cycle, request.POST.get("rule", ""), request.POST.get("key", ""))
    standing = Dismissal.objects.filter(cycle=cycle, rule=finding.rule, key=finding.key, withdrawn_at=None)
    row = get_object_or_404(standing.select_related("objective"))
    row.withdraw(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("It stands among the others again."))
    return _back(request, cycle)


def _cycle(public_id: str) -> Cycle:
    return get_object_or_404(Cycle, public_id=public_id, binned_at=None)


def _asked(visit: Visit, cycle: Cycle, rule: str, key: str) -> tuple[Finding, Objective]:
    """Return a finding of this reader (404) with the first of its goals that they may change (403)."""
    finding = Report.read(cycle, visit.person, visit.organisation).finding(rule, key)
    if finding is None:
        raise Http404
    objective = _changeable(visit.person, finding)
    if objective is None:
        raise PermissionDenied
    return finding, objective


def _changeable(person: Person, finding: Finding) -> Objective | None:
    rows = Objective.objects.filter(pk__in=[goal.pk for goal in finding.goals]).select_related("cycle", "lead")
    goals = rows.prefetch_related("home_teams", "contributors", "named").order_by("pk")
    teams = person.teams_now()
    return next((row for row in goals if "change" in policy.verbs(person, row, teams=teams)), None)


def _back(request: VisitRequest, cycle: Cycle) -> HttpResponse:
    query = without(request.GET)
    return redirect(reverse("plan-check", args=[cycle.public_id]) + (f"?{query}" if query else ""))


routes = [
    path("cycles/<cycle_id>/plan-check/", plan_check, name="plan-check"),
    path("cycles/<cycle_id>/plan-check/dismissals/", dismissals, name="plan-dismissals"),
    path("cycles/<cycle_id>/plan-check/dismissals/removal/", dismissal_removal, name="plan-dismissal-removal"),
]
