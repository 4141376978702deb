"""What people read in their letters."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from plumbline.goals.models import KeyResult
from plumbline.goals.status import Status
from plumbline.integrations import NotNeeded
from plumbline.integrations.email.due_check_ins import pace_bar
from plumbline.integrations.email.letter import one_line
from plumbline.people.models import Actor, Event, Invitation, Person
from plumbline.people.models.organisation import Feature
from plumbline.worker.reminders import remind_of_check_ins
from tests.integrations.email.writing import letter_of, newest
from tests.world import NOW, SYSTEM, World

MORNING = NOW.replace(hour=9)


class Text(SingleFileSnapshotExtension):
    file_extension = "txt"

    def serialize(self, data, **_options):
        return data.encode()


@pytest.fixture
def shown(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Text)


def invited(world: World, **fields) -> Person:
    person = Person.reserve(name="Noor Newcomer", email="noor@harbour.test", by=SYSTEM, at=NOW, **fields)
    Invitation.send(person, by=Actor(world.olga), at=NOW)
    return person


def without_chance(text: str, *nouns) -> str:
    """Replace what differs from run to run (public ids, secrets), and the words that belong to other rooms."""
    for name, value in nouns:
        text = text.replace(value, f"<{name}>")
    return text


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_invitation_says_who_invites_and_until_when(world, shown, language):
    person = invited(world, language=language)
    letter = letter_of(newest("invited"), person, NOW)
    secret = person.invitations.get().secret
    assert without_chance(letter.subject + "\n---\n" + letter.text, ("secret", secret)) == shown


@pytest.mark.parametrize("language", ["en", "de"])
def test_whoever_is_in_already_gets_a_link_for_a_new_password(world, shown, language):
    world.ben.change(language=language, by=SYSTEM, at=NOW)
    Invitation.send(world.ben, by=Actor(world.olga), at=NOW)
    letter = letter_of(newest("invited"), world.ben, NOW)
    secret = world.ben.invitations.get().secret
    assert without_chance(letter.subject + "\n---\n" + letter.text, ("secret", secret)) == shown


@pytest.mark.parametrize("language", ["en", "de"])
def test_due_check_ins_are_told_with_figures_links_and_time(world, shown, language):
    world.ada.change(language=language, by=Actor(world.ada), at=NOW)
    KeyResult.objects.filter(pk=world.secret_result.pk).update(
        activated_on=NOW.date() - timedelta(days=8), metric="Depot offers"
    )
    remind_of_check_ins(MORNING)
    letter = letter_of(newest("reminded"), world.ada, MORNING)
    ids = [("activation", world.activation.public_id), ("offers", world.secret_result.public_id)]
    with translation.override(language):
        ids += [("no status", str(Status.NO_STATUS.label)), ("on track", str(Status.ON_TRACK.label))]
    assert without_chance(letter.subject + "\n---\n" + letter.text, *ids) == shown


def test_the_page_and_the_text_of_a_letter_hold_the_same_links(world):
    remind_of_check_ins(MORNING)
    letter = letter_of(newest("reminded"), world.ada, MORNING)
    page = BeautifulSoup(letter.html, "html.parser")
    links = {link["href"] for link in page.select("a")}
    assert links == {
        f"http://localhost:8000/key-results/{world.activation.public_id}/check-ins/",
        "http://localhost:8000/",
    }
    assert all(link in letter.text for link in links)
    assert page.html["lang"] == "en"


def test_names_are_text_in_the_page_of_a_letter(world):
    world.organisation.change(name="<b>Bikes</b> & Co", by=SYSTEM, at=NOW)
    person = invited(world)
    letter = letter_of(newest("invited"), person, NOW)
    assert "<b>Bikes" not in letter.html
    assert "<b>Bikes</b> & Co keeps its goals" in letter.text


def test_a_letter_needs_nothing_from_elsewhere(world):
    person = invited(world)
    page = BeautifulSoup(letter_of(newest("invited"), person, NOW).html, "html.parser")
    assert page.select("img, link, script, [src], [background]") == []


def test_nobody_is_told_of_a_goal_they_handed_on(world):
    remind_of_check_ins(MORNING)
    KeyResult.objects.filter(pk=world.activation.pk).update(lead=world.ben)
    with pytest.raises(NotNeeded, match="meanwhile"):
        letter_of(newest("reminded"), world.ada, MORNING)


def test_a_reminder_is_of_no_use_the_day_after(world):
    remind_of_check_ins(MORNING)
    with pytest.raises(NotNeeded, match="the day is over"):
        letter_of(newest("reminded"), world.ada, MORNING + timedelta(days=1))


@pytest.mark.parametrize(
    "text", ["Bikes\r\nBcc: all@example.com", "Bikes\x0bBcc: all@example.com", "Bikes\u2028Bcc: x"]
)
def test_a_header_is_one_line_whoever_wrote_it(text):
    assert one_line(text).startswith("Bikes Bcc: ")
    assert len(one_line(text).splitlines()) == 1


@pytest.mark.parametrize("progress", [-20, 0, 36, 57, 99, 140])
@pytest.mark.parametrize("expected", [0, 57, 100])
def test_a_pace_bar_is_whole_and_has_one_tick(progress, expected):
    cells = pace_bar(progress, expected, "#1a8f5f")
    assert sum(width for _kind, _colour, width in cells) == 100
    assert [kind for kind, _colour, _width in cells].count("tck") == 1


def test_a_link_in_a_letter_records_for_whoever_signs_in_and_once(world, client):
    """B11: signed out it asks to sign in; the reader checks in once, and nobody whom the goal does not concern can."""
    remind_of_check_ins(MORNING)
    text = letter_of(newest("reminded"), world.ada, MORNING).text
    link = urlsplit(next(word for word in text.split() if "/check-ins/" in word)).path
    said = {"value": "38", "status": "on_track", "once": "from the letter"}
    with time_machine.travel(MORNING, tick=False):
        assert client.get(link)["Location"].startswith(reverse("account_login"))
        assert client.post(link, said)["Location"].startswith(reverse("account_login"))
        for person, answer in ((world.vera, 403), (world.ada, 302), (world.ada, 302)):
            client.force_login(person)
            assert client.post(link, said).status_code == answer

    made = world.activation.check_ins.filter(value=38)
    assert [each.author for each in made] == [world.ada]


def test_a_manager_reads_what_is_overdue_and_with_whom(world):
    """B07: the manager's morning letter names the goal and who leads it, with a link to look, not to check in."""
    world.organisation.switch([each.value for each in Feature], by=SYSTEM, at=NOW)
    world.ada.manage_by(world.max, by=SYSTEM, at=NOW, on=NOW.date())
    monday = MORNING + timedelta(days=10)
    remind_of_check_ins(monday)
    told = Event.objects.get(verb="reminded", noun_key=world.max.public_id)
    letter = letter_of(told, world.max, monday)

    assert letter.subject == "1 check-in is overdue"
    assert f"{world.activation.metric}, Ada Lead" in letter.text
    assert "/check-ins/" not in letter.text
    assert "Sell the harbour depot" not in letter.text
