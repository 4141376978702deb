"""Find goals, work, KPIs, people and teams that a person may see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from django.db import connection

from plumbline.goals.search.folding import fold
from plumbline.goals.search.index import PLACES, is_kept
from plumbline.goals.search.kinds import KINDS, Kind
from plumbline.goals.search.matching import Told, matched
from plumbline.people.former import called
from plumbline.people.models import Person
from plumbline.people.name import hue_of, initials_of

MOST_WORDS = 6
_WORD = re.compile(r"[^\W_]+")

_ARM = """
SELECT * FROM (
    SELECT {place}, noun.public_id, noun.{column}, {shown}
    FROM goals_search JOIN {table} AS noun ON noun.id = {key} {joins}
    WHERE {match} AND {exists}
    ORDER BY {order} DESC LIMIT {limit}
) AS {name}_found
"""
_DIALECTS = {
    "sqlite": {
        "key": f"goals_search.rowid / {PLACES}",
        "match": "goals_search MATCH %s",
        "order": "goals_search.rowid",
        "no": "0",
    },
    "postgresql": {
        "key": "goals_search.key",
        "match": "goals_search.kind = {place} AND goals_search.words @@ %s::tsquery",
        "order": "goals_search.key",
        "no": "false",
    },
}


class Found(NamedTuple):
    """One find: what its address calls it, its name, and what stands beside it."""

    public_id: str
    name: str
    note: str = ""
    more: str = ""
    is_private: bool = False

    @property
    def initials(self) -> str:
        """At most two letters, for the picture of a person."""
        return initials_of(self.name)

    @property
    def hue(self) -> int:
        """One of twelve hues, for the picture of a person."""
        return hue_of(self.public_id)


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found, each kind at most as long as was asked for: the newest, in the order of the alphabet."""

    objectives: Sequence[Found] = ()
    key_results: Sequence[Found] = ()
    initiatives: Sequence[Found] = ()
    kpis: Sequence[Found] = ()
    people: Sequence[Found] = ()
    teams: Sequence[Found] = ()

    def __len__(self) -> int:
        return sum(len(getattr(self, each.name)) for each in fields(self))


def find(person: Person, words: str, limit: int = 8) -> Finds:
    """Return what the person may see and every word of which begins some word of its name.

    What is private to others is not found and not counted: each kind is asked
    together with the rule that says for whom its rows exist. One query.
    """
    asked = _WORD.findall(fold(words))[:MOST_WORDS]
    if not asked:
        return Finds()
    rows = _indexed(person, asked, limit) if is_kept(connection.vendor) else matched(person, asked, limit)
    groups: list[list[Found]] = [[] for _kind in KINDS]
    for place, public_id, name, note, more, is_private in rows:
        groups[place].append(Found(public_id, name, note, more, is_private))
    return Finds(*(sorted(group, key=lambda each: fold(each.name)) for group in groups))


def _indexed(person: Person, asked: Sequence[str], limit: int) -> list[Told]:
    dialect = _DIALECTS[connection.vendor]
    arms: list[str] = []
    values: list[int | str] = []
    for place, kind in enumerate(KINDS):
        arms.append(_arm(kind, place, dialect, limit))
        values += [_question(kind, asked), *[person.pk] * kind.asks]
    with connection.cursor() as cursor:
        cursor.execute("UNION ALL".join(arms), values)
        return [(*row[:3], row[3] or "", called(row[4] or ""), bool(row[5])) for row in cursor.fetchall()]


def _arm(kind: Kind, place: int, dialect: dict[str, str], limit: int) -> str:
    parts = {**kind._asdict(), "place": place, "limit": int(limit), **dialect}
    parts["match"] = dialect["match"].format(place=place)
    parts["shown"] = kind.shown.format(**dialect)
    return _ARM.format(**parts)


def _question(kind: Kind, asked: Sequence[str]) -> str:
    """Return the words as the index is asked: letters and digits alone, so nothing in them can be an operator."""
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" for word in asked)
    return f"{kind.name} : ({' AND '.join(_QUOTED.format(word) for word in asked)})"


_QUOTED = '"{}" *'
