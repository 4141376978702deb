"""What the organisation switched off is refused by the verbs, whoever asks through whichever door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plumbline.goals.models import Kpi, Objective
from plumbline.people.models import Actor, Event, Organisation
from plumbline.people.models.organisation import Feature
from plumbline.usecases.clone_goal import Wishes, clone_goal
from plumbline.usecases.edit_objective import set_objective
from plumbline.usecases.move_goal import Destination
from tests.world import NOW, SYSTEM, World

TOLD: dict[str, Any] = {"by": SYSTEM, "at": NOW}


def a_goal(world: World, **fields: Any) -> Objective:
    home = {"home": "team", "teams": [world.riders]} | fields
    return set_objective(title="Ride on", cycle=world.q2, lead=world.ada, by=Actor(world.ada), at=NOW, **home)


def a_clone(world: World) -> Objective:
    to = Destination(cycle=world.q3, home="team", teams=(world.riders,))
    return clone_goal(world.secret, Wishes("Again", to), by=Actor(world.ada), at=NOW)


#: Everything that would make something new of a feature.
NEW: list[tuple[Feature, Callable[[World], Any]]] = [
    (Feature.KPIS, lambda w: Kpi.watch(name="Bikes", lead=w.ada, **TOLD)),
    (Feature.KPIS, lambda w: w.stay.align(parent_kpi=w.churn, **TOLD)),
    (Feature.KPIS, lambda w: a_goal(w, parent_kpi=w.churn)),
    (Feature.KPIS, lambda w: w.activation.feed_from(w.churn, **TOLD)),
    (Feature.SHARED_OWNERSHIP, lambda w: w.churn.share([w.max], **TOLD)),
    (Feature.SHARED_OWNERSHIP, lambda w: Kpi.watch(name="Bikes", lead=w.ada, contributors=[w.max], **TOLD)),
    (Feature.PRIVATE_GOALS, lambda w: w.stay.make_private(True, **TOLD)),
    (Feature.PRIVATE_GOALS, lambda w: a_goal(w, is_private=True)),
    (Feature.PRIVATE_GOALS, a_clone),
    (Feature.PRIVATE_GOALS, lambda w: Kpi.watch(name="Bikes", lead=w.ada, is_private=True, **TOLD)),
    (Feature.PRIVATE_GOALS, lambda w: w.churn.change(is_private=True, **TOLD)),
    (Feature.ALIGNED_PROGRESS, lambda w: w.stay.change(driver="both", **TOLD)),
    (Feature.ALIGNED_PROGRESS, lambda w: a_goal(w, driver="aligned")),
    (Feature.SHARED_OWNERSHIP, lambda w: w.stay.share(contributors=[w.carl, w.max], **TOLD)),
    (Feature.SHARED_OWNERSHIP, lambda w: w.stay.share(teams=[w.riders, w.workshop], **TOLD)),
    (Feature.SHARED_OWNERSHIP, lambda w: w.activation.share([w.max], **TOLD)),
    (Feature.SHARED_OWNERSHIP, lambda w: a_goal(w, contributors=[w.carl])),
    (Feature.SHARED_OWNERSHIP, lambda w: a_goal(w, teams=[w.riders, w.workshop])),
]


def without(feature: Feature) -> None:
    Organisation.the().switch({each.value for each in Feature if each != feature}, **TOLD)


@pytest.mark.parametrize(("feature", "act"), NEW)
def test_nothing_new_of_what_is_off(world: World, feature: Feature, act: Callable[[World], Any]) -> None:
    without(feature)
    before = Event.objects.count()

    with pytest.raises(Organisation.SwitchedOff) as refusal:
        act(world)

    assert refusal.value.feature == feature
    assert Event.objects.count() == before


@pytest.mark.parametrize(("feature", "act"), NEW)
def test_while_it_is_on_all_of_it_works(world: World, feature: Feature, act: Callable[[World], Any]) -> None:
    act(world)


def test_what_is_there_stays_and_can_be_taken_away(world: World) -> None:
    for feature in Feature:
        without(feature)
        world.stay.share(contributors=[world.carl], teams=[world.riders], **TOLD)
        world.secret.change(why_now="Because", reason="So", **TOLD)
    without(Feature.SHARED_OWNERSHIP)
    world.stay.share(contributors=[], **TOLD)

    assert Objective.objects.get(pk=world.secret.pk).is_private
    assert not world.stay.contributors.exists()


def test_switching_leaves_one_event_and_the_same_again_none(world: World) -> None:
    without(Feature.KPIS)
    without(Feature.KPIS)

    told = Event.objects.get(verb="features_switched")
    assert (told.before["features"], told.after["features"]["kpis"]) == ({}, False)
