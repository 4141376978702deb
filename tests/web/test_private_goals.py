"""A private goal does not exist for those it does not name: not on a page, not in a number, not in a letter.

Nor does anything that people write run as a program: the same walk looks for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plumbline.goals.models import (
    Bet,
    CheckIn,
    Comment,
    Initiative,
    Input,
    KeyResult,
    Kpi,
    KpiTarget,
    Objective,
    Reading,
)
from plumbline.integrations import NotNeeded
from plumbline.integrations.email.notify import Letters
from plumbline.people.models import Actor, Delivery, Event
from plumbline.worker.reminders import remind_of_check_ins
from tests.web.access_table import ROWS
from tests.web.place import Place
from tests.web.test_access import taken_back
from tests.web.walking import walk, whole
from tests.world import NOW, SYSTEM

#: To follow every link of every page takes long: every run opens all pages, `make deep` goes on from there.
LONG_WALK = pytest.mark.deep
STEPS = [pytest.param(0, id="every page"), pytest.param(2, id="and two links on", marks=LONG_WALK)]
OUTSIDERS = ("ben", "olga", *(pytest.param(name, marks=LONG_WALK) for name in ("vera", "cleo", "max", "root")))
#: Begins of words of the private goal, its key result, its KPI and its comment; none of them is the secret itself.
ASKED = ("sell the harbour", "offers rise", "price per", "call ten", "publish 10", "who knows")
#: What differs from one answer to the next, whatever they are about.
CHANGES = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(rb'"X-CSRFToken": ?"[^"]+"'),
    re.compile(rb"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"),
)
#: Pages that show a secret drawn by lot, another each time.
DRAWN = ("/account/two-step/app/", "/account/passkeys/new/")
pytestmark = pytest.mark.one_database
PROGRAMS = (b"<script>alert", b"<img src=x", b'"><script')


def starts(place: Place) -> Iterator[str]:
    """Yield every page that has an address, and those that are asked for something."""
    yield from (row.address(place) for row in ROWS if row.method == "get" and row.name != "account_logout")
    yield from (f"{reverse(name)}?q={words}" for name in ("search", "goals", "people") for words in ASKED)
    yield from (f"{reverse('strategy')}?depth={depth}" for depth in ("pillars", "company", "teams", "key-results"))
    yield from (f"{reverse('goals')}?stage={stage}" for stage in ("active", "draft", "closed", "archived"))
    for name in ("lead", "team"):
        yield f"{reverse('goals')}?{name}={getattr(place.world, {'lead': 'ada', 'team': 'riders'}[name]).public_id}"
    yield f"{reverse('goals')}?status=no_status&level=output"
    yield f"{reverse('audit')}?noun=objective"
    yield f"{reverse('audit')}?who={place.world.ada.public_id}"
    yield f"{reverse('objective', args=[place.child.public_id])}"
    yield f"{reverse('objective-edit', args=[place.child.public_id])}"
    yield f"{reverse('guided-check-in')}?goals={place.world.activation.public_id}"


@pytest.mark.parametrize("name", [pytest.param("nobody", marks=LONG_WALK), *OUTSIDERS])
@pytest.mark.parametrize("steps", STEPS)
def test_no_page_tells_of_a_private_goal(place: Place, doors: dict[str, Client], name: str, steps: int) -> None:
    """E01, E02."""
    for address, answer in walk(doors[name], starts(place), steps=steps):
        assert answer.status_code < 500, address
        said = answer.content.decode()
        assert not [word for word in place.secret_words if word in said], (address, said)


@pytest.mark.parametrize("name", ["ada", pytest.param("olga", marks=LONG_WALK)])
@pytest.mark.parametrize("steps", STEPS)
def test_nothing_that_people_write_runs(place: Place, doors: dict[str, Client], name: str, steps: int) -> None:
    pages = walk(doors[name], starts(place), steps=steps)
    seen = [answer for address, answer in pages if _holds_no_program(address, answer)]
    assert any(b"&lt;script&gt;alert" in answer.content for answer in seen)


def _holds_no_program(address: str, answer: HttpResponse) -> bool:
    assert answer.status_code < 500, address
    if answer.headers.get("Content-Disposition", "").startswith("attachment"):
        return False  # no browser runs what it puts into a folder
    assert not [program for program in PROGRAMS if program in answer.content], address
    return True


@pytest.mark.parametrize("name", [OUTSIDERS[0], pytest.param("olga", marks=LONG_WALK), *OUTSIDERS[2:]])
def test_no_number_changes_when_a_private_goal_goes(place: Place, doors: dict[str, Client], name: str) -> None:
    """E01: every page is the same, to the letter, whether there is a private goal or not."""
    Objective.objects.filter(pk=place.child.pk).update(parent_objective=None)
    Event.objects.filter(under=place.child.public_id).delete()
    there = told(doors[name], place)
    with taken_back():
        erase(place)
        without = told(doors[name], place)

    assert list(there) == list(without)
    assert [address for address in there if there[address] != without[address]] == []


def told(client: Client, place: Place) -> dict[str, bytes]:
    """Return what every page says, and the judge about words that the private metrics have too."""
    pages = {address: whole(client.get(address)) for address in starts(place) if not address.startswith(DRAWN)}
    address = reverse("judgements", args=[place.public.objective.public_id])
    for words in ("Price per bid rises", "Offers rise", "Price per harbour bid rises from now on"):
        pages[words] = client.post(address, {"statement": words})
    return {address: _plain(whole(answer).content) for address, answer in pages.items()}


def _plain(content: bytes) -> bytes:
    for change in CHANGES:
        content = change.sub(b"", content)
    return content


def erase(place: Place) -> None:
    """Take the private goal out of the database, as though nobody had ever had it."""
    goal = place.secret
    for rows in (
        Input.objects.filter(initiative=goal.initiative),
        Bet.objects.filter(initiative=goal.initiative),
        Initiative.objects.filter(objective=goal.objective),
        Comment.objects.filter(objective=goal.objective),
        CheckIn.objects.filter(key_result__objective=goal.objective),
        KeyResult.objects.filter(objective=goal.objective),
        Reading.objects.filter(kpi=goal.kpi),
        KpiTarget.objects.filter(kpi=goal.kpi),
        Kpi.objects.filter(pk=goal.kpi.pk),
        Objective.objects.filter(pk=goal.objective.pk),
        Event.objects.filter(under__in=[goal.objective.public_id, goal.kpi.public_id]),
    ):
        rows._raw_delete(rows.db)


def test_a_private_goal_looks_like_one_that_never_was(place: Place, doors: dict[str, Client]) -> None:
    """E01: not even the page that says so differs."""
    secret, never = (
        doors["olga"].get(reverse("objective", args=[key])) for key in (place.secret.objective.public_id, "2" * 12)
    )

    assert (secret.status_code, _plain(secret.content)) == (404, _plain(never.content))


def test_what_becomes_private_leaves_every_page(place: Place, doors: dict[str, Client]) -> None:
    stay = Objective.objects.get(pk=place.public.objective.pk)
    stay.make_private(True, by=Actor(place.world.ada), at=NOW)

    for name in ("cleo", "olga"):
        for address, answer in walk(doors[name], starts(place), steps=0):
            assert b"Riders stay through the winter" not in answer.content, address
            assert b"who ride in week one" not in answer.content, address


def test_a_public_goal_under_a_private_one_says_restricted(place: Place, doors: dict[str, Client]) -> None:
    """E02."""
    address = reverse("objective", args=[place.child.public_id])

    assert b"Restricted goal" in doors["ben"].get(address).content
    assert b"Sell the harbour depot" in doors["carl"].get(address).content
    assert b"Restricted goal" in doors["ben"].get(reverse("objective-edit", args=[place.child.public_id])).content


def test_a_letter_about_a_private_goal_reaches_its_people_only(place: Place) -> None:
    remind_of_check_ins(NOW)
    reader = place.world.ben
    reader.remind([place.secret.key_result], day=NOW.date(), by=SYSTEM, at=NOW)
    for event in Event.objects.filter(verb="reminded"):
        delivery = Delivery(event=event, channel="email", recipient=event.noun_key)
        try:
            Letters().send(delivery, at=NOW)
        except NotNeeded:
            assert event.noun_key == reader.public_id

    for letter in mail.outbox:
        assert letter.to == [place.world.ada.email] or "depot" not in str(letter.message()).lower()
