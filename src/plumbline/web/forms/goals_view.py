"""A look at the goals that somebody keeps: its name, and for whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plumbline.web.forms.versioned import VersionedForm

#: What a view does not keep: the page, the day and the view that it was made from.
PASSING = ("page", "view", "as_of", "corrected", "csrfmiddlewaretoken")
LONGEST = 2000


class NewViewForm(forms.Form):
    """Keeps what the address says under a name."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=60,
        error_messages={"required": _("Give it a name, for example: Needs a check-in.")},
    )
    query = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    shared = forms.BooleanField(label=_("Everybody may use it"), required=False)

    def __init__(self, data: Any, *, may_share: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not may_share:
            del self.fields["shared"]

    def clean_query(self) -> str:
        """Leave out what is of the moment."""
        return kept(self.cleaned_data["query"])


class ViewForm(NewViewForm, VersionedForm):
    """Changes a view that is there."""


def kept(query: str) -> str:
    """Return the part of an address that a view keeps."""
    said = QueryDict(query, mutable=True)
    for name in PASSING:
        said.pop(name, None)
    return said.urlencode(safe=",")
