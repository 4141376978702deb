"""The letter that invites somebody."""

from __future__ import annotations

from django.utils.translation import gettext as _

from plumbline.integrations import NotNeeded
from plumbline.integrations.email.letter import Letter, Writing
from plumbline.people.models import Invitation, Person


def invitation(writing: Writing) -> Letter:
    """Write who invites, to what, and the link that is good once; who is in already chooses a new password by it."""
    key = writing.event.after.get("invitation")
    found = Invitation.objects.filter(public_id=key, person=writing.person).first()
    if found is None or not found.is_open(writing.at):
        raise NotNeeded("the invitation was used, withdrawn or replaced, or is too old")
    link, last_day = writing.link("join", found.secret), found.expires_at.astimezone(writing.zone).date()
    came_in = writing.person.state == Person.State.ACTIVE
    return writing.letter(
        "new_password" if came_in else "invitation",
        subject=_new_password(writing) if came_in else _invites(writing),
        link=link,
        last_day=last_day,
    )


def _new_password(writing: Writing) -> str:
    return _("Choose a new password for %(organisation)s") % {"organisation": writing.organisation.name}


def _invites(writing: Writing) -> str:
    actor, organisation = writing.event.actor, writing.organisation.name
    if actor is None or actor == writing.person:
        return _("Come in to %(organisation)s") % {"organisation": organisation}
    return _("%(inviter)s invites you to %(organisation)s") % {"inviter": actor.name, "organisation": organisation}
