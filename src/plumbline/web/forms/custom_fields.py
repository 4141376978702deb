"""The organisation's own fields on the form of a goal, and the form that defines them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import CustomField
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.versioned import Data, OpenForm, VersionedForm

_WIDGETS: dict[CustomField.Kind, Callable[[], forms.Widget]] = {
    CustomField.Kind.TEXT: forms.TextInput,
    CustomField.Kind.NUMBER: lambda: forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    CustomField.Kind.LINK: lambda: forms.URLInput(attrs={"placeholder": "https://"}),
}


class NotingForm(OpenForm):
    """A form of a goal: it also asks for what this organisation notes."""

    def ask(self, noun: str, kept: Mapping[str, str]) -> None:
        """Add the custom fields that goals of a kind have, with the values that stand in them."""
        self.kept = dict(kept)
        self.asked = {row.key: row for row in CustomField.objects.asked_of(noun)}
        for key, row in self.asked.items():
            self.fields[key] = _field_of(row, self.kept.get(key, ""))
            self.initial.setdefault(key, self.kept.get(key, ""))

    def own_fields(self) -> Iterator[BoundField]:
        """Yield the custom fields, for the template."""
        return (self[key] for key in self.asked)

    def clean(self) -> dict[str, Any] | None:
        """Read the custom fields by their kind."""
        cleaned = super().clean() or self.cleaned_data
        for key, row in self.asked.items():
            try:
                value = cleaned.get(key)
                told = value.isoformat() if isinstance(value, date) else value
                cleaned[key] = row.read(told, kept=self.kept.get(key, ""))
            except CustomField.BadValue:
                self.add_error(key, ValidationError(_REFUSALS[CustomField.Kind(row.kind)]))
        return cleaned

    def noted(self) -> dict[str, str]:
        """Return all values as a goal keeps them; those of archived fields stay."""
        told = {key: self.cleaned_data[key] for key in self.asked}
        return {key: value for key, value in (self.kept | told).items() if value != ""}


_REFUSALS = {
    CustomField.Kind.TEXT: _("That is too long: 400 characters at most."),
    CustomField.Kind.NUMBER: _("Write a number."),
    CustomField.Kind.DATE: _("Write a day, for example 2026-06-30."),
    CustomField.Kind.CHOICE: _("Choose one of the list."),
    CustomField.Kind.LINK: _("Write a whole address, for example https://tracker.example.org/42."),
}


def _field_of(row: CustomField, kept: str) -> forms.Field:
    match row.kind:
        case CustomField.Kind.DATE:
            return forms.DateField(label=row.name, required=False, widget=DayInput)
        case CustomField.Kind.CHOICE:
            known = row.choices if kept in {"", *row.choices} else [*row.choices, kept]
            return forms.ChoiceField(
                label=row.name, required=False, choices=[("", "–"), *((each, each) for each in known)]
            )
        case _:
            widget = _WIDGETS[CustomField.Kind(row.kind)]()
            return forms.CharField(label=row.name, required=False, max_length=400, widget=widget)


class CustomFieldForm(VersionedForm):
    """What an admin notes on goals beside what every goal has."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(label=_("What stands in it"), choices=CustomField.Kind.choices)
    goals = forms.ChoiceField(label=_("Which goals have it"), choices=CustomField.Goals.choices)
    choices = forms.CharField(
        label=_("What can be chosen"),
        help_text=_("For a list: one on each line."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Data = None, *, row: CustomField | None = None) -> None:
        initial: dict[str, Any] = {}
        if row is not None:
            told = {name: getattr(row, name) for name in ("version", "name", "goals")}
            initial = {**told, "choices": "\n".join(row.choices)}
        super().__init__(data, initial=initial)
        if row is not None:
            del self.fields["kind"]
            if row.kind != CustomField.Kind.CHOICE:
                del self.fields["choices"]

    def clean_choices(self) -> list[str]:
        """Return the lines, each once."""
        lines = (line.strip()[:120] for line in self.cleaned_data["choices"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))
