"""The letter that invites somebody."""

from __future__ import annotations

from django.utils.translation import gettext as _

from plumbline.integrations import NotNeeded
from plumbline.integrations.email.letter import Letter, Writing
from plumbline.people.models import Invitation


def invitation(writing: Writing) -> Letter:
    """Write who invites, to what, and the link that is good once."""
    key = writing.event.after.get("invitation")
    found = Invitation.objects.filter(public_id=key, person=writing.person).first()
    if found is None or not found.is_open(writing.at):
        raise NotNeeded("the invitation was used, withdrawn or replaced, or is too old")
    names = {"inviter": _inviter(writing), "organisation": writing.organisation.name}
    subject = _("%(inviter)s invites you to %(organisation)s") if names["inviter"] else _("Come in to %(organisation)s")
    return writing.letter(
        "invitation",
        subject=subject % names,
        inviter=names["inviter"],
        link=writing.address(f"/invitations/{found.secret}/"),
        last_day=found.expires_at.astimezone(writing.zone).date(),
    )


def _inviter(writing: Writing) -> str:
    actor = writing.event.actor
    return actor.name if actor and actor != writing.person else ""
