"""What is done to goals: weights, drivers, links, tags, fields, moves, and what is left behind."""

from datetime import date
from decimal import Decimal

import pytest

from plumbline.goals import mending, policy
from plumbline.goals.models import CustomField, Initiative, KeyResult, Objective, Pillar, Tag
from plumbline.goals.outlook import Outlook, outlooks
from plumbline.people.models import Actor, Event, Person
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result, an_objective


def outlook(world: World, objective: Objective, reader: Person | None = None) -> Outlook:
    fresh = Objective.objects.select_related("cycle").get(pk=objective.pk)
    found = outlooks([fresh], reader=reader or world.ada, organisation=world.organisation, today=TODAY)
    return found[objective.pk]


def measured(objective: Objective, share: int, **fields: object) -> KeyResult:
    """Add an active key result that has come this far."""
    row = a_key_result(objective, baseline=0, target=100, **fields)
    row.activate(by=SYSTEM, at=NOW)
    row.check_in(value=Decimal(share), by=SYSTEM, at=NOW)
    return row


def a_child(world: World, share: int, **fields: object) -> Objective:
    child = an_objective(world.ada, world.q2, world.riders, parent_objective=world.stay, **fields)
    measured(child, share)
    child.activate(by=SYSTEM, at=NOW)
    return child


def test_an_objective_without_key_results_is_left_out_and_listed(world: World) -> None:
    """A16: it shows no number, its parent's average goes without it, and a list names it."""
    a_child(world, 80)
    empty = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_objective=world.stay)
    empty.activate(by=SYSTEM, at=NOW)
    world.stay.change(driver="aligned", by=SYSTEM, at=NOW)

    assert outlook(world, empty).progress is None
    assert outlook(world, world.stay).progress == 80
    assert list(Objective.objects.filter(mending.without_key_results())) == [empty]


def test_weights_are_relative_and_all_zero_is_undefined(world: World) -> None:
    """A17."""
    goal = an_objective(world.ada, world.q2, world.riders, title="Lights")
    rows = [measured(goal, share, weight=Decimal(weight)) for share, weight in ((100, 50), (50, 30), (0, 20))]
    goal.activate(by=SYSTEM, at=NOW)

    assert outlook(world, goal).progress == 65
    assert [row.share for row in outlook(world, goal).key_results] == [50, 30, 20]

    for row in rows:
        row.change(weight=Decimal(0), reason="None of them counts", by=SYSTEM, at=NOW)
    assert outlook(world, goal).progress is None


def test_a_parent_follows_the_weights_of_its_children(world: World) -> None:
    """A19."""
    a_child(world, 10, weight=Decimal(1))
    a_child(world, 10, weight=Decimal(1))
    a_child(world, 90, weight=Decimal(8))
    world.stay.change(driver="aligned", by=SYSTEM, at=NOW)

    assert outlook(world, world.stay).progress == 74


def test_switching_the_driver_changes_the_number_and_is_kept(world: World) -> None:
    """A21."""
    a_child(world, 90)
    own = outlook(world, world.stay).progress
    seen = []
    for driver in ("aligned", "both", "key_results"):
        world.stay.change(driver=driver, by=Actor(world.ada), at=NOW)
        seen.append(outlook(world, world.stay).progress)

    assert own is not None
    assert seen == [90, pytest.approx((own + 90) / 2), own]
    switches = Event.objects.about("objective", world.stay.public_id).filter(before__has_key="driver")
    assert [(each.before["driver"], each.after["driver"]) for each in switches][::-1] == [
        ("key_results", "aligned"),
        ("aligned", "both"),
        ("both", "key_results"),
    ]


def test_history_is_never_read_in_another_unit(world: World) -> None:
    """B09."""
    for change in ({"type": "decrease"}, {"unit_kind": "count"}, {"unit_kind": "money", "unit_code": "EUR"}):
        with pytest.raises(KeyResult.TypeIsFixed):
            world.activation.change(by=Actor(world.ada), at=NOW, **change)


def test_drafts_count_in_no_figure(world: World) -> None:
    """C07: neither a draft key result, nor a draft goal below."""
    before = outlook(world, world.stay)
    a_key_result(world.stay, baseline=0, target=100)
    draft = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_objective=world.stay)
    measured(draft, 100)
    world.stay.change(driver="both", by=SYSTEM, at=NOW)

    assert outlook(world, world.stay).progress == before.progress


def test_two_links_to_one_goal_are_refused(world: World) -> None:
    """D02: an objective and one of its own key results, whichever comes first."""
    by = Actor(world.ada)
    goal = an_objective(world.ada, world.q2, world.workshop, title="Lights", parent_key_result=world.activation)
    with pytest.raises(Objective.WrongParent):
        goal.support(world.stay, by=by, at=NOW)

    other = an_objective(world.ada, world.q2, world.workshop, title="Brakes")
    other.support(world.stay, by=by, at=NOW)
    for parent in ({"parent_key_result": world.activation}, {"parent_objective": world.stay}):
        with pytest.raises(Objective.WrongParent):
            other.align(by=by, at=NOW, **parent)
    other.support_no_more(world.stay, by=by, at=NOW)
    other.align(parent_key_result=world.activation, by=by, at=NOW)


def test_a_supports_link_carries_no_progress(world: World) -> None:
    """D03."""
    world.stay.change(driver="both", by=SYSTEM, at=NOW)
    before = outlook(world, world.stay).progress
    helper = an_objective(world.ada, world.q2, world.riders, title="Lights")
    measured(helper, 100)
    helper.activate(by=SYSTEM, at=NOW)

    helper.support(world.stay, by=Actor(world.ada), at=NOW)

    assert outlook(world, world.stay).progress == before
    assert [link.supported for link in helper.supports.all()] == [world.stay]


@pytest.mark.parametrize("verb", ["archive", "bin"])
def test_children_of_what_is_gone_are_listed(world: World, verb: str) -> None:
    """D04: over every kind of parent; they stay, and the list names them."""
    pillar = Pillar.raise_up(name="Bikes that last", by=SYSTEM, at=NOW)
    parents = {"parent_objective": world.stay, "parent_key_result": a_key_result(world.stay), "pillar": pillar}
    parents |= {"parent_kpi": world.churn}
    children = [
        an_objective(world.ada, world.q2, world.riders, title=name, **{name: row}) for name, row in parents.items()
    ]
    assert not Objective.objects.filter(mending.lost_parent(world.ben)).exists()

    for parent in parents.values():
        getattr(type(parent).objects.get(pk=parent.pk), verb)(by=SYSTEM, at=NOW)

    assert set(Objective.objects.filter(mending.lost_parent(world.ben))) == set(children)


def test_a_hidden_parent_tells_nothing_by_going(world: World) -> None:
    """D04, E02: only those who see the private parent learn that it is gone."""
    child = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_objective=world.secret)
    world.secret.archive(by=SYSTEM, at=NOW)

    assert list(Objective.objects.filter(mending.lost_parent(world.carl))) == [child]
    assert not Objective.objects.filter(mending.lost_parent(world.ben)).exists()


def test_an_archived_goal_takes_nothing_and_comes_back_whole(world: World) -> None:
    """F02."""
    before = outlook(world, world.stay).progress
    world.stay.archive(by=Actor(world.ada), at=NOW)
    world.activation.refresh_from_db()

    assert Objective.objects.visible_to(world.vera).filter(pk=world.stay.pk).exists()
    assert not Objective.objects.counted().filter(pk=world.stay.pk).exists()
    assert not KeyResult.objects.to_check_in().filter(pk=world.activation.pk).exists()
    with pytest.raises(KeyResult.Closed):
        world.activation.check_in(value=Decimal(40), by=Actor(world.ada), at=NOW)

    world.stay.unarchive(by=Actor(world.ada), at=NOW)
    assert outlook(world, world.stay).progress == before


def test_an_archived_team_or_pillar_gets_no_goal_by_any_path(world: World) -> None:
    """F03: not by setting, sharing, moving or aligning."""
    world.workshop.archive(by=SYSTEM, at=NOW)
    world.pillar.archive(by=SYSTEM, at=NOW)
    loose = an_objective(world.ada, world.q2, world.riders, title="Lights")

    for path in (
        lambda: an_objective(world.ada, world.q2, world.workshop),
        lambda: loose.share(teams=[world.workshop], by=SYSTEM, at=NOW),
        lambda: loose.move(home="team", teams=[world.workshop], by=SYSTEM, at=NOW),
        lambda: loose.align(pillar=world.pillar, by=SYSTEM, at=NOW),
        lambda: an_objective(world.ada, world.q2, world.riders, pillar=world.pillar),
    ):
        with pytest.raises(Objective.WrongParent):
            path()


def test_a_reopened_goal_is_active_everywhere(world: World) -> None:
    """F04."""
    from_closing = world.stay.closures.model.close(world.stay, verdict="missed", by=SYSTEM, at=NOW)
    assert not KeyResult.objects.to_check_in().filter(pk=world.activation.pk).exists()

    from_closing.reopen(by=Actor(world.carl), at=NOW, reason="Too early")

    assert KeyResult.objects.to_check_in().filter(pk=world.activation.pk).exists()
    assert Objective.objects.get(pk=world.stay.pk).stage == "active"


@pytest.mark.parametrize(("out", "back"), [("archive", "unarchive"), ("bin", "restore")])
def test_a_key_result_that_goes_changes_the_number_and_back_again(world: World, out: str, back: str) -> None:
    """F05: the objective and every goal above are told anew at once; value, history and weight come back."""
    company = an_objective(world.olga, world.q2, title="Freight goes by bike", driver="aligned")
    company.activate(by=SYSTEM, at=NOW)
    world.stay.align(parent_objective=company, by=SYSTEM, at=NOW)
    second = measured(world.stay, 100, weight=Decimal(3))
    before = [outlook(world, goal).progress for goal in (world.stay, company)]

    getattr(second, out)(by=Actor(world.ada), at=NOW)
    gone = [outlook(world, goal).progress for goal in (world.stay, company)]
    getattr(second, back)(by=Actor(world.ada), at=NOW)

    assert len(set(before)) == 1
    assert len(set(gone)) == 1
    assert gone != before
    assert [outlook(world, goal).progress for goal in (world.stay, company)] == before
    assert (second.current, second.weight, second.check_ins.count()) == (100, 3, 1)


def test_a_dropped_key_result_keeps_what_was_learned(world: World) -> None:
    """P39."""
    world.activation.archive(learned=" Riders did not read it. ", by=Actor(world.ada), at=NOW)
    world.activation.unarchive(by=Actor(world.ada), at=NOW)
    world.activation.archive(by=Actor(world.ada), at=NOW)

    assert world.activation.learned == "Riders did not read it."


def test_a_key_result_moves_with_its_work(world: World) -> None:
    """P40."""
    work = Initiative.take_on(title="Tours", objective=world.stay, key_result=world.activation, by=SYSTEM, at=NOW)
    other = an_objective(world.ada, world.q2, world.riders, title="Lights")

    with pytest.raises(KeyResult.NeedsReason):
        world.activation.move(other, by=Actor(world.ada), at=NOW)
    world.activation.move(other, reason="It belongs there", by=Actor(world.ada), at=NOW)

    work.refresh_from_db()
    assert (world.activation.objective, work.objective, world.activation.check_ins.count()) == (other, other, 1)
    told = Event.objects.about("key_result", world.activation.public_id)[0]
    assert (told.verb, told.reason, told.before) == ("moved", "It belongs there", {"objective": world.stay.public_id})


def test_a_key_result_never_moves_where_others_would_read_it(world: World) -> None:
    below = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_key_result=world.activation)

    for row, place in (
        (world.activation, world.secret),
        (world.secret_result, world.stay),
        (world.activation, below),
    ):
        with pytest.raises(KeyResult.WrongPlace):
            row.move(place, reason="So", by=Actor(world.ada), at=NOW)


def test_days_of_its_own_bend_the_pace(world: World) -> None:
    """P25."""
    world.stay.change(starts_on=TODAY, due_on=date(2026, 6, 20), reason="It starts later", by=SYSTEM, at=NOW)

    assert world.stay.last_day == date(2026, 6, 20)
    assert outlook(world, world.stay).expected < 5
    assert KeyResult.objects.get(pk=world.activation.pk).last_day == date(2026, 6, 20)


def test_a_due_day_is_a_goalpost(world: World) -> None:
    with pytest.raises(Objective.NeedsReason):
        world.stay.change(due_on=date(2026, 6, 20), by=SYSTEM, at=NOW)


# Tags (P103).


def test_a_tag_is_made_once_however_it_is_spelled(world: World) -> None:
    Tag.make(name="Café", by=SYSTEM, at=NOW)

    with pytest.raises(Tag.NameTaken):
        Tag.make(name="CAFE", by=SYSTEM, at=NOW)


def test_merged_tags_are_one_on_every_goal(world: World) -> None:
    winter, cold = (Tag.make(name=name, by=SYSTEM, at=NOW) for name in ("Winter", "Cold"))
    world.stay.tag([cold], by=SYSTEM, at=NOW)
    world.activation.tag([cold, winter], by=SYSTEM, at=NOW)

    cold.merge_into(winter, by=Actor(world.root), at=NOW)

    assert list(world.stay.tags.in_use()) == list(world.activation.tags.in_use()) == [winter]
    assert list(Objective.objects.tagged(winter)) == [world.stay]
    with pytest.raises(Tag.Itself):
        winter.merge_into(winter, by=SYSTEM, at=NOW)


def test_a_tag_comes_back_from_the_bin_onto_its_goals(world: World) -> None:
    winter = Tag.make(name="Winter", by=SYSTEM, at=NOW)
    world.stay.tag([winter], by=SYSTEM, at=NOW)

    winter.bin(by=SYSTEM, at=NOW)
    world.stay.tag([], by=SYSTEM, at=NOW)
    assert list(world.stay.tags.in_use()) == []

    winter.restore(by=SYSTEM, at=NOW)
    assert list(world.stay.tags.in_use()) == [winter]


# Custom fields (P26).


@pytest.mark.parametrize(
    ("kind", "good", "kept", "bad"),
    [
        ("text", " for Anna ", "for Anna", "x" * 401),
        ("number", "1,200.5", "1200.5", "many"),
        ("date", "2026-06-30", "2026-06-30", "soon"),
        ("choice", "Berlin", "Berlin", "Rome"),
        ("link", "https://bikes.test/1", "https://bikes.test/1", "javascript:alert(1)"),
    ],
)
def test_a_custom_field_holds_its_kind(world: World, kind: str, good: str, kept: str, bad: str) -> None:
    field = CustomField.define(name="Market", kind=kind, choices=["Berlin"], by=SYSTEM, at=NOW)

    assert field.read(good) == kept
    with pytest.raises(CustomField.BadValue):
        field.read(bad)


def test_goals_are_found_by_a_custom_field(world: World) -> None:
    field = CustomField.define(name="Market", kind="choice", choices=["Berlin"], goals="both", by=SYSTEM, at=NOW)
    world.stay.change(custom_fields={field.key: "Berlin"}, by=SYSTEM, at=NOW)
    world.secret_result.change(custom_fields={field.key: "Berlin"}, by=SYSTEM, at=NOW)

    assert set(Objective.objects.noting(field, "Berlin")) == {world.stay, world.secret}
    assert list(Objective.objects.visible_to(world.ben).noting(field, "Berlin")) == [world.stay]
    assert not Objective.objects.noting(field, "Rome").exists()


def test_a_list_needs_something_to_choose(world: World) -> None:
    with pytest.raises(CustomField.NoChoices):
        CustomField.define(name="Market", kind="choice", by=SYSTEM, at=NOW)


# Who may.


def test_a_contributor_does_everything_but_what_is_weighty(world: World) -> None:
    allowed = policy.verbs(world.carl, world.stay)

    assert {"change", "activate", "check_in", "waive", "amend", "reopen", "clone", "restore", "share"} <= allowed
    assert not {"close", "move", "bin", "archive", "make_private"} & allowed


def test_a_contributor_lets_nobody_in_to_a_private_goal(world: World) -> None:
    """Rule 9: who sees it is decided by those who answer for it."""
    assert "share" not in policy.verbs(world.carl, world.secret)
    assert "share" in policy.verbs(world.ada, world.secret)


def test_a_pillar_is_owned_by_teams(world: World) -> None:
    """P14."""
    world.pillar.change(owner_teams=[world.riders], by=Actor(world.olga), at=NOW)

    assert list(world.pillar.owner_teams.all()) == [world.riders]
    told = Event.objects.about("pillar", world.pillar.public_id)[0]
    assert told.after["owner_teams"] == [world.riders.public_id]
