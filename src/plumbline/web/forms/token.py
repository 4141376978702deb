"""Making a token."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.people.models import Token

LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), ("", _("until it is revoked"))]


class TokenForm(forms.Form):
    """What a program may do, and for how long."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scope = forms.ChoiceField(label=_("What it may do"), choices=Token.Scope.choices, initial=Token.Scope.READ)
    lifetime = forms.ChoiceField(label=_("How long it works"), choices=LIFETIMES, initial="90", required=False)

    def values(self, at: datetime) -> dict[str, Any]:
        """Return what ``Token.make`` is to be told."""
        days = self.cleaned_data["lifetime"]
        until = at + timedelta(days=int(days)) if days else None
        return {"name": self.cleaned_data["name"], "scope": self.cleaned_data["scope"], "expires_at": until}
