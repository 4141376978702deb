"""Making tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Tag
from plumbline.goals.models.tag import HUES
from plumbline.web.forms.versioned import Data, OpenForm, VersionedForm

if TYPE_CHECKING:
    SomeTags = forms.ModelMultipleChoiceField[Tag]
else:  # only the type checker's fields can be asked what they hold
    SomeTags = forms.ModelMultipleChoiceField

#: What the colours are called, around the wheel.
COLOURS = (
    _("grey"), _("red"), _("orange"), _("amber"), _("yellow"), _("lime"), _("green"), _("teal"), _("blue"),
    _("indigo"), _("violet"), _("pink"),
)  # fmt: skip


class TagForm(VersionedForm):
    """A word to find goals by."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=40)
    description = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    hue = forms.TypedChoiceField(label=_("Colour"), coerce=int, choices=[*zip(range(HUES), COLOURS, strict=True)])

    def __init__(self, data: Data = None, *, tag: Tag | None = None) -> None:
        names = ("version", "name", "description", "hue")
        initial: dict[str, Any] = {name: getattr(tag, name) for name in names} if tag is not None else {}
        super().__init__(data, initial=initial)

    def clean_name(self) -> str:
        """Make one line of it."""
        return " ".join(self.cleaned_data["name"].split())


class MergingForm(OpenForm):
    """Into which tag another one goes up."""

    into = forms.ModelChoiceField(
        label=_("Into"), queryset=Tag.objects.none(), to_field_name="public_id", empty_label=_("Choose a tag")
    )

    def __init__(self, data: Data = None, *, tag: Tag) -> None:
        super().__init__(data)
        self.offer(into=Tag.objects.in_use().exclude(pk=tag.pk))


class TagsField(SomeTags):
    """Any number of tags."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Tag.objects.none(),
            label=_("Tags"),
            to_field_name="public_id",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **options,
        )
