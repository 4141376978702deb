"""Watching a number: what it is, its readings and its targets."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plumbline.goals import policy
from plumbline.goals.kpi_health import Frequency, Rule
from plumbline.goals.models import Kpi, Pillar
from plumbline.goals.models.objective import Home
from plumbline.people.models import Organisation, Person, Team
from plumbline.people.models.organisation import Feature
from plumbline.people.models.person import Role
from plumbline.values.unit import Unit
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.leads import LeadField, leads
from plumbline.web.forms.unit import UnitForm, ValueTextField, read_values
from plumbline.web.forms.versioned import Data


def homes_of(person: Person) -> list[tuple[str, str]]:
    """Return the places where somebody may set up a KPI."""
    company = [("company", _("The company"))] if person.has_role(Role.OWNER) else []
    teams = Team.objects.open().order_by("name")
    if not person.has_role(Role.ADMIN):
        teams = teams.filter(pk__in=person.teams_now())
    return [*company, *((team.public_id, team.name) for team in teams), ("person", _("Mine"))]


class KpiForm(UnitForm):
    """What the number is, who leads it, and where it is healthy."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    description = forms.CharField(
        label=gettext_lazy("What it counts"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lead = LeadField(label=gettext_lazy("Lead"), empty_label=gettext_lazy("Nobody yet"))
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often it is read"), choices=Frequency.choices, initial=Frequency.MONTHLY
    )
    rule = forms.ChoiceField(label=gettext_lazy("Where it is healthy"), choices=Rule.choices, initial=Rule.AT_LEAST)
    tolerance = forms.DecimalField(
        label=gettext_lazy("Watch inside this share of the target"), min_value=0, max_value=100, initial=10
    )
    pillar = forms.ModelChoiceField(
        label=gettext_lazy("Pillar"),
        queryset=Pillar.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("None"),
    )
    is_private = forms.BooleanField(
        label=gettext_lazy("Private"),
        help_text=gettext_lazy("Seen by its lead and contributors, and by nobody else."),
        required=False,
    )

    field_order = ("version", "name", "description", "home", "lead", "unit_kind", "unit_code")

    def __init__(self, data: Data = None, *, person: Person, kpi: Kpi | None = None) -> None:
        super().__init__(data, measured=kpi, initial=_initial(kpi, person))
        self.offer(lead=leads(keeping=[kpi.lead] if kpi else []), pillar=Pillar.objects.standing())
        fixed = kpi is not None and not policy.can(person, "make_private", kpi)
        public = not (kpi and kpi.is_private) and not Organisation.the().has(Feature.PRIVATE_GOALS)
        if fixed or public:
            del self.fields["is_private"]

    def clean(self) -> dict[str, Any] | None:
        """A private KPI without a lead would be seen by nobody."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_private") and cleaned.get("lead") is None:
            self.add_error("lead", _("A private KPI has a lead: nobody else would see it."))
        return cleaned


def _initial(kpi: Kpi | None, person: Person) -> dict[str, Any]:
    if kpi is None:
        return {"lead": person.public_id}
    names = ("name", "description", "frequency", "rule", "tolerance", "is_private")
    above = {name: getattr(getattr(kpi, name), "public_id", None) for name in ("lead", "pillar")}
    return {name: getattr(kpi, name) for name in names} | above


class NewKpiForm(KpiForm):
    """A KPI that is not watched yet: it needs a home."""

    home = forms.ChoiceField(label=gettext_lazy("Whose number it is"))

    def __init__(self, data: Data = None, *, person: Person, chosen: dict[str, Any] | None = None) -> None:
        super().__init__(data, person=person)
        self.initial.update(chosen or {})
        self.person = person
        self.offer(home=homes_of(person))

    def values(self) -> dict[str, Any]:
        """Return what ``Kpi.watch`` is to be told."""
        told = super().values()
        told.pop("expected_version")
        home = told.pop("home")
        if home == "company":
            return {**told, "home": Home.COMPANY}
        if home == "person":
            return {**told, "home": Home.PERSON, "home_person": self.person}
        return {**told, "home": Home.TEAM, "teams": list(Team.objects.open().filter(public_id=home))}


class ReadingForm(forms.Form):
    """One reading, of today or of a day before."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    value = ValueTextField(label=gettext_lazy("Value"))
    on = forms.DateField(label=gettext_lazy("On"), widget=DayInput)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)

    def __init__(self, data: Data = None, *, unit: Unit, today: date) -> None:
        super().__init__(data, initial={"once": str(uuid.uuid4()), "on": today.isoformat()})
        self.unit = unit

    def clean(self) -> dict[str, Any] | None:
        """Read the value in the KPI's unit."""
        cleaned = super().clean() or self.cleaned_data
        read_values(self, self.unit, ("value",))
        cleaned.pop("once", None)
        return cleaned


class TargetForm(forms.Form):
    """A target that holds from a day on."""

    target = ValueTextField(label=gettext_lazy("Target"))
    upper = ValueTextField(label=gettext_lazy("Upper edge"), required=False)
    first_day = forms.DateField(label=gettext_lazy("From"), widget=DayInput)

    def __init__(self, data: Data = None, *, kpi: Kpi, today: date) -> None:
        super().__init__(data, initial={"first_day": today.isoformat()})
        self.kpi = kpi
        if kpi.rule != Rule.BETWEEN:
            del self.fields["upper"]

    def clean(self) -> dict[str, Any] | None:
        """Read the edges in the KPI's unit, the upper one above the lower."""
        cleaned = super().clean() or self.cleaned_data
        read_values(self, self.kpi.unit, tuple(name for name in ("target", "upper") if name in self.fields))
        is_band = self.kpi.rule == Rule.BETWEEN and not self.errors
        if is_band and (cleaned["upper"] is None or cleaned["upper"] <= cleaned["target"]):
            self.add_error("upper", _("The upper edge lies above the lower one."))
        return cleaned
