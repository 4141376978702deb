"""Forms for what two people may change at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from plumbline.people.models import Event, Noun

Data = Mapping[str, Any] | None


class VersionedForm(forms.Form):
    """Carries the version that was read, so that nobody overwrites unseen what another person wrote."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """Return what the noun's ``change`` is to be told."""
        told = dict(self.cleaned_data)
        version = told.pop("version")
        return {**told, "expected_version": version}

    def aim_at(self, noun: Noun) -> None:
        """Send the newest version along from now on: saving again is then a choice, not an accident."""
        self.data = {**self.typed(), self.add_prefix("version"): str(noun.version)}

    def typed(self) -> dict[str, Any]:
        """Return what was typed, field by field."""
        return {name: self[name].data for name in self.fields}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two people differ."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class ClashNotice:
    """Who was quicker, when, and in what the two differ: what ``parts/_clash.html`` shows."""

    name: str
    when: str
    rows: list[Difference]


def notice_of(clash: Noun.Clash, form: VersionedForm) -> ClashNotice:
    """Return what to show after a clash, and let the form be sent again knowingly."""
    form.aim_at(clash.noun)
    newest = clash.since[0] if clash.since else None
    when = date_format(localtime(newest.at), _("j M Y, H:i")) if newest else ""
    return ClashNotice(_who(newest), when, list(_differences(clash, form)))


def _who(event: Event | None) -> str:
    return event.actor.name if event is not None and event.actor is not None else _("Somebody")


def _differences(clash: Noun.Clash, form: VersionedForm) -> Iterable[Difference]:
    for name, field in form.fields.items():
        mine, theirs = form.cleaned_data.get(name), getattr(clash.noun, name, None)
        if name != "version" and hasattr(clash.noun, name) and _comparable(mine) != _comparable(theirs):
            yield Difference(str(field.label), _words(field, theirs), _words(field, mine))


def _comparable(value: Any) -> str:
    return "" if value is None else str(value)


def _words(field: forms.Field, value: Any) -> str:
    choices = getattr(field, "choices", None)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if choices and not hasattr(value, "pk"):
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(str(dict(choices).get(each, each)) for each in chosen)
    return "–" if value in (None, "") else str(value)
