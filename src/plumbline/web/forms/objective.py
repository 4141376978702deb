"""The editor of an objective: strings in, values out."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cycle, KeyResult, Kpi, Objective, Pillar
from plumbline.goals.models.objective import PARENTS, Home
from plumbline.people.models import Person, Team
from plumbline.people.models.person import Role
from plumbline.values.unit import Unit
from plumbline.web.forms.key_result import leads, number_field, read_value

COMPANY: Final = "company"
PERSON: Final = "person"
#: The most goals of a kind that are offered to hang from; more are found by opening them.
MOST_PARENTS: Final = 200
_TEXTS: Final = ("title", "why_it_matters", "why_now", "kind", "lead")


class ObjectiveForm(forms.Form):
    """What every objective says, whoever it belongs to."""

    title = forms.CharField(
        label=_("Objective"),
        max_length=240,
        widget=forms.TextInput(attrs={"placeholder": _("Where do we want to go?")}),
        error_messages={"required": _("Where do we want to go? A few words are enough.")},
    )
    why_it_matters = forms.CharField(
        label=_("Why it matters"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    why_now = forms.CharField(
        label=_("Why now"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Objective.Kind.choices,
        help_text=_("Committed expects 1.0 at the end, aspirational 0.7."),
    )
    lead = forms.ModelChoiceField(
        label=_("Lead"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Nobody yet"),
    )
    contributors = forms.ModelMultipleChoiceField(
        label=_("Contributors"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    parent = forms.ChoiceField(label=_("Hangs from"), required=False)
    private = forms.BooleanField(
        label=_("Private"),
        required=False,
        help_text=_("For its lead, its contributors and the people named. For everybody else it does not exist."),
    )
    named = forms.ModelMultipleChoiceField(
        label=_("Also seen by"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )

    def __init__(self, *args: Any, person: Person, objective: Objective | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.objective = person, objective
        self._field("lead").queryset = self._field("contributors").queryset = leads()
        self._field("named").queryset = Person.objects.present().order_by("name")
        self.parents = parents_for(person, objective)
        self._field("parent").choices = self.parents

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def texts(self) -> dict[str, Any]:
        """Return what the objective says."""
        return {name: self.cleaned_data[name] for name in _TEXTS}

    def parent_fields(self) -> dict[str, Any]:
        """Return where it hangs, as the verbs take it; nothing for a goal that hangs from nothing."""
        return parent_of(self.person, self.cleaned_data["parent"])


class NewObjectiveForm(ObjectiveForm):
    """A new objective: whose it is and which cycle it is for."""

    once = forms.CharField(required=False, widget=forms.HiddenInput)
    home = forms.ChoiceField(label=_("Whose goal is it?"))
    teams = forms.ModelMultipleChoiceField(
        label=_("Shared with these teams"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cycle = forms.ModelChoiceField(
        label=_("Cycle"), queryset=Cycle.objects.none(), to_field_name="public_id", empty_label=None
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.own_teams = list(teams_of(person))
        self._field("home").choices = homes_of(person, self.own_teams)
        self._field("teams").queryset = teams_of(person)
        self._field("cycle").queryset = Cycle.objects.at_hand()

    def home_fields(self) -> dict[str, Any]:
        """Return the home as the verbs take it."""
        home, said = self.cleaned_data["home"], self.cleaned_data
        if home == COMPANY:
            return {"home": Home.COMPANY, "teams": []}
        if home == PERSON:
            return {"home": Home.PERSON, "home_person": self.person, "teams": []}
        first = [team for team in self.own_teams if team.public_id == home]
        return {"home": Home.TEAM, "teams": [*first, *(team for team in said["teams"] if team not in first)]}


class EditObjectiveForm(ObjectiveForm):
    """An objective that is there: also what drives it, its weight, and a reason where goalposts are locked."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    driver = forms.ChoiceField(label=_("Progress comes from"), choices=Objective.Driver.choices)
    weight = number_field(_("Weight"))
    reason = forms.CharField(
        label=_("Why the goalposts move"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, person: Person, objective: Objective, weighty: bool, **kwargs: Any) -> None:
        super().__init__(*args, person=person, objective=objective, **kwargs)
        self.weighty = weighty
        now = [team.pk for team in objective.home_teams.all()]
        self._field("teams").queryset = Team.objects.filter(
            pk__in=[*now, *(team.pk for team in teams_of(person))]
        ).order_by("name")
        if not weighty:
            for name in ("teams", "private", "named"):
                del self.fields[name]
        elif objective.home != Home.TEAM:
            del self.fields["teams"]

    def clean_weight(self) -> Any:
        """Read the weight; none given is 1."""
        weight = read_value(self.cleaned_data["weight"], Unit())
        if weight is not None and weight < 0:
            raise ValidationError(_("A weight is 0 or more."))
        return Unit().read("1") if weight is None else weight

    def clean_teams(self) -> Any:
        """Keep at least one home."""
        teams = self.cleaned_data["teams"]
        if not teams:
            raise ValidationError(_("A team goal has at least one team."))
        return teams

    def texts(self) -> dict[str, Any]:
        """Return what the objective says, with driver and weight."""
        return super().texts() | {"driver": self.cleaned_data["driver"], "weight": self.cleaned_data["weight"]}


def initial_of(objective: Objective) -> dict[str, Any]:
    """Return what stands in the fields for an objective that is there."""
    names = ("version", "title", "why_it_matters", "why_now", "kind", "driver")
    return {
        **{name: getattr(objective, name) for name in names},
        "lead": objective.lead.public_id if objective.lead else "",
        "contributors": [person.public_id for person in objective.contributors.all()],
        "named": [person.public_id for person in objective.named.all()],
        "teams": [team.public_id for team in objective.home_teams.all()],
        "private": objective.is_private,
        "weight": Unit().typed(objective.weight),
        "parent": _key_of(objective),
    }


def homes_of(person: Person, teams: list[Team]) -> list[tuple[str, Any]]:
    """Return the homes in which a person may set a goal: never one that would be refused."""
    company: list[tuple[str, Any]] = [(COMPANY, _("Company"))] if person.has_role(Role.OWNER) else []
    return [*company, *((team.public_id, team.name) for team in teams), (PERSON, _("Just me"))]


def teams_of(person: Person) -> QuerySet[Team]:
    """Return the teams a person may set goals for."""
    teams = Team.objects.open().order_by("name")
    return teams if person.has_role(Role.ADMIN) else teams.filter(pk__in=person.teams_now())


def parents_for(person: Person, objective: Objective | None) -> list[Any]:
    """Return what a goal can hang from, as this person may see it, grouped; where it hangs now always among them."""
    open_goals = Objective.objects.visible_to(person).filter(archived_at=None).exclude(stage="closed")
    goals = open_goals.exclude(public_id=objective.public_id if objective else "").exclude(
        cycle__phase=Cycle.Phase.CLOSED
    )
    results = KeyResult.objects.visible_to(person).filter(objective__in=goals, archived_at=None)
    groups = [
        (_("Pillars"), Pillar.objects.standing(), "pillar"),
        (_("Objectives"), goals.order_by("home", "title")[:MOST_PARENTS], "parent_objective"),
        (_("Key results"), results.order_by("statement")[:MOST_PARENTS], "parent_key_result"),
        (_("KPIs"), Kpi.objects.visible_to(person).kept().order_by("name")[:MOST_PARENTS], "parent_kpi"),
    ]
    choices: list[Any] = [("", _("Nothing yet"))]
    choices += [(label, [(f"{name}:{row.public_id}", str(row)) for row in rows]) for label, rows, name in groups]
    return [*choices, *_now(objective, choices, person)]


def _now(objective: Objective | None, choices: list[Any], person: Person) -> list[Any]:
    if objective is None or not (key := _key_of(objective)):
        return []
    if any(key == value for _label, rows in choices[1:] for value, _words in rows):
        return []
    parent = parent_of(person, key)
    return [(key, str(next(iter(parent.values()))) if parent else _("Restricted goal"))]


def _key_of(objective: Objective) -> str:
    parents = ((name, getattr(objective, name)) for name in PARENTS)
    return next((f"{name}:{parent.public_id}" for name, parent in parents if parent is not None), "")


def parent_of(person: Person, key: str) -> dict[str, Any]:
    """Return the parent that a choice names, as far as it exists for this person."""
    name, _colon, public_id = key.partition(":")
    rows: dict[str, Any] = {
        "pillar": Pillar.objects.standing(),
        "parent_objective": Objective.objects.visible_to(person),
        "parent_key_result": KeyResult.objects.visible_to(person),
        "parent_kpi": Kpi.objects.visible_to(person),
    }
    found = rows[name].filter(public_id=public_id).first() if name in rows else None
    return {name: found} if found else {}
