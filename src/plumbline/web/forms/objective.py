"""The editor of an objective: strings in, values out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cycle, KeyResult, Kpi, Objective, Pillar, Support, Tag
from plumbline.goals.models.objective import PARENTS, Home
from plumbline.people.models import Organisation, Person, Team
from plumbline.people.models.organisation import Feature
from plumbline.people.models.person import Role
from plumbline.values.unit import Unit
from plumbline.web.forms.custom_fields import NotingForm
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.key_result import number_field, read_value
from plumbline.web.forms.leads import LeadField, PeopleField, leads
from plumbline.web.forms.tag import TagsField

COMPANY: Final = "company"
PERSON: Final = "person"
#: Stands for a parent that does not exist for the reader: not even its id is told.
RESTRICTED: Final = "restricted"
#: The most goals of a kind that are offered to hang from; more are found by opening them.
MOST_PARENTS: Final = 200
_TEXTS: Final = ("title", "why_it_matters", "why_now", "kind", "lead", "starts_on", "due_on")


class ObjectiveForm(NotingForm):
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
    lead = LeadField(label=_("Lead"), empty_label=_("Nobody yet"))
    contributors = PeopleField(label=_("Contributors"))
    starts_on = forms.DateField(label=_("Starts"), required=False, widget=DayInput)
    due_on = forms.DateField(
        label=_("Due"), required=False, widget=DayInput, help_text=_("Empty is as its cycle begins and ends.")
    )
    tags = TagsField()
    parent = forms.ChoiceField(
        label=_("Hangs from"),
        required=False,
        help_text=_(
            "A goal may hang from a private one: whoever does not see that one reads “Restricted goal”. "
            "A private goal is listed under its parent for those who see it, and for nobody else."
        ),
    )
    private = forms.BooleanField(
        label=_("Private"),
        required=False,
        help_text=_("For its lead, its contributors and the people named. For everybody else it does not exist."),
    )
    named = PeopleField(label=_("Also seen by"))

    def __init__(
        self,
        *args: Any,
        person: Person,
        objective: Objective | None = None,
        house: Organisation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.objective, self.house = person, objective, house or Organisation.the()
        now = [objective.lead, *objective.contributors.all()] if objective else []
        named = [each.pk for each in objective.named.all()] if objective else []
        seeing = Q(binned_at=None) & ~Q(state=Person.State.ARCHIVED) | Q(pk__in=named)
        self.offer(
            lead=leads(keeping=now),
            contributors=leads(keeping=now),
            named=Person.objects.filter(seeing).order_by("name"),
            tags=Tag.objects.in_use(),
            parent=parents_for(person, objective),
        )
        self._leave_out_what_is_off(objective)
        self.ask("objective", objective.custom_fields if objective else {})
        if objective is not None and _is_restricted(objective, person):
            self.initial["parent"] = RESTRICTED

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def _leave_out_what_is_off(self, objective: Objective | None) -> None:
        # What is there stays, and can be taken away: only what would be new is not offered.
        house = self.house
        if not house.has(Feature.PRIVATE_GOALS) and not (objective and objective.is_private):
            self._drop("private", "named")
        if not house.has(Feature.SHARED_OWNERSHIP):
            if not (objective and objective.contributors.all()):
                self._drop("contributors")
            self._drop("teams")
        if not house.has(Feature.ALIGNED_PROGRESS) and "driver" in self.fields:
            kept = {Objective.Driver.KEY_RESULTS.value, objective.driver if objective else ""}
            self.offer(driver=[choice for choice in Objective.Driver.choices if choice[0] in kept])
        if not house.has(Feature.KPIS):
            now = _key_of(objective) if objective else ""
            self.offer(parent=[*_without_kpis(self.fields["parent"].choices, now)])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Hold the two days in order."""
        cleaned = super().clean() or self.cleaned_data
        starts, due = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", _("This day lies before the one it starts on."))
        return cleaned

    def texts(self) -> dict[str, Any]:
        """Return what the objective says."""
        return {name: self.cleaned_data[name] for name in _TEXTS} | {"custom_fields": self.noted()}

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
        self.offer(home=homes_of(person, self.own_teams), cycle=Cycle.objects.at_hand())
        if "teams" in self.fields:
            self.offer(teams=teams_of(person))

    def home_fields(self) -> dict[str, Any]:
        """Return the home as the verbs take it."""
        return home_of(self.cleaned_data["home"], self.cleaned_data.get("teams", ()), self.own_teams, self.person)


class EditObjectiveForm(ObjectiveForm):
    """An objective that is there: also what drives it, its weight, and a reason where goalposts are locked."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    supports = forms.ModelMultipleChoiceField(
        label=_("Also supports"),
        queryset=Objective.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("Shown on both goals. No progress flows there."),
    )
    driver = forms.ChoiceField(label=_("Progress comes from"), choices=Objective.Driver.choices)
    weight = number_field(_("Weight"))
    reason = forms.CharField(
        label=_("Why the goalposts move"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, person: Person, objective: Objective, allowed: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, person=person, objective=objective, **kwargs)
        others = goals_to_hang_from(person, objective).select_related("cycle").order_by("title")
        now = Support.objects.filter(objective=objective).values("supported")
        seen = Objective.objects.visible_to(person).filter(Q(pk__in=now) | Q(pk__in=others.values("pk")[:MOST_PARENTS]))
        self.offer(supports=seen.order_by("title"))
        if "make_private" not in allowed:
            self._drop("private", "named")
        if "share" not in allowed:
            self._drop("contributors")
            self.offer(lead=leads(objective, keeping=[objective.lead]))

    def clean_weight(self) -> Any:
        """Read the weight; none given is 1."""
        weight = read_value(self.cleaned_data["weight"], Unit())
        if weight is not None and weight < 0:
            raise ValidationError(_("A weight is 0 or more."))
        return Unit().read("1") if weight is None else weight

    def texts(self) -> dict[str, Any]:
        """Return what the objective says, with driver and weight."""
        return super().texts() | {"driver": self.cleaned_data["driver"], "weight": self.cleaned_data["weight"]}


def initial_of(objective: Objective) -> dict[str, Any]:
    """Return what stands in the fields for an objective that is there."""
    names = ("version", "title", "why_it_matters", "why_now", "kind", "driver", "starts_on", "due_on")
    return {
        **{name: getattr(objective, name) for name in names},
        "lead": objective.lead.public_id if objective.lead else "",
        "contributors": [person.public_id for person in objective.contributors.all()],
        "named": [person.public_id for person in objective.named.all()],
        "tags": [tag.public_id for tag in objective.tags.in_use()],
        "supports": [link.supported.public_id for link in objective.supports.select_related("supported")],
        "private": objective.is_private,
        "weight": Unit().typed(objective.weight),
        "parent": _key_of(objective),
    }


def home_of(home: str, shared: Iterable[Team], own: Iterable[Team], person: Person) -> dict[str, Any]:
    """Return a home that was chosen as the verbs take it: the company, oneself, or a team and those it shares with."""
    if home == COMPANY:
        return {"home": Home.COMPANY, "teams": []}
    if home == PERSON:
        return {"home": Home.PERSON, "home_person": person, "teams": []}
    first = [team for team in own if team.public_id == home]
    return {"home": Home.TEAM, "teams": [*first, *(team for team in shared if team not in first)]}


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
    goals = goals_to_hang_from(person, objective)
    results = KeyResult.objects.visible_to(person).filter(objective__in=goals, archived_at=None)
    results = results.select_related("objective").order_by("statement")[:MOST_PARENTS]
    groups = [
        (_("Pillars"), Pillar.objects.standing(), "pillar"),
        (_("Objectives"), goals.order_by("home", "title")[:MOST_PARENTS], "parent_objective"),
        (_("Key results"), results, "parent_key_result"),
        (_("KPIs"), Kpi.objects.visible_to(person).kept().order_by("name")[:MOST_PARENTS], "parent_kpi"),
    ]
    choices: list[Any] = [("", _("Nothing yet"))]
    choices += [
        (label, [(f"{name}:{row.public_id}", _named_with_lock(row)) for row in rows]) for label, rows, name in groups
    ]
    return [*choices, *_now(objective, choices, person)]


def _without_kpis(choices: Iterable[Any], now: str) -> Iterator[Any]:
    for key, words in choices:
        if isinstance(words, list):
            yield key, [row for row in words if row[0] == now or not row[0].startswith("parent_kpi:")]
        else:
            yield key, words


def goals_to_hang_from(person: Person, objective: Objective | None) -> QuerySet[Objective]:
    """Return the goals that another one can hang from or support, as this person may see them."""
    rows = Objective.objects.visible_to(person).filter(archived_at=None).exclude(stage="closed")
    return rows.exclude(public_id=objective.public_id if objective else "").exclude(cycle__phase=Cycle.Phase.CLOSED)


def _named_with_lock(row: Any) -> str:
    """Say which goals are private, before something public hangs from one."""
    above = row.objective if isinstance(row, KeyResult) else row
    return gettext("%(goal)s (private)") % {"goal": row} if getattr(above, "is_private", False) else str(row)


def _now(objective: Objective | None, choices: list[Any], person: Person) -> list[Any]:
    if objective is None or not (key := _key_of(objective)):
        return []
    if any(key == value for _label, rows in choices[1:] for value, _words in rows):
        return []
    parent = parent_of(person, key)
    return [(key, str(next(iter(parent.values()))))] if parent else [(RESTRICTED, _("Restricted goal"))]


def _is_restricted(objective: Objective, person: Person) -> bool:
    key = _key_of(objective)
    return bool(key) and not parent_of(person, key)


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
