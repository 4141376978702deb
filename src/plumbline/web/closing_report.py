"""The closing report: what a cycle came to, on paper too. It tells and counts only what its reader sees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plumbline.goals.explanations import Explanation, explain_score
from plumbline.goals.models import Closure, Cycle, Decision, GuardrailReading, Objective, Verdict
from plumbline.goals.outlook import Outlook, outlooks
from plumbline.goals.scores import Scores, scores
from plumbline.people.models import Team
from plumbline.web.amended import Moved, moved_on
from plumbline.web.http import VisitRequest
from plumbline.web.lines import Line, lines_of

MOST = 300
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Row:
    """One objective of the report."""

    outlook: Outlook
    scores: Scores
    closure: Closure | None
    lines: Sequence[Line]
    moved: Sequence[Moved]
    decided: dict[int, Decision]
    breaches: Counter[int]

    @property
    def objective(self) -> Objective:
        """Return the objective."""
        return self.outlook.objective

    @property
    def score(self) -> Decimal | None:
        """Return the score that it was given; None while it is open."""
        return self.closure.score if self.closure else None

    @property
    def explained(self) -> list[Explanation]:
        """Return its scores with the numbers that they follow from."""
        return explain_score(self.scores, progress=self.outlook.progress, given=self.score)

    @property
    def is_late(self) -> bool:
        """Tell whether final values came in after the score was given."""
        given = self.closure
        return (
            given is not None
            and None not in {given.suggested, self.scores.amended}
            and (given.suggested != self.scores.amended)
        )

    @property
    def ends(self) -> list[tuple[Line, str, int]]:
        """Return each key result that counts, with what becomes of it, and how often a guardrail was breached."""
        counted = [line for line in self.lines if not line.is_draft]
        return [(line, self._becomes(line), self.breaches[line.key_result.pk]) for line in counted]

    def _becomes(self, line: Line) -> str:
        decision = self.decided.get(line.key_result.pk)
        return str(decision.get_choice_display()) if decision else ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page."""

    rows: Sequence[Row]

    @property
    def verdicts(self) -> list[tuple[str, int]]:
        """Return how many ended how, in the order of the verdicts."""
        counts = Counter(row.closure.verdict for row in self.rows if row.closure)
        return [(verdict.value, counts[verdict]) for verdict in Verdict if counts[verdict]]

    @property
    def open(self) -> int:
        """Return how many have no verdict."""
        return sum(row.closure is None for row in self.rows)

    @property
    def committed(self) -> Decimal | None:
        """Return the mean score as committed."""
        return _mean(row.scores.committed for row in self.rows)

    @property
    def amended(self) -> Decimal | None:
        """Return the mean score as amended."""
        return _mean(row.scores.amended for row in self.rows)

    @property
    def given(self) -> Decimal | None:
        """Return the mean of the scores that were given."""
        return _mean(row.score for row in self.rows)

    @property
    def moved(self) -> int:
        """Return how often goalposts moved."""
        return sum(len(row.moved) for row in self.rows)

    @property
    def waived(self) -> int:
        """Return how many key results counted work and were kept with a reason."""
        return sum(line.waiver is not None for row in self.rows for line, _becomes, _breaches in row.ends)

    @property
    def breached(self) -> int:
        """Return how often a guardrail was breached."""
        return sum(breaches for row in self.rows for _line, _becomes, breaches in row.ends)


@require_safe
def report(request: VisitRequest, cycle_id: str) -> HttpResponse:
    """Show what a cycle came to, for everybody or for one team."""
    cycle = get_object_or_404(Cycle, public_id=cycle_id, binned_at=None)
    teams = list(Team.objects.open().order_by("name"))
    team = next((each for each in teams if each.public_id == request.GET.get("team")), None)
    context = {
        "cycle": cycle,
        "report": report_of(request, cycle, team),
        "teams": teams,
        "team": team,
        "page_title": _("Report: %(cycle)s") % {"cycle": cycle.name},
        "section": "goals",
    }
    return render(request, "closing/report.html", context)


def report_of(request: VisitRequest, cycle: Cycle, team: Team | None) -> Report:
    """Read a cycle's goals as this reader sees them, in a fixed number of queries."""
    visit = request.visit
    rows = Objective.objects.visible_to(visit.person).in_cycle(cycle).counted()
    if team is not None:
        rows = rows.of_team(team)
    goals = list(
        rows.select_related("cycle", "lead", "home_person").prefetch_related("home_teams").order_by("pk")[:MOST]
    )
    asked: dict[str, Any] = {"reader": visit.person, "organisation": visit.organisation, "today": visit.today}
    looks = outlooks(goals, **asked)
    both = scores(goals, amended=looks, **asked)
    closures = Closure.objects.filter(objective__in=goals, reopened_at=None).select_related("by")
    ended = {row.objective_id: row for row in closures}
    moved: dict[int, list[Moved]] = defaultdict(list)
    for each in moved_on(goals):
        moved[each.amendment.objective.pk].append(each)
    decided = {row.key_result_id: row for row in Decision.objects.filter(key_result__objective__in=goals)}
    breaches = _breaches(goals)
    return Report(
        [
            Row(
                outlook=looks[row.pk],
                scores=both[row.pk],
                closure=ended.get(row.pk),
                lines=lines_of(looks[row.pk], {}),
                moved=moved[row.pk],
                decided=decided,
                breaches=breaches,
            )
            for row in goals
        ]
    )


def _breaches(goals: Sequence[Objective]) -> Counter[int]:
    """Return how often the guardrails of each key result were breached, by readings that stand."""
    readings = GuardrailReading.objects.filter(guardrail__key_result__objective__in=goals, check_in__withdrawal=None)
    return Counter(each.guardrail.key_result_id for each in readings.select_related("guardrail") if each.is_breach)


def _mean(found: Iterable[Decimal | None]) -> Decimal | None:
    told = [each for each in found if each is not None]
    return mean(told).quantize(CENT) if told else None


routes = [path("cycles/<cycle_id>/report/", report, name="cycle-report")]
