"""The strategy map of a past day: the goals taken back to it, under the pillars of today."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from plumbline.goals.as_of import Moment
from plumbline.goals.choices import Choice
from plumbline.goals.map_tree import Branch
from plumbline.goals.models import Cycle, Kpi, Objective, Pillar
from plumbline.goals.narrow import Stands
from plumbline.goals.outlook import Outlook, outlooks
from plumbline.people.models import Organisation, Person
from plumbline.web.strategy_map import Column, Node, StrategyMap, hang


def strategy_map_then(
    cycle: Cycle | None,
    moment: Moment,
    *,
    reader: Person,
    organisation: Organisation,
    team_id: str = "",
    in_full: bool = False,
) -> StrategyMap:
    """Build the map of a cycle at a moment of the past, in a fixed number of queries."""
    looks = _looks(cycle, moment, reader, organisation) if cycle else []
    nodes = _nodes(cycle, looks, reader, in_full)
    around = {look.objective.cycle_id: look.objective.cycle for look in looks}
    teams = {team.public_id: team for look in looks for team in look.objective.home_teams.all()}
    lanes = hang(nodes, around)

    def lane(key: object) -> tuple[Node, ...]:
        rows = lanes.get(key, [])
        return tuple(rows if team_id not in teams else [kept for each in rows if (kept := _pruned(each, team_id))])

    return StrategyMap(
        ultimate=None,
        columns=tuple(Column(pillar, lane(pillar.pk)) for pillar in Pillar.objects.standing()),
        restricted=lane("restricted"),
        loose=lane("loose"),
        teams=tuple(
            sorted(
                (Choice(team.public_id, team.name) for team in teams.values()), key=lambda each: each.name.casefold()
            )
        ),
    )


def _looks(cycle: Cycle, moment: Moment, reader: Person, organisation: Organisation) -> list[Outlook]:
    around = Q(cycle__first_day__lte=cycle.first_day, cycle__last_day__gte=cycle.last_day)
    rows = (
        Objective.objects.visible_to(reader)
        .filter(Q(cycle=cycle) | around)
        .select_related("cycle", "parent_key_result", "home_person", "lead")
        .prefetch_related("home_teams")
        .order_by("-cycle__last_day", "pk")
    )
    back = [row for row in moment.rewind_objectives(rows) if not row.is_archived]
    read = outlooks(back, reader=reader, organisation=organisation, today=moment.day, moment=moment)
    return [read[row.pk] for row in back]


def _nodes(cycle: Cycle | None, looks: Iterable[Outlook], reader: Person, in_full: bool) -> dict[int, Node]:
    found = {look.objective.pk: look for look in looks}
    elsewhere = {key for look in found.values() if (key := _above(look.objective))} - set(found)
    titles = dict(Objective.objects.visible_to(reader).filter(pk__in=elsewhere).values_list("pk", "title"))
    asked = {key for look in found.values() if (key := look.objective.parent_kpi_id)}
    kpis = dict(Kpi.objects.visible_to(reader).filter(pk__in=asked).values_list("pk", "name"))
    return {key: _node(cycle, look, titles, kpis, in_full) for key, look in found.items()}


def _node(cycle: Cycle | None, look: Outlook, titles: dict[int, str], kpis: dict[int, str], in_full: bool) -> Node:
    row = look.objective
    above, kpi = _above(row), row.parent_kpi_id
    branch = Branch(
        depth=0,
        pk=row.pk,
        public_id=row.public_id,
        title=row.title,
        stage=row.stage,
        home=row.home,
        is_private=row.is_private,
        driver=row.driver,
        cycle_id=row.cycle_id,
        pillar_id=row.pillar_id,
        above=above,
        kpi=kpi,
        person=row.home_person.name if row.home_person else None,
        above_title=titles.get(above or 0),
        kpi_name=kpis.get(kpi or 0),
        teams=[(team.public_id, team.name) for team in row.home_teams.all()],
        has_children=False,
    )
    stands = Stands(look.progress, look.status, len(look.key_results), frozenset())
    other = "" if cycle and row.cycle_id == cycle.pk else row.cycle.name
    return Node(branch, stands, look.expected, other, key_results=look.key_results, is_open=in_full)


def _above(row: Objective) -> int | None:
    key: int | None = row.parent_key_result.objective_id if row.parent_key_result else row.parent_objective_id
    return key


def _pruned(node: Node, team_id: str) -> Node | None:
    """Return the node with only what leads to goals of a team, or None where nothing does."""
    node.children = [kept for each in node.children if (kept := _pruned(each, team_id))]
    ours = any(public_id == team_id for public_id, _name in node.branch.teams)
    return node if node.children or ours else None
