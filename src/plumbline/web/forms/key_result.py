"""The editor of a key result: strings in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import KeyResult, Kpi, Objective, Tag
from plumbline.goals.models.measured import unit_fields
from plumbline.goals.models.surroundings import MOVING, Type
from plumbline.goals.status import Rhythm
from plumbline.people.models import Organisation
from plumbline.people.models.organisation import Feature
from plumbline.usecases.edit_key_result import Excuse
from plumbline.values.unit import NotANumber, Unit
from plumbline.web.forms.custom_fields import NotingForm
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.leads import LeadField, PeopleField, leads
from plumbline.web.forms.tag import TagsField

#: The fields that are filled from the sentence as long as nobody touched them, with what stands there before.
FOLLOWING: Final = {"metric": "", "type": str(Type.INCREASE), "baseline": "", "target": "", "unit": ""}
VALUES: Final = ("baseline", "target", "target_upper")
_TOLD: Final = (
    "statement", "metric", "type", *VALUES, "starts_on", "due_on", "lead", "baseline_promised_by", "weight", "rhythm",
    "description", "source_link", "automatic_status",
)  # fmt: skip


def number_field(label: Any, **options: Any) -> forms.CharField:
    """Return a field for a number as people type it: with groups, a comma, a sign or a unit."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", **options.pop("attrs", {})})
    return forms.CharField(label=label, required=False, max_length=60, widget=widget, **options)


def read_value(text: str, unit: Unit) -> Decimal | None:
    """Return the value that was typed, or None where nothing was; refuses what holds no number."""
    if not text.strip():
        return None
    try:
        return unit.read(text)
    except NotANumber as refusal:
        raise ValidationError(_("There is no number in “%(text)s”."), params={"text": text}) from refusal


def with_value(data: Any, name: str, value: str) -> Any:
    """Return what was sent with one value put in."""
    changed = data.copy()
    changed[name] = value
    return changed


class KeyResultForm(NotingForm):
    """A sentence, its measure, who looks after it, and a reason where one is asked for."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, widget=forms.HiddenInput)
    statement = forms.CharField(
        label=_("Key result"),
        max_length=400,
        error_messages={"required": _("Write at least a few words. A draft may lack all the rest.")},
    )
    metric = forms.CharField(label=_("Metric"), required=False, max_length=160)
    type = forms.ChoiceField(label=_("Type"), choices=Type.choices)
    baseline = number_field(_("Baseline"), attrs={"placeholder": _("Today")})
    target = number_field(_("Target"))
    target_upper = number_field(_("and at most"))
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"list": "units", "placeholder": _("Number"), "autocomplete": "off"}),
    )
    due_on = forms.DateField(label=_("By"), required=False, widget=DayInput)
    starts_on = forms.DateField(label=_("From"), required=False, widget=DayInput)
    lead = LeadField(label=_("Lead"), empty_label=_("Nobody yet"))
    contributors = PeopleField(label=_("Contributors"))
    description = forms.CharField(
        label=_("Description"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    source_kpi = forms.ModelChoiceField(
        label=_("Its values come from"),
        queryset=Kpi.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Check-ins that people type"),
        help_text=_("Each new reading of the KPI is taken in by itself; then nobody types the number."),
    )
    source_link = forms.URLField(
        label=_("Where the number comes from"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("A link to the report or the project."),
        error_messages={"invalid": _("Write a whole address, for example https://tracker.example.org/42.")},
    )
    tags = TagsField()
    baseline_promised_by = forms.DateField(
        label=_("Baseline measured by"),
        required=False,
        widget=DayInput,
        help_text=_("Not known yet? Promise a day. Until then it reads not measurable yet."),
    )
    weight = number_field(_("Weight"), help_text=_("Relative to the others; 1 unless you say otherwise."))
    rhythm = forms.ChoiceField(label=_("Check in"), choices=Rhythm.choices)
    automatic_status = forms.BooleanField(
        label=_("The data say its status"),
        required=False,
        help_text=_("At a check-in nothing is chosen beforehand. Its lead can still say otherwise."),
    )
    reason = forms.CharField(
        label=_("Why the goalposts move"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    waiver_reason = forms.CharField(
        label=_("Why keep it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("For example: a regulator asks for exactly this.")}),
    )
    waiver_prepares = forms.CharField(label=_("The outcome it prepares"), required=False, max_length=300)
    waiver_prepares_key_result = forms.ModelChoiceField(
        label=_("Or one of these key results"),
        queryset=KeyResult.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("None of them"),
    )
    waiver_why = forms.CharField(label=_("Why that can’t be measured now"), required=False, max_length=1000)

    def __init__(
        self,
        *args: Any,
        objective: Objective,
        key_result: KeyResult | None = None,
        house: Organisation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.objective, self.key_result = objective, key_result
        now = [key_result.lead, *key_result.contributors.all()] if key_result else []
        others = objective.key_results.filter(binned_at=None, level="outcome").order_by("pk")
        self.offer(
            lead=leads(objective, keeping=now),
            contributors=leads(objective, keeping=now),
            tags=Tag.objects.in_use(),
            source_kpi=_sources(key_result),
            waiver_prepares_key_result=others.exclude(public_id=key_result.public_id if key_result else ""),
        )
        house = house or Organisation.the()
        if not (key_result and key_result.contributors.all()) and not house.has(Feature.SHARED_OWNERSHIP):
            del self.fields["contributors"]
        if not house.has(Feature.KPIS):
            del self.fields["source_kpi"]
        self.ask("key_result", key_result.custom_fields if key_result else {})

    def clean_statement(self) -> str:
        """Make one line of it."""
        return " ".join(self.cleaned_data["statement"].split())

    def clean_weight(self) -> Decimal:
        """Read the weight; none given is 1."""
        weight = read_value(self.cleaned_data["weight"], Unit())
        if weight is not None and weight < 0:
            raise ValidationError(_("A weight is 0 or more."))
        return Decimal(1) if weight is None else weight

    def clean(self) -> dict[str, Any]:
        """Read the values in their unit, and refuse a target that is where it starts."""
        cleaned = super().clean() or self.cleaned_data
        places = self.key_result.unit_places if self.key_result else None
        cleaned["unit"] = Unit.named(cleaned.get("unit", ""), places=places)
        for name in VALUES:
            self._read(name, cleaned)
        self._refuse_standstill(cleaned)
        starts, due = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", _("This day lies before the one it starts on."))
        return cleaned

    def _read(self, name: str, cleaned: dict[str, Any]) -> None:
        try:
            cleaned[name] = read_value(cleaned.get(name, ""), cleaned["unit"])
        except ValidationError as refusal:
            cleaned[name] = None
            self.add_error(name, refusal)

    def _refuse_standstill(self, cleaned: dict[str, Any]) -> None:
        baseline, target, upper = (cleaned.get(name) for name in VALUES)
        if cleaned.get("type") in MOVING and None not in {baseline, target} and baseline == target:
            self.add_error(
                "target",
                _("The target is the same as the baseline. To keep a level, choose “Stay at or above” or “below”."),
            )
        if cleaned.get("type") == Type.BETWEEN and target is not None and upper is not None and upper <= target:
            self.add_error("target_upper", _("This is the upper end: it lies above the lower one."))

    def fields_of_key_result(self) -> dict[str, Any]:
        """Return what the key result's verbs take."""
        told = {name: self.cleaned_data[name] for name in _TOLD} | unit_fields(self.cleaned_data["unit"])
        return told | {"custom_fields": self.noted()}

    def excuse(self) -> Excuse | None:
        """Return why it is kept, if that was said."""
        said = self.cleaned_data
        if not said["waiver_reason"]:
            return None
        return Excuse(
            said["waiver_reason"], said["waiver_prepares"], said["waiver_prepares_key_result"], said["waiver_why"]
        )

    def follow(self, values: Mapping[str, str], *, fresh: bool) -> None:
        """Let the fields nobody touched follow the sentence; ``fresh`` while the key result is not saved yet."""
        for name, default in FOLLOWING.items():
            now = str(self[name].value() or "")
            untouched = {"", default, values.get(name, "")} if fresh else {""}
            if now in untouched:
                self.fields[name].widget.attrs["data-follows"] = default
                self.fill(name, values.get(name, now))

    def fill(self, name: str, value: str) -> None:
        """Put a value into a field, whether the form was sent or not."""
        if self.is_bound:
            self.data = with_value(self.data, name, value)
        else:
            self.initial[name] = value


def _sources(key_result: KeyResult | None) -> QuerySet[Kpi]:
    """Return the KPIs that can feed a key result: those that everybody sees, and the one that does."""
    now = key_result.source_kpi_id if key_result else None
    return Kpi.objects.filter(Q(is_private=False, binned_at=None, archived_at=None) | Q(pk=now)).order_by("name")


def initial_of(key_result: KeyResult) -> dict[str, Any]:
    """Return what stands in the fields for a key result that is there."""
    unit, waiver = key_result.unit, getattr(key_result, "waiver", None)
    names = ("version", "statement", "metric", "type", "starts_on", "due_on", "baseline_promised_by", "rhythm")
    given: dict[str, Any] = {
        name: getattr(key_result, name) for name in (*names, "description", "source_link", "automatic_status")
    }
    given |= {name: unit.typed(getattr(key_result, name)) for name in VALUES}
    given |= {"unit": unit.name, "weight": Unit().typed(key_result.weight)}
    given["contributors"] = [person.public_id for person in key_result.contributors.all()]
    given["source_kpi"] = (
        key_result.source_kpi.public_id if key_result.source == "kpi" and key_result.source_kpi else ""
    )
    given["tags"] = [tag.public_id for tag in key_result.tags.in_use()]
    given["lead"] = key_result.lead.public_id if key_result.lead else ""
    if waiver:
        prepared = waiver.prepares_key_result
        given |= {
            "waiver_reason": waiver.reason,
            "waiver_prepares": waiver.prepares,
            "waiver_why": waiver.why_not_measurable,
        }
        given["waiver_prepares_key_result"] = prepared.public_id if prepared else ""
    return given
