"""Which key results of a list its reader may check in on: the rules of ``policy``, for many goals in one query."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from plumbline.goals import policy
from plumbline.goals.outlook import Outlook
from plumbline.people.models import Person
from plumbline.people.models.person import Role

_SQL = """
SELECT 'objective', objective_id FROM goals_objective_contributors
WHERE person_id = %s AND objective_id IN ({places})
UNION ALL
SELECT 'key_result', link.keyresult_id FROM goals_keyresult_contributors AS link
JOIN goals_keyresult AS result ON result.id = link.keyresult_id
WHERE link.person_id = %s AND result.objective_id IN ({places})
"""


def checkable(reader: Person, looks: Collection[Outlook], *, teams: Collection[int]) -> set[int]:
    """Return the keys of the running key results that this reader, who is in these teams, may check in on."""
    if not looks or not reader.has_role(Role.MEMBER):
        return set()
    contributed = _contributed(reader, [look.objective.pk for look in looks])
    running = [look for look in looks if _runs(look)]
    found: set[int] = set()
    for look in running:
        whole = _may(reader, look, contributed, teams)
        found |= {
            each.key_result.pk
            for each in look.key_results
            if each.key_result.stage == "active"
            and (whole or each.key_result.lead_id == reader.pk or ("key_result", each.key_result.pk) in contributed)
        }
    return found


def _runs(look: Outlook) -> bool:
    row = look.objective
    return row.stage == "active" and row.archived_at is None and not row.cycle.is_closed


def _may(reader: Person, look: Outlook, contributed: set[tuple[str, int]], teams: Collection[int]) -> bool:
    row = look.objective
    named = (reader,) if ("objective", row.pk) in contributed else ()
    # It was fetched for this reader: a private one names them in some way.
    known = {"contributors": named, "named": (reader,)}
    row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), **known}  # type: ignore[attr-defined]
    return "check_in" in policy.verbs(reader, row, teams=teams)


def _contributed(reader: Person, keys: list[int]) -> set[tuple[str, int]]:
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(places=places), [reader.pk, *keys, reader.pk, *keys])
        return {(kind, key) for kind, key in cursor.fetchall()}
