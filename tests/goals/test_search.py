"""Search: folded, by the beginnings of words, and never beyond what one sees."""

import pytest

from plumbline.goals.models import Kpi
from plumbline.goals.search import find
from plumbline.goals.search.folding import fold
from plumbline.people.models import Actor, Team
from tests.world import NOW, SYSTEM, World, an_objective


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Überblick", "uberblick"),
        ("Ångström", "angstrom"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Week-one", "week one"),
    ],
)
def test_accents_case_and_marks_fold_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("words", ["uberb", "ÜBERB", "fur uber", "strasse", "Straße"])
def test_a_goal_is_found_however_it_is_typed(world: World, words: str) -> None:
    goal = an_objective(world.ada, world.q2, world.riders, title="Überblick für die Straße")

    assert list(find(world.vera, words).objectives) == [goal]


def test_every_kind_is_found_by_how_a_word_begins(world: World) -> None:
    assert [kpi.name for kpi in find(world.vera, "chu").kpis] == ["Monthly churn"]
    assert [person.name for person in find(world.vera, "ada").people] == ["Ada Lead"]
    assert [team.name for team in find(world.vera, "rid").teams] == ["Riders"]
    assert len(find(world.vera, "week one rise").key_results) == 1
    assert len(find(world.vera, "hurn")) == 0


@pytest.mark.parametrize(("who", "number"), [("ada", 2), ("carl", 2), ("ben", 0), ("olga", 0), ("vera", 0)])
def test_what_is_private_is_found_by_those_on_it_alone(world: World, who: str, number: int) -> None:
    """E01."""
    found = find(getattr(world, who), "depot")

    assert len(found) == number


def test_a_private_kpi_is_found_by_its_lead_alone(world: World) -> None:
    Kpi.watch(name="Depot offers", lead=world.ada, is_private=True, by=SYSTEM, at=NOW)

    assert len(find(world.ada, "offers").kpis) == 1
    assert len(find(world.olga, "offers").kpis) == 0


def test_what_left_is_not_found(world: World) -> None:
    world.churn.archive(by=Actor(world.ada), at=NOW)
    Team.form(name="Depot crew", by=SYSTEM, at=NOW).archive(by=SYSTEM, at=NOW)

    assert len(find(world.olga, "churn")) == len(find(world.olga, "crew")) == len(find(world.olga, "dov")) == 0


@pytest.mark.parametrize("words", ["", "  ", "—", "%", "_", "100%\\"])
def test_marks_alone_find_nothing_and_break_nothing(world: World, words: str) -> None:
    assert len(find(world.olga, words)) == 0
