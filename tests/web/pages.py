"""Reading pages as people do."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from plumbline.people.models import Person


def as_(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def soup_of(response: HttpResponse) -> BeautifulSoup:
    """Return the page as a tree."""
    return BeautifulSoup(response.content, "html.parser")


def words(response: HttpResponse, selector: str) -> str:
    """Return the words of the first part that a selector finds."""
    part = soup_of(response).select_one(selector)
    assert part is not None, selector
    return " ".join(part.get_text(" ").split())
