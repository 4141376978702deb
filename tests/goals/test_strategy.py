"""Pillars stand in an order."""

import pytest

from plumbline.goals.models import Pillar
from tests.world import NOW, SYSTEM, World


@pytest.mark.parametrize(
    ("name", "up", "order"),
    [
        ("Fleet", True, ["Fleet", "Riders who stay", "Cities"]),
        ("Fleet", False, ["Riders who stay", "Cities", "Fleet"]),
        ("Cities", False, ["Riders who stay", "Fleet", "Cities"]),
        ("Riders who stay", True, ["Riders who stay", "Fleet", "Cities"]),
    ],
)
def test_a_pillar_changes_places_with_its_neighbour(world: World, name: str, up: bool, order: list[str]) -> None:
    for each in ("Fleet", "Cities"):
        Pillar.raise_up(name=each, by=SYSTEM, at=NOW)

    Pillar.objects.get(name=name).move(up=up, by=SYSTEM, at=NOW)

    assert [pillar.name for pillar in Pillar.objects.standing()] == order
