"""The sample company in the test database: built once, then copied in."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections

from plumbline.goals.models import Cycle, Initiative, Kpi, Objective
from plumbline.people.models import Person, Team
from plumbline.usecases.sample_company import Sample, build


@pytest.fixture(scope="session")
def fernwood_file(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Sample]:
    """Build the company as it looks today, and keep it in a file of its own."""
    kept = tmp_path_factory.mktemp("fernwood") / "fernwood.sqlite3"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        sample = build(at=datetime.now(UTC))
        with sqlite3.connect(kept) as file:
            connection.connection.backup(file)
        call_command("flush", interactive=False, verbosity=0)
        connections.close_all()
    return kept, sample


@pytest.fixture
def fernwood(transactional_db: None, fernwood_file: tuple[Path, Sample]) -> dict[str, Person]:
    """Fernwood Bikes with five quarters behind it; its people by the part they play."""
    kept, sample = fernwood_file
    connection.ensure_connection()
    with sqlite3.connect(kept) as file:
        file.backup(connection.connection)
    return {part: Person.objects.get(email=email) for part, email in sample.signs_in.items()}


@pytest.fixture
def pages(fernwood: dict[str, Person]) -> dict[str, str]:
    """The addresses of the main pages, as the team lead meets them."""
    lead = fernwood["lead"]
    goal = Objective.objects.filter(lead=lead, stage="active", archived_at=None).order_by("-pk")[0]
    key_result = goal.key_results.filter(stage="active")[0]
    team = Team.objects.get(lead=lead)
    kpi = Kpi.objects.filter(lead=lead)[0]
    bet = Initiative.objects.filter(key_result__objective=goal)[0]
    planned = Cycle.objects.filter(phase=Cycle.Phase.PLANNING).order_by("first_day")[0]
    return {
        "my week": "/",
        "goals": "/goals/",
        "found goals": "/goals/?q=riders&columns=goal&columns=lead&columns=status&columns=due",
        "roadmap": "/goals/?show=roadmap",
        "board": "/goals/?show=board",
        "objective": f"/objectives/{goal.public_id}/",
        "key result": f"/key-results/{key_result.public_id}/",
        "editor": f"/key-results/{key_result.public_id}/edit/",
        "new key result": f"/objectives/{goal.public_id}/key-results/new/",
        "new goal": "/goals/new/",
        "check-in": "/check-in/",
        "strategy": "/strategy/",
        "kpis": "/kpis/",
        "kpi board": "/kpis/board/",
        "kpi library": "/kpis/library/?domain=sales",
        "kpi": f"/kpis/{kpi.public_id}/",
        "teams": "/teams/",
        "team": f"/teams/{team.public_id}/",
        "people": "/people/",
        "settings": "/settings/",
        "cycles": "/settings/cycles/",
        "pillars": "/settings/pillars/",
        "profile": "/profile/",
        "search": "/search/?q=riders",
        "bets": "/bets/",
        "initiative": f"/initiatives/{bet.public_id}/",
        "plan check": f"/cycles/{planned.public_id}/plan-check/",
        "report": f"/cycles/{goal.cycle.public_id}/report/",
        "judge": "/settings/judge/",
        "judge rule": "/settings/judge/rules/vague_words/",
        "features": "/settings/features/",
        "tags": "/settings/tags/",
        "fields": "/settings/fields/",
    }
