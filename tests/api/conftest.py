"""A caller: somebody's token at the JSON door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from plumbline.people.models import Actor, Person, Token
from tests.world import NOW

Call = Callable[..., HttpResponse]


@pytest.fixture
def call(client: Client) -> Call:
    """Call an operation as somebody: ``call(person, "get", "/objectives", scope="read")``."""

    def send(
        person: Person | None, method: str, path: str, body: Any = None, *, scope: str = "write", **headers: str
    ) -> HttpResponse:
        if person is not None:
            _token, secret = Token.make(person=person, name="Script", scope=scope, by=Actor(person), at=NOW)
            headers["Authorization"] = f"Bearer {secret}"
        asked: HttpResponse = getattr(client, method)(
            "/api/v1" + path, data=body, content_type="application/json", headers=headers
        )
        return asked

    return send
