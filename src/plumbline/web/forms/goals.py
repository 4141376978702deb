"""The filters of the goals: they live in the address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from plumbline.goals.choices import STAGES, Choices, Field
from plumbline.goals.models import KeyResult, Objective
from plumbline.goals.models.surroundings import Type
from plumbline.goals.status import Rhythm, Status
from plumbline.web.forms.pick import Pick
from plumbline.web.forms.versioned import OpenForm

COMPANY = "company"
ANY = ("", _("Any"))
YES, NO = ("yes", _("Yes")), ("no", _("No"))
LEVELS = (ANY, ("outcome", _("Outcome")), ("output", _("Output")), ("input", _("Input")), ("unclear", _("Unclear")))
MENDING = (
    ANY,
    ("lost", _("Lost its parent")),
    ("unaligned", _("Hangs from nothing")),
    ("empty", _("Needs key results")),
    ("leaderless", _("Needs a lead")),
)
WHEN = (("", _("This cycle")), ("open", _("Running and planned")), ("all", _("All cycles")))
ALIGNED = (
    ANY,
    ("pillar", _("A pillar")),
    ("objective", _("An objective")),
    ("key_result", _("A key result")),
    ("kpi", _("A KPI")),
    ("none", _("Nothing")),
)
WHOSE = (
    ANY,
    ("contribute", _("I contribute to it")),
    ("teams", _("Of my teams")),
    ("reports", _("Of people I manage")),
)
DUE = (ANY, ("past", _("Due day has passed")), ("7", _("Due within 7 days")), ("30", _("Due within 30 days")))
SURE = (ANY, ("low", _("1 or 2")), ("middle", _("3")), ("high", _("4 or 5")), ("none", _("Nobody said")))
GOALS = (("", _("Objectives and key results")), ("objectives", _("Objectives alone")))
GROUPS = (
    ("", _("Objective")),
    ("team", _("Home")),
    ("lead", _("Lead")),
    ("status", _("Status")),
    ("level", _("What it measures")),
    ("cycle", _("Cycle")),
    ("none", _("Nothing")),
)
SHOWS = ("table", "roadmap", "board")

#: In the bar itself, and behind "Filter".
FIRST = ("q", "team", "lead", "status", "level")
MORE = (
    *("when", "goals", "tag", "pillar", "aligned", "type", "kind", "driver", "rhythm", "source", "sure", "due"),
    *("waived", "carried", "private", "whose", "mend", "mine"),
)
#: What an address may say beside the filters.
BESIDE = ("stage", "sort", "group", "columns", "show", "view", "cycle", "page", "as_of", "corrected")


def _pick(label: Any, choices: Iterable[Any] = ()) -> Any:
    return forms.ChoiceField(label=label, required=False, choices=list(choices), widget=Pick)


class GoalsForm(OpenForm):
    """What to show; what nobody knows is left out and said, instead of refused."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    team = _pick(_("Home"))
    lead = _pick(_("Lead"))
    status = _pick(_("Status"), (ANY, *Status.choices))
    level = _pick(_("Measures"), LEVELS)
    when = _pick(_("Timeframe"), WHEN)
    goals = _pick(_("Goals"), GOALS)
    tag = _pick(_("Tag"))
    pillar = _pick(_("Pillar above"))
    aligned = _pick(_("Hangs from"), ALIGNED)
    type = _pick(_("Type of key result"), (ANY, *Type.choices))
    kind = _pick(_("Promise or stretch"), (ANY, *Objective.Kind.choices))
    driver = _pick(_("Progress is made of"), (ANY, *Objective.Driver.choices))
    rhythm = _pick(_("Rhythm"), (ANY, *Rhythm.choices))
    source = _pick(_("Values come from"), (ANY, *KeyResult.Source.choices))
    sure = _pick(_("Confidence"), SURE)
    due = _pick(_("Due"), DUE)
    waived = _pick(_("Kept anyway"), (ANY, YES, NO))
    carried = _pick(_("Carried over"), (ANY, YES, NO))
    private = _pick(_("Private"), (ANY, YES, NO))
    whose = _pick(_("Whose"), WHOSE)
    mend = _pick(_("To mend"), MENDING)
    mine = forms.BooleanField(label=_("Mine"), required=False)
    group = _pick(_("Group"), GROUPS)
    stage = forms.ChoiceField(required=False, choices=[(stage, stage) for stage in STAGES], widget=forms.HiddenInput)
    show = forms.ChoiceField(required=False, choices=[(show, show) for show in SHOWS], widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, choices: Choices) -> None:
        super().__init__(data)
        self.custom = {field.key: field for field in choices.fields}
        self.offer(
            team=[ANY, (COMPANY, _("Company")), *choices.teams],
            lead=[ANY, *choices.leads],
            tag=[ANY, *choices.tags],
            pillar=[ANY, *choices.pillars],
        )
        for name, there in (("tag", choices.tags), ("pillar", choices.pillars)):
            if not there:
                del self.fields[name]
        self.fields |= {key: _custom(field) for key, field in self.custom.items()}
        self.is_valid()

    def wanted(self, name: str) -> str:
        """Return what is asked of one filter, empty for nothing."""
        value = self.cleaned_data.get(name, "")
        return ("1" if value else "") if name == "mine" else str(value)

    @property
    def stage_wanted(self) -> str:
        """Return the tab; the running goals where none is named."""
        return self.wanted("stage") or STAGES[0]

    @property
    def show_wanted(self) -> str:
        """Return how they are shown: as a table where nothing is said."""
        return self.wanted("show") or SHOWS[0]

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of everything that narrows."""
        return (*FIRST, *(name for name in MORE if name in self.fields), *self.custom)

    def first(self) -> Iterator[forms.BoundField]:
        """The filters that stand in the bar."""
        return (self[name] for name in FIRST if name != "q")

    def more(self) -> Iterator[forms.BoundField]:
        """The filters behind the button."""
        return (self[name] for name in self.filters if name not in FIRST and name != "mine")

    @property
    def more_set(self) -> int:
        """How many of those behind the button are set."""
        return sum(bool(self.wanted(name)) for name in self.filters if name not in {*FIRST, "mine"})

    def applied(self, address: QueryDict) -> list[tuple[str, str, str]]:
        """Return the filters that are set: name, words, and the query without it."""
        return [(name, self._words(name), without(address, name)) for name in self.filters if self.wanted(name)]

    def ignored(self, address: QueryDict) -> list[str]:
        """Return what the address asks for and nobody here knows, each in a few words."""
        known = {*self.fields, *BESIDE}
        strange = [name for name in address if name not in known]
        wrong = [f"{self.fields[name].label or name}: {address.get(name)}" for name in self.errors if name in address]
        return [each[:60] for each in (*wrong, *strange)][:5]

    def canonical(self, address: QueryDict, *, columns: str = "") -> str:
        """Return the query that says the same in as few words as can be: what is kept, sent and bookmarked."""
        query = QueryDict(mutable=True)
        for name in (*self.filters, "group", "stage", "show"):
            if value := self.wanted(name):
                query[name] = value
        kept = {name: address.get(name, "") for name in ("sort", "cycle", "as_of", "corrected", "page", "view")}
        query.update({name: value for name, value in {**kept, "columns": columns}.items() if value})
        return query.urlencode(safe=",")

    def _words(self, name: str) -> str:
        field, value = self.fields[name], self.wanted(name)
        if name == "mine":
            return str(field.label)
        shown = dict(getattr(field, "choices", ())).get(value, value)
        return say("%(name)s: %(value)s") % {"name": field.label, "value": shown}


def _custom(field: Field) -> Any:
    if field.kind == "choice":
        return _pick(field.name, (ANY, *((each, each) for each in field.choices)))
    return forms.CharField(label=field.name, required=False, max_length=80)


def without(address: QueryDict, *names: str, **instead: str) -> str:
    """Return a query without some of its parts, and without the page and what is empty."""
    query = address.copy()
    for name in (*names, "page", *instead):
        query.pop(name, None)
    for name in [name for name in query if not any(query.getlist(name))]:
        query.pop(name)
    query.update({name: value for name, value in instead.items() if value})
    return query.urlencode()
