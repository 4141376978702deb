"""Letting somebody go: who takes over, and the name that is typed before it is forgotten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plumbline.people.models import Person
from plumbline.web.forms.leads import LeadField, leads
from plumbline.web.forms.versioned import Data, OpenForm


class HandOnForm(OpenForm):
    """Who leads from now on, and why that changes."""

    lead = LeadField(label=gettext_lazy("New lead"), empty_label=gettext_lazy("Choose somebody"))
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Goals with locked goalposts keep it beside the change."),
        max_length=400,
    )

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, initial={"reason": _("The lead left.")})
        self.fields["lead"].required = True
        self.offer(lead=leads())


class ErasureForm(OpenForm):
    """The name as a promise that this is meant, and who takes over what was led."""

    successor = LeadField(
        label=gettext_lazy("Who leads these from now on"), empty_label=gettext_lazy("Nobody yet: they need a lead")
    )
    name = forms.CharField(label=gettext_lazy("Type the name to go on"), max_length=120)

    def __init__(self, data: Data = None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person
        self.fields["name"].help_text = person.name
        self.offer(successor=leads().exclude(pk=person.pk))

    def clean_name(self) -> str:
        """Refuse another name."""
        name: str = self.cleaned_data["name"]
        if " ".join(name.split()).casefold() != " ".join(self.person.name.split()).casefold():
            raise forms.ValidationError(_("That is not the name: nothing was erased."))
        return name

    def values(self) -> dict[str, Any]:
        """Return what ``erase_person`` is to be told."""
        return {"successor": self.cleaned_data["successor"], "reason": _("The lead left.")}
