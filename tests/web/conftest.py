"""Fixtures for the pages: the house at a fixed hour, and a door for each of the cast."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, clear_url_caches, path, reverse
from pytest_django import DjangoDbBlocker

from plumbline import urls
from plumbline.people.models import Person
from tests.web.place import Place, furnish
from tests.world import NOW, PASSWORD

Door = Callable[[Person | None], Client]

# Rooms that the frame of every page leads to; a name that has its own page is left alone.
ELSEWHERE = {
    "home": "",
    "goals": "goals/",
    "strategy": "strategy/",
    "kpis": "kpis/",
    "teams": "teams/",
    "team": "teams/<team_id>/",
    "people": "people/",
    "settings": "settings/",
    "profile": "profile/",
    "theme": "theme/",
    "search": "search/",
    "new-goal": "goals/new/",
    "objective-edit": "objectives/<objective_id>/edit/",
    "key-result-new": "objectives/<objective_id>/key-results/new/",
    "key-result-edit": "key-results/<key_result_id>/edit/",
}


def _lacks(name: str, route: str) -> bool:
    try:
        reverse(name, args=["x"] * route.count("<"))
    except NoReverseMatch:
        return True
    return False


def _somewhere(name: str, route: str) -> URLPattern:
    return path(route, lambda _request, **_ids: HttpResponse(name), name=name)


@pytest.fixture(autouse=True)
def _rooms_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand in for pages of other rooms that are not built yet."""
    missing = [_somewhere(name, route) for name, route in ELSEWHERE.items() if _lacks(name, route)]
    if missing:
        monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *missing])
        clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def the_hour(world: object) -> Iterator[None]:
    """Stop the clock at the hour of the world."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def door(the_hour: None) -> Door:
    """Open the door for somebody; None stands outside."""

    def opened(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return opened


def soup_of(answer: HttpResponseBase) -> BeautifulSoup:
    """Parse what a page answered."""
    return BeautifulSoup(getattr(answer, "content", b""), "html.parser")


LATER = NOW + timedelta(hours=1)


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """The company of the access tests, built once for a file and taken back behind it."""
    with django_db_blocker.unblock(), time_machine.travel(LATER, tick=False), transaction.atomic():
        yield furnish()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def entered(furnished: Place) -> dict[str, Client]:
    """A browser for each of the cast, signed in a moment ago."""
    return {name: _entered(person, Client()) for name, person in furnished.world.cast().items()}


@pytest.fixture
def place(furnished: Place, db: None) -> Place:
    """The company; what a test does to it is taken back."""
    return furnished


@pytest.fixture
def doors(entered: dict[str, Client], place: Place) -> dict[str, Client]:
    """Open the door for each of the cast."""
    return entered


@pytest.fixture(scope="module")
def strict(furnished: Place) -> dict[str, Client]:
    """Browsers that check the token of forms, as those of people do."""
    cast = {name: furnished.world.cast()[name] for name in ("olga", "nobody")}
    return {name: _entered(person, Client(enforce_csrf_checks=True)) for name, person in cast.items()}


def _entered(person: Person | None, client: Client) -> Client:
    if person is None or not person.is_active:
        return client
    client.force_login(person)
    # Once more as people do: allauth's pages ask for the password again, unless it was given a moment ago.
    client.handler.enforce_csrf_checks, checks = False, client.handler.enforce_csrf_checks
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.handler.enforce_csrf_checks = checks
    return client
