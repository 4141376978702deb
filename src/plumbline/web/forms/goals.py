"""The filters of the goals table: they live in the address, so that a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plumbline.goals.choices import STAGES, Choices
from plumbline.goals.models import Tag
from plumbline.goals.status import Status
from plumbline.web.forms.pick import Pick
from plumbline.web.forms.versioned import OpenForm

COMPANY = "company"
ANY = ("", _("Any"))
SORTS = (
    ("", _("Title")),
    ("status", _("Status, worst first")),
    ("progress", _("Progress, least first")),
    ("newest", _("Newest first")),
)
LEVELS = (ANY, ("outcome", _("Outcome")), ("output", _("Output")), ("input", _("Input")), ("unclear", _("Unclear")))
MENDING = (
    ANY,
    ("lost", _("Lost its parent")),
    ("unaligned", _("Hangs from nothing")),
    ("empty", _("Needs key results")),
    ("leaderless", _("Needs a lead")),
)
FILTERS = ("q", "team", "lead", "status", "level", "tag", "mend", "mine")


class GoalsForm(OpenForm):
    """What to show; what nobody knows is left out instead of refused."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    team = forms.ChoiceField(label=_("Home"), required=False, widget=Pick)
    lead = forms.ChoiceField(label=_("Lead"), required=False, widget=Pick)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=(ANY, *Status.choices), widget=Pick)
    level = forms.ChoiceField(label=_("Measures"), required=False, choices=LEVELS, widget=Pick)
    tag = forms.ChoiceField(label=_("Tag"), required=False, widget=Pick)
    mend = forms.ChoiceField(label=_("To mend"), required=False, choices=MENDING, widget=Pick)
    mine = forms.BooleanField(label=_("Mine"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS, widget=Pick)
    stage = forms.ChoiceField(required=False, choices=[(stage, stage) for stage in STAGES], widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, choices: Choices, tags: Iterable[Tag]) -> None:
        super().__init__(data)
        self.tags = {tag.public_id: tag for tag in tags}
        self.offer(
            team=[ANY, (COMPANY, _("Company")), *choices.teams],
            lead=[ANY, *choices.leads],
            tag=[ANY, *((key, tag.name) for key, tag in self.tags.items())],
        )
        if not self.tags:
            del self.fields["tag"]
        self.is_valid()

    def wanted(self, name: str) -> str:
        """Return what is asked of one filter, empty for nothing."""
        value = self.cleaned_data.get(name, "")
        return ("1" if value else "") if name == "mine" else str(value)

    @property
    def stage_wanted(self) -> str:
        """Return the tab; the running goals where none is named."""
        return self.wanted("stage") or STAGES[0]

    def applied(self, address: QueryDict) -> list[tuple[str, str, str]]:
        """Return the filters that are set: name, words, and the query without it."""
        return [(name, self._words(name), without(address, name)) for name in FILTERS if self.wanted(name)]

    def _words(self, name: str) -> str:
        field, value = self.fields[name], self.wanted(name)
        if name == "mine":
            return str(field.label)
        shown = dict(getattr(field, "choices", ())).get(value, value)
        return f"{field.label}: {shown}"


def without(address: QueryDict, *names: str, **instead: str) -> str:
    """Return a query without some of its parts, and without the page."""
    query = address.copy()
    for name in (*names, "page", *instead):
        query.pop(name, None)
    query.update(instead)
    return query.urlencode()
