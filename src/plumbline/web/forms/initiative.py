"""The forms of an initiative: what we do, what we bet on it, what we put in, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Bet, Initiative, Input, KeyResult, Moves, Work
from plumbline.people.models import Person
from plumbline.values.exact import exact
from plumbline.values.unit import NotANumber, Unit, UnitKind, read_number
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.leads import name_of

NOT_A_DAY = {"invalid": _("Write a day, for example 2026-06-30.")}
NUMERIC = {"inputmode": "decimal", "autocomplete": "off"}


class InitiativeForm(forms.Form):
    """What we will concretely do, by whom, until when."""

    title = forms.CharField(
        label=_("What will we do?"), max_length=240, error_messages={"required": _("Say what we will do.")}
    )
    key_result = forms.ChoiceField(label=_("Which number should it move?"), required=False)
    work = forms.ChoiceField(
        label=_("Kind of work"), required=False, choices=[("", _("As the title tells")), *Work.choices]
    )
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    due_on = forms.DateField(label=_("Until when?"), required=False, widget=DayInput, error_messages=NOT_A_DAY)
    note = forms.CharField(label=_("Note"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.URLField(
        label=_("Link to where the work is"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole address, for example https://tracker.example.org/42.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        people: Iterable[Person],
        key_results: Iterable[KeyResult],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.people = {person.public_id: person for person in people}
        self.key_results = {row.public_id: row for row in key_results}
        self.fields["lead"].choices = [("", "–"), *((key, name_of(row)) for key, row in self.people.items())]  # type: ignore[attr-defined]
        none = ("", _("None yet: work for the objective"))
        rows = ((key, row.statement) for key, row in self.key_results.items())
        self.fields["key_result"].choices = [none, *rows]  # type: ignore[attr-defined]

    def clean_lead(self) -> Person | None:
        """Return the person."""
        return self.people.get(self.cleaned_data["lead"])

    def clean_key_result(self) -> KeyResult | None:
        """Return the key result."""
        return self.key_results.get(self.cleaned_data["key_result"])

    def fields_told(self) -> dict[str, Any]:
        """Return what the verbs are told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OnVersion(forms.Form):
    """A part of the page that two people may answer at once: it carries the version that was read."""

    def told(self) -> dict[str, Any]:
        """Return what the verb is told."""
        said = dict(self.cleaned_data)
        version = said.pop("version")
        return {**said, "expected_version": version}


def change_suffix(unit: Unit) -> str:
    """Return what stands behind a change: of percents it is points."""
    return gettext("points") if unit.kind == UnitKind.PERCENT else unit.suffix


class BetForm(OnVersion):
    """By how much it should move the number, and by when."""

    expected_change = forms.CharField(
        label=_("By how much?"), required=False, max_length=40, widget=forms.TextInput(attrs=NUMERIC)
    )
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DayInput, error_messages=NOT_A_DAY)
    moves = forms.ChoiceField(
        label=_("Kind of number"), required=False, choices=[("", _("As its words tell")), *Moves.choices]
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, unit: Unit, initial: Any = None) -> None:
        self.unit, self.suffix = unit, change_suffix(unit)
        super().__init__(data, initial=initial, auto_id="bet_%s")

    def clean_expected_change(self) -> Decimal | None:
        """Read the change in the unit of the number."""
        return read_change(self.unit, self.cleaned_data["expected_change"])


class SettlementForm(OnVersion):
    """What really happened to the number."""

    verdict = forms.ChoiceField(
        label=_("Did it move the number?"),
        choices=Bet.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    actual_change = forms.CharField(
        label=_("By how much?"), required=False, max_length=40, widget=forms.TextInput(attrs=NUMERIC)
    )
    learned = forms.CharField(
        label=_("What did we learn?"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, unit: Unit, initial: Any = None) -> None:
        self.unit, self.suffix = unit, change_suffix(unit)
        super().__init__(data, initial=initial, auto_id="settlement_%s")

    def clean_actual_change(self) -> Decimal | None:
        """Read the change in the unit of the number."""
        return read_change(self.unit, self.cleaned_data["actual_change"])


class InputForm(OnVersion):
    """What is put in: an amount of time, money or people."""

    kind = forms.ChoiceField(label=_("What?"), choices=Input.Kind.choices)
    amount = forms.CharField(label=_("How much?"), required=False, max_length=40, widget=forms.TextInput(attrs=NUMERIC))
    unit = forms.CharField(label=_("Unit"), required=False, max_length=24, help_text=_("days, €, people"))
    note = forms.CharField(label=_("Note"), required=False, max_length=240)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_amount(self) -> Decimal | None:
        """Read the amount."""
        typed = self.cleaned_data["amount"].strip()
        try:
            return exact(read_number(typed)) if typed else None
        except NotANumber as error:
            raise ValidationError(_("Write a number, for example 12.")) from error


class StateForm(forms.Form):
    """Where the bet stands."""

    state = forms.ChoiceField(choices=Initiative.State.choices)


def read_change(unit: Unit, typed: str) -> Decimal | None:
    """Read a change with its sign; nothing typed is nothing said."""
    if not typed.strip():
        return None
    try:
        return unit.read(typed)
    except NotANumber as error:
        raise ValidationError(_("Write a number with its sign, for example −4.")) from error
