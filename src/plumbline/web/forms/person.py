"""Inviting people, and what admins say about them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals import policy
from plumbline.people.models import Person, Team
from plumbline.people.models.person import Role
from plumbline.web.forms.choices import languages, time_zones
from plumbline.web.forms.versioned import Data, VersionedForm


def roles_to_give(giver: Person, other: Person | None = None) -> list[tuple[str, str]]:
    """Return the roles that somebody may give to another."""
    asked = other or Person(role=Role.VIEWER)
    return [(role.value, str(role.label)) for role in Role if policy.can_manage(giver, asked, role)]


class InviteForm(forms.Form):
    """Who is to come in, as what, and into which team."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), initial=Role.MEMBER)
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Data = None, *, giver: Person) -> None:
        super().__init__(data)
        self.fields["role"].choices = roles_to_give(giver)  # type: ignore[attr-defined]
        self.fields["teams"].queryset = Team.objects.open().order_by("name")  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """Another address to sign in with."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, data: Data = None, *, giver: Person, person: Person) -> None:
        super().__init__(data, initial={"role": person.role})
        self.fields["role"].choices = roles_to_give(giver, person)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class ManagerForm(forms.Form):
    """Who manages somebody."""

    manager = forms.ModelChoiceField(
        label=_("Manager"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Nobody"),
    )

    def __init__(self, data: Data = None, *, person: Person, manager: Person | None) -> None:
        super().__init__(data, initial={"manager": manager.public_id if manager else None})
        others = Person.objects.present().exclude(pk=person.pk).order_by("name")
        self.fields["manager"].queryset = others  # type: ignore[attr-defined]


class ProfileForm(VersionedForm):
    """What people say about themselves."""

    name = forms.CharField(label=_("Name"), max_length=120)
    job_title = forms.CharField(label=_("What you do"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, data: Data = None, *, person: Person) -> None:
        names = ("version", "name", "job_title", "language", "time_zone")
        super().__init__(data, initial={name: getattr(person, name) for name in names})
        own = ("", _("As the organisation"))
        self.fields["language"].choices = [own, *languages()]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = [own, *time_zones()]  # type: ignore[attr-defined]
