"""Who may do what: the table of the product, row by row, and its query twin."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline.goals import policy
from plumbline.goals.models import Comment, Initiative, KeyResult, Kpi, Objective
from plumbline.goals.models.objective import Home
from plumbline.people.models import Actor
from plumbline.people.models.person import Role
from tests.world import NOW, World, an_objective

NOUNS = ("stay", "activation", "secret", "secret_result", "churn")
EVERYBODY = {"vera", "cleo", "ben", "ada", "carl", "max", "root", "olga"}

#: Who may do a thing to the public key result of the Riders, led by Ada, with Carl contributing.
TEAM_GOAL = {
    "see": EVERYBODY,
    "comment": EVERYBODY - {"vera"},
    "check_in": {"ben", "ada", "carl", "root", "olga"},
    "change": {"ben", "ada", "carl", "root", "olga"},
    "activate": {"ben", "ada", "carl", "root", "olga"},
    "waive": {"ben", "ada", "carl", "root", "olga"},
    "close": {"ben", "ada", "root", "olga"},
    "bin": {"ben", "ada", "root", "olga"},
    "move": {"ben", "ada", "root", "olga"},
    "make_private": {"ben", "ada", "root", "olga"},
}

#: The private one exists for its lead and its contributor, whatever role anybody else has.
PRIVATE_GOAL = {
    "see": {"ada", "carl"},
    "comment": {"ada", "carl"},
    "check_in": {"ada", "carl"},
    "bin": {"ada"},
}


def who_may(world: World, verb: str, noun: object) -> set[str]:
    return {name for name, person in world.cast().items() if person and policy.can(person, verb, noun)}  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", TEAM_GOAL)
def test_a_goal_of_a_team(world: World, verb: str) -> None:
    assert who_may(world, verb, world.activation) == TEAM_GOAL[verb]


@pytest.mark.parametrize("verb", PRIVATE_GOAL)
def test_a_private_goal(world: World, verb: str) -> None:
    """E01: not for the team, the manager, the admin or the owner."""
    assert who_may(world, verb, world.secret_result) == PRIVATE_GOAL[verb]


def test_a_company_goal_is_for_owners_its_lead_and_contributors(world: World) -> None:
    company = an_objective(world.ada, world.q2, title="Freight goes by bike")
    company.share(contributors=[world.cleo], by=Actor(world.olga), at=NOW)

    assert who_may(world, "check_in", company) == {"ada", "cleo", "olga"}
    assert who_may(world, "close", company) == {"ada", "olga"}


def test_a_personal_goal_is_the_persons_own(world: World) -> None:
    own = Objective.set(
        title="Speak Dutch with our mechanics",
        cycle=world.q2,
        home=Home.PERSON,
        home_person=world.cleo,
        lead=world.cleo,
        by=Actor(world.cleo),
        at=NOW,
    )

    assert {"cleo"} <= who_may(world, "close", own) <= {"cleo", "root", "olga"}


@pytest.mark.parametrize(
    ("home", "who"),
    [
        (Home.COMPANY, {"olga"}),
        (Home.TEAM, {"ada", "ben", "root", "olga"}),
        (Home.PERSON, EVERYBODY - {"vera"}),
    ],
)
def test_who_may_set_a_goal_where(world: World, home: str, who: set[str]) -> None:
    may = {
        name
        for name, person in world.cast().items()
        if person and policy.can_set_objective(person, home=home, teams=[world.riders], home_person=person)
    }

    assert may == who


def test_roles_hold_what_the_house_asks(world: World) -> None:
    def may(verb: str) -> set[str]:
        return {name for name, person in world.cast().items() if person and policy.may(person, verb)}

    assert may("see") == EVERYBODY
    assert may("make_tokens") == EVERYBODY - {"vera"}
    assert may("invite") == {"root", "olga"}
    assert may("change_settings") == {"olga"}


def test_admins_manage_people_up_to_member(world: World) -> None:
    assert policy.can_manage(world.root, world.ben, Role.VIEWER)
    assert not policy.can_manage(world.root, world.ben, Role.ADMIN)
    assert not policy.can_manage(world.root, world.olga, Role.MEMBER)
    assert policy.can_manage(world.olga, world.root, Role.OWNER)
    assert not policy.can_manage(world.ada, world.ben, Role.MEMBER)


def test_rights_that_are_gone_are_gone_at_once(world: World) -> None:
    """E12: the next act is refused."""
    world.root.give_role(Role.VIEWER, by=Actor(world.olga), at=NOW)

    assert not policy.can(world.root, "check_in", world.activation)


KINDS = {"objective": Objective, "key_result": KeyResult, "kpi": Kpi, "comment": Comment, "initiative": Initiative}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    private=st.booleans(),
    lead=st.sampled_from([*sorted(EVERYBODY), None]),
    contributors=st.sets(st.sampled_from(sorted(EVERYBODY)), max_size=3),
    named=st.sets(st.sampled_from(sorted(EVERYBODY)), max_size=2),
    binned=st.booleans(),
)
def test_to_see_and_to_query_are_twins(
    world: World, private: bool, lead: str | None, contributors: set[str], named: set[str], binned: bool
) -> None:
    """Whoever sees a noun finds it by ``visible_to``, and nobody else does."""
    goal = world.stay
    Objective.objects.filter(pk=goal.pk).update(
        is_private=private, lead=lead and getattr(world, lead), binned_at=NOW if binned else None
    )
    Kpi.objects.filter(pk=world.churn.pk).update(is_private=private, lead=lead and getattr(world, lead))
    goal.contributors.set([getattr(world, name) for name in contributors])
    goal.named.set([getattr(world, name) for name in named])
    Comment.objects.get_or_create(objective=goal, author=world.ben, text="How is it going?", said_at=NOW)
    Initiative.objects.get_or_create(objective=goal, title="A tour on the first ride")

    for (kind, model), person in product(KINDS.items(), [world.vera, world.cleo, world.ben, world.ada, world.olga]):
        seen = set(model.objects.visible_to(person).values_list("pk", flat=True))  # type: ignore[attr-defined]
        for noun in model.objects.all():  # type: ignore[attr-defined]
            assert (noun.pk in seen) == policy.can(person, "see", noun), (kind, person)
