"""Deleting a team takes its goals along, and brings them back."""

import pytest
from django.urls import reverse

from plumbline.goals.models import Cycle, Kpi, Objective
from plumbline.people.models import Actor, Team
from plumbline.usecases.bin_team import HasPast, HasTeams, bin_team, restore_team
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import NOW, SYSTEM, World, an_objective


def there(world: World) -> dict[str, bool]:
    rows = {"stay": world.stay, "secret": world.secret, "churn": world.churn}
    return {name: type(row).objects.get(pk=row.pk).binned_at is None for name, row in rows.items()}  # type: ignore[attr-defined]


def test_its_goals_go_along_and_come_back_but_what_is_private_or_shared_stays(world: World) -> None:
    """F01: what was in the bin before stays there."""
    old = an_objective(world.ada, world.q2, world.riders, title="Ride less")
    old.bin(by=SYSTEM, at=NOW)
    shared = an_objective(world.ada, world.q2, world.riders, world.workshop, title="Mend and ride")
    later = NOW.replace(minute=45)

    bin_team(world.riders, by=Actor(world.root), at=later)
    assert there(world) == {"stay": False, "secret": True, "churn": False}
    assert Objective.objects.get(pk=shared.pk).binned_at is None

    restore_team(Team.objects.get(pk=world.riders.pk), by=Actor(world.root), at=later)
    assert there(world) == {"stay": True, "secret": True, "churn": True}
    assert Objective.objects.get(pk=old.pk).binned_at is not None


def test_nothing_new_is_made_in_a_team_in_the_bin(world: World) -> None:
    """F03."""
    bin_team(world.riders, by=SYSTEM, at=NOW)
    team = Team.objects.get(pk=world.riders.pk)

    with pytest.raises(Objective.WrongParent):
        an_objective(world.ada, world.q2, team, title="Ride on")
    with pytest.raises(Kpi.Closed):
        Kpi.watch(name="Rides", teams=[team], home="team", by=SYSTEM, at=NOW)


def test_a_team_with_teams_or_with_a_past_stays(world: World) -> None:
    inner = Team.form(name="Night riders", parent=world.riders, by=SYSTEM, at=NOW)
    with pytest.raises(HasTeams):
        bin_team(world.riders, by=SYSTEM, at=NOW)
    inner.change(parent=None, by=SYSTEM, at=NOW)
    Cycle.objects.filter(pk=world.q2.pk).update(phase="closed", closed_at=NOW)
    with pytest.raises(HasPast):
        bin_team(world.riders, by=SYSTEM, at=NOW)

    assert there(world) == {"stay": True, "secret": True, "churn": True}


def test_a_name_that_was_taken_meanwhile_is_said(world: World) -> None:
    bin_team(world.riders, by=SYSTEM, at=NOW)
    Team.form(name="Riders", by=SYSTEM, at=NOW)

    with pytest.raises(Team.NameTaken):
        restore_team(Team.objects.get(pk=world.riders.pk), by=SYSTEM, at=NOW)


def test_the_page_lists_what_goes_along_and_nothing_private(world: World, door: Door) -> None:
    browser = door(world.root)
    page = read(browser.get(reverse("team-bin", args=[world.riders.public_id])))
    assert [row.text for row in page.select("main li")][-2:] == ["Riders stay through the winter", "Monthly churn"]
    assert "depot" not in page.text

    browser.post(reverse("team-bin", args=[world.riders.public_id]))
    assert "Riders" in read(browser.get("/teams/")).select_one("main details").text
    browser.post(reverse("team-restoring", args=[world.riders.public_id]))
    assert Team.objects.get(pk=world.riders.pk).binned_at is None
