"""Forms for what two people may change at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

Data = Mapping[str, Any] | None


class OpenForm(forms.Form):
    """A form whose choices are known only when somebody opens it."""

    def offer(self, **rows: Any) -> None:
        """Let each of these fields choose among its rows: a queryset where it names nouns, else pairs."""
        for name, choices in rows.items():
            field: Any = self.fields[name]
            if hasattr(field, "queryset"):
                field.queryset = choices
            else:
                field.choices = choices


class VersionedForm(OpenForm):
    """Carries the version that was read, so that nobody overwrites unseen what another person wrote."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """Return what the noun's ``change`` is to be told."""
        told = dict(self.cleaned_data)
        version = told.pop("version")
        return {**told, "expected_version": version}
