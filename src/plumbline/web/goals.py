"""The table of goals: key results under their objectives, filtered by the address, sorted and paged."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plumbline.goals import mending
from plumbline.goals.as_of import Moment
from plumbline.goals.choices import STAGES, choices_for
from plumbline.goals.listed import give_teams
from plumbline.goals.models import Cycle, KeyResult, Objective, Tag
from plumbline.goals.models.objective import Home
from plumbline.goals.narrow import Heading, Stands
from plumbline.goals.narrow import stands as read_stands
from plumbline.goals.outlook import Outlook, limits_of, outlooks
from plumbline.goals.status import WORST_FIRST
from plumbline.people.models import Person
from plumbline.people.name import Name
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.forms.goals import COMPANY, GoalsForm, without
from plumbline.web.http import VisitRequest
from plumbline.web.lines import Line, lines_of
from plumbline.web.looking_back import around, moment_of

#: Objectives on a page: with their key results, some fifty rows.
PER_PAGE = 15

DRAFTS = KeyResult.objects.filter(stage="draft", binned_at=None)
CONDITIONS = {
    "active": Q(stage="active", archived_at=None),
    "draft": Q(archived_at=None) & (Q(stage="draft") | Q(stage="active", pk__in=DRAFTS.values("objective"))),
    "closed": Q(stage="closed", archived_at=None),
    "archived": ~Q(archived_at=None),
}


@dataclass(frozen=True, slots=True)
class Group:
    """An objective of the table with those of its key results that are wanted."""

    outlook: Outlook
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Search:
    """One look at the table: who looks, in which cycle, for what."""

    request: VisitRequest
    cycle: Cycle | None
    form: GoalsForm
    moment: Moment | None = None

    @property
    def needs_all(self) -> bool:
        """Tell whether it asks for what is known after reading only: status and progress, or all of a past day."""
        return (
            bool(self.moment) or bool(self.form.wanted("status")) or self.form.wanted("sort") in {"status", "progress"}
        )

    def objectives(self, leave_out: str = "") -> Any:
        """Return the objectives that fit all but the status, with ``leave_out`` forgotten."""

        def wanted(name: str) -> str:
            return "" if name == leave_out else self.form.wanted(name)

        rows = _in_stage(self.request.visit.person, self.cycle, "" if self.moment else self.form.stage_wanted)
        if tag := wanted("tag"):
            rows = rows.tagged(self.form.tags[tag])
        if mend := wanted("mend"):
            rows = rows.filter(_to_mend(mend, self.request.visit.person))
        if words := wanted("q"):
            rows = rows.filter(pk__in=_holding(words, rows))
        rows = self._of_people(rows, wanted)
        return rows.order_by("-pk" if wanted("sort") == "newest" else "title", "pk")

    def _of_people(self, rows: Any, wanted: Callable[[str], str]) -> Any:
        if team := wanted("team"):
            rows = rows.filter(Q(home=Home.COMPANY) if team == COMPANY else Q(pk__in=_of_team(team)))
        if lead := wanted("lead"):
            rows = rows.filter(Q(lead__public_id=lead) | _with_key_result(lead__public_id=lead))
        if wanted("mine"):
            mine = self.request.visit.person
            rows = rows.filter(Q(lead=mine) | _with_key_result(lead=mine))
        if level := wanted("level"):
            rows = rows.filter(_with_key_result(level=level))
        return rows

    def outlooks(self, rows: Iterable[Objective]) -> list[Outlook]:
        """Return where objectives stand, in their order."""
        visit, moment = self.request.visit, self.moment
        asked: dict[str, Any] = {"reader": visit.person, "organisation": visit.organisation}
        if moment:
            back = self._at(moment, rows)
            found = outlooks(back, today=moment.day, moment=moment, **asked)
            return [found[row.pk] for row in back]
        listed = list(rows)
        for row in listed:
            row.cycle = self.cycle  # type: ignore[assignment]
        give_teams(listed)
        found = outlooks(listed, today=visit.today, for_a_list=True, **asked)
        return [found[row.pk] for row in listed]

    def _at(self, moment: Moment, rows: Iterable[Objective]) -> list[Objective]:
        """Return the objectives as they were, those that were in the wanted stage then."""
        wanted = self.form.stage_wanted
        back = [row for row in moment.rewind_objectives(rows) if row.cycle_id == getattr(self.cycle, "pk", None)]
        return [row for row in back if ("archived" if row.is_archived else row.stage) == wanted]

    def group(self, outlook: Outlook) -> Group:
        """Return an objective with the key results that are wanted."""
        return Group(outlook, [line for line in lines_of(outlook, {}) if self._fits(line, outlook.objective)])

    def then(self) -> list[Outlook]:
        """Return everything that fitted on a day of the past, in the order that was asked for."""
        status, sort = self.form.wanted("status"), self.form.wanted("sort")
        found = self.outlooks(_whole(self.objectives()))
        fitting = [each for each in found if not status or self.group(each).lines]
        if sort == "status":
            return sorted(fitting, key=lambda each: WORST_FIRST.index(each.status))
        return sorted(fitting, key=lambda each: _first_least(each.progress)) if sort == "progress" else fitting

    def ordered(self) -> list[Objective]:
        """Return everything that fits, the status too, in the order that was asked for, by its numbers alone."""
        rows = list(self.objectives().only(*_NUMBERS))
        read = self.stands(rows)
        status = self.form.wanted("status")
        fitting = [row for row in rows if not status or status in read[row.pk].shown]
        if status and (self.form.wanted("level") or self.form.wanted("lead")):
            fitting = [look.objective for look in self.outlooks(_related(self.objectives())) if self.group(look).lines]
        if self.form.wanted("sort") == "status":
            return sorted(fitting, key=lambda row: WORST_FIRST.index(read[row.pk].status))
        if self.form.wanted("sort") == "progress":
            return sorted(fitting, key=lambda row: _first_least(read[row.pk].progress))
        return fitting

    def stands(self, rows: Iterable[Objective]) -> dict[int, Stands]:
        """Return where objectives stand by their numbers."""
        visit = self.request.visit
        known = (
            {row.pk: Heading(row.driver, self.cycle, row.starts_on, row.due_on) for row in rows} if self.cycle else {}
        )
        return read_stands(known, reader=visit.person.pk, today=visit.today, limits=limits_of(visit.organisation))

    def shown(self, rows: Any) -> list[Outlook]:
        """Return where the objectives of one page stand, fetched with all that the table shows, in their order."""
        if self.moment:
            return list(rows)
        found = {row.pk: row for row in _related(Objective.objects.filter(pk__in=[row.pk for row in rows]))}
        return self.outlooks(found[row.pk] for row in rows)

    def _fits(self, line: Line, objective: Objective) -> bool:
        row, form = line.key_result, self.form
        status, level, lead = form.wanted("status"), form.wanted("level"), form.wanted("lead")
        if status and (line.is_draft or line.status != status):
            return False
        if level and (row.level or "unclear") != level:
            return False
        return not lead or lead in {_key(row.lead), _key(objective.lead)}


@require_GET
def goals(request: VisitRequest) -> HttpResponse:
    """Show the goals of a cycle."""
    cycle = chosen_cycle(request)
    asked = {name: request.GET.get(name, "")[:40] for name in ("team", "lead")}
    choices = choices_for(request.visit.person, cycle, **asked)
    form = GoalsForm(request.GET, choices=choices, tags=Tag.objects.in_use())
    moment = moment_of(request)
    search = Search(request, cycle, form, moment)
    page = _page(search, None if form.applied(request.GET) or moment else choices.counts[form.stage_wanted])
    outlooks_shown = (search.shown if search.needs_all else search.outlooks)(page.object_list)
    applied = form.applied(request.GET)
    context = {
        "form": form,
        "stages": [] if moment else _tabs(request, choices.counts, form),
        **around(request, moment),
        "applied": applied,
        "instead": _instead(search, applied) if not page.object_list else [],
        "groups": [search.group(each) for each in outlooks_shown],
        "page": page,
        "query": without(request.GET),
        "chosen": cycle,
        "page_title": _("Goals"),
        "section": "goals",
    }
    return render(request, "goals/page.html", context)


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of something that was counted before."""

    def __init__(self, rows: Any, per_page: int, count: int | None) -> None:
        super().__init__(rows, per_page)
        if count is not None:
            self.count = count


def _page(search: Search, count: int | None) -> Page[Any]:
    rows: Any = _related(search.objectives())
    if search.needs_all:
        rows = search.then() if search.moment else search.ordered()
    return Counted(rows, PER_PAGE, count).get_page(search.request.GET.get("page"))


def _in_stage(person: Person, cycle: Cycle | None, stage: str) -> Any:
    return Objective.objects.visible_to(person).in_cycle(cycle).filter(CONDITIONS[stage] if stage else Q())


def _whole(rows: Any) -> Any:
    return rows.select_related("cycle", "lead", "home_person").prefetch_related("home_teams")


def _related(rows: Any) -> Any:
    return rows.select_related("lead", "home_person").only(*_SHOWN)


_NUMBERS = ("title", "cycle", "driver", "starts_on", "due_on")
_SHOWN = (
    *("public_id", "title", "cycle", "home", "stage", "archived_at", "is_private", "driver", "weight"),
    *("starts_on", "due_on"),
    *("lead__public_id", "lead__name", "home_person__name"),
)


def _of_team(public_id: str) -> Any:
    return Objective.home_teams.through.objects.filter(team__public_id=public_id).values("objective")


def _to_mend(what: str, reader: Person) -> Q:
    match what:
        case "lost":
            return mending.lost_parent(reader)
        case "unaligned":
            return mending.unaligned()
        case "empty":
            return mending.without_key_results()
        case _:
            return mending.without_lead()


def _with_key_result(**wanted: Any) -> Q:
    rows = KeyResult.objects.filter(binned_at=None, archived_at=None, **wanted)
    return Q(pk__in=rows.values("objective"))


def _holding(words: str, rows: Any) -> set[int]:
    """Return the objectives that hold all words in their title or a key result, case and accents folded."""
    wanted = folded(words).split()
    texts: dict[int, list[str]] = {}
    key_results = KeyResult.objects.filter(binned_at=None, archived_at=None, objective__in=rows.values("pk"))
    for key, text in [*rows.values_list("pk", "title"), *key_results.values_list("objective_id", "statement")]:
        texts.setdefault(key, []).append(folded(text))
    return {key for key, told in texts.items() if all(word in " ".join(told) for word in wanted)}


def folded(text: str) -> str:
    """Return a text as it is compared: no capitals, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _tabs(request: VisitRequest, counts: dict[str, int], form: GoalsForm) -> list[tuple[str, int, str, bool]]:
    words = {"active": _("Running"), "draft": _("Drafts"), "closed": _("Closed"), "archived": _("Archived")}
    return [
        (words[stage], counts[stage], without(request.GET, stage=stage), stage == form.stage_wanted) for stage in STAGES
    ]


def _instead(search: Search, applied: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, int]]:
    """Return each filter that could be removed, with how many objectives would show then."""
    found = [(words, query, _count_without(search, name)) for name, words, query in applied]
    return [each for each in found if each[2]]


def _count_without(search: Search, name: str) -> int:
    if name == "status" or not search.form.wanted("status"):
        return int(search.objectives(leave_out=name).count())
    rest = search.stands(search.objectives(leave_out=name).only(*_NUMBERS))
    return sum(search.form.wanted("status") in each.shown for each in rest.values())


def _first_least(progress: Decimal | None) -> Decimal:
    return Decimal(101) if progress is None else progress


def _key(person: Person | Name | None) -> str:
    return person.public_id if person else ""


routes = [path("goals/", goals, name="goals")]
