"""The forms around the end of an objective."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Verdict
from plumbline.values.unit import NotANumber, read_number

RATINGS = [(str(number), str(number)) for number in range(1, 6)]
ALL = Decimal(1)
CENT = Decimal("0.01")


class ClosureForm(forms.Form):
    """Score, verdict, rating and what was learned; a score other than the suggested one asks why."""

    score = forms.CharField(
        label=_("Score, from 0.0 to 1.0"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why is the score not the suggested one?"),
        required=False,
        max_length=400,
        help_text=_("Only if you changed it."),
    )
    verdict = forms.ChoiceField(
        label=_("How did it end?"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )
    rating = forms.TypedChoiceField(
        label=_("How well did we work on it?"),
        choices=[("", "–"), *RATINGS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("From 1 to 5. It rates the execution, not the people."),
    )
    learned = forms.CharField(
        label=_("What did we learn?"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, suggested: Decimal | None) -> None:
        self.suggested = suggested
        super().__init__(data, initial={"score": "" if suggested is None else localize_input(suggested)})

    def clean_score(self) -> Decimal | None:
        """Read the score as people type it."""
        typed = self.cleaned_data["score"].strip()
        if not typed:
            return None
        try:
            score = read_number(typed)
        except NotANumber as error:
            raise ValidationError(_("Write a number, for example 0.7.")) from error
        if not 0 <= score <= ALL:
            raise ValidationError(_("A score lies between 0.0 and 1.0."))
        return score.quantize(CENT)

    def clean(self) -> dict[str, Any]:
        """Ask why where the score is not the suggested one."""
        given = self.cleaned_data
        changed = "score" in given and given["score"] != self.suggested
        if changed and self.suggested is not None and not given.get("reason", "").strip():
            self.add_error("reason", _("Say in a few words why the score differs from the suggested one."))
        return given


class ReasonForm(forms.Form):
    """A few words on why."""

    reason = forms.CharField(label=_("Why?"), max_length=400, error_messages={"required": _("Say in a few words why.")})
