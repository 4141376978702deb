"""Going through the web door as one of the cast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.people.models import Person


def visitor(person: Person | None) -> Client:
    """Return a browser in which somebody is signed in; None stands outside."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def read(answer: HttpResponseBase) -> BeautifulSoup:
    """Parse what a page answered."""
    return BeautifulSoup(getattr(answer, "content", b""), "html.parser")


def queries(client: Client, address: str) -> int:
    """Count the queries that one page takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        assert client.get(address).status_code == 200
    return len(told)


def counts(client: Client, address: str, add: Callable[[int], Any], sizes: tuple[int, ...] = (1, 20, 200)) -> set[int]:
    """Return how many queries a page takes with these many rows: one number where it does not grow."""
    seen = set()
    there = 0
    for size in sizes:
        add(size - there)
        there = size
        seen.add(queries(client, address))
    return seen
