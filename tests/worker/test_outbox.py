"""From what happened to who hears of it: once, late enough, and only while somebody needs it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest

from plumbline.integrations import NotNeeded, Trouble
from plumbline.integrations.email.notify import Letters
from plumbline.people.models import Actor, Delivery, Event, Invitation, Person
from plumbline.worker import outbox
from plumbline.worker.models import Heartbeat
from tests.world import NOW, SYSTEM

LATER = NOW + timedelta(seconds=11)
MINUTE = timedelta(minutes=1)
CHANNELS = (Letters(),)


@dataclass
class Board:
    """A channel of our own: a notice board that check-ins are pinned to."""

    name: str = "board"
    verbs: frozenset[str] = frozenset({"checked_in"})
    pinned: list[str] = field(default_factory=list)
    raises: Exception | None = None

    def recipients(self, event):
        return [event.under]

    def is_ready(self):
        return True

    def send(self, delivery, *, at):
        if self.raises:
            raise self.raises
        self.pinned.append(delivery.recipient)


@pytest.fixture
def quiet(world):
    """The world, with everything that made it handed on already."""
    Event.objects.update(dispatched_at=NOW)
    return world


def invite(name="Noor Newcomer"):
    person = Person.reserve(name=name, email=f"{name.split()[0].lower()}@harbour.test", by=SYSTEM, at=NOW)
    Invitation.send(person, by=SYSTEM, at=NOW)
    return person


def send_all(at, channels=CHANNELS, worker="one"):
    outbox.dispatch(at, channels)
    for delivery in outbox.waiting(at, channels):
        outbox.deliver(delivery, at, channels, worker=worker)


def test_an_invitation_arrives_by_mail(quiet, mail):
    person = invite()
    send_all(LATER)
    (letter,) = mail.letters
    assert mail.recipients == ["noor@harbour.test"]
    assert person.invitations.get().secret in letter.get_body(("plain",)).get_content()
    assert letter.get_body(("html",)) is not None
    assert letter["Auto-Submitted"] == "auto-generated"
    assert Delivery.objects.get().state == "sent"


def test_nothing_leaves_before_it_could_be_undone(quiet, mail):
    invite()
    send_all(NOW + timedelta(seconds=9))
    assert (mail.letters, Delivery.objects.count()) == ([], 0)


def test_an_event_is_handed_on_once(quiet, mail):
    invite()
    for _again in range(3):
        send_all(LATER)
    assert len(mail.letters) == 1
    assert not Event.objects.filter(dispatched_at=None).exists()


def test_of_two_workers_one_sends(quiet, mail):
    invite()
    outbox.dispatch(LATER, CHANNELS)
    (seen_by_one,), (seen_by_two,) = outbox.waiting(LATER, CHANNELS), outbox.waiting(LATER, CHANNELS)
    assert outbox.deliver(seen_by_one, LATER, CHANNELS, worker="one")
    assert not outbox.deliver(seen_by_two, LATER, CHANNELS, worker="two")
    assert len(mail.letters) == 1


def test_a_withdrawn_check_in_is_told_to_nobody(quiet):
    board = Board()
    check_in = quiet.activation.check_in(value=Decimal(38), by=Actor(quiet.ada), at=NOW)
    quiet.activation.withdraw(check_in, by=Actor(quiet.ada), at=NOW + timedelta(seconds=8))
    send_all(LATER, [board])
    assert (board.pinned, Delivery.objects.get().state) == ([], "dropped")


def test_a_check_in_that_stands_is_told(quiet):
    board = Board()
    quiet.activation.check_in(value=Decimal(38), by=Actor(quiet.ada), at=NOW)
    send_all(LATER, [board])
    assert board.pinned == [quiet.stay.public_id]


@pytest.mark.parametrize("end", ["archived", "used", "replaced", "too old"])
def test_an_invitation_that_leads_nowhere_is_not_sent(quiet, mail, end):
    person = invite()
    outbox.dispatch(LATER, CHANNELS)
    at = LATER
    match end:
        case "archived":
            person.archive(by=SYSTEM, at=LATER)
        case "used":
            person.invitations.get().accept(name="Noor", password="long enough for a test", at=LATER)
        case "replaced":
            Invitation.send(person, by=SYSTEM, at=LATER)
        case "too old":
            at = NOW + timedelta(days=15)
    send_all(at)
    assert mail.letters == []
    assert Delivery.objects.get(event__after__invitation=person.invitations.earliest("pk").public_id).state == "dropped"


def test_letters_wait_while_there_is_no_mail_server(quiet, settings):
    settings.EMAIL_HOST = ""
    invite()
    send_all(LATER)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)


def test_a_refused_letter_waits_longer_each_time_and_is_given_up_in_the_end(quiet, mail):
    mail.refusal = "451 try later"
    invite()
    at, waits = LATER, []
    outbox.dispatch(at, CHANNELS)
    while (delivery := Delivery.objects.get()).state == "waiting":
        at = max(at, delivery.next_at)
        outbox.deliver(delivery, at, CHANNELS, worker="one")
        waits.append(Delivery.objects.get().next_at - at)
    assert waits[: len(Delivery.PATIENCE)] == list(Delivery.PATIENCE)
    assert (delivery.state, delivery.attempts) == ("failed", len(Delivery.PATIENCE) + 1)


def test_a_letter_arrives_when_the_mail_server_is_well_again(quiet, mail):
    """G04: what failed is tried again, and what happened stands."""
    mail.refusal = "451 try later"
    invite()
    send_all(LATER)
    mail.refusal = ""
    send_all(LATER + MINUTE)
    assert len(mail.letters) == 1
    assert Delivery.objects.get().trouble == ""


def test_every_attempt_has_the_same_message_id(quiet, mail):
    invite()
    send_all(LATER)
    Delivery.objects.update(state="waiting")
    send_all(LATER)
    first, second = mail.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_two_letters_have_two_message_ids(quiet, mail):
    invite(), invite("Omar Newcomer")
    send_all(LATER)
    assert len({letter["Message-ID"] for letter in mail.letters}) == 2


def test_a_mail_server_that_is_not_there_is_waited_for(quiet, mail, settings):
    settings.EMAIL_PORT = 1
    invite()
    send_all(LATER)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.trouble) == ("waiting", "the mail server can't be reached: ConnectionRefusedError")


def test_what_is_noted_and_logged_holds_no_address(quiet, mail, caplog):
    caplog.set_level(logging.DEBUG)
    mail.refusal = "550 no such person noor@harbour.test"
    person = invite()
    send_all(LATER)
    noted = Delivery.objects.get().trouble
    assert noted == "the mail server refused the address: [550]"
    told = noted + "".join(record.getMessage() for record in caplog.records)
    assert "noor@" not in told
    assert person.invitations.get().secret not in told


def test_a_broken_letter_does_not_hold_up_the_others(quiet):
    board = Board(raises=ZeroDivisionError("noor@harbour.test"))
    quiet.activation.check_in(value=Decimal(38), by=Actor(quiet.ada), at=NOW)
    send_all(LATER, [board])
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.trouble) == ("waiting", "ZeroDivisionError")


@pytest.mark.parametrize(("raised", "state"), [(NotNeeded("why"), "dropped"), (Trouble("why"), "waiting")])
def test_a_channel_can_say_no_in_two_ways(quiet, raised, state):
    quiet.activation.check_in(value=Decimal(38), by=Actor(quiet.ada), at=NOW)
    send_all(LATER, [Board(raises=raised)])
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.trouble) == (state, "why")


def test_what_a_dead_worker_was_sending_is_sent_by_another(quiet, mail):
    invite()
    Heartbeat.beat("dead", at=LATER)
    outbox.dispatch(LATER, CHANNELS)
    Delivery.objects.get().claim(worker="dead", at=LATER)
    assert outbox.give_back(LATER + MINUTE * 2) == 1
    send_all(LATER + MINUTE * 2, worker="two")
    assert len(mail.letters) == 1


def test_what_a_living_worker_is_sending_stays_with_it(quiet):
    invite()
    outbox.dispatch(LATER, CHANNELS)
    Delivery.objects.get().claim(worker="slow", at=LATER)
    Heartbeat.beat("slow", at=LATER + MINUTE * 9)
    assert outbox.give_back(LATER + MINUTE * 9) == 0


def test_a_worker_that_was_thought_dead_does_not_settle_what_another_took_over(quiet):
    invite()
    outbox.dispatch(LATER, CHANNELS)
    slow = Delivery.objects.get()
    slow.claim(worker="slow", at=LATER)
    outbox.give_back(LATER + MINUTE * 2)
    Delivery.objects.get().claim(worker="two", at=LATER + MINUTE * 2)
    assert not slow.failed(at=LATER + MINUTE * 3, trouble="late")
    assert Delivery.objects.get().claimed_by == "two"


def test_a_name_with_a_line_break_makes_no_new_header(quiet, mail):
    quiet.organisation.change(name="Bikes\r\nBcc: all@example.com", by=SYSTEM, at=NOW)
    invite()
    send_all(LATER)
    (letter,) = mail.letters
    assert letter["Bcc"] is None
    assert "Bikes Bcc: all@example.com" in letter["Subject"]
    assert mail.recipients == ["noor@harbour.test"]
