"""The reason why something that stands out in a plan is fine."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Dismissal


class DismissalForm(forms.Form):
    """One sentence."""

    reason = forms.CharField(
        label=_("That's fine because…"),
        min_length=Dismissal.SHORTEST_REASON,
        max_length=400,
        error_messages={
            "required": _("Say why, once. It is shown beside it."),
            "min_length": _("A few words more. Others read it beside the finding."),
        },
    )
