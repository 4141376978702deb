"""The ledger of bets: which work moved which number, by kind and by team; every number opens the bets behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from plumbline.goals.ledger import UNTOLD, Ledger, Row, Tally, courses
from plumbline.goals.models import Bet, Moves, Work
from plumbline.people.models import Team
from plumbline.web.courses import CourseWords, words_of
from plumbline.web.forms.goals import without
from plumbline.web.forms.ledger import NOT_TOLD, LedgerForm
from plumbline.web.http import VisitRequest

PER_PAGE = 30
#: The columns of the table by team.
COLUMNS = ("open", "unsettled", "moved", "partly", "not", "too_early")
WORKS = {**dict(Work.choices), "": NOT_TOLD[1]}
NUMBERS = {**dict(Moves.choices), "": NOT_TOLD[1]}


@dataclass(frozen=True, slots=True)
class Cell:
    """A tally with the address of the bets behind it."""

    tally: Tally
    query: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work, with a cell for each kind of number and one for all."""

    name: str
    cells: list[Cell | None]
    all: Cell


@dataclass(frozen=True, slots=True)
class Home:
    """One team with its counts by standing, and the address behind each."""

    name: str
    query: str
    counts: list[tuple[int, str]]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Entry:
    """One bet of the list, in words."""

    bet: Bet
    row: Row
    course: CourseWords


@require_GET
def bets(request: VisitRequest) -> HttpResponse:
    """Show the ledger."""
    visit, address = request.visit, request.GET
    teams = list(Team.objects.filter(binned_at=None).order_by("name", "pk"))
    form = LedgerForm(address, teams=_offered(teams, address.get("team", "")), cycles=visit.cycles)
    found = Ledger.read(visit.person, form.wanted())
    page = Paginator(found.rows, PER_PAGE).get_page(address.get("page"))
    context = {
        "form": form,
        "applied": form.applied(address),
        "ledger": found,
        "headline": _headline(found.total),
        "numbers": [str(NUMBERS[key]) for key in _numbers(found)],
        "kinds": list(_kinds(found, address)),
        "homes": list(_homes(found, teams, address)),
        "columns": COLUMNS,
        "entries": _entries(page, request),
        "page": page,
        "query": without(address),
        "page_title": _("Bets"),
        "section": "goals",
    }
    return render(request, "ledger/page.html", context)


def _offered(teams: Iterable[Team], asked: str) -> list[Team]:
    return [team for team in teams if not team.is_archived or team.public_id == asked]


def _headline(total: Tally) -> str:
    if not total.settled:
        return _("No bet is settled yet. When work is done, its lead is asked whether it moved the number.")
    words = ngettext(
        "%(moved)s of %(settled)s settled bet moved its number.",
        "%(moved)s of %(settled)s settled bets moved their number.",
        total.settled,
    )
    return words % {"moved": total.moved, "settled": total.settled}


def _numbers(found: Ledger) -> list[str]:
    there = {moves for _work, moves in found.by_kinds}
    return [key for key in NUMBERS if key in there]


def _kinds(found: Ledger, address: QueryDict) -> Iterator[Kind]:
    columns = _numbers(found)
    for work, name in WORKS.items():
        if work in found.by_work:
            here = {"work": work or UNTOLD}
            cells = [_cell(found.by_kinds.get((work, key)), address, moves=key or UNTOLD, **here) for key in columns]
            yield Kind(str(name), cells, Cell(found.by_work[work], without(address, **here)))


def _cell(tally: Tally | None, address: QueryDict, **here: str) -> Cell | None:
    return Cell(tally, without(address, **here)) if tally else None


def _homes(found: Ledger, teams: Iterable[Team], address: QueryDict) -> Iterator[Home]:
    """Yield the teams by name: this is a ledger of work and no table of the best."""
    for team in teams:
        if tally := found.by_team.get(team.pk):
            here = {"team": team.public_id}
            counts = [(tally.counts[key], without(address, standing=key, **here)) for key in COLUMNS]
            yield Home(team.name, without(address, **here), counts, tally)


def _entries(page: Page[Any], request: VisitRequest) -> list[Entry]:
    rows: dict[int, Row] = {row.pk: row for row in page.object_list}
    related = ("initiative__objective", "key_result")
    known = {bet.initiative_id: bet for bet in Bet.objects.filter(initiative__in=rows).select_related(*related)}
    found = courses(known.values(), today=request.visit.today)
    shown = [(known[pk], row) for pk, row in rows.items() if pk in known]
    return [Entry(bet, row, words_of(bet, found.get(bet.pk))) for bet, row in shown]


routes = [path("bets/", bets, name="bets")]
