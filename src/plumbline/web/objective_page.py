"""Everything the page of an objective shows, gathered in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from plumbline.goals import policy
from plumbline.goals.history import Point, histories, rolled_up
from plumbline.goals.models import CheckIn, Comment, Initiative, Objective
from plumbline.goals.models.objective import Home
from plumbline.goals.outlook import Outlook, outlooks
from plumbline.people.models import Person
from plumbline.web.forms.comment import CommentForm
from plumbline.web.hanging import chain
from plumbline.web.http import VisitRequest
from plumbline.web.lines import Line, chart_of_objective, lines_of
from plumbline.web.refusals import is_closed

ALONG: dict[str, Any] = {
    "related": ("cycle", "lead", "home_person", "pillar", "parent_objective", "parent_key_result", "parent_kpi"),
    "prefetched": ("home_teams", "contributors", "named", "tags"),
}
NEWEST = 8
MOST_COMMENTS = 100
MOST_ALIGNED = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A check-in as the feed of its objective tells it."""

    check_in: CheckIn
    line: Line

    @property
    def before(self) -> str:
        """The value before, as people read it."""
        return self.line.key_result.unit.show(self.check_in.value_before) if self.moved else ""

    @property
    def now(self) -> str:
        """The value, as people read it."""
        return self.line.key_result.unit.show(self.check_in.value)

    @property
    def moved(self) -> bool:
        """Tell whether there is a change to speak of."""
        return self.check_in.change is not None and self.line.key_result.type not in {"yes_no", "milestones"}


def page_of(request: VisitRequest, objective: Objective, comment_form: CommentForm | None = None) -> dict[str, Any]:
    """Return what the template of an objective needs."""
    visit = request.visit
    outlook = _outlook(request, [objective])[objective.pk]
    rows = [each.key_result for each in outlook.key_results]
    courses = histories(rows)
    lines = lines_of(outlook, courses, today=visit.today)
    allowed = allow(visit.person, objective, lines)
    points = rolled_up(rows, courses)
    loose = _give_initiatives(objective, lines)
    return {
        "objective": objective,
        "is_open": not is_closed(objective),
        "outlook": outlook,
        "lines": lines,
        "allowed": allowed,
        "can_comment": "comment" in allowed,
        "who_can": who_can(objective) if "comment" in allowed and "check_in" not in allowed else "",
        "to_check_in": _check_in_url(lines),
        "measures": _measures(lines),
        "chart": chart_of_objective(objective, points, status=outlook.status, today=visit.today) if points else None,
        "points": points,
        "days_left": objective.cycle.days_left(visit.today),
        "chain": chain(objective, reader=visit.person, organisation=visit.organisation),
        "aligned": _aligned(request, objective),
        "told": _feed(lines, courses),
        "loose": loose,
        "comments": _comments(objective),
        "comment_form": comment_form or CommentForm(),
        "closure": objective.closures.filter(reopened_at=None).select_related("by").first(),
        "page_title": objective.title,
        "section": "goals",
    }


def _outlook(request: VisitRequest, objectives: Iterable[Objective]) -> dict[int, Outlook]:
    visit = request.visit
    return outlooks(objectives, reader=visit.person, organisation=visit.organisation, today=visit.today)


def allow(person: Person, objective: Objective, lines: Sequence[Line]) -> frozenset[str]:
    """Note on each line what the person may do with it, and return what they may do with the objective."""
    rows = [line.key_result for line in lines]
    prefetch_related_objects(rows, "contributors")
    teams = person.teams_now()
    for line in lines:
        line.key_result.objective = objective
        line.allowed = policy.verbs(person, line.key_result, teams=teams)
    return policy.verbs(person, objective, teams=teams)


def who_can(objective: Objective) -> str:
    """Say who can check in here, for those who can't."""
    names = [objective.lead.name] if objective.lead else []
    if objective.home == Home.TEAM:
        names += [team.name for team in objective.home_teams.all()]
    return _("%(names)s can check in here.") % {"names": ", ".join(names)} if names else ""


def _check_in_url(lines: Iterable[Line]) -> str:
    goals = [line.key_result.public_id for line in lines if "check_in" in line.allowed and _takes_check_ins(line)]
    return f"{reverse('guided-check-in')}?goals={','.join(goals)}" if goals else ""


def _takes_check_ins(line: Line) -> bool:
    row = line.key_result
    return row.stage == "active" and row.objective.is_open and not row.objective.cycle.is_closed


def _measures(lines: Iterable[Line]) -> dict[str, Any]:
    levels = [line.key_result.level or "unclear" for line in lines if line.outlook.counts]
    most = max(set(levels), key=lambda level: (levels.count(level), level == "outcome"), default="")
    return {"level": most, "count": levels.count(most), "of": len(levels)}


def _give_initiatives(objective: Objective, lines: Sequence[Line]) -> list[Initiative]:
    """Give each line its initiatives; return those that hang from the objective itself."""
    rows = Initiative.objects.filter(objective=objective, binned_at=None).select_related("lead", "bet__key_result")
    grouped: dict[int | None, list[Initiative]] = defaultdict(list)
    for row in rows.order_by("pk"):
        grouped[row.key_result_id].append(row)
    for line in lines:
        line.initiatives = grouped.pop(line.key_result.pk, [])
    return [each for group in grouped.values() for each in group]


def _aligned(request: VisitRequest, objective: Objective) -> list[Outlook]:
    there = Objective.objects.visible_to(request.visit.person).filter(archived_at=None)
    below = there.filter(Q(parent_objective=objective) | Q(parent_key_result__objective=objective))
    rows = list(below.select_related("cycle", "lead").order_by("pk")[:MOST_ALIGNED])
    found = _outlook(request, rows)
    return [found[row.pk] for row in rows]


def _feed(lines: Sequence[Line], courses: dict[int, list[Point]]) -> list[Told]:
    told = [Told(point.check_in, line) for line in lines for point in courses[line.key_result.pk] if point.check_in]
    return sorted(told, key=lambda each: each.check_in.entered_at, reverse=True)[:NEWEST]


def _comments(objective: Objective) -> list[Comment]:
    rows = Comment.objects.filter(objective=objective, binned_at=None).select_related("author")
    return list(rows.order_by("-said_at", "-pk")[:MOST_COMMENTS])[::-1]
