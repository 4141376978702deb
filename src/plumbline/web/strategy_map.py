"""The strategy as a tree: ultimate goal, pillars, and what hangs from what, as one reader may see it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from plumbline.goals.around import day
from plumbline.goals.choices import Choice
from plumbline.goals.listed import listed
from plumbline.goals.map_tree import Branch, branches
from plumbline.goals.models import Cycle, Objective, Pillar, UltimateMeasure
from plumbline.goals.models.objective import Home, Stage
from plumbline.goals.narrow import Heading, Stands, stands
from plumbline.goals.outlook import KeyResultOutlook, limits_of, outlook_of
from plumbline.goals.progress import expected, progress
from plumbline.goals.status import Status
from plumbline.people.models import Organisation, Person

#: As many goals as one page draws; the branches below them open when asked.
MOST = 500
#: As many where each shows its key results at once.
MOST_IN_FULL = 120


@dataclass(slots=True)
class Node:
    """One objective on the map, with what hangs from it."""

    branch: Branch
    stands: Stands
    expected: Decimal = Decimal(0)
    other_cycle: str = ""
    restricted: bool = False
    above: str = ""
    children: list[Node] = field(default_factory=list)
    key_results: Sequence[KeyResultOutlook] = ()
    is_open: bool = False

    @property
    def is_draft(self) -> bool:
        """Tell whether it has not started."""
        return self.branch.stage == Stage.DRAFT

    @property
    def is_company(self) -> bool:
        """Tell whether it is a goal of the whole company."""
        return self.branch.home == Home.COMPANY

    @property
    def status(self) -> str:
        """Return what is shown of it: a draft has no status."""
        return Status.NO_STATUS if self.is_draft else self.stands.status

    @property
    def has_more(self) -> bool:
        """Tell whether goals hang from it that are not drawn."""
        return self.branch.has_children and not self.children

    def teams(self) -> list[str]:
        """Return the names of its home teams."""
        told = self.branch.teams
        rows = json.loads(told) if isinstance(told, str) else told or ()
        return [name for _key, name in rows]

    def all(self) -> Iterable[Node]:
        """Return this node and all that hang from it."""
        yield self
        for child in self.children:
            yield from child.all()


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
    teams: tuple[Choice, ...]
    is_cut: bool = False

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
    cycles: Iterable[Cycle],
    team_id: str = "",
    in_full: bool = False,
) -> StrategyMap:
    """Build the map of a cycle, in a fixed number of queries, with at most ``MOST`` goals."""
    most = MOST_IN_FULL if in_full else MOST
    around = _around(cycle, cycles)
    pillars, teams = _choices(around)
    team = team_id if any(each.public_id == team_id for each in teams) else ""
    found = branches(list(around), reader=reader.pk, most=most + 1, team=team)
    seen = _Seen(cycle, around, reader, organisation, today)
    lanes = hang(seen.nodes(found[:most], cut=len(found) > most), around)
    if in_full:
        seen.show_key_results(lanes)
    return StrategyMap(
        ultimate=_ultimate(today),
        columns=tuple(Column(pillar, tuple(lanes.get(pillar.pk, ()))) for pillar in pillars),
        restricted=tuple(lanes.get("restricted", ())),
        loose=tuple(lanes.get("loose", ())),
        teams=tuple(sorted(teams, key=lambda each: each.name.casefold())),
        is_cut=len(found) > most,
    )


def branch_of(
    public_id: str, cycle: Cycle, *, reader: Person, organisation: Organisation, today: date, cycles: Iterable[Cycle]
) -> Node | None:
    """Return one goal of the map with what hangs from it; None for what is not there."""
    around = _around(cycle, cycles)
    found = branches(list(around), reader=reader.pk, most=MOST + 1, under=public_id)
    seen = _Seen(cycle, around, reader, organisation, today)
    nodes = seen.nodes(found[:MOST], cut=len(found) > MOST)
    hang(nodes, around)
    return next(iter(nodes.values()), None)


def _around(cycle: Cycle | None, cycles: Iterable[Cycle]) -> dict[int, Cycle]:
    """Return a cycle and the longer ones that it lies in, by key."""
    if cycle is None:
        return {}
    longer = [each for each in cycles if each.first_day <= cycle.first_day and each.last_day >= cycle.last_day]
    return {cycle.pk: cycle} | {each.pk: each for each in longer}


@dataclass(slots=True)
class _Seen:
    """Who looks at the map of which cycle."""

    cycle: Cycle | None
    around: dict[int, Cycle]
    reader: Person
    organisation: Organisation
    today: date

    def nodes(self, found: Sequence[Branch], *, cut: bool) -> dict[int, Node]:
        """Return the nodes by key, parents first; the last one that has children may lack some, so it shows none."""
        if cut:
            last = max((place for place, each in enumerate(found) if each.depth and each.above), default=0)
            found = [each for each in found if not each.depth or each.above != found[last].above]
        known = {
            each.pk: Heading(
                each.driver, self.around[each.cycle_id], day(each.starts_on or None), day(each.due_on or None)
            )
            for each in found
        }
        read = stands(known, reader=self.reader.pk, today=self.today, limits=limits_of(self.organisation))
        names = {key: "" if key == getattr(self.cycle, "pk", 0) else each.name for key, each in self.around.items()}
        passed = {
            span: expected(first_day=span[0], last_day=span[1], today=self.today)
            for span in {(each.first_day, each.last_day) for each in known.values()}
        }
        return {
            each.pk: Node(
                each,
                read[each.pk],
                passed[known[each.pk].first_day, known[each.pk].last_day],
                names[each.cycle_id],
            )
            for each in found
        }

    def show_key_results(self, lanes: Mapping[object, Sequence[Node]]) -> None:
        """Give each node its key results."""
        nodes = {each.branch.pk: each for lane in lanes.values() for node in lane for each in node.all()}
        known = {
            key: Objective(
                pk=key,
                cycle=self.around[node.branch.cycle_id],
                starts_on=day(node.branch.starts_on or None),
                due_on=day(node.branch.due_on or None),
            )
            for key, node in nodes.items()
        }
        limits = limits_of(self.organisation)
        for key, rows in listed(known).items():
            nodes[key].is_open = True
            nodes[key].key_results = [outlook_of(row, today=self.today, limits=limits) for row in rows]


def hang(nodes: dict[int, Node], around: Mapping[int, Cycle]) -> dict[object, list[Node]]:
    """Hang each node from its parent, and return the lanes of those whose parent is no goal on the map."""
    lanes: dict[object, list[Node]] = defaultdict(list)
    for node in sorted(nodes.values(), key=lambda each: _place(each, around)):
        branch = node.branch
        if branch.above in nodes:
            nodes[branch.above].children.append(node)
        elif branch.pillar_id:
            lanes[branch.pillar_id].append(node)
        else:
            node.above = branch.above_title or branch.kpi_name or ""
            node.restricted = bool((branch.above or branch.kpi) and not node.above)
            lanes["restricted" if node.restricted else "loose"].append(node)
    return lanes


def _place(node: Node, around: Mapping[int, Cycle]) -> tuple[int, int]:
    return -around[node.branch.cycle_id].last_day.toordinal(), node.branch.pk


_CHOICES = """
SELECT 'pillar', id, public_id, name, description, place FROM goals_pillar
WHERE archived_at IS NULL AND binned_at IS NULL
UNION ALL
SELECT 'team', team.id, team.public_id, team.name, '', 0 FROM people_team AS team
WHERE EXISTS (
    SELECT 1 FROM goals_objective_home_teams AS link JOIN goals_objective AS objective
    ON objective.id = link.objective_id
    WHERE link.team_id = team.id AND +objective.cycle_id IN ({cycles}) AND NOT objective.is_private
        AND objective.archived_at IS NULL AND objective.binned_at IS NULL
)
ORDER BY 6, 2
"""


def _choices(around: Iterable[int]) -> tuple[list[Pillar], list[Choice]]:
    """Return the pillars, and the teams that have goals here which everybody sees."""
    with connection.cursor() as cursor:
        cursor.execute(_CHOICES.format(cycles=", ".join(str(int(key)) for key in around) or "0"))
        rows = cursor.fetchall()
    pillars = [
        Pillar(pk=key, public_id=public_id, name=name, description=description, place=place)
        for kind, key, public_id, name, description, place in rows
        if kind == "pillar"
    ]
    return pillars, [Choice(row[2], row[3]) for row in rows if row[0] == "team"]


def _ultimate(today: date) -> Measured | None:
    measure = UltimateMeasure.objects.filter(binned_at=None).first()
    if measure is None:
        return None
    still = measure.baseline == measure.target
    done = None if still else progress(baseline=measure.baseline, target=measure.target, value=measure.current)
    passed = expected(first_day=measure.baseline_on, last_day=measure.target_on, today=today)
    return Measured(measure, done, passed)
