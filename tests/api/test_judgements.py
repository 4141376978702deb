"""The judge at the JSON door: whole answers, in the language that is asked for, and nothing kept."""

from typing import Any

import pytest

from plumbline.people.models import Event
from tests.api.conftest import Call
from tests.world import World

SENTENCE = "Publish 10 blog articles"


def test_an_answer_has_its_words(world: World, call: Call) -> None:
    """J14: by API for imports and assistants."""
    told = call(world.vera, "post", "/judgements", {"text": SENTENCE, "language": "de"}, scope="read").json()  # type: ignore[attr-defined]

    assert (told["level"], told["verdict"]["title"]) == ("output", "Das zählt, was ihr macht.")
    assert [each["words"] for each in told["evidence"]] == ["Publish", "10 blog articles"]
    assert told["evidence"][0]["says"] == "sagt, was ihr tut"
    assert told["findings"][0]["message"].startswith("Das zählt")
    assert told["suggestions"]
    assert told["question"]
    assert told["explanation"] is None
    assert not Event.objects.filter(token__isnull=False).exists()


def test_a_sentence_is_read_in_its_role(world: World, call: Call) -> None:
    told = call(world.ada, "post", "/judgements", {"text": "Raise NPS from 30 to 45", "role": "objective"}).json()  # type: ignore[attr-defined]

    assert told["role"] == "objective"
    assert "objective_has_a_number" in {each["rule"] for each in told["findings"]}


def test_every_contribution_comes_along_where_it_is_asked_for(world: World, call: Call) -> None:
    told = call(world.ada, "post", "/judgements", {"text": SENTENCE, "explain": True}).json()["explanation"]  # type: ignore[attr-defined]

    for level, score in told["scores"].items():
        assert told["start"][level] + sum(part["adds"][level] for part in told["parts"]) == pytest.approx(score)
    assert all(part["says"] for part in told["parts"])


def test_a_set_is_judged_together(world: World, call: Call) -> None:
    body = {"objective_title": "Be known", "key_results": [SENTENCE, "Hold 3 events"]}
    told = call(world.ada, "post", "/judgements/sets", body, scope="read").json()  # type: ignore[attr-defined]

    assert told["counts"]["output"] == 2
    assert [each["level"] for each in told["judgements"]] == ["output", "output"]
    assert "only_outputs" in {each["rule"] for each in told["findings"]}


def test_a_private_objective_does_not_exist_for_others(world: World, call: Call) -> None:
    body = {"text": SENTENCE, "objective": world.secret.public_id}

    assert call(world.ada, "post", "/judgements", body).status_code == 200
    assert call(world.ben, "post", "/judgements", body).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/judgements", {"text": "x" * 10_001}),
        ("/judgements", {"text": SENTENCE, "role": "wish"}),
        ("/judgements", {"text": SENTENCE, "language": "tlh"}),
        ("/judgements", {"text": SENTENCE, "siblings": ["Hold 3 events"] * 51}),
        ("/judgements/sets", {"key_results": []}),
        ("/judgements/sets", {"key_results": [SENTENCE] * 51}),
        ("/judgements/sets", {"key_results": ["x" * 401]}),
    ],
)
def test_what_is_too_much_or_unknown_is_refused(world: World, call: Call, path: str, body: Any) -> None:
    assert call(world.ada, "post", path, body).status_code == 422
