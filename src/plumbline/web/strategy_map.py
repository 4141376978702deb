"""The strategy as a tree: ultimate goal, pillars, and what hangs from what, as one reader may see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from plumbline.goals.as_of import Moment
from plumbline.goals.models import Cycle, Kpi, Objective, Pillar, UltimateMeasure
from plumbline.goals.models.objective import Home, Stage
from plumbline.goals.outlook import Outlook, outlooks
from plumbline.goals.progress import expected, progress
from plumbline.goals.status import Status
from plumbline.people.models import Organisation, Person, Team


@dataclass
class Node:
    """One objective on the map, with what hangs from it."""

    objective: Objective
    outlook: Outlook
    cycle: Cycle
    restricted: bool = False
    above: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        """Tell whether it has not started."""
        return self.objective.stage == Stage.DRAFT

    @property
    def is_company(self) -> bool:
        """Tell whether it is a goal of the whole company."""
        return self.objective.home == Home.COMPANY

    @property
    def status(self) -> str:
        """Return what is shown of it: a draft has no status."""
        return Status.NO_STATUS if self.is_draft else self.outlook.status

    @property
    def other_cycle(self) -> str:
        """Return the name of its cycle where that is not the chosen one."""
        return self.objective.cycle.name if self.objective.cycle_id != self.cycle.pk else ""

    def teams(self) -> list[Team]:
        """Return its home teams, fetched along."""
        return list(self.objective.home_teams.all())

    def all(self) -> Iterable[Node]:
        """Return this node and all that hang from it."""
        yield self
        for child in self.children:
            yield from child.all()

    def pruned(self, team: Team) -> Node | None:
        """Return the node with only what leads to goals of a team, or None where nothing does."""
        kept = [child for child in (each.pruned(team) for each in self.children) if child]
        if not kept and team not in self.teams():
            return None
        return Node(self.objective, self.outlook, self.cycle, self.restricted, self.above, kept)


@dataclass(frozen=True)
class Column:
    """A pillar with the goals that hang from it."""

    pillar: Pillar
    nodes: tuple[Node, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many of its goals stand how, drafts left out."""
        found = Counter(str(each.status) for node in self.nodes for each in node.all() if not each.is_draft)
        return [(str(status), found[status]) for status in Status if found[status]]


@dataclass(frozen=True)
class Measured:
    """The measure of the ultimate goal: how far, and how far time has gone."""

    measure: UltimateMeasure
    progress: Decimal | None
    expected: Decimal

    @property
    def baseline(self) -> str:
        """Return where it began, as people read it."""
        return self.measure.unit.show(self.measure.baseline)

    @property
    def now(self) -> str:
        """Return the last reading, as people read it."""
        return self.measure.unit.show(self.measure.current)

    @property
    def target(self) -> str:
        """Return where it is to go, as people read it."""
        return self.measure.unit.show(self.measure.target)


@dataclass(frozen=True)
class StrategyMap:
    """Everything on the page."""

    ultimate: Measured | None
    columns: tuple[Column, ...]
    restricted: tuple[Node, ...]
    loose: tuple[Node, ...]
    teams: tuple[Team, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is neither a pillar nor a goal."""
        return not (self.columns or self.restricted or self.loose)


def strategy_map(
    cycle: Cycle | None,
    *,
    reader: Person,
    organisation: Organisation,
    today: date,
    team_id: str = "",
    moment: Moment | None = None,
) -> StrategyMap:
    """Build the map of a cycle, in a fixed number of queries; at a moment of the past, by the pillars of today."""
    pillars = list(Pillar.objects.standing())
    nodes = _nodes(cycle, reader, organisation, today, moment) if cycle else {}
    teams = {team.pk: team for node in nodes.values() for team in node.teams()}
    under = _hang(nodes, reader)
    team = next((each for each in teams.values() if each.public_id == team_id), None)

    def lane(key: object) -> tuple[Node, ...]:
        rows = under.get(key, [])
        return tuple(rows if team is None else [kept for each in rows if (kept := each.pruned(team))])

    return StrategyMap(
        ultimate=None if moment else _ultimate(today),
        columns=tuple(Column(pillar, lane(pillar.pk)) for pillar in pillars),
        restricted=lane("restricted"),
        loose=lane("loose"),
        teams=tuple(sorted(teams.values(), key=lambda each: each.name.casefold())),
    )


def _nodes(
    cycle: Cycle, reader: Person, organisation: Organisation, today: date, moment: Moment | None
) -> dict[int, Node]:
    """Return the goals of a cycle and of the longer cycles that it lies in, by key."""
    around = Q(cycle__first_day__lte=cycle.first_day, cycle__last_day__gte=cycle.last_day)
    rows = (
        Objective.objects.visible_to(reader)
        .filter(Q(cycle=cycle) | around)
        .select_related("cycle", "parent_key_result", "home_person", "lead")
        .prefetch_related("home_teams")
        .order_by("-cycle__last_day", "pk")
    )
    objectives = list(rows.filter(archived_at=None)) if moment is None else _at(moment, rows)
    read = outlooks(objectives, reader=reader, organisation=organisation, today=today, moment=moment)
    return {each.pk: Node(each, read[each.pk], cycle) for each in objectives}


def _at(moment: Moment, rows: Iterable[Objective]) -> list[Objective]:
    return [row for row in moment.rewind_objectives(rows) if not row.is_archived]


def _hang(nodes: dict[int, Node], reader: Person) -> dict[object, list[Node]]:
    """Hang each node from its parent, and return the lanes of those whose parent is no goal on the map."""
    lanes: dict[object, list[Node]] = defaultdict(list)
    elsewhere = _titles({key for node in nodes.values() if (key := _above(node.objective))} - set(nodes), reader)
    kpis = _kpis({node.objective.parent_kpi_id for node in nodes.values() if node.objective.parent_kpi_id}, reader)
    for node in nodes.values():
        above, kpi = _above(node.objective), node.objective.parent_kpi_id
        if above in nodes:
            nodes[above].children.append(node)
        elif node.objective.pillar_id:
            lanes[node.objective.pillar_id].append(node)
        else:
            node.above = elsewhere.get(above or 0, "") or kpis.get(kpi or 0, "")
            node.restricted = bool((above or kpi) and not node.above)
            lanes["restricted" if node.restricted else "loose"].append(node)
    return lanes


def _above(objective: Objective) -> int | None:
    if objective.parent_key_result:
        return int(objective.parent_key_result.objective_id)
    return objective.parent_objective_id


def _titles(keys: set[int], reader: Person) -> dict[int, str]:
    return dict(Objective.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "title")) if keys else {}


def _kpis(keys: set[int], reader: Person) -> dict[int, str]:
    return dict(Kpi.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _ultimate(today: date) -> Measured | None:
    measure = UltimateMeasure.objects.filter(binned_at=None).first()
    if measure is None:
        return None
    still = measure.baseline == measure.target
    done = None if still else progress(baseline=measure.baseline, target=measure.target, value=measure.current)
    passed = expected(first_day=measure.baseline_on, last_day=measure.target_on, today=today)
    return Measured(measure, done, passed)
