"""The form of a comment."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """What somebody wants to say."""

    text = forms.CharField(
        label=_("Write a comment"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("Write to the team.")}),
        error_messages={"required": _("There is nothing in it yet.")},
    )
