"""The goals of one or more cycles: filtered by the address; as a table, over time, or by status."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plumbline.goals.choices import STAGES, Choices, View, choices_for
from plumbline.goals.handled import checkable
from plumbline.goals.models import Cycle
from plumbline.people.models.person import Role
from plumbline.web.bulk import WORDS
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.forms.goals import GoalsForm, without
from plumbline.web.forms.goals_view import kept
from plumbline.web.goals_board import board_of
from plumbline.web.goals_columns import Layout, columns_there, layout_of
from plumbline.web.goals_roadmap import roadmap_of
from plumbline.web.goals_search import Group, Search, related
from plumbline.web.http import VisitRequest
from plumbline.web.looking_back import DAY, around, moment_of
from plumbline.web.templatetags.plumbline_goals import Table, table_of

#: Objectives on a page: with their key results, some fifty rows; and rows where they stand one by one.
PER_PAGE, ROWS_PER_PAGE = 15, 50


@require_GET
def goals(request: VisitRequest) -> HttpResponse:
    """Show the goals that the address asks for."""
    found = look_at(request)
    if elsewhere := _elsewhere(request, found):
        return redirect(f"{reverse('goals')}?{elsewhere}")
    answer = render(request, "goals/page.html", _page_of(request, found))
    if request.htmx:
        answer["HX-Push-Url"] = f"{reverse('goals')}?{found.query}"
    return answer


class Look:
    """What the address asks for, with what there is to choose from."""

    def __init__(self, request: VisitRequest) -> None:
        asked = {name: request.GET.get(name, "")[:40] for name in ("team", "lead")}
        self.cycle = chosen_cycle(request)
        self.cycles = _cycles(request, self.cycle)
        self.choices: Choices = choices_for(request.visit.person, self.cycles, **asked)
        self.form = GoalsForm(request.GET, choices=self.choices)
        self.layout: Layout = layout_of(request.GET, self.choices.fields)
        self.moment = moment_of(request)
        self.search = Search(request, self.cycles, self.form, self.layout, self.moment)
        self.view = next((each for each in self.choices.views if each.public_id == request.GET.get("view")), None)
        columns = "" if self.layout.is_usual else ",".join(each.key for each in self.layout.columns)
        self.query = self.form.canonical(request.GET, columns=columns)

    @property
    def can_save(self) -> bool:
        """Tell whether a view of one's own is shown with something changed."""
        return bool(self.view and self.view.mine and kept(self.query) != kept(self.view.query))


def look_at(request: VisitRequest) -> Look:
    """Read what the address asks for."""
    return Look(request)


def _cycles(request: VisitRequest, chosen: Cycle | None) -> list[Cycle]:
    """Return the cycles that are looked at: the chosen one, unless the address asks for more."""
    when, cycles = request.GET.get("when", ""), request.visit.cycles
    if when == "all":
        return cycles
    if when == "open" or (request.GET.get("show") == "roadmap" and not when):
        still = [cycle for cycle in cycles if not cycle.is_closed and cycle.last_day >= request.visit.today]
        return still + ([chosen] if chosen and chosen not in still else [])
    return [chosen] if chosen else []


def _elsewhere(request: VisitRequest, look: Look) -> str:
    """Return the address that says the same in full: of a view, of the one to start with, of repeated columns."""
    first = next((each for each in look.choices.views if each.is_first), None)
    wanted: View | None = look.view if set(request.GET) <= {"view", "cycle"} else None
    wanted = first if not request.GET and not request.htmx else wanted
    if wanted:
        cycle = f"&cycle={request.GET['cycle']}" if request.GET.get("cycle", "").isalnum() else ""
        return f"{wanted.query}&view={wanted.public_id}{cycle}".lstrip("&") if wanted.query else ""
    return look.query if len(request.GET.getlist("columns")) > 1 and not request.htmx else ""


def _page_of(request: VisitRequest, look: Look) -> dict[str, Any]:
    applied = look.form.applied(request.GET)
    found = _SHOWN[look.form.show_wanted](request, look)
    return {
        "form": look.form,
        "look": look,
        "shows": _shows(request, look),
        "stages": [] if look.moment else _tabs(request, look),
        **around(request, look.moment),
        "applied": applied,
        "ignored": _ignored(request, look),
        "instead": _instead(look.search, applied) if not any(found.get(name) for name in _ROWS) else [],
        **found,
        "sorts": _sorts(look.layout)[: None if look.form.show_wanted != "roadmap" else _OF_WHOLES],
        "columns": _columns(look),
        "query": without(request.GET),
        "chosen": look.cycle,
        "page_title": _("Goals"),
        "section": "goals",
    }


#: What holds the rows, each way they can be shown.
_ROWS = ("groups", "bars", "lanes")


def _table_of(request: VisitRequest, look: Look) -> dict[str, Any]:
    search, narrowed = look.search, bool(look.form.applied(request.GET) or look.moment)
    page = _page(search, None if narrowed else look.choices.counts[look.form.stage_wanted])
    groups = search.groups(list(page.object_list))
    return {
        "groups": groups,
        "table": table(request, search, groups, look.layout),
        "heads": heads(request, look.layout),
        "acts": [(act, words[0], words[1]) for act, words in WORDS.items()],
        "page": page,
    }


_SHOWN: dict[str, Callable[[VisitRequest, Look], dict[str, Any]]] = {
    "table": _table_of,
    "roadmap": lambda request, look: roadmap_of(
        look.search, look.moment.day if look.moment else request.visit.today, chosen=look.cycle
    ),
    "board": lambda _request, look: board_of(look.search),
}


def _shows(request: VisitRequest, look: Look) -> list[tuple[str, str, str, bool]]:
    words = (("table", _("Table"), "table"), ("roadmap", _("Roadmap"), "roadmap"), ("board", _("Board"), "group"))
    now = look.form.show_wanted
    return [
        (word, sign, without(request.GET, show="" if key == "table" else key) or "stage=active", key == now)
        for key, word, sign in words
    ]


def table(request: VisitRequest, search: Search, groups: Iterable[Group], layout: Layout) -> Table:
    """Return what the rows of a page have in common, with what they need beside the usual."""
    person, rows = request.visit.person, list(groups)
    lines = [line for group in rows for line in group.lines]
    looks = {group.outlook.objective.pk: group.outlook for group in rows if group.outlook}
    looks |= {line.under.objective.pk: line.under for line in lines if line.under}
    needs = frozenset().union(*(each.needs for each in layout.columns))
    return table_of(
        layout.columns,
        facts=search.facts([*lines, *looks.values()], needs),
        checkable=frozenset()
        if search.moment
        else frozenset(checkable(person, looks.values(), teams=request.visit.frame.member_of)),
        selects=person.has_role(Role.MEMBER) and not search.moment,
    )


def heads(request: VisitRequest, layout: Layout) -> list[dict[str, Any]]:
    """Return the heads of the columns, each with the address that sorts by it, and the other way when it does."""
    found = []
    for key, label in (("title", _("Goal")), *((each.key, each.label) for each in layout.columns)):
        here = layout.sort == key or (key == "title" and not layout.sort)
        turned = f"-{key}" if here and not layout.down else key
        how = ("descending" if layout.down else "ascending") if here else ""
        found.append({"key": key, "label": label, "query": without(request.GET, sort=turned), "how": how})
    return found


#: How many orders know whole objectives: a road map shows no others.
_OF_WHOLES = 4


def _sorts(layout: Layout) -> list[tuple[str, Any, bool]]:
    fixed = [
        ("", _("Title")),
        ("status", _("Status, worst first")),
        ("progress", _("Progress, least first")),
        ("newest", _("Newest first")),
    ]
    known = {key for key, _label in fixed}
    rest = [(each.key, each.label) for each in layout.columns if each.key not in known]
    now = f"{'-' if layout.down else ''}{layout.sort}"
    if layout.down:
        there = dict((*fixed, *rest)) | {"title": _("Title")}
        label = there.get(layout.sort) or layout.there[layout.sort].label
        rest.append((now, _("%(column)s, the other way round") % {"column": label}))
    elif layout.sort in layout.there and layout.sort not in {*known, *(key for key, _label in rest)}:
        rest.append((now, layout.there[layout.sort].label))
    return [(key, label, key == now or (not key and now == "title")) for key, label in (*fixed, *rest)]


def _columns(look: Look) -> list[tuple[str, Any, bool]]:
    chosen = {each.key for each in look.layout.columns}
    return [(key, each.label, key in chosen) for key, each in columns_there(look.choices.fields).items()]


def _ignored(request: VisitRequest, look: Look) -> list[str]:
    """Return what the address asks for and nobody here knows."""
    found = [*look.form.ignored(request.GET), *look.layout.ignored]
    if request.GET.get("view") and look.view is None:
        found.append(_("a view that is not there, or not shared with you"))
    if request.GET.get(DAY) and look.moment is None and request.GET[DAY] != request.visit.today.isoformat():
        found.append(request.GET[DAY][:20])
    return found


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of something that was counted before."""

    def __init__(self, rows: Any, per_page: int, count: int | None) -> None:
        super().__init__(rows, per_page)
        if count is not None:
            self.count = count


def _page(search: Search, count: int | None) -> Page[Any]:
    number = search.request.GET.get("page")
    if search.by_line:
        return Paginator(search.entries(), ROWS_PER_PAGE).get_page(number)
    if search.needs_all:
        return Paginator(search.ordered(), PER_PAGE).get_page(number)
    return Counted(related(search.objectives()), PER_PAGE, count).get_page(number)


def _tabs(request: VisitRequest, look: Look) -> list[tuple[str, int, str, bool]]:
    words = {"active": _("Running"), "draft": _("Drafts"), "closed": _("Closed"), "archived": _("Archived")}
    counts, now = look.choices.counts, "" if look.view else look.form.stage_wanted
    return [(words[stage], counts[stage], without(request.GET, "view", stage=stage), stage == now) for stage in STAGES]


def _instead(search: Search, applied: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, int]]:
    """Return each filter that could be removed, with how many objectives would show then."""
    found = [(words, query, _count_without(search, name)) for name, words, query in applied]
    return [each for each in found if each[2]]


def _count_without(search: Search, name: str) -> int:
    status = search.form.wanted("status")
    if name == "status" or not status:
        return int(search.objectives(leave_out=name).count())
    rest = search.stands(search.objectives(leave_out=name).only("cycle", "driver", "starts_on", "due_on"))
    return sum(status in each.shown for each in rest.values())


routes = [path("goals/", goals, name="goals")]
