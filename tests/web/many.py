"""Many rows at once, for counting queries: written past the verbs, which are tested elsewhere."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from plumbline.goals.models import CheckIn, Comment, KeyResult, Objective
from plumbline.people.models import Person
from tests.world import NOW, TODAY


def many_key_results(objective: Objective, count: int, lead: Person) -> list[KeyResult]:
    """Add active key results with two check-ins each."""
    given = {"unit_kind": "percent", "baseline": Decimal(31), "target": Decimal(45), "current": Decimal(36)}
    rows = KeyResult.objects.bulk_create(
        KeyResult(objective=objective, statement="Riders who stay", lead=lead, stage="active", level="outcome", **given)
        for _each in range(count)
    )
    days = (TODAY - timedelta(days=14), TODAY - timedelta(days=7))
    told = {"value": Decimal(36), "entered_at": NOW, "author": lead}
    check_ins = CheckIn.objects.bulk_create(CheckIn(key_result=row, on=day, **told) for row in rows for day in days)
    newest = {check_in.key_result_id: check_in for check_in in check_ins}
    for row in rows:
        row.latest_check_in = newest[row.pk]
    KeyResult.objects.bulk_update(rows, ["latest_check_in"])
    return rows


def many_objectives(like: Objective, count: int, **fields: object) -> list[Objective]:
    """Add active objectives with the home of another."""
    rows = Objective.objects.bulk_create(
        Objective(title=like.title, cycle=like.cycle, home=like.home, lead=like.lead, stage="active", **fields)
        for _each in range(count)
    )
    through = Objective.home_teams.through
    teams = list(like.home_teams.all())
    through.objects.bulk_create(through(objective=row, team=team) for row in rows for team in teams)
    return rows


def many_comments(objective: Objective, count: int, author: Person) -> None:
    """Let somebody say the same again and again."""
    Comment.objects.bulk_create(
        Comment(objective=objective, author=author, text="Is it the lock?", said_at=NOW) for _each in range(count)
    )
