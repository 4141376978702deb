"""What can be found: each kind with the words it is found by, and what a list of finds shows of it."""

from __future__ import annotations

from typing import NamedTuple

from plumbline.goals.tree import NAMING

_SEEN = f"(NOT objective.is_private OR objective.id IN ({NAMING.strip()}))"
_KPIS = (
    "SELECT id FROM goals_kpi WHERE is_private AND lead_id = %s"
    " UNION ALL SELECT kpi_id FROM goals_kpi_contributors WHERE person_id = %s"
)


class Kind(NamedTuple):
    """One kind: the table and column of its words, and for whom which of its rows exist."""

    name: str
    table: str
    column: str
    #: Note, a second note, private or not: as a select list and the joins it needs.
    shown: str
    joins: str
    exists: str
    #: How often the reader's key stands in ``exists``.
    asks: int = 0


KINDS = (
    Kind(
        "objective",
        "goals_objective",
        "title",
        "cycle.name, lead.name, noun.is_private",
        "JOIN goals_cycle AS cycle ON cycle.id = noun.cycle_id"
        " LEFT JOIN people_person AS lead ON lead.id = noun.lead_id",
        f"noun.binned_at IS NULL AND noun.archived_at IS NULL AND {_SEEN.replace('objective.', 'noun.')}",
        3,
    ),
    Kind(
        "key_result",
        "goals_keyresult",
        "statement",
        "objective.title, noun.level, objective.is_private",
        "JOIN goals_objective AS objective ON objective.id = noun.objective_id",
        "noun.binned_at IS NULL AND noun.archived_at IS NULL AND objective.binned_at IS NULL"
        f" AND objective.archived_at IS NULL AND {_SEEN}",
        3,
    ),
    Kind(
        "initiative",
        "goals_initiative",
        "title",
        "objective.title, '', objective.is_private",
        "JOIN goals_objective AS objective ON objective.id = noun.objective_id",
        f"noun.binned_at IS NULL AND objective.binned_at IS NULL AND objective.archived_at IS NULL AND {_SEEN}",
        3,
    ),
    Kind(
        "kpi",
        "goals_kpi",
        "name",
        "'', '', noun.is_private",
        "",
        f"noun.binned_at IS NULL AND noun.archived_at IS NULL AND (NOT noun.is_private OR noun.id IN ({_KPIS}))",
        2,
    ),
    Kind(
        "person",
        "people_person",
        "name",
        "noun.job_title, '', {no}",
        "",
        "noun.binned_at IS NULL AND noun.state <> 'archived'",
    ),
    Kind(
        "team",
        "people_team",
        "name",
        "noun.purpose, '', {no}",
        "",
        "noun.binned_at IS NULL AND noun.archived_at IS NULL",
    ),
)
