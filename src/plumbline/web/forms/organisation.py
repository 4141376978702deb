"""What can be set for the whole organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import UltimateMeasure
from plumbline.goals.status import Rhythm
from plumbline.people.models import Organisation
from plumbline.people.models.organisation import Feature, JudgePolicy
from plumbline.usecases.forget import SHORTEST
from plumbline.web.forms.choices import MONTHS, WEEKDAYS, languages, time_zones
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.unit import UnitForm, ValueTextField
from plumbline.web.forms.versioned import Data, VersionedForm


class OrganisationForm(VersionedForm):
    """Name, goal, calendar, language, limits, and how firmly the judge asks."""

    name = forms.CharField(label=_("Name"), max_length=120)
    ultimate_goal = forms.CharField(
        label=_("Ultimate goal"),
        help_text=_("What all of this is for, in one sentence."),
        max_length=240,
        required=False,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    fiscal_year_start = forms.TypedChoiceField(label=_("The business year starts in"), choices=MONTHS, coerce=int)
    week_start = forms.TypedChoiceField(label=_("The week starts on"), choices=WEEKDAYS, coerce=int)
    attention_behind = forms.IntegerField(
        label=_("Needs attention when behind pace by more than"), min_value=1, max_value=99
    )
    off_track_behind = forms.IntegerField(
        label=_("Off track when behind pace by more than"), min_value=2, max_value=100
    )
    rhythm = forms.ChoiceField(
        label=_("A new key result is checked in on"), choices=Rhythm.choices, help_text=_("Each can choose another.")
    )
    grace_days = forms.IntegerField(
        label=_("Days of grace"),
        help_text=_("A check-in that is later than its rhythm and these days makes a goal outdated."),
        min_value=0,
        max_value=30,
    )
    most_led = forms.IntegerField(
        label=_("Goals that one person can look after"),
        help_text=_("Who leads more objectives and key results of one cycle is asked about by the plan check."),
        required=False,
        min_value=1,
        max_value=200,
    )
    closing_days = forms.IntegerField(
        label=_("Days for closing"),
        help_text=_("So long after its last day a cycle takes scores and notes; then it closes by itself."),
        min_value=0,
        max_value=120,
    )
    late_days = forms.IntegerField(
        label=_("Days for late values"),
        help_text=_("So long after a cycle closed its last readings may still come in."),
        min_value=0,
        max_value=120,
    )
    closing_template = forms.CharField(
        label=_("What a closing note asks"),
        help_text=_("Stands in the note when somebody closes a goal, to be answered and changed."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sign_ins_kept_days = forms.IntegerField(
        label=_("Sign-ins are kept"),
        help_text=_("With the address and the device they came from; then they are deleted."),
        min_value=SHORTEST,
        max_value=365,
    )
    judge_policy = forms.ChoiceField(
        label=_("When a key result counts work"), choices=JudgePolicy.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Data = None, *, organisation: Organisation) -> None:
        fields = [name for name in self.base_fields if name != "version"]
        initial = model_to_dict(organisation, fields) | {"version": organisation.version}
        super().__init__(data, initial=initial)

    def clean_most_led(self) -> int:
        """Keep the number that is set where none is sent."""
        return int(self.cleaned_data["most_led"] or self.initial["most_led"])

    def clean(self) -> dict[str, Any] | None:
        """Hold the two limits in order."""
        cleaned = super().clean() or self.cleaned_data
        attention, off_track = cleaned.get("attention_behind"), cleaned.get("off_track_behind")
        if attention is not None and off_track is not None and off_track <= attention:
            self.add_error("off_track_behind", _("This limit lies beyond the one for attention."))
        return cleaned


class FeaturesForm(VersionedForm):
    """What the organisation does without."""

    features = forms.MultipleChoiceField(
        label=_("Features"),
        choices=Feature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "switch"}),
    )

    def __init__(self, data: Data = None, *, organisation: Organisation) -> None:
        on = [feature.value for feature in Feature if organisation.has(feature)]
        super().__init__(data, initial={"features": on, "version": organisation.version})


class MeasureForm(UnitForm):
    """How the ultimate goal is measured: from where, to where, and where it stands."""

    metric = forms.CharField(label=_("What is measured"), max_length=120)
    baseline = ValueTextField(label=_("Where it began"))
    baseline_on = forms.DateField(label=_("On"), widget=DayInput)
    current = ValueTextField(label=_("Where it stands"))
    current_on = forms.DateField(label=_("On"), widget=DayInput)
    target = ValueTextField(label=_("Where it is to go"))
    target_on = forms.DateField(label=_("By"), widget=DayInput)

    value_names = ("baseline", "current", "target")

    def __init__(self, data: Data = None, *, measure: UltimateMeasure | None) -> None:
        super().__init__(data, measured=measure)
        if measure is not None:
            for name in ("metric", "baseline_on", "current_on", "target_on"):
                self.initial[name] = getattr(measure, name)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a target that is where it began."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("baseline") is not None and cleaned.get("baseline") == cleaned.get("target"):
            self.add_error("target", _("The target is the same as the start. What would better look like?"))
        return cleaned
