"""Planning time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cadence, Cycle
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.versioned import Data, VersionedForm

LEVELS = [("company", _("Company")), ("team", _("Teams")), ("person", _("People"))]


class CycleForm(VersionedForm):
    """A stretch of days with a name."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=80)
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)
    levels = forms.MultipleChoiceField(
        label=_("Whose goals it holds"), choices=LEVELS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Data = None, *, cycle: Cycle | None = None) -> None:
        initial: dict[str, Any] = {"levels": [level for level, _word in LEVELS]}
        if cycle is not None:
            names = ("version", "name", "first_day", "last_day", "levels")
            initial = {name: getattr(cycle, name) for name in names}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a cycle that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This day lies before the first one."))
        return cleaned


class CadenceForm(VersionedForm):
    """A rhythm of cycles."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("How long a cycle is"), choices=Cadence.Kind.choices)
    months = forms.IntegerField(label=_("Months, where it is a number of months"), min_value=1, max_value=36, initial=3)
    formula = forms.CharField(
        label=_("How its cycles are named"),
        help_text=_(
            "May hold {year}, {quarter}, {month}, {number}, {fiscal_year}, {end_month}, {end_year} and {count}."
        ),
        max_length=80,
        initial="Q{quarter} {year}",
    )
    levels = forms.MultipleChoiceField(
        label=_("Whose goals they hold"), choices=LEVELS, widget=forms.CheckboxSelectMultiple, required=False
    )
    ahead = forms.IntegerField(
        label=_("Cycles planned ahead"),
        help_text=_("They are made by themselves, so many beyond the one that runs."),
        min_value=0,
        max_value=12,
        initial=1,
    )

    def __init__(self, data: Data = None, *, cadence: Cadence | None = None) -> None:
        initial: dict[str, Any] = {"levels": [level for level, _word in LEVELS]}
        if cadence is not None:
            initial = {name: getattr(cadence, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        if cadence is None:
            # Who begins a cadence says least: it holds everybody's goals, and plans one ahead.
            self.fields["ahead"].required = False

    def clean(self) -> dict[str, Any] | None:
        """Take everybody's goals where nobody is chosen, and one cycle ahead where nothing is said."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["levels"] = cleaned.get("levels") or [level for level, _word in LEVELS]
        if cleaned.get("ahead") is None and "ahead" not in self.errors:
            cleaned["ahead"] = 1
        return cleaned

    def begun(self) -> dict[str, Any]:
        """Return what ``Cadence.begin`` is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PhaseForm(forms.Form):
    """The next phase of a cycle."""

    phase = forms.ChoiceField(choices=Cycle.Phase.choices)
    reason = forms.CharField(required=False, max_length=400)
    version = forms.IntegerField()
