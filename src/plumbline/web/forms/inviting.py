"""A list of people, as it comes out of a mail program or a table."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plumbline.people.models import Person, Team
from plumbline.people.models.person import Role
from plumbline.usecases.invite_many import Guest
from plumbline.web.forms.person import roles_to_give
from plumbline.web.forms.versioned import Data, OpenForm

#: As many as come in at once.
MOST: Final = 200
LONGEST_NAME: Final = 120
_PARTED = re.compile(r"[\t;,<>\"]+")


class InviteManyForm(OpenForm):
    """One person a line, one role and the same teams for all of them."""

    people = forms.CharField(
        label=gettext_lazy("People"),
        help_text=gettext_lazy("One a line: a name and an e-mail address, in any order. A name alone is reserved."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=40000,
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), initial=Role.MEMBER)
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reserve = forms.BooleanField(
        label=gettext_lazy("Only reserve them"),
        help_text=gettext_lazy("Goals and teams can name them already; nobody gets a letter yet."),
        required=False,
    )

    def __init__(self, data: Data = None, *, giver: Person) -> None:
        super().__init__(data)
        self.offer(role=roles_to_give(giver), teams=Team.objects.open().order_by("name"))

    def clean_people(self) -> list[Guest]:
        """Read the lines; what can't be read is named by its number."""
        lines = [
            (number, line) for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1) if line.strip()
        ]
        if len(lines) > MOST:
            raise ValidationError(_("At most %(most)s people at once."), params={"most": MOST})
        guests = [_guest(number, line) for number, line in lines]
        emails = [guest.email for guest in guests if guest.email]
        twice = sorted({email for email in emails if emails.count(email) > 1})
        if twice:
            raise ValidationError(_("Twice in the list: %(addresses)s."), params={"addresses": ", ".join(twice)})
        return guests

    def values(self) -> dict[str, Any]:
        """Return what ``invite_many`` is to be told."""
        said = self.cleaned_data
        return {
            "guests": said["people"],
            "role": said["role"],
            "teams": said["teams"],
            "send": not said["reserve"],
        }


def _guest(number: int, line: str) -> Guest:
    parts = [part.strip() for part in _PARTED.split(line) if part.strip()]
    if len(parts) == 1 and " " in parts[0] and "@" in parts[0]:
        parts = [" ".join(word for word in line.split() if "@" not in word), *(w for w in line.split() if "@" in w)]
    emails = [part.casefold() for part in parts if "@" in part]
    name = " ".join(part for part in parts if "@" not in part)
    if len(emails) > 1 or len(name) > LONGEST_NAME:
        raise ValidationError(_("Line %(number)s: one person a line."), params={"number": number})
    for email in emails:
        try:
            validate_email(email)
        except ValidationError:
            words = _("Line %(number)s: “%(email)s” is no e-mail address.")
            raise ValidationError(words, params={"number": number, "email": email}) from None
    if not name and not emails:
        raise ValidationError(_("Line %(number)s: one person a line."), params={"number": number})
    # Until they come in and say it themselves, the address tells what they may be called.
    return Guest(name or emails[0].split("@")[0].replace(".", " ").title(), emails[0] if emails else "")
