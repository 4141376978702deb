"""Two letters about another address: a link to the new one, a word to the old one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from plumbline.integrations import NotNeeded
from plumbline.integrations.email.letter import Letter, Writing
from plumbline.usecases.change_address import GOOD_FOR, Stale, secret_of, wish_by


def address_confirmation(writing: Writing) -> Letter:
    """Write to the wanted address: following the link takes it."""
    _refuse_stale(writing)
    return writing.letter(
        "address",
        subject=_("Sign in to %(organisation)s with this address") % {"organisation": writing.organisation.name},
        link=writing.link("new-address", secret_of(writing.event)),
        last_day=(writing.event.at + GOOD_FOR).astimezone(writing.zone).date(),
    )


def address_notice(writing: Writing) -> Letter:
    """Write to the address that is there: whoever did not ask for this can say so in time."""
    _refuse_stale(writing)
    subject = _("Another address was asked for at %(organisation)s") % {"organisation": writing.organisation.name}
    return writing.letter("address_notice", subject=subject, link=writing.link("profile"))


def _refuse_stale(writing: Writing) -> None:
    try:
        wish_by(secret_of(writing.event), at=writing.at)
    except Stale:
        raise NotNeeded("the address was taken, asked for anew, or not confirmed in time") from None
