"""Teams keep their names apart, and end."""

import pytest

from plumbline.people.models import Actor, Team
from tests.world import NOW, TODAY, World


def test_two_open_teams_never_share_a_name(world: World) -> None:
    by = Actor(world.root)
    with pytest.raises(Team.NameTaken):
        Team.form(name="Riders", by=by, at=NOW)
    with pytest.raises(Team.NameTaken):
        world.workshop.change(name="Riders", by=by, at=NOW)


def test_an_archived_team_frees_its_name_and_takes_nobody_in(world: World) -> None:
    by = Actor(world.root)
    world.riders.archive(by=by, at=NOW)
    Team.form(name="Riders", by=by, at=NOW)

    with pytest.raises(Team.Archived):
        world.riders.add(world.vera, by=by, at=NOW, on=TODAY)
    with pytest.raises(Team.Archived):
        world.workshop.change(parent=world.riders, by=by, at=NOW)
    with pytest.raises(Team.NameTaken):
        world.riders.unarchive(by=by, at=NOW)
