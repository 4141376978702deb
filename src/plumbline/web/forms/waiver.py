"""Why a key result that counts work stays one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import KeyResult


class WaiverForm(forms.Form):
    """A reason, the outcome it prepares, and why that can't be measured now."""

    reason = forms.CharField(
        label=_("Why keep it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: a regulator asks for exactly this."),
        error_messages={"required": _("One sentence is enough.")},
    )
    prepares = forms.CharField(label=_("The outcome it prepares"), required=False, max_length=300)
    prepares_key_result = forms.ModelChoiceField(
        label=_("Or one of these key results"),
        queryset=KeyResult.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("None of them"),
    )
    why_not_measurable = forms.CharField(
        label=_("Why that can’t be measured now"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = key_result.objective.key_results.filter(binned_at=None, level="outcome").exclude(pk=key_result.pk)
        self.fields["prepares_key_result"].queryset = others.order_by("pk")  # type: ignore[attr-defined]
