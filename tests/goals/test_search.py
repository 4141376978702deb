"""Search: folded, by the beginnings of words, and never beyond what one sees."""

from dataclasses import fields

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline.goals.models import Initiative, Kpi, Objective
from plumbline.goals.search import Finds, find
from plumbline.goals.search.folding import fold
from plumbline.goals.search.index import keep
from plumbline.goals.search.matching import matched
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

    assert [each.public_id for each in find(world.vera, words).objectives] == [goal.public_id]


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


def names(found: Finds) -> list[str]:
    return [each.name for kind in fields(found) for each in getattr(found, kind.name)]


def test_work_is_found_for_those_who_see_its_goal(world: World) -> None:
    """E01."""
    Initiative.objects.create(title="Lunch rides", objective=world.stay)
    Initiative.objects.create(title="Lunch with the bank", objective=world.secret)

    assert names(find(world.vera, "lunch")) == ["Lunch rides"]
    assert names(find(world.carl, "lunch")) == ["Lunch rides", "Lunch with the bank"]


def test_what_is_written_past_the_verbs_is_found_all_the_same(world: World) -> None:
    Team.objects.bulk_create([Team(name="Quayside crew"), Team(name="Quartermasters")])
    Team.objects.filter(name="Quartermasters").update(name="Dockers")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE goals_kpi SET name = %s WHERE id = %s", ["Quiet nights", world.churn.pk])

    assert names(find(world.vera, "qu")) == ["Quiet nights", "Quayside crew"]
    assert names(find(world.vera, "dock")) == ["Dockers"]
    assert names(find(world.vera, "churn")) == []


def test_the_bin_hides_and_gives_back(world: World) -> None:
    by = Actor(world.ada)
    world.stay.bin(by=by, at=NOW)
    assert names(find(world.ada, "winter")) == []
    world.stay.restore(by=by, at=NOW)
    assert names(find(world.ada, "winter")) == [world.stay.title]


def test_the_newest_are_shown_where_there_are_too_many(world: World) -> None:
    Team.objects.bulk_create(Team(name=f"Crew {number:02}") for number in range(20))

    assert names(find(world.vera, "crew", 3)) == ["Crew 17", "Crew 18", "Crew 19"]


def test_others_take_no_room_away(world: World) -> None:
    """E01: goals that somebody may not see do not push out those that they may."""
    Objective.objects.bulk_create(
        Objective(title="Depot", cycle=world.q2, home="company", is_private=True) for _each in range(9)
    )
    Objective.objects.filter(pk=world.stay.pk).update(title="Depot of all")

    assert names(find(world.vera, "depot", 3)) == ["Depot of all"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(max_size=40) | st.sampled_from(['"', "a:b", "NEAR(", "x AND", "'; --", "*", "(", "a & !b", "^a"]))
def test_nothing_that_is_typed_is_an_operator(world: World, words: str) -> None:
    assert len(find(world.olga, words.replace("\0", ""))) >= 0


@pytest.mark.parametrize("words", ["Überblick", "übersicht", "Łódź rides", "smørrebrød", "E-Bike/Cargo", "ŒUVRE 3.5%"])
@pytest.mark.parametrize("short", [4, 40])
def test_the_index_and_the_rows_give_the_same_answer(world: World, words: str, short: int) -> None:
    Team.objects.bulk_create([Team(name=words), Team(name=f"The {words} again"), Team(name="Nothing like it")])
    typed = words[:short]

    looked = sorted(told[2] for told in matched(world.vera, fold(typed).split(), 8))

    assert sorted(names(find(world.vera, typed))) == looked
    assert len(looked) == 2


def test_a_copied_table_gets_its_triggers_back(world: World) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite copies tables")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_team_added")
    Team.objects.create(name="Quayside crew")

    keep(connection)

    assert names(find(world.vera, "quay")) == ["Quayside crew"]


def test_an_installation_without_the_index_looks_through_the_rows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plumbline.goals.search.finding.is_kept", lambda _vendor: False)

    assert names(find(world.vera, "winter")) == [world.stay.title]
