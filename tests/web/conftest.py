"""Fixtures for the pages: the house at a fixed hour, and a door for each of the cast."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, clear_url_caches, path, reverse

from plumbline import urls
from plumbline.people.models import Person
from tests.world import NOW

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
