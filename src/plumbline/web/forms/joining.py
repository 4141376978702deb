"""What somebody is asked who comes in."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cadence
from plumbline.people.models import Organisation, Person
from plumbline.web.forms.choices import time_zones
from plumbline.web.forms.versioned import Data


class JoinForm(forms.Form):
    """A name and a password."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("A password"),
        help_text=_("Ten characters or more. A few words in a row are easy to remember and hard to guess."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Data = None, *, person: Person) -> None:
        super().__init__(data, initial={"name": person.name})
        self.person = person
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_password(self) -> str:
        """Refuse what is easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class FirstStepsForm(forms.Form):
    """What the first goal needs, and two things that can wait."""

    name = forms.CharField(label=_("What is your organisation called?"), max_length=120)
    time_zone = forms.ChoiceField(label=_("Which clock do you live by?"), choices=time_zones)
    cadence = forms.ChoiceField(
        label=_("How long is a cycle?"),
        choices=[(Cadence.Kind.QUARTERLY, _("A quarter")), (Cadence.Kind.ANNUAL, _("A year"))],
        initial=Cadence.Kind.QUARTERLY,
        widget=forms.RadioSelect,
    )
    ultimate_goal = forms.CharField(
        label=_("What are you here to achieve?"),
        help_text=_("One sentence. It can wait."),
        max_length=240,
        required=False,
    )
    pillar = forms.CharField(
        label=_("What do you choose to be good at?"),
        help_text=_("The first pillar of your strategy. It can wait."),
        max_length=120,
        required=False,
    )

    def __init__(self, data: Data = None, *, organisation: Organisation) -> None:
        initial = {
            "name": organisation.name,
            "time_zone": organisation.time_zone,
            "ultimate_goal": organisation.ultimate_goal,
        }
        super().__init__(data, initial=initial)
