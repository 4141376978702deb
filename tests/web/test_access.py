"""The access table of the web door: every route, the whole cast, public and private.

A route without a row fails. Whoever may gets an answer, whoever sees without
being allowed gets 403, for everybody else it does not exist (404), and Nobody
is asked to sign in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web import house_rows
from tests.web.access_table import EVERYBODY, Row
from tests.web.access_table import ROWS as OTHER_ROWS
from tests.world import World

ROWS = [*OTHER_ROWS, *house_rows.ROWS]


def routes(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """Return the name of every route but the JSON door's, which has its own table."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield space + (pattern.name or f"unnamed {pattern.pattern}")
        elif isinstance(pattern, URLResolver) and pattern.namespace != "api":
            yield from routes(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)


def test_every_route_has_a_row() -> None:
    assert {row.name for row in ROWS} == set(routes())


def asked(client: Client, row: Row, address: str) -> HttpResponse:
    """Ask as the row says, and take back whatever it changed."""
    send: Callable[..., HttpResponse] = getattr(client, row.method)
    with transaction.atomic():
        answer = send(address, row.body)
        transaction.set_rollback(True)
    return answer


def is_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_cast_at_a_route(world: World, row: Row, private: bool) -> None:
    """E01, E02, E03, E04, E11."""
    if private and row.private is None:
        return
    may = row.private if private and row.private is not None else row.may
    sees = may if row.hidden else (row.private_seen if private else EVERYBODY) | may
    address = row.address(world, private=private)

    for name, person in world.cast().items():
        client = Client(raise_request_exception=True)
        if person is not None and person.is_active:
            client.force_login(person)
        answer = asked(client, row, address)
        if name in {"nobody", "dov"}:
            assert row.open or is_sign_in(answer), (name, answer.status_code)
        elif name in may:
            assert answer.status_code in {200, 302, 303, 409, 410, 422}, (name, answer.status_code)
        else:
            assert answer.status_code == (403 if name in sees else 404), name
        if name not in {"ada", "carl"}:
            assert b"harbour depot" not in answer.content, name
            assert world.secret.public_id.encode() not in answer.content or private, name
