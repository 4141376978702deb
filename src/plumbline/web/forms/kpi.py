"""Watching a number: what it is, its readings and its targets."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plumbline.goals import policy
from plumbline.goals.kpi_health import Frequency, Rule
from plumbline.goals.models import Kpi, Pillar
from plumbline.goals.models.kpi import Driver
from plumbline.goals.models.objective import Home
from plumbline.goals.tree import kpis_below
from plumbline.people.models import Organisation, Person, Team
from plumbline.people.models.organisation import Feature
from plumbline.people.models.person import Role
from plumbline.usecases.edit_kpi import Around, KpiHome
from plumbline.values.unit import Unit
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.leads import LeadField, PeopleField, leads
from plumbline.web.forms.unit import UnitForm, ValueTextField, read_values
from plumbline.web.forms.versioned import Data

SAME: Final = "same"


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
    resets = forms.BooleanField(
        label=gettext_lazy("Starts at zero each period"),
        help_text=gettext_lazy("For what adds up over a month or a quarter: the target line grows with the days."),
        required=False,
    )
    driver = forms.ChoiceField(label=gettext_lazy("Where its value comes from"), choices=Driver.choices, required=False)
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Part of"),
        queryset=Kpi.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("No other KPI"),
    )
    weight = forms.CharField(
        label=gettext_lazy("Weight in an average"),
        help_text=gettext_lazy("Relative to its neighbours; 1 unless you say otherwise."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    pillar = forms.ModelChoiceField(
        label=gettext_lazy("Pillar"),
        queryset=Pillar.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("None"),
    )
    contributors = PeopleField(label=gettext_lazy("Contributors"))
    is_private = forms.BooleanField(
        label=gettext_lazy("Private"),
        help_text=gettext_lazy("Seen by its lead and contributors, and by nobody else."),
        required=False,
    )

    field_order = (
        *("version", "name", "description", "home", "lead", "unit_kind", "unit_code", "frequency", "rule", "tolerance"),
        *("resets", "driver", "parent", "weight", "pillar", "contributors", "is_private"),
    )

    def __init__(
        self, data: Data = None, *, person: Person, kpi: Kpi | None = None, house: Organisation | None = None
    ) -> None:
        super().__init__(data, measured=kpi, initial=_initial(kpi, person))
        self.person = person
        now = [kpi.lead, *kpi.contributors.all()] if kpi else []
        self.offer(
            lead=leads(keeping=now), contributors=leads(keeping=now), pillar=Pillar.objects.standing(),
            parent=_parents(person, kpi),
        )  # fmt: skip
        fixed = kpi is not None and not policy.can(person, "make_private", kpi)
        house = house or Organisation.the()
        public = not (kpi and kpi.is_private) and not house.has(Feature.PRIVATE_GOALS)
        if fixed or public:
            del self.fields["is_private"]
        if not house.has(Feature.SHARED_OWNERSHIP) or (kpi is not None and not policy.can(person, "share", kpi)):
            del self.fields["contributors"]

    def clean_driver(self) -> str:
        """Leave it as it is where nothing is said."""
        return self.cleaned_data["driver"] or str(getattr(self.kept, "driver", Driver.TYPED))

    def clean_weight(self) -> Decimal:
        """Read the weight; none given is 1."""
        read_values(self, Unit(), ("weight",))
        weight: Decimal | None = self.cleaned_data.get("weight")
        if weight is not None and weight < 0:
            raise forms.ValidationError(_("A weight is 0 or more."))
        return Decimal(1) if weight is None else weight

    def clean(self) -> dict[str, Any] | None:
        """A private KPI without a lead would be seen by nobody."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_private") and cleaned.get("lead") is None:
            self.add_error("lead", _("A private KPI has a lead: nobody else would see it."))
        return cleaned

    def told(self) -> tuple[Around, dict[str, Any]]:
        """Return what stands around it, and the fields of its own with the version that was read."""
        fields = super().values()
        contributors = fields.pop("contributors", None)
        home = self.home_of(fields.pop("home", SAME))
        around = Around(fields.pop("parent"), None if contributors is None else tuple(contributors), home)
        return around, fields

    def home_of(self, said: str) -> KpiHome | None:
        """Return the home that was chosen; None for the one it has."""
        if said in {SAME, ""}:
            return None
        if said == "company":
            return KpiHome(Home.COMPANY)
        if said == "person":
            return KpiHome(Home.PERSON, home_person=self.person)
        return KpiHome(Home.TEAM, tuple(Team.objects.open().filter(public_id=said)))


def _parents(person: Person, kpi: Kpi | None) -> QuerySet[Kpi]:
    """Return what a KPI can hang from: what everybody sees and does not hang from it; where it hangs now always."""
    rows = Kpi.objects.visible_to(person).order_by("name")
    fit = Q(is_private=False, archived_at=None)
    if kpi is None:
        return rows.filter(fit)
    return rows.filter(fit | Q(pk=kpi.parent_id)).exclude(pk__in={kpi.pk, *kpis_below([kpi.pk])})


def _initial(kpi: Kpi | None, person: Person) -> dict[str, Any]:
    if kpi is None:
        return {"lead": person.public_id}
    names = ("name", "description", "frequency", "rule", "tolerance", "is_private", "resets", "driver")
    above = {name: getattr(getattr(kpi, name), "public_id", None) for name in ("lead", "pillar", "parent")}
    people = {"contributors": [each.public_id for each in kpi.contributors.all()], "weight": Unit().typed(kpi.weight)}
    return {name: getattr(kpi, name) for name in names} | above | people


class NewKpiForm(KpiForm):
    """A KPI that is not watched yet: it needs a home."""

    home = forms.ChoiceField(label=gettext_lazy("Whose number it is"))

    def __init__(
        self,
        data: Data = None,
        *,
        person: Person,
        chosen: dict[str, Any] | None = None,
        house: Organisation | None = None,
    ) -> None:
        super().__init__(data, person=person, house=house)
        self.initial.update(chosen or {})
        self.offer(home=homes_of(person))


class EditKpiForm(KpiForm):
    """A KPI that is watched: who may move it chooses another home."""

    home = forms.ChoiceField(label=gettext_lazy("Whose number it is"), required=False)

    def __init__(self, data: Data = None, *, person: Person, kpi: Kpi, house: Organisation | None = None) -> None:
        super().__init__(data, person=person, kpi=kpi, house=house)
        if policy.can(person, "move", kpi):
            self.offer(home=[(SAME, _("As now: %(home)s") % {"home": home_words(kpi)}), *homes_of(person)])
        else:
            del self.fields["home"]


def home_words(kpi: Kpi) -> str:
    """Say whose number it is."""
    names = ", ".join(team.name for team in kpi.home_teams.all())
    return names or (kpi.home_person.name if kpi.home_person else _("Company"))


class ReadingForm(forms.Form):
    """One reading, of today or of a day before."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    value = ValueTextField(label=gettext_lazy("Value"))
    on = forms.DateField(label=gettext_lazy("On"), widget=DayInput)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)

    def __init__(self, data: Data = None, *, unit: Unit, today: date, day: date | None = None) -> None:
        super().__init__(data, initial={"once": str(uuid.uuid4()), "on": (day or today).isoformat()})
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
