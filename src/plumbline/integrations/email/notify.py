"""The way out by mail: which events make letters, and how a letter leaves."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from plumbline.integrations import NotNeeded, Trouble
from plumbline.integrations.email.address import address_confirmation, address_notice
from plumbline.integrations.email.due_check_ins import due_check_ins
from plumbline.integrations.email.invitation import invitation
from plumbline.integrations.email.letter import Letter, Writing
from plumbline.people.models import Delivery, Event, Organisation, Person

LETTERS: Final[dict[str, Callable[[Writing], Letter]]] = {
    "invited": invitation,
    "reminded": due_check_ins,
    "address_wanted": address_notice,
}
#: Beside the address that a person has, to the one that they want to have.
ELSEWHERE: Final[dict[str, Callable[[Writing], Letter]]] = {"address_wanted": address_confirmation}
WANTED: Final = "/wanted"


class Letters:
    """The channel of e-mail: every event here is about one person, who gets the letter."""

    name = "email"
    verbs = frozenset(LETTERS)

    def recipients(self, event: Event) -> list[str]:
        """Return the person the event is about, and the address they want to have where that is asked."""
        return [event.noun_key, *([event.noun_key + WANTED] if event.verb in ELSEWHERE else [])]

    def is_ready(self) -> bool:
        """Tell whether the installation names a mail server; letters wait until it does."""
        return bool(settings.EMAIL_HOST)

    def send(self, delivery: Delivery, *, at: datetime) -> None:
        """Write the letter as things stand now, in the reader's language, and hand it to the mail server."""
        person, address = _reader(delivery)
        letters = ELSEWHERE if delivery.recipient.endswith(WANTED) else LETTERS
        organisation = Organisation.the()
        writing = Writing(delivery.event, person, organisation, at)
        with translation.override(person.language or organisation.language), timezone.override(writing.zone):
            letter = letters[delivery.event.verb](writing)
            message = _message(letter, address, _message_id(delivery))
        _hand_over(message)


def _reader(delivery: Delivery) -> tuple[Person, str]:
    key = delivery.recipient.removesuffix(WANTED)
    person: Person | None = Person.objects.present().filter(public_id=key).first()
    if person is None:
        raise NotNeeded("the person left")
    address = person.wanted_email if delivery.recipient.endswith(WANTED) else person.email
    if not address:
        raise NotNeeded("the person has no address")
    return person, address


def _message(letter: Letter, address: str, message_id: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[address],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def _message_id(delivery: Delivery) -> str:
    """Return the same id at every attempt, so that mail servers can tell a repeated letter."""
    host = settings.DEPLOYMENT.host.strip("[]").replace(":", ".")
    return f"<{delivery.event.public_id}.{delivery.recipient.replace('/', '.')}@{host}>"


def _hand_over(message: EmailMultiAlternatives) -> None:
    # Of a refusal only kind and code are kept: its words repeat the address.
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = sorted({code for code, _words in refusal.recipients.values()})
        raise Trouble(f"the mail server refused the address: {codes}") from None
    except smtplib.SMTPResponseException as refusal:
        raise Trouble(f"the mail server refused: {type(refusal).__name__} {refusal.smtp_code}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Trouble(f"the mail server can't be reached: {type(error).__name__}") from None
