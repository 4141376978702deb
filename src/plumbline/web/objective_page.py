"""Everything the page of an objective shows, gathered in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plumbline.charts import BurnUp
from plumbline.goals import policy
from plumbline.goals.as_of import Moment
from plumbline.goals.company import name_company
from plumbline.goals.explanations import explain_objective
from plumbline.goals.history import Point, histories, rolled_up
from plumbline.goals.mending import lost_parent
from plumbline.goals.models import (
    CheckIn,
    Closure,
    Comment,
    CustomField,
    Initiative,
    KeyResult,
    Objective,
    Support,
)
from plumbline.goals.models.objective import PARENTS, Home, Stage
from plumbline.goals.narrow import Heading, stands
from plumbline.goals.outlook import Outlook, limits_of, outlooks
from plumbline.people.models import Person
from plumbline.values.unit import Unit
from plumbline.web.amended import moved_on
from plumbline.web.forms.comment import CommentForm
from plumbline.web.hanging import chain
from plumbline.web.http import VisitRequest
from plumbline.web.lines import Line, chart_of_objective, lines_of
from plumbline.web.looking_back import around
from plumbline.web.refusals import is_closed

ALONG: dict[str, Any] = {
    "related": (
        "cycle",
        "lead",
        "home_person",
        "pillar",
        "parent_objective",
        "parent_key_result__objective",
        "parent_kpi",
    ),
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
    rows: Any = [each.key_result for each in outlook.key_results]
    name_company(objective, rows)
    courses = histories(rows)
    takes_final = objective.cycle.is_closed and objective.cycle.takes_final_values(visit.at)
    lines = lines_of(outlook, courses, today=visit.today)
    allowed = allow(visit.person, objective, lines)
    points = rolled_up(rows, courses)
    loose = _give_initiatives(objective, lines)
    aligned = _aligned(request, objective)
    return {
        "objective": objective,
        "is_open": not is_closed(objective),
        "takes_final": takes_final,
        **_relations(visit.person, objective),
        "moved": moved_on([objective]) if objective.cycle.is_locked else [],
        **around(request, None),
        "outlook": outlook,
        "lines": lines,
        "allowed": allowed,
        "can_comment": "comment" in allowed,
        "can_hand_out": policy.may(visit.person, "hand_out") and not objective.is_private,
        "who_can": who_can(objective) if "comment" in allowed and "check_in" not in allowed else "",
        "to_check_in": _check_in_url(lines),
        "measures": _measures(lines),
        "chart": chart_of_objective(objective, points, status=outlook.status, today=visit.today) if points else None,
        "points": points,
        "days_left": max((objective.last_day - visit.today).days, 0),
        "chain": chain(objective, reader=visit.person, organisation=visit.organisation),
        "aligned": aligned,
        "explained": explain_objective(outlook, {each.objective.pk: each.objective.title for each in aligned}),
        **_supports(request, objective),
        "dropped": list(_dropped(objective)),
        "noted": noted("objective", objective.custom_fields),
        "weighs_nothing": bool(outlook.counted) and not any(each.key_result.weight for each in outlook.counted),
        "lost_parent": lost_parent_word(objective, visit.person),
        "told": _feed(lines, courses),
        "loose": loose,
        "comments": _comments(objective),
        "comment_form": comment_form or CommentForm(),
        "closure": _closure(objective),
        "page_title": objective.title,
        "section": "goals",
    }


def _relations(reader: Person, objective: Objective) -> dict[str, Any]:
    """Return where it was carried from and to, as far as the reader sees that; a running goal went nowhere yet."""
    if objective.origin_id is None and objective.stage != Stage.CLOSED:
        return {}
    there = Objective.objects.visible_to(reader).select_related("cycle")
    near = list(there.filter(Q(pk=objective.origin_id) | Q(origin=objective)).order_by("cycle__first_day", "pk")[:5])
    origin = next((row for row in near if row.pk == objective.origin_id), None)
    return {"origin": origin, "copies": [row for row in near if row != origin]}


def past_page_of(request: VisitRequest, objective: Objective, moment: Moment) -> dict[str, Any] | None:
    """Return what the page showed at a moment of the past, with nothing to change; None before it was there."""
    visit = request.visit
    back = moment.rewind_objectives([objective])
    if not back:
        return None
    asked: dict[str, Any] = {"reader": visit.person, "organisation": visit.organisation}
    outlook = outlooks(back, today=moment.day, moment=moment, **asked)[objective.pk]
    rows = [each.key_result for each in outlook.key_results]
    courses = histories(rows, moment=moment)
    lines, points = lines_of(outlook, courses, today=moment.day), rolled_up(rows, courses)
    return {
        "objective": objective,
        "is_open": False,
        "outlook": outlook,
        "lines": lines,
        "allowed": frozenset(),
        "measures": _measures(lines),
        "chart": _past_chart(objective, points, outlook, moment) if points else None,
        "points": points,
        "explained": explain_objective(outlook, {}),
        "days_left": objective.cycle.days_left(moment.day),
        "told": _feed(lines, courses),
        "comments": [each for each in _comments(objective) if each.said_at <= moment.at],
        "closure": _closure_at(objective, moment),
        "moved": [each for each in moved_on([objective]) if each.amendment.at <= moment.at],
        "page_title": objective.title,
        "section": "goals",
        **around(request, moment),
    }


def _past_chart(objective: Objective, points: Sequence[Point], outlook: Outlook, moment: Moment) -> BurnUp:
    drawn = chart_of_objective(objective, points, status=outlook.status, today=moment.day)
    return replace(drawn, today_words=date_format(moment.day, _("j M")))


def _closure_at(objective: Objective, moment: Moment) -> Closure | None:
    rows = objective.closures.filter(at__lte=moment.at).exclude(reopened_at__lte=moment.at)
    return rows.select_related("by").order_by("-at").first()


def _outlook(request: VisitRequest, objectives: Iterable[Objective]) -> dict[int, Outlook]:
    visit = request.visit
    return outlooks(objectives, reader=visit.person, organisation=visit.organisation, today=visit.today)


def allow(person: Person, objective: Objective, lines: Sequence[Line]) -> frozenset[str]:
    """Note on each line what the person may do with it, and return what they may do with the objective."""
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


@dataclass(frozen=True, slots=True)
class Aligned:
    """A goal that hangs from this one, and where it stands."""

    objective: Objective
    progress: Decimal | None
    status: str


def _aligned(request: VisitRequest, objective: Objective) -> list[Aligned]:
    visit = request.visit
    there = Objective.objects.visible_to(visit.person).filter(archived_at=None)
    mine = KeyResult.objects.filter(objective=objective)
    below = there.filter(Q(parent_objective=objective) | Q(parent_key_result__in=mine.values("pk")))
    rows = list(below.select_related("cycle").order_by("pk")[:MOST_ALIGNED])
    known = {row.pk: Heading.of(row) for row in rows}
    limits = limits_of(visit.organisation)
    found = stands(known, reader=visit.person.pk, today=visit.today, limits=limits) if known else {}
    return [Aligned(row, found[row.pk].progress, found[row.pk].status) for row in rows]


def _closure(objective: Objective) -> Closure | None:
    if objective.stage != Stage.CLOSED:
        return None
    return objective.closures.filter(reopened_at=None).select_related("by").first()


def _supports(request: VisitRequest, objective: Objective) -> dict[str, list[Objective]]:
    """Return the supports links on both sides, as far as their other ends exist for the reader."""
    seen = Objective.objects.visible_to(request.visit.person).values("pk")
    there, here = Q(objective=objective, supported__in=seen), Q(supported=objective, objective__in=seen)
    links = list(
        Support.objects.filter(there | here).select_related("objective", "supported").order_by("pk")[:MOST_ALIGNED]
    )
    return {
        "supports": [link.supported for link in links if link.objective_id == objective.pk],
        "supported_by": [link.objective for link in links if link.supported_id == objective.pk],
    }


def _dropped(objective: Objective) -> QuerySet[KeyResult]:
    """Return the key results that were dropped, with what was learned from them."""
    rows = KeyResult.objects.filter(objective=objective, binned_at=None).exclude(archived_at=None)
    return rows.select_related("archived_by").order_by("-archived_at")[:MOST_ALIGNED]


def noted(noun: str, values: Mapping[str, str]) -> list[tuple[CustomField, Any]]:
    """Return the custom fields in which something stands, with it."""
    if not values:
        return []
    return [(row, _shown(row, values[row.key])) for row in CustomField.objects.asked_of(noun) if row.key in values]


def _shown(row: CustomField, value: str) -> Any:
    match row.kind:
        case CustomField.Kind.NUMBER:
            return Unit().show(Decimal(value))
        case CustomField.Kind.DATE:
            return date.fromisoformat(value)
        case _:
            return value


def lost_parent_word(objective: Objective, reader: Person) -> str:
    """Say that what it hangs from was archived or binned, where the reader may know of it."""
    above = [getattr(objective, name) for name in PARENTS if getattr(objective, name) is not None]
    above += [parent.objective for parent in above if isinstance(parent, KeyResult)]
    gone = any(each.archived_at or each.binned_at for each in above)
    lost = gone and Objective.objects.filter(lost_parent(reader), pk=objective.pk).exists()
    return _("This goal lost its parent: what it hangs from was archived or lies in the bin.") if lost else ""


def _feed(lines: Sequence[Line], courses: dict[int, list[Point]]) -> list[Told]:
    told = [Told(point.check_in, line) for line in lines for point in courses[line.key_result.pk] if point.check_in]
    return sorted(told, key=lambda each: each.check_in.entered_at, reverse=True)[:NEWEST]


def _comments(objective: Objective) -> list[Comment]:
    rows = Comment.objects.filter(objective=objective, binned_at=None).select_related("author")
    return list(rows.order_by("-said_at", "-pk")[:MOST_COMMENTS])[::-1]
