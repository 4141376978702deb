"""How the judge is set up for the organisation: every rule by name, and the settings file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from plumbline_judge import Config
from plumbline_judge.rulebook import RuleCard
from plumbline_judge.settings_file import BadSettings, config_in

from plumbline.web.forms.versioned import Data, VersionedForm

DEFAULT: Final = ""
OFF: Final = "off"
GRADES: Final = {"ask": _("Warn"), "hint": _("Note"), OFF: _("Off")}
#: A settings file names forty rules at most; what is larger is something else.
MOST_BYTES: Final = 20_000


class JudgeSettingsForm(VersionedForm):
    """Whether the judge asks and suggests, and how loudly each rule speaks."""

    question = forms.BooleanField(
        label=_("Ask one question"),
        help_text=_("“When the articles are out, who does what differently?”"),
        required=False,
    )
    suggestions = forms.BooleanField(
        label=_("Suggest what the work may be for"),
        help_text=_("Up to three outcomes. Each number is a blank, or your own last reading."),
        required=False,
    )

    def __init__(self, data: Data = None, *, cards: Iterable[RuleCard], config: Config, version: int) -> None:
        self.names = [card.name for card in cards]
        graded = {**dict(config.severity), **dict.fromkeys(config.disabled, OFF)}
        initial: dict[str, Any] = {"question": config.question, "suggestions": config.suggestions, "version": version}
        super().__init__(data, initial=initial | graded)
        for card in cards:
            default = _("Default (%(grade)s)") % {"grade": GRADES[card.severity]}
            choices = [(DEFAULT, default), *GRADES.items()]
            self.fields[card.name] = forms.ChoiceField(label=card.says, choices=choices, required=False)

    def rules(self) -> Iterator[BoundField]:
        """Yield the field of each rule, for the template."""
        return (self[name] for name in self.names)

    def config(self) -> Config:
        """Return what was chosen."""
        chosen = {name: self.cleaned_data[name] for name in self.names if self.cleaned_data[name]}
        return Config(
            disabled=frozenset(name for name, grade in chosen.items() if grade == OFF),
            severity=tuple(sorted((name, grade) for name, grade in chosen.items() if grade != OFF)),
            question=self.cleaned_data["question"],
            suggestions=self.cleaned_data["suggestions"],
        )


class JudgeFileForm(VersionedForm):
    """A settings file, as ``plumbline lint`` reads it."""

    file = forms.FileField(
        label=_("Settings file"), help_text=_("plumbline-judge.toml, or a pyproject.toml with its table.")
    )

    def clean_file(self) -> Config:
        """Read the file, and say what in it can't be followed."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This is larger than any settings file."))
        try:
            return config_in(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as problem:
            raise forms.ValidationError(_("This is no text.")) from problem
        except BadSettings as problem:
            raise forms.ValidationError(_("It can't be followed: %(problem)s") % {"problem": problem}) from problem
