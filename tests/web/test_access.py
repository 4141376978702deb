"""The access table of the web door: every route, the whole cast, public and private.

A route without a row fails. Whoever may gets an answer and leaves an event,
whoever sees without being allowed gets 403, for everybody else it does not
exist (404), and Nobody is asked to sign in. What is refused changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from plumbline.goals.models import Objective
from plumbline.people.models import Event
from tests.web.access_table import ACCOUNT, KEEPERS, KPIS, OPEN, ROWS, WORKERS, Row
from tests.web.place import Place

pytestmark = pytest.mark.one_database

WRITING = [row for row in ROWS if row.method == "post"]
METHODS = ("put", "patch", "delete")
#: Two addresses that Nobody may post to from elsewhere: browsers send reports without a token.
WITHOUT_TOKEN = {"content_policy_reports"}


def views(patterns: list[Any] | None = None, space: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Return the name and the view of every route but the JSON door's, which has its own table."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield space + (pattern.name or f"unnamed {pattern.pattern}"), pattern.callback
        elif isinstance(pattern, URLResolver) and pattern.namespace != "api":
            yield from views(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)


def routes() -> Iterator[str]:
    """Return the name of every route but the JSON door's."""
    return (name for name, _view in views())


def test_every_route_has_a_row() -> None:
    assert {row.name for row in ROWS} == set(routes())


def test_no_row_stands_twice() -> None:
    assert len({str(row) for row in ROWS}) == len(ROWS)


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(client: Client, method: str, address: str, body: dict[str, Any] | None = None) -> tuple[HttpResponse, int]:
    """Ask, take back whatever it changed, and return the answer with the number of events it left."""
    send: Callable[..., HttpResponse] = getattr(client, method)
    cookies = deepcopy(client.cookies)
    with taken_back():
        before = Event.objects.count()
        answer = send(address, body or {})
        left = Event.objects.count() - before
    client.cookies = cookies
    return answer, left


def is_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


def sides() -> Iterator[Any]:
    for row in ROWS:
        yield pytest.param(row, False, id=f"{row} public")
        if row.private is not None:
            yield pytest.param(row, True, id=f"{row} private")


@pytest.mark.parametrize(("row", "private"), list(sides()))
def test_the_cast_at_a_route(place: Place, doors: dict[str, Client], row: Row, private: bool) -> None:
    """E01, E02, E03, E04, E05, E11."""
    goal, may = place.goal(private=private), row.private if private else row.may
    assert may is not None
    sees = (row.private_sees if private else row.sees) | may
    with taken_back():
        address = row.address(place, private=private)
        row.before(place, goal)
        for name, client in doors.items():
            answer, left = asked(client, row.method, address, row.body(place, goal))
            assert (answer.status_code, left) in expected(row, name, answer, may=may, sees=sees), (name, left)
            if name not in {"ada", "carl"} and private:
                assert not [word for word in place.secret_words if word in _said(answer, address)], name


def expected(
    row: Row, name: str, answer: HttpResponse, *, may: frozenset[str], sees: frozenset[str]
) -> set[tuple[int, int]]:
    """Return which answers are right for one of the cast, each with the number of events it may leave."""
    left = range(1, 20) if row.method == "post" and row.leaves else (0,)
    if name in {"nobody", "dov"}:
        return (
            {(status, number) for status in row.good for number in left} if row.open else {(302, 0)} & _way_in(answer)
        )
    if name in may:
        return {(status, number) for status in row.good for number in left}
    return {(status, 0) for status in (row.refusals if name in sees else {404})}


#: Who may where the goal is no team's: an admin has no say about the company's, nor has a team about a personal one.
HOMES: dict[str, dict[frozenset[str], set[str]]] = {
    "company": {WORKERS: {"ada", "carl", "olga"}, KEEPERS: {"ada", "olga"}},
    "person": {WORKERS: {"ada", "carl", "root", "olga"}, KEEPERS: {"ada", "root", "olga"}},
}
OF_A_GOAL = [row for row in WRITING if row.private is not None and row.may in (WORKERS, KEEPERS) and row not in KPIS]


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("row", OF_A_GOAL, ids=str)
def test_the_cast_at_a_goal_of_another_home(place: Place, doors: dict[str, Client], row: Row, home: str) -> None:
    """E04: company goals by owners, their lead and contributors; personal ones by the person and admins."""
    lives = {"home": home, "home_person": place.world.ada if home == "person" else None}
    with taken_back():
        Objective.objects.filter(pk=place.public.objective.pk).update(**lives)
        address = row.address(place)
        row.before(place, place.public)
        for name in sorted(WORKERS):
            answer, left = asked(doors[name], "post", address, row.body(place, place.public))
            may = name in HOMES[home][row.may]
            assert (answer.status_code, left > 0) == ((302, True) if may else (403, False)), name


def _way_in(answer: HttpResponse) -> set[tuple[int, int]]:
    return {(302, 0)} if is_sign_in(answer) else set()


def _said(answer: HttpResponse, address: str) -> str:
    """Return what an answer tells beyond the address it was asked for."""
    told = b"".join(answer.streaming_content) if answer.streaming else answer.content
    words = told.decode("utf-8", "ignore") + str(answer.headers)
    return words.replace(address, "")


def test_every_address_asks_for_the_token_of_its_form() -> None:
    """A page elsewhere can't make a browser act here, for none but two addresses leave the token out."""
    exempt = {name for name, view in views() if getattr(view, "csrf_exempt", False)}
    assert exempt <= WITHOUT_TOKEN


@pytest.mark.deep
@pytest.mark.parametrize("row", WRITING, ids=str)
def test_a_post_without_its_token_is_refused(place: Place, strict: dict[str, Client], row: Row) -> None:
    with taken_back():
        address = row.address(place)
        row.before(place, place.public)
        for name in ("olga", "nobody"):
            answer, left = asked(strict[name], "post", address, row.body(place, place.public))
            assert left == 0
            assert answer.status_code == 403 or row.name in WITHOUT_TOKEN or is_sign_in(answer), name


@pytest.mark.deep
@pytest.mark.parametrize("row", list({row.name: row for row in ROWS}.values()), ids=str)
def test_other_methods_do_nothing(place: Place, doors: dict[str, Client], row: Row) -> None:
    address = row.address(place)
    for name, method in ((name, method) for name in ("olga", "cleo") for method in METHODS):
        answer, left = asked(doors[name], method, address)
        # A form of a library takes PUT for a POST without any field, and says what is missing.
        assert left == 0, (name, method)
        assert answer.status_code in {302, 403, 404, 405} or row in ACCOUNT + OPEN, (name, method)


@pytest.mark.deep
@pytest.mark.parametrize("row", [row for row in ROWS if row.private is not None], ids=str)
def test_a_private_goal_answers_no_method(place: Place, doors: dict[str, Client], row: Row) -> None:
    """E01: whatever is asked of a private goal's address, it does not exist."""
    if row.name == "guided-check-in":
        return  # its address names no goal
    address = row.address(place, private=True)
    for name in ("ben", "nobody", "olga"):
        for method in ("get", "post", "head", "options"):
            answer, left = asked(doors[name], method, address)
            assert (answer.status_code, left) in {(404, 0), (405, 0)} | _way_in(answer), (name, method)
