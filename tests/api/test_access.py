"""The access table of the JSON door: every operation, the whole cast, public and private.

A new operation without a row fails.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Call
from tests.world import World

ALL = {"vera", "cleo", "ben", "ada", "carl", "max", "root", "olga"}
WRITERS = ALL - {"vera"}
HOME = {"ben", "ada", "carl", "root", "olga"}
NAMED = {"ada", "carl"}

#: operation: (who sees it, who may do it to a public goal, who to a private one, a good body)
TABLE: dict[str, tuple[set[str], set[str], set[str], Any]] = {
    "get /me": (ALL, ALL, ALL, None),
    "get /objectives": (ALL, ALL, ALL, None),
    "get /kpis": (ALL, ALL, ALL, None),
    "post /judgements": (ALL, ALL, ALL, {"text": "Publish 10 blog articles"}),
    "post /judgements/sets": (ALL, ALL, ALL, {"key_results": ["Publish 10 blog articles"]}),
    "get /objectives/{public_id}": (ALL, ALL, NAMED, None),
    "post /objectives/{public_id}/key-results": (ALL, HOME, NAMED, {"statement": "More riders stay"}),
    "post /objectives/{public_id}/comments": (ALL, WRITERS, NAMED, {"text": "How is it going?"}),
    "get /key-results/{public_id}": (ALL, ALL, NAMED, None),
    "get /key-results/{public_id}/forecast": (ALL, ALL, NAMED, None),
    "get /key-results/{public_id}/check-ins": (ALL, ALL, NAMED, None),
    "post /key-results/{public_id}/check-ins": (ALL, HOME, NAMED, {"value": 37}),
    "get /objectives/{public_id}/explanations": (ALL, ALL, NAMED, None),
    "get /key-results/{public_id}/explanations": (ALL, ALL, NAMED, None),
    "get /kpis/{public_id}/explanations": (ALL, ALL, {"ada"}, None),
    "post /kpis/{public_id}/readings": (ALL, HOME - {"carl"}, {"ada"}, {"value": 2, "on": "2026-05-20"}),
}


def operations(client: Client) -> Iterator[str]:
    described = json.loads(client.get("/api/v1/openapi.json").content)
    for path, methods in described["paths"].items():
        for method in methods:
            yield f"{method} {path.removeprefix('/api/v1')}"


def test_every_operation_has_a_row(client: Client, world: World) -> None:
    assert set(operations(client)) == set(TABLE)


def address(operation: str, world: World, *, private: bool) -> str:
    """Return the operation's path with the public or the private noun in it."""
    if private:
        world.churn.is_private = True
        world.churn.save(update_fields=["is_private"])
    path = operation.split()[1]
    nouns = {
        "/objectives/": world.secret if private else world.stay,
        "/key-results/": world.secret_result if private else world.activation,
        "/kpis/": world.churn,
    }
    noun = next((noun for start, noun in nouns.items() if path.startswith(start)), None)
    return path.replace("{public_id}", noun.public_id if noun else "")


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
@pytest.mark.parametrize("operation", TABLE)
def test_the_cast_at_the_door(world: World, call: Call, operation: str, private: bool) -> None:
    """E01, E03, E04: who sees and may gets 2xx, who sees gets 403, to the others it does not exist."""
    seeing, public, hidden, body = TABLE[operation]
    may = hidden if private else public
    sees = hidden if private else seeing
    path = address(operation, world, private=private)

    for name, person in world.cast().items():
        expected = {200, 201} if name in may else {403} if name in sees else {404}
        if name in {"nobody", "dov"}:
            expected = {401}
        answer = call(person, operation.split(maxsplit=1)[0], path, body)
        assert answer.status_code in expected, (name, answer.content)
        if name not in NAMED:
            assert b"harbour depot" not in answer.content
            assert world.secret.public_id.encode() not in answer.content


@pytest.mark.parametrize("operation", [name for name in TABLE if name.startswith("post") and "judgements" not in name])
def test_a_read_token_changes_nothing(world: World, call: Call, operation: str) -> None:
    """E10: every write is refused."""
    answer = call(world.ada, "post", address(operation, world, private=False), TABLE[operation][3], scope="read")

    assert answer.status_code == 403
    assert "only read" in answer.json()["detail"]  # type: ignore[attr-defined]


def test_a_read_token_may_ask_the_judge(world: World, call: Call) -> None:
    assert call(world.ada, "post", "/judgements", {"text": "Publish 10 articles"}, scope="read").status_code == 200
