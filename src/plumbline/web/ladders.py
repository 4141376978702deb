"""The same plan told three times: what goes in, what is made, what changes. They stand beside the key-result editor."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Ladder(NamedTuple):
    """One plan on its three levels."""

    input: str | Promise
    output: str | Promise
    outcome: str | Promise


LADDERS: Final = (
    Ladder(
        _("Spend 20 days on the help centre"),
        _("Rewrite 30 help pages"),
        _("Requests solved at the first contact rise from 62% to 75%"),
    ),
    Ladder(
        _("Assign two developers to the first week"),
        _("Launch the new tour"),
        _("New customers with a first success in their first week rise from 48% to 70%"),
    ),
    Ladder(
        _("Spend 12,000 euros on job ads"),
        _("Hold 30 interviews"),
        _("New colleagues who stay a year rise from 78% to 90%"),
    ),
)
