"""Looking through the audit trail."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plumbline.goals.search import matching
from plumbline.people.models import Event, Person
from plumbline.web.audit_words import NOUNS, VERBS
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.pick import Pick


class TrailForm(forms.Form):
    """Who, what was done, to what, and when: each may be left open."""

    name = forms.CharField(label=_("Who"), required=False, max_length=120)
    who = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    noun = forms.ChoiceField(
        label=_("What"), required=False, widget=Pick, choices=[("", _("Everything")), *NOUNS.items()]
    )
    verb = forms.ChoiceField(
        label=_("What was done"), required=False, widget=Pick, choices=[("", _("Anything")), *VERBS.items()]
    )
    first = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("Until"), required=False, widget=DayInput)

    def narrow(self, events: QuerySet[Event], zone: ZoneInfo) -> QuerySet[Event]:
        """Keep what was asked for; a field that makes no sense keeps everything."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if "name" in said:
            events = events.filter(actor__in=matching(Person.objects.all(), "name", said["name"]).values("pk"))
        if "who" in said:
            events = events.filter(actor__public_id=said["who"])
        for field in {"noun", "verb"} & set(said):
            events = events.filter(**{field: said[field]})
        if "first" in said:
            events = events.filter(at__gte=datetime.combine(said["first"], time(), zone))
        if "last" in said:
            events = events.filter(at__lt=datetime.combine(said["last"] + timedelta(days=1), time(), zone))
        return events
