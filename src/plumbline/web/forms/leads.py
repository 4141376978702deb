"""Choosing people for a goal: who can lead it or work on it, and whoever does although they left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from plumbline.goals.models import Objective
from plumbline.people.models import Person
from plumbline.people.models.person import Role

if TYPE_CHECKING:
    OnePerson = forms.ModelChoiceField[Person]
    SomePeople = forms.ModelMultipleChoiceField[Person]
else:  # only the type checker's fields can be asked what they hold
    OnePerson, SomePeople = forms.ModelChoiceField, forms.ModelMultipleChoiceField


def leads(objective: Objective | None = None, *, keeping: Iterable[Person | None] = ()) -> QuerySet[Person]:
    """Return who can lead a goal: everybody who is here and more than a viewer; of a private one, those who see it.

    ``keeping`` are those who are on it now: they stay a choice, so that saving the form takes nobody off unasked.
    """
    fit = Q(binned_at=None) & ~Q(state=Person.State.ARCHIVED) & ~Q(role=Role.VIEWER)
    if objective is not None and objective.is_private:
        named = [*objective.contributors.all(), *objective.named.all()]
        fit &= Q(pk__in=[objective.lead_id, *(person.pk for person in named)])
    kept = Q(pk__in=[person.pk for person in keeping if person])
    people: QuerySet[Person] = Person.objects.filter(fit | kept).order_by("name")
    return people


def name_of(person: Person) -> str:
    """Return a name as lists show it, with a word where somebody left."""
    gone = person.state == Person.State.ARCHIVED or person.binned_at is not None
    return _("%(name)s (left)") % {"name": person.name} if gone else person.name


class LeadField(OnePerson):
    """One person, or nobody yet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Person.objects.none(), to_field_name="public_id", required=False, **options)

    def label_from_instance(self, obj: Person) -> str:
        """Say who left."""
        return name_of(obj)


class PeopleField(SomePeople):
    """Any number of people."""

    def __init__(self, **options: Any) -> None:
        widget = forms.SelectMultiple(attrs={"size": 5})
        super().__init__(Person.objects.none(), to_field_name="public_id", required=False, widget=widget, **options)

    def label_from_instance(self, obj: Person) -> str:
        """Say who left."""
        return name_of(obj)
