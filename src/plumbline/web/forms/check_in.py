"""The form of a check-in: one input for the value that fits the type, and what is said beside it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import CheckIn, Guardrail, KeyResult, Milestone
from plumbline.goals.models.check_in import Confidence
from plumbline.goals.models.surroundings import Type
from plumbline.goals.status import SAYABLE
from plumbline.values.unit import NotANumber
from plumbline.web.forms.day import DayInput

YES_NO = (("yes", _("Yes")), ("no", _("No")))
LONGEST_NOTE = 4000


class CheckInForm(forms.Form):
    """Cleans what was typed into the arguments of ``KeyResult.check_in``."""

    value = forms.CharField(max_length=60, error_messages={"required": _("Write where it is now, for example 18.9.")})
    confidence = forms.TypedChoiceField(
        choices=Confidence.choices, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    status = forms.ChoiceField(choices=[(each.value, each.label) for each in SAYABLE], required=False)
    on = forms.DateField(
        label=_("For which day?"),
        required=False,
        widget=DayInput,
        error_messages={"invalid": _("Write a day, for example 2026-05-22.")},
    )
    note = forms.CharField(
        label=_("What did you learn?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What changed? What is in the way? What will you try next?"),
    )
    once = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        key_result: KeyResult,
        today: date,
        corrects: CheckIn | None = None,
    ) -> None:
        self.key_result, self.today = key_result, key_result.last_reading_day(today)
        super().__init__(data, initial=_initial(key_result, self.today, corrects))
        self.fields["on"].widget.attrs["max"] = self.today.isoformat()
        if key_result.type == Type.YES_NO:
            self.fields["value"] = forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)
        if key_result.type == Type.MILESTONES:
            self._ask_for_milestones()
        if key_result.is_fed:
            # The number and its day come from the KPI; what the lead says of it stands beside.
            del self.fields["value"], self.fields["on"]
        self._ask_for_guardrails()

    def _ask_for_guardrails(self) -> None:
        """Offer one field for each guardrail; what is left empty was not read."""
        self.guarding = {f"guardrail-{place}": each for place, each in enumerate(self.key_result.guardrails.all())}
        for name, guardrail in self.guarding.items():
            field = forms.CharField(label=guardrail.metric, required=False, max_length=60)
            field.widget.attrs |= {"inputmode": "decimal", "placeholder": guardrail.unit.typed(guardrail.current)}
            self.fields[name] = field

    @property
    def guardrail_fields(self) -> list[tuple[forms.BoundField, Guardrail]]:
        """The fields of the guardrails, each with its guardrail."""
        return [(self[name], guardrail) for name, guardrail in self.guarding.items()]

    def clean(self) -> dict[str, Any]:
        """Read what was typed of the guardrails, each in its own unit."""
        cleaned = super().clean() or {}
        self.guarded: dict[str, Decimal] = {}
        for name, guardrail in self.guarding.items():
            try:
                if cleaned.get(name, "").strip():
                    self.guarded[guardrail.metric] = guardrail.unit.read(cleaned[name])
            except (NotANumber, ValidationError):
                self.add_error(name, _("Write a number, for example 18.9."))
        return cleaned

    def _ask_for_milestones(self) -> None:
        steps = [(str(step.pk), step.title) for step in self.key_result.milestones.all()]
        self.fields["value"] = forms.MultipleChoiceField(
            choices=steps, required=False, widget=forms.CheckboxSelectMultiple
        )

    def clean_value(self) -> Decimal | list[Milestone]:
        """Read the number in the unit of the key result, the answer, or the ticked steps."""
        typed = self.cleaned_data["value"]
        if self.key_result.type == Type.YES_NO:
            return Decimal(typed == "yes")
        if self.key_result.type == Type.MILESTONES:
            return [step for step in self.key_result.milestones.all() if str(step.pk) in typed]
        try:
            return self.key_result.unit.read(typed)
        except NotANumber as error:
            raise ValidationError(_("Write a number, for example 18.9.")) from error

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        on: date = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise ValidationError(_("This day has not come yet. Choose today or a day before."))
        return on

    def arguments(self) -> dict[str, Any]:
        """Return what ``KeyResult.check_in`` is told."""
        given: dict[str, Any] = {name: self.cleaned_data.get(name) for name in ("confidence", "status", "on", "note")}
        if "value" not in self.fields:
            return given | {"guarded": self.guarded}
        name = "reached" if self.key_result.type == Type.MILESTONES else "value"
        return given | {name: self.cleaned_data["value"], "guarded": self.guarded}


class WithdrawalForm(forms.Form):
    """Why a check-in is taken back."""

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=400,
        error_messages={"required": _("Write a few words, so that the history can be understood.")},
    )


def _initial(row: KeyResult, today: date, corrects: CheckIn | None) -> dict[str, Any]:
    initial = {"value": _typed(row, row.current), "on": today, "once": uuid.uuid4().hex}
    if corrects is None:
        return initial
    told = {"value": _typed(row, corrects.value), "on": corrects.on, "note": corrects.note}
    return initial | told | {"confidence": corrects.confidence, "status": corrects.status}


def _typed(row: KeyResult, value: Decimal | None) -> str | list[str]:
    if row.type == Type.MILESTONES:
        return [str(step.pk) for step in row.milestones.all() if step.done_on]
    if row.type == Type.YES_NO:
        return "" if value is None else "yes" if value else "no"
    return row.unit.typed(value)
