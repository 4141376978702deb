"""The example library: enough of it, every key result an outcome, and a draft that takes no numbers along."""

import pytest
from plumbline_judge import judge

from plumbline.goals.models import KeyResult, Objective
from plumbline.people.models import Actor
from plumbline.usecases.example_library.drafting import draft_example
from plumbline.usecases.example_library.shelf import SHELVES, example, examples
from plumbline.usecases.move_goal import Destination
from tests.world import NOW, World

LANGUAGES = ("en", "de")


def test_the_library_is_large_enough() -> None:
    """P110."""
    rows = examples("en")

    assert len(rows) >= 150
    assert len({row.domain for row in rows}) >= 20
    assert len({row.key for row in rows}) == len(rows)
    assert all(2 <= len(row.results) <= 4 for row in rows)
    assert [row.key for row in rows if len(row.title) > 240 or not row.why] == []
    assert sorted(row.key for row in examples("de")) == sorted(row.key for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_result_measures_a_change_with_numbers_and_without(language: str) -> None:
    results = {result for row in examples(language) for result in row.results}
    sentences = {result.sentence for result in results} | {result.entry.sentence for result in results}

    assert [sentence for sentence in sorted(sentences) if judge(sentence).level != "outcome"] == []
    assert [result.sentence for result in results if "___" in result.sentence] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_objective_is_a_project_or_holds_a_number(language: str) -> None:
    found = {row.title: judge(row.title, role="objective").findings for row in examples(language)}

    assert {title: findings for title, findings in found.items() if findings} == {}


def test_every_number_moves_the_way_that_its_metric_gets_better() -> None:
    """So that nobody learns from an example that runs backwards."""
    wrong = []
    for file in SHELVES.glob("*.txt"):
        lines = [line.strip() for line in file.read_text("utf-8").splitlines() if " to " in line]
        told = dict(line.rsplit(": ", 1) for line in lines if not line.startswith("why: ") and " | " not in line)
        for key, numbers in told.items():
            low, high = (float(number) for number in numbers.split(" to "))
            entry = next(r.entry for row in examples() for r in row.results if r.entry.key == key)
            if (high > low) != (entry.direction == "increase"):
                wrong.append(f"{file.stem}: {key}")
    assert wrong == []


def test_numbers_are_written_as_the_language_does() -> None:
    told = {language: example("customers-grow-with-us", language) for language in LANGUAGES}

    assert "from €420,000 to €520,000" in told["en"].results[0].sentence
    assert "von 420.000 € auf 520.000 €" in told["de"].results[0].sentence
    assert "von 2,4 % auf 1,5 %" in told["de"].results[1].sentence


def test_a_draft_has_the_words_and_none_of_the_numbers(world: World) -> None:
    objective = draft(world, "customers-get-help-the-first-time-they-ask")

    assert (objective.stage, objective.lead, list(objective.home_teams.all())) == ("draft", world.ben, [world.riders])
    first, second, _third = objective.key_results.order_by("pk")
    assert (first.baseline, first.target, first.stage, first.level) == (None, None, "draft", "outcome")
    assert first.statement == "Raise the share of requests solved at the first contact from ___ % to ___ %"
    assert (first.metric, first.unit_kind, first.type) == (
        "Requests solved at the first contact",
        "percent",
        "increase",
    )
    assert (second.type, second.unit_kind, second.unit_code) == ("decrease", "duration", "h")
    assert "must not get worse" in second.description


def test_the_same_act_twice_makes_one_draft(world: World) -> None:
    first, second = (draft(world, "people-stay-warm-and-it-costs-them-less", once="o1") for _each in range(2))

    assert first == second
    assert Objective.objects.filter(title=first.title).count() == 1
    assert KeyResult.objects.filter(objective=first).count() == 3


def draft(world: World, key: str, once: str = "") -> Objective:
    chosen = example(key)
    assert chosen is not None
    to = Destination(world.q2, "team", (world.riders,))
    return draft_example(chosen, to, lead=world.ben, language="en", by=Actor(world.ben, idempotency_key=once), at=NOW)
