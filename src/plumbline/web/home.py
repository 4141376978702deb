"""My week: what is due, where my goals stand, how the team's rhythm is, and what happened."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from plumbline.charts import Hung
from plumbline.goals.due import UpToDate, deadline, due_for, up_to_date, week_of
from plumbline.goals.history import histories
from plumbline.goals.listed import give_teams
from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.goals.models.objective import Home
from plumbline.goals.outlook import KeyResultOutlook, Outlook, limits_of, outlook_of, outlooks
from plumbline.goals.status import Status
from plumbline.people.models import Person
from plumbline.people.models.organisation import Feature
from plumbline.people.name import Name
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.feeds import feed_for
from plumbline.web.http import Visit, VisitRequest
from plumbline.web.lines import Line, lines_of

MOST_DUE = 10
MOST_GOALS = 12
MOST_QUESTIONS = 10
#: As many goals of the team as its rhythm is read from.
MOST_OURS = 40
MOST_HUNG = 12
SECONDS_EACH = 80
#: How long a look lasts: a reload within it shows the same news.
LOOK = timedelta(hours=1)
NUMBERS = [
    pgettext_lazy("number", "No"),
    gettext_lazy("One"),
    gettext_lazy("Two"),
    gettext_lazy("Three"),
    gettext_lazy("Four"),
    gettext_lazy("Five"),
    gettext_lazy("Six"),
    gettext_lazy("Seven"),
    gettext_lazy("Eight"),
    gettext_lazy("Nine"),
]
WEEK = 7
LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Group:
    """An objective with those of its key results that are mine."""

    outlook: Outlook
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Pulse:
    """The rhythm of a team: of its goals together, never of one person."""

    team: Name
    checked_in: int
    count: int
    fresh: UpToDate
    statuses: list[tuple[str, int]]
    confidence: Decimal | None
    levels: dict[str, int]

    @property
    def sure(self) -> int | None:
        """The mean confidence as one of the five grades."""
        return None if self.confidence is None else round(self.confidence)


@require_GET
def home(request: VisitRequest) -> HttpResponse:
    """Show somebody their week."""
    visit, cycle = request.visit, chosen_cycle(request)
    due = due_for(visit.person, today=visit.today, organisation=visit.organisation)
    team = next(iter(visit.frame.teams), None)
    mine, teams = _objectives(visit, cycle, team)
    found = outlooks(
        _each_once(teams, mine),
        reader=visit.person,
        organisation=visit.organisation,
        today=visit.today,
        for_a_list=True,
    )
    groups = [_group(found[row.pk], visit.person) for row in mine]
    since = _last_look(request)
    context = {
        "heading": date_format(localtime(visit.at), _("l j F")),
        "due": _due_lines(request, due[:MOST_DUE]),
        "due_total": len(due),
        "due_by": _by_words(deadline(due, today=visit.today, organisation=visit.organisation), visit.today),
        "due_words": _due_words(request, due),
        "questions": visit.frame.questions[:MOST_QUESTIONS],
        "managers_hear": bool(due) and visit.organisation.has(Feature.MANAGERS_HEAR),
        "groups": groups,
        "key_result_total": sum(len(group.lines) for group in groups),
        "hung": _hung(groups),
        "hung_words": _hung_words(groups),
        "chosen": cycle,
        "pulse": _pulse(request, team, [found[row.pk] for row in teams]) if team else None,
        "feed": feed_for(visit.person),
        "since": since,
        "page_title": _("My week"),
        "section": "home",
    }
    return render(request, "home/page.html", context)


def _objectives(visit: Visit, cycle: Cycle | None, team: Name | None) -> tuple[list[Objective], list[Objective]]:
    """Return the goals that somebody leads something of, and those of the team, in one query."""
    person = visit.person
    there = Objective.objects.visible_to(person).in_cycle(cycle).filter(archived_at=None).exclude(stage="closed")
    led = KeyResult.objects.filter(lead=person, binned_at=None, archived_at=None)
    mine = Q(lead=person) | Q(pk__in=led.values("objective"))
    homes = Objective.home_teams.through.objects.filter(team=team.pk if team else None)
    ours = Q(home=Home.TEAM, stage="active", pk__in=homes.values("objective"))
    rows = there.filter(mine | ours).annotate(
        is_mine=ExpressionWrapper(mine, BooleanField()), is_ours=ExpressionWrapper(ours, BooleanField())
    )
    found: list[Any] = list(rows.select_related("home_person").only(*_SHOWN).order_by("pk"))
    for row in found:
        row.cycle = cycle
    own = [row for row in found if row.is_mine][:MOST_GOALS]
    give_teams(own)
    return own, [row for row in found if row.is_ours][:MOST_OURS]


_SHOWN = (
    *("public_id", "title", "cycle", "home", "stage", "is_private", "driver", "weight", "lead", "starts_on", "due_on"),
    "home_person__name",
)


def _each_once(*groups: Iterable[Objective]) -> list[Objective]:
    return list({row.pk: row for group in groups for row in group}.values())


def _group(outlook: Outlook, person: Person) -> Group:
    leads = outlook.objective.lead_id == person.pk
    lines = [line for line in lines_of(outlook, {}) if leads or line.key_result.lead_id == person.pk]
    return Group(outlook, lines)


def _due_lines(request: VisitRequest, due: Sequence[KeyResult]) -> list[tuple[Line, str]]:
    courses, limits = histories(due), limits_of(request.visit.organisation)
    today = request.visit.today
    return [(Line(outlook_of(row, today=today, limits=limits), courses[row.pk]), uuid.uuid4().hex) for row in due]


# Words.


def _due_words(request: VisitRequest, due: Sequence[KeyResult]) -> str:
    today = request.visit.today
    if not due:
        coming = request.visit.frame.next_due(today)
        return (
            _("Nothing is due. The next check-in is on %(day)s.") % {"day": date_format(coming, _("l j F"))}
            if coming
            else ""
        )
    minutes = -(-len(due) * SECONDS_EACH // 60)
    by = _by_words(deadline(due, today=today, organisation=request.visit.organisation), today)
    many = ngettext("%(number)s check-in is due %(by)s.", "%(number)s check-ins are due %(by)s.", len(due))
    time = ngettext("About %(minutes)s minute.", "About %(minutes)s minutes.", minutes)
    words = {"number": _number(len(due)), "by": by, "minutes": str(_number(minutes)).lower()}
    return f"{many % words} {time % words}"


def _by_words(day: date | None, today: date) -> str:
    if day is None or day == today:
        return _("today")
    near = (day - today).days < WEEK
    return _("by %(day)s") % {"day": date_format(day, "l" if near else _("j F"))}


def _number(count: int) -> str:
    return str(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def _hung(groups: Iterable[Group]) -> list[Hung]:
    lines = [line for group in groups for line in group.lines if line.outlook.counts]
    shown = [line for line in lines if line.outlook.progress is not None][:MOST_HUNG]
    return [_hang(line) for line in shown]


def _hang(line: Line) -> Hung:
    name = line.name if len(line.name) <= LONGEST_NAME else line.name[: LONGEST_NAME - 1].rstrip() + "…"
    return Hung(name, line.outlook.progress, line.status, reverse("key-result", args=[line.key_result.public_id]))


def _hung_words(groups: Iterable[Group]) -> str:
    count = len(_hung(groups))
    words = ngettext("Your %(number)s goal against the line", "Your %(number)s goals against the line", count)
    return words % {"number": str(_number(count)).lower()}


# The team and the news.


def _pulse(request: VisitRequest, team: Name, found: Sequence[Outlook]) -> Pulse | None:
    rows = [each for outlook in found for each in outlook.counted]
    if not rows:
        return None
    visit = request.visit
    first, _last = week_of(visit.today, visit.organisation)
    fresh = sum(1 for row in rows if row.key_result.latest_check_in and row.key_result.latest_check_in.on >= first)
    statuses = Counter(row.standing.shown for row in rows)
    levels = Counter(row.key_result.level or "unclear" for row in rows)
    shown = [(status.value, statuses[status]) for status in Status if statuses[status]]
    known = up_to_date([row.key_result for row in rows], today=visit.today, organisation=visit.organisation)
    return Pulse(team, fresh, len(rows), known, shown, _mean_confidence(rows), dict(levels))


def _mean_confidence(rows: Iterable[KeyResultOutlook]) -> Decimal | None:
    said = [row.key_result.latest_check_in.confidence for row in rows if row.key_result.latest_check_in]
    sure = [each for each in said if each is not None]
    return (Decimal(sum(sure)) / len(sure)).quantize(Decimal("0.1")) if sure else None


def _last_look(request: VisitRequest) -> datetime | None:
    """Return when the person looked before this look; a look lasts an hour."""
    person, at = request.visit.person, request.visit.at
    if person.seen_at is None or at - person.seen_at > LOOK:
        request.session["looked_before"] = person.seen_at.isoformat() if person.seen_at else ""
        person.look(at=at)
    before = request.session.get("looked_before", "")
    return datetime.fromisoformat(before) if before else None


routes = [path("", home, name="home")]
