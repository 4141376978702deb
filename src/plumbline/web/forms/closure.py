"""The forms around the end of an objective."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Closure, Cycle, Decision, Initiative, KeyResult, Objective, Verdict
from plumbline.goals.models.surroundings import MOVING
from plumbline.usecases.close_goals import Choice
from plumbline.values.unit import NotANumber, read_number

RATINGS = [(str(number), str(number)) for number in range(1, 6)]
ALL = Decimal(1)
CENT = Decimal("0.01")


class ClosureForm(forms.Form):
    """Score, verdict, rating and what was learned; a score other than the suggested one asks why."""

    score = forms.CharField(
        label=_("Score, from 0.0 to 1.0"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why is the score not the suggested one?"),
        required=False,
        max_length=400,
        help_text=_("Only if you changed it."),
    )
    verdict = forms.ChoiceField(
        label=_("How did it end?"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )
    rating = forms.TypedChoiceField(
        label=_("How well did we work on it?"),
        choices=[("", "–"), *RATINGS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("From 1 to 5. It rates the execution, not the people."),
    )
    learned = forms.CharField(
        label=_("What did we learn?"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )

    once = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, suggested: Decimal | None, template: str = "") -> None:
        self.suggested = suggested
        score = "" if suggested is None else localize_input(suggested)
        super().__init__(data, initial={"score": score, "learned": template, "once": uuid.uuid4().hex})

    def said(self) -> dict[str, Any]:
        """Return what ``Closure.close`` is told."""
        return {name: self.cleaned_data[name] for name in ("score", "reason", "verdict", "rating", "learned")}

    def clean_score(self) -> Decimal | None:
        """Read the score as people type it."""
        typed = self.cleaned_data["score"].strip()
        if not typed:
            return None
        try:
            score = read_number(typed)
        except NotANumber as error:
            raise ValidationError(_("Write a number, for example 0.7.")) from error
        if not 0 <= score <= ALL:
            raise ValidationError(_("A score lies between 0.0 and 1.0."))
        return score.quantize(CENT)

    def clean(self) -> dict[str, Any]:
        """Ask why where the score is not the suggested one."""
        given = self.cleaned_data
        score = given.get("score")
        if score is not None and self.suggested not in {None, score} and not given.get("reason", "").strip():
            self.ask_why()
        return given

    def ask_why(self) -> None:
        """Ask for the reason of a score that differs: the suggested one may have moved since the page was opened."""
        self.add_error("reason", _("Say in a few words why the score differs from the suggested one."))


class NoteForm(forms.Form):
    """The closing note, put right afterwards."""

    learned = forms.CharField(
        label=_("What did we learn?"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    rating = forms.TypedChoiceField(
        label=_("How well did we work on it?"),
        choices=[("", "–"), *RATINGS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("From 1 to 5. It rates the execution, not the people."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, closure: Closure) -> None:
        super().__init__(data, initial={"learned": closure.learned, "rating": closure.rating or ""})


class DecisionForm(forms.Form):
    """What becomes of one key result, where it begins then, and which work goes along."""

    choice = forms.ChoiceField(
        label=_("In the next cycle"),
        choices=[("", _("Undecided")), *Decision.Choice.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    baseline = forms.CharField(
        label=_("It begins at"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        key_result: KeyResult,
        decision: Decision | None = None,
        initiatives: Sequence[Initiative] = (),
    ) -> None:
        self.key_result, self.initiatives = key_result, list(initiatives)
        super().__init__(data, initial=self._initial(decision), prefix=key_result.public_id)
        if key_result.type not in MOVING:
            del self.fields["baseline"]
        if self.initiatives:
            self.fields["work"] = forms.MultipleChoiceField(
                label=_("Work that goes along"),
                choices=[(each.public_id, each.title) for each in self.initiatives],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _initial(self, decision: Decision | None) -> dict[str, Any]:
        row = self.key_result
        last = row.baseline if row.current is None else row.current
        if decision is None:
            return {"choice": "", "baseline": row.unit.typed(last)}
        begins = last if decision.baseline is None else decision.baseline
        along = [each.public_id for each in decision.initiatives.all()]
        return {"choice": decision.choice, "baseline": row.unit.typed(begins), "work": along}

    def clean_baseline(self) -> Decimal | None:
        """Read the number in the unit of the key result."""
        typed = self.cleaned_data["baseline"].strip()
        if not typed:
            return None
        try:
            return self.key_result.unit.read(typed)
        except NotANumber as error:
            raise ValidationError(_("Write a number, for example 18.9.")) from error

    def decided(self) -> Choice | None:
        """Return the decision; None while there is none."""
        told = self.cleaned_data
        if not told["choice"]:
            return None
        along = tuple(each for each in self.initiatives if each.public_id in told.get("work", ()))
        return Choice(self.key_result, told["choice"], told.get("baseline"), along)


class CarryingForm(forms.Form):
    """Which closed goals go on, and in which cycle."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, cycles: Sequence[Cycle], goals: Sequence[Objective]
    ) -> None:
        chosen = [each.public_id for each in goals]
        super().__init__(data, initial={"into": cycles[0].public_id if cycles else "", "goals": chosen})
        self.fields["into"] = forms.ChoiceField(
            label=_("The next cycle"), choices=[(each.public_id, each.name) for each in cycles]
        )
        self.fields["goals"] = forms.MultipleChoiceField(
            label=_("What goes on"),
            choices=[(each.public_id, each.title) for each in goals],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose a goal.")},
        )


class ReasonForm(forms.Form):
    """A few words on why."""

    reason = forms.CharField(label=_("Why?"), max_length=400, error_messages={"required": _("Say in a few words why.")})
