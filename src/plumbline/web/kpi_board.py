"""The board: KPIs beside each other from period to period, their values and targets typed in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plumbline.goals import policy
from plumbline.goals.kpi_health import Frequency
from plumbline.goals.kpi_tree import Forest, fiscal
from plumbline.goals.models import Kpi, KpiTarget, Reading
from plumbline.goals.periods import Period
from plumbline.people.models import Event, Person, Team
from plumbline.usecases.fill_cells import Refused, fill_cells
from plumbline.web.forms.kpi_cells import CellsForm
from plumbline.web.http import Visit, VisitRequest, fetch, require
from plumbline.web.kpi_periods import COLUMNS, Cell, cells_of, told
from plumbline.web.period_words import period_words

PAGE: Final = 25
KINDS: Final = ("values", "targets")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is to be said in a cell that could not be filled, what was typed there, and what is known of it now."""

    words: str
    typed: str
    known: str | None = None


@dataclass(slots=True)
class Line:
    """One KPI of the board."""

    kpi: Kpi
    cells: Sequence[Cell]
    may: bool
    refused: dict[str, Refusal] = field(default_factory=dict)

    def shown(self) -> list[tuple[Cell, Refusal | None]]:
        """Return the cells, each with what is to be said in it."""
        return [(cell, self.refused.get(cell.key)) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Look:
    """What of the board is looked at; the address holds all of it."""

    every: str
    home: str
    kind: str
    until: date

    @classmethod
    def of(cls, asked: QueryDict, visit: Visit) -> Look:
        """Read the address; what is not understood is as if it were not there."""
        every, today = asked.get("every", ""), visit.today
        kind = asked.get("show", "")
        try:
            until = date.fromisoformat(asked.get("until", ""))
        except ValueError:
            until = today
        earliest = today - timedelta(days=366 * 40)
        return cls(
            every if every in Frequency.values else _most_read(visit),
            asked.get("home", "")[:40],
            kind if kind in KINDS else KINDS[0],
            max(min(until, today), earliest),
        )


def _most_read(visit: Visit) -> str:
    """Return how often most KPIs are read: the board that somebody most likely wants to see."""
    counts = Kpi.objects.visible_to(visit.person).kept().values_list("frequency").annotate(number=Count("pk"))
    return str(max(counts, key=lambda row: row[1], default=("monthly", 0))[0])


@require_safe
def board(request: VisitRequest) -> HttpResponse:
    """Show the grid."""
    return _board_page(request)


@require_POST
def cells(request: VisitRequest, public_id: str) -> HttpResponse:
    """Take in what was typed in one cell, or in a row; say in the cell what can't be."""
    visit = request.visit
    kpi = fetch(Kpi, visit.person, public_id, related=("parent",), prefetched=("targets",))
    wants_target = any(name.startswith("target-") for name in request.POST)
    require(visit.person, "amend" if wants_target else "check_in", kpi)
    form = CellsForm(request.POST, kpi=kpi, calendar=fiscal(visit.organisation))
    if not form.is_valid():
        refused = {day.isoformat(): Refusal(words, _typed(form, day)) for day, words in form.wrong.items()}
        return _answer(request, kpi, form, refused, status=422)
    try:
        fill_cells(kpi, form.cells, by=visit.actor, at=visit.at)
    except Refused as refusal:
        key = refusal.period.first_day.isoformat()
        status = 409 if isinstance(refusal.why, Kpi.Overtaken) else 422
        return _answer(request, kpi, form, {key: _in_words(refusal, kpi, form)}, status=status)
    return _answer(request, kpi, form, {}, status=200)


def _typed(form: CellsForm, key: date | str) -> str:
    day = key if isinstance(key, str) else key.isoformat()
    return form.typed.get(f"value-{day}", form.typed.get(f"target-{day}", ""))


def _answer(
    request: VisitRequest, kpi: Kpi, form: CellsForm, refused: dict[str, Refusal], *, status: int
) -> HttpResponse:
    if not request.htmx:
        if refused:
            return _board_page(request, {kpi.pk: refused}, status=status)
        return redirect(_back(request))
    visit = request.visit
    keys = [name.partition("-")[2] for name in form.typed]
    periods = [form.calendar.period(date.fromisoformat(key), kpi.frequency) for key in keys[:1]]
    fresh = Kpi.objects.prefetch_related("targets").get(pk=kpi.pk)
    forest = Forest.of([fresh], visit.organisation)
    if periods:
        forest.with_readings(periods[0].first_day, periods[0].last_day)
    line = Line(fresh, cells_of(fresh, forest, periods, visit.today), may=True, refused=refused)
    return render(request, "kpis/_told.html", {"line": line, "kind": _kind(form), "saved": not refused}, status=status)


def _kind(form: CellsForm) -> str:
    return "targets" if any(name.startswith("target") for name in form.typed) else "values"


def _back(request: VisitRequest) -> str:
    """Return the board that the form was sent from."""
    first, said = reverse("kpi-board"), request.POST.get("back", "")[:400]
    return said if said.startswith(first) else first


def _in_words(refusal: Refused, kpi: Kpi, form: CellsForm) -> Refusal:
    why, typed = refusal.why, _typed(form, refusal.period.first_day)
    if isinstance(why, Kpi.Overtaken):
        return _overtaken(why.now, kpi, _kind(form), typed)
    if isinstance(why, Kpi.RollsUp):
        return Refusal(_("This value is made of the KPIs below it."), typed)
    if isinstance(why, Kpi.InTheFuture):
        return Refusal(_("This period is still to come."), typed)
    return Refusal(_("This KPI is archived. Bring it back to change it."), typed)


def _overtaken(now: Reading | KpiTarget | None, kpi: Kpi, kind: str, typed: str) -> Refusal:
    """Say who was quicker and what stands there now; to send again is a choice then."""
    if isinstance(now, KpiTarget):
        value, known = kpi.unit.show(now.target), f"{told(now.target)}|{told(now.upper)}"
    elif now is not None:
        value, known = kpi.unit.show(now.value), told(now.value)
    else:
        value, known = _("empty"), "|" if kind == "targets" else ""
    words = _("%(who)s made it %(value)s meanwhile (%(when)s). Save again to put yours there.")
    who, at = (now.author, now.entered_at) if isinstance(now, Reading) else _who_and_when(kpi, kind)
    when = date_format(localtime(at), _("j M Y, H:i")) if at else "–"
    return Refusal(words % {"who": who.name if who else _("Somebody"), "value": value, "when": when}, typed, known)


def _who_and_when(kpi: Kpi, kind: str) -> tuple[Person | None, datetime | None]:
    """Return who changed a cell last of what leaves no row of its own."""
    verbs = ("aimed", "target_dropped") if kind == "targets" else ("reading_withdrawn",)
    newest = Event.objects.about("kpi", kpi.public_id).filter(verb__in=verbs).select_related("actor").first()
    return (newest.actor, newest.at) if newest else (None, None)


def _board_page(
    request: VisitRequest, refused: dict[int, dict[str, Refusal]] | None = None, status: int = 200
) -> HttpResponse:
    visit = request.visit
    asked = request.GET if request.method != "POST" else QueryDict(urlsplit(_back(request)).query)
    look = Look.of(asked, visit)
    calendar = fiscal(visit.organisation)
    periods = calendar.until(look.until, look.every, COLUMNS[look.every])
    page = Paginator(_rows(visit, look), PAGE).get_page(asked.get("page"))
    found = list(page)
    forest = Forest.of(found, visit.organisation).with_readings(periods[0].first_day, periods[-1].last_day)
    own, verb = visit.person.teams_now(), "amend" if look.kind == "targets" else "check_in"
    lines = [
        Line(
            kpi,
            cells_of(kpi, forest, periods, visit.today),
            verb in policy.verbs(visit.person, kpi, teams=own),
            (refused or {}).get(kpi.pk, {}),
        )
        for kpi in found
    ]
    context = {
        "page": page,
        "lines": lines,
        "columns": [(period, period_words(period, look.every, calendar)) for period in periods],
        "now": calendar.period(visit.today, look.every),
        "look": look,
        "frequencies": [(each.value, each.label) for each in Frequency],
        "teams": Team.objects.open().order_by("name"),
        "older": calendar.before(periods[0], look.every).last_day,
        "newer": _newer(periods[-1], look, visit.today),
        "back": _back(request) if request.method == "POST" else request.get_full_path(),
        "section": "kpis",
    }
    return render(request, "kpis/board.html", context, status=status)


def _newer(last: Period, look: Look, today: date) -> date | None:
    """Return until when the board before this one went; None where it goes up to now."""
    if last.holds(today):
        return None
    return min(today, last.last_day + timedelta(days=last.days * COLUMNS[look.every]))


def _rows(visit: Visit, look: Look) -> QuerySet[Kpi]:
    rows = Kpi.objects.visible_to(visit.person).kept().filter(frequency=look.every)
    if look.home == "company":
        rows = rows.filter(home="company")
    elif look.home:
        rows = rows.filter(home="team", home_teams__public_id=look.home)
    along = rows.select_related("lead", "pillar").prefetch_related("targets", "home_teams", "contributors")
    return along.order_by(F("pillar__place").asc(nulls_last=True), "pillar", "name", "pk")


routes = [
    path("kpis/board/", board, name="kpi-board"),
    path("kpis/<str:public_id>/cells/", cells, name="kpi-cells"),
]
