"""Where work goes that was written as a key result: a bet on an outcome, or an input of an initiative."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from plumbline_judge import Judgement

from plumbline.goals.models import Initiative, Input, KeyResult, Objective
from plumbline.people.models import Person
from plumbline.usecases.make_initiative import Effort
from plumbline.values.unit import Unit, UnitKind
from plumbline.web.forms.key_result import number_field, read_value, with_value
from plumbline.web.forms.leads import leads

NEW: Final = "new"
#: Words for people as the thing that is put in; everything else that has no currency is time.
_PEOPLE: Final = frozenset(
    {"people", "fte", "ftes", "engineers", "developers", "staff", "person", "heads", "headcount"}
)


class WorkForm(forms.Form):
    """What both doors need: the sentence, the key result it was, and what it will be called."""

    statement = forms.CharField(widget=forms.HiddenInput, max_length=400)
    key_result = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    lead = forms.ModelChoiceField(
        queryset=Person.objects.none(), to_field_name="public_id", required=False, widget=forms.HiddenInput
    )
    due_on = forms.DateField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Initiative"), max_length=240, required=False)

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads(objective)  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        """Fall back to the sentence itself."""
        return self.cleaned_data["title"] or str(self.data.get("statement", ""))[:240]


class BetForm(WorkForm):
    """Which key result the work is a bet on: one that is there, one that is suggested, or one written now."""

    choice = forms.ChoiceField(
        label=_("It is a bet on"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Which result should it move?")},
    )
    outcome = forms.CharField(
        label=_("The outcome in your own words"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"placeholder": _("Start with what will be different…")}),
    )

    def __init__(
        self, *args: Any, objective: Objective, judgement: Judgement, left_out: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, objective=objective, **kwargs)
        rows = objective.key_results.filter(binned_at=None, archived_at=None).exclude(public_id=left_out).order_by("pk")
        self.outcomes: list[KeyResult] = [each for each in rows if not each.counts_work]
        self.suggested = [suggestion.text for suggestion in judgement.suggestions]
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *((each.public_id, each.statement) for each in self.outcomes),
            *((str(place), text) for place, text in enumerate(self.suggested)),
            (NEW, _("First write the outcome yourself")),
        ]
        if self.is_bound and self.data.get("outcome") and not self.data.get("choice"):
            self.data = with_value(self.data, "choice", NEW)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the outcome is to be written now."""
        cleaned = self.cleaned_data
        if cleaned.get("choice") == NEW and not cleaned.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Write what will be different, and for whom."))
        return cleaned

    def target(self) -> KeyResult | None:
        """Return the key result that was chosen, if it is there already."""
        return next((each for each in self.outcomes if each.public_id == self.cleaned_data["choice"]), None)

    def new_outcome(self) -> str:
        """Return the outcome to be written down, if that was chosen."""
        choice = self.cleaned_data["choice"]
        if choice == NEW:
            return str(self.cleaned_data["outcome"])
        return self.suggested[int(choice)] if choice.isdigit() and int(choice) < len(self.suggested) else ""


class EffortForm(WorkForm):
    """Which initiative the effort belongs to, and how much of what it is."""

    choice = forms.ChoiceField(label=_("It pays for"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Kind"), choices=Input.Kind.choices)
    amount = number_field(_("Amount"))
    unit = forms.CharField(label=_("Unit"), required=False, max_length=24)

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, objective=objective, **kwargs)
        rows = objective.initiatives.filter(binned_at=None).exclude(state=Initiative.State.DROPPED).order_by("pk")
        self.initiatives = list(rows)
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *((each.public_id, each.title) for each in self.initiatives),
            (NEW, _("A new initiative")),
        ]

    def clean_amount(self) -> Any:
        """Read the number; the unit stays as it was written."""
        return read_value(self.cleaned_data["amount"], Unit())

    def clean(self) -> dict[str, Any]:
        """Ask for a name where an initiative is made."""
        if self.cleaned_data.get("choice") == NEW and not self.data.get("title", "").strip():
            self.add_error("title", ValidationError(_("What work does it pay for?")))
        return self.cleaned_data

    def initiative(self) -> Initiative | None:
        """Return the initiative that was chosen, None for a new one."""
        return next((each for each in self.initiatives if each.public_id == self.cleaned_data["choice"]), None)

    def effort(self) -> Effort:
        """Return what is put in."""
        said = self.cleaned_data
        return Effort(said["kind"], said["amount"], said["unit"])


def effort_of(judgement: Judgement) -> dict[str, str]:
    """Return what the sentence says about kind, amount and unit."""
    measure = judgement.measure
    amount = measure.target if measure.target is not None else measure.baseline
    kind = Input.Kind.TIME
    if Unit.named(measure.unit).kind == UnitKind.MONEY:
        kind = Input.Kind.MONEY
    elif measure.unit.casefold() in _PEOPLE:
        kind = Input.Kind.PEOPLE
    return {"kind": str(kind), "amount": "" if amount is None else str(amount), "unit": measure.unit[:24]}
