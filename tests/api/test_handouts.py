"""Handing a goal out through the JSON door."""

from plumbline.goals.models import Objective
from tests.api.conftest import Call
from tests.world import World


def test_a_script_previews_hands_out_and_takes_back(world: World, call: Call) -> None:
    """H06."""
    path = f"/objectives/{world.stay.public_id}/handouts"
    body = {"cycle": world.q3.public_id, "people": [world.ben.public_id, world.vera.public_id]}

    preview = call(world.root, "post", path, body | {"preview": True}).json()
    assert (preview["id"], preview["made"], preview["skipped"]) == (None, 1, 1)
    assert not Objective.objects.filter(home_person=world.ben).exists()

    report = call(world.root, "post", path, body).json()
    assert sorted(row["outcome"] for row in report["given"]) == ["made", "viewer"]
    again = call(world.root, "post", path, body).json()
    assert sorted(row["outcome"] for row in again["given"]) == ["has_one", "viewer"]

    gone = call(world.root, "delete", f"/handouts/{report['id']}").json()
    assert gone["taken_back"]
    assert Objective.objects.get(home_person=world.ben).binned_at is not None


def test_a_private_goal_and_strangers_are_refused(world: World, call: Call) -> None:
    world.secret.contributors.add(world.root)
    body = {"cycle": world.q3.public_id, "people": [world.ben.public_id]}

    assert call(world.root, "post", f"/objectives/{world.secret.public_id}/handouts", body).status_code == 409
    unknown = body | {"people": ["2" * 12]}
    assert call(world.root, "post", f"/objectives/{world.stay.public_id}/handouts", unknown).status_code == 404
