"""Raising pillars."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Pillar
from plumbline.web.forms.versioned import Data, VersionedForm


class PillarForm(VersionedForm):
    """What the organisation chooses to be good at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("What it means"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Data = None, *, pillar: Pillar | None = None) -> None:
        names = ("version", "name", "description")
        initial = {name: getattr(pillar, name) for name in names} if pillar is not None else {}
        super().__init__(data, initial=initial)
