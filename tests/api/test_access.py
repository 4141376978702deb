"""The access table of the JSON door: every operation, the whole cast, public and private.

A new operation without a row fails.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from plumbline.goals.models import Closure, Handout, Initiative, KeyResult, Objective
from plumbline.usecases.switch_result import into_objective
from tests.api.conftest import Call
from tests.world import NOW, SYSTEM, World, a_key_result, an_objective

#: Who may is no question for a database; the operations themselves are asked on both by the other files here.
pytestmark = pytest.mark.one_database

ALL = {"vera", "cleo", "ben", "ada", "carl", "max", "root", "olga"}
WRITERS = ALL - {"vera"}
HOME = {"ben", "ada", "carl", "root", "olga"}
NAMED = {"ada", "carl"}
#: Who may also close, move, archive or bin; of a private goal, its lead alone.
KEEPERS = HOME - {"carl"}
ADA = {"ada"}

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
    "get /tags": (ALL, ALL, ALL, None),
    "patch /objectives/{public_id}": (ALL, HOME, NAMED, {"title": "Riders come back", "reason": "Said better"}),
    "post /objectives/{public_id}/activation": (ALL, HOME, NAMED, {}),
    "post /objectives/{public_id}/moves": (ALL, KEEPERS, ADA, {"reason": "It takes longer", "days": "clear"}),
    "post /objectives/{public_id}/clones": (ALL, {"ben", "ada", "root", "olga"}, ADA, {}),
    "put /objectives/{public_id}/archive": (ALL, KEEPERS, ADA, {}),
    "delete /objectives/{public_id}/archive": (ALL, HOME, NAMED, None),
    "put /objectives/{public_id}/bin": (ALL, KEEPERS, ADA, {}),
    "delete /objectives/{public_id}/bin": (ALL, HOME, NAMED, None),
    "put /objectives/{public_id}/tags": (ALL, HOME, NAMED, {"tags": []}),
    "post /objectives/{public_id}/closure": (ALL, KEEPERS, ADA, {"verdict": "missed"}),
    "put /objectives/{public_id}/closure/note": (ALL, KEEPERS, ADA, {"learned": "Start earlier", "rating": 4}),
    "post /objectives/{public_id}/reopening": (ALL, HOME, NAMED, {"reason": "Too early"}),
    "get /objectives/{public_id}/amendments": (ALL, ALL, NAMED, None),
    "patch /key-results/{public_id}": (ALL, HOME, NAMED, {"target": 47, "reason": "A larger fleet"}),
    "post /key-results/{public_id}/activation": (ALL, HOME, NAMED, {}),
    "post /key-results/{public_id}/moves": (ALL, KEEPERS, ADA, {"reason": "It belongs there"}),
    "put /key-results/{public_id}/archive": (ALL, KEEPERS, ADA, {"learned": "Nobody asked"}),
    "delete /key-results/{public_id}/archive": (ALL, HOME, NAMED, None),
    "put /key-results/{public_id}/bin": (ALL, KEEPERS, ADA, {}),
    "delete /key-results/{public_id}/bin": (ALL, HOME, NAMED, None),
    "put /key-results/{public_id}/tags": (ALL, HOME, NAMED, {"tags": []}),
    "post /key-results/{public_id}/switch": (ALL, KEEPERS, ADA, {"into": "initiative"}),
    "delete /key-results/{public_id}/switch": (ALL, KEEPERS, ADA, None),
    "get /key-results/{public_id}/guardrails": (ALL, ALL, NAMED, None),
    "post /check-ins/{public_id}/correction": (ALL, HOME, NAMED, {"value": 35}),
    "post /check-ins/{public_id}/withdrawal": (ALL, HOME, NAMED, {"reason": "Typed the wrong line"}),
    "post /initiatives/{public_id}/switch": (ALL, KEEPERS, ADA, {}),
    "post /objectives/{public_id}/handouts": (ALL, {"root", "olga"}, set(), {}),
    "get /handouts/{public_id}": (ALL, {"root", "olga"}, set(), None),
    "delete /handouts/{public_id}": (ALL, {"root", "olga"}, set(), None),
    "post /kpis/{public_id}/readings": (ALL, HOME - {"carl"}, {"ada"}, {"value": 2, "on": "2026-05-20"}),
}


def binned(noun: Any) -> Any:
    noun.bin(by=SYSTEM, at=NOW)
    return noun


def closed(objective: Objective) -> Objective:
    Closure.close(objective, verdict="missed", by=SYSTEM, at=NOW)
    return objective


def untouched(objective: Objective) -> KeyResult:
    """A draft that nobody checked in on."""
    return a_key_result(objective, statement="Refunds fall from 9% to 4%", baseline=9, target=4)


def switched(objective: Objective) -> KeyResult:
    row = untouched(objective)
    into_objective(row, by=SYSTEM, at=NOW)
    return row


def checked_in(objective: Objective) -> Any:
    row = objective.key_results.get()
    return row.check_in(value=row.baseline, by=SYSTEM, at=NOW)


def work(objective: Objective) -> Initiative:
    return Initiative.take_on(title="Tour", objective=objective, by=SYSTEM, at=NOW)


def handed_out(objective: Objective) -> Handout:
    return Handout.note(objective, objective.cycle, [], by=SYSTEM, at=NOW)


#: What is refused of a private goal: it would be told to others than those it was told to.
OF_PUBLIC_GOALS = {"post /key-results/{public_id}/moves"}

#: The noun in the address, where it is not the goal as the world has it.
NOUNS: dict[str, Callable[[Objective], Any]] = {
    "delete /objectives/{public_id}/bin": binned,
    "put /objectives/{public_id}/closure/note": closed,
    "post /objectives/{public_id}/reopening": closed,
    "post /key-results/{public_id}/moves": untouched,
    "delete /key-results/{public_id}/bin": lambda objective: binned(untouched(objective)),
    "post /key-results/{public_id}/switch": untouched,
    "delete /key-results/{public_id}/switch": switched,
    "post /check-ins/{public_id}/correction": checked_in,
    "post /check-ins/{public_id}/withdrawal": checked_in,
    "post /initiatives/{public_id}/switch": work,
    "get /handouts/{public_id}": handed_out,
    "delete /handouts/{public_id}": handed_out,
}


def body_of(operation: str, world: World) -> Any:
    """Return the good body, with the ids that the world has."""
    body = TABLE[operation][3]
    if operation == "post /objectives/{public_id}/moves":
        return body | {"cycle": world.q3.public_id}
    if operation == "post /key-results/{public_id}/moves":
        there = an_objective(world.ada, world.q2, world.riders, title="Riders ride more")
        there.contributors.add(world.carl)
        return body | {"objective": there.public_id}
    if operation == "post /objectives/{public_id}/handouts":
        return body | {"cycle": world.q3.public_id, "people": [world.ben.public_id]}
    return body


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
    objective = world.secret if private else world.stay
    nouns = {
        "/objectives/": objective,
        "/key-results/": world.secret_result if private else world.activation,
        "/kpis/": world.churn,
    }
    noun = next((noun for start, noun in nouns.items() if path.startswith(start)), None)
    noun = NOUNS[operation](objective) if operation in NOUNS else noun
    return path.replace("{public_id}", noun.public_id if noun else "")


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
@pytest.mark.parametrize("operation", TABLE)
def test_the_cast_at_the_door(world: World, call: Call, operation: str, private: bool) -> None:
    """E01, E03, E04: who sees and may gets 2xx, who sees gets 403, to the others it does not exist."""
    seeing, public, hidden, _body = TABLE[operation]
    may = hidden if private else public
    sees = (hidden if "kpis" in operation else NAMED | hidden) if private else seeing
    good = {409} if private and operation in OF_PUBLIC_GOALS else {200, 201}
    path, body = address(operation, world, private=private), body_of(operation, world)

    for name, person in world.cast().items():
        expected = good if name in may else {403} if name in sees else {404}
        if name in {"nobody", "dov"}:
            expected = {401}
        with transaction.atomic(), time_machine.travel(NOW + timedelta(hours=1), tick=False):
            answer = call(person, operation.split(maxsplit=1)[0], path, body)
            transaction.set_rollback(True)
        assert answer.status_code in expected, (name, answer.content)
        if name not in NAMED:
            assert b"harbour depot" not in answer.content
            assert world.secret.public_id.encode() not in answer.content


@pytest.mark.parametrize(
    "operation", [name for name in TABLE if not name.startswith("get") and "judgements" not in name]
)
def test_a_read_token_changes_nothing(world: World, call: Call, operation: str) -> None:
    """E10: every write is refused."""
    method, path = operation.split(maxsplit=1)[0], address(operation, world, private=False)
    answer = call(world.ada, method, path, body_of(operation, world), scope="read")

    assert answer.status_code == 403
    assert "only read" in answer.json()["detail"]  # type: ignore[attr-defined]


def test_a_read_token_may_ask_the_judge(world: World, call: Call) -> None:
    assert call(world.ada, "post", "/judgements", {"text": "Publish 10 articles"}, scope="read").status_code == 200
