"""The rows under the editor of a key result: milestones, planned path, guardrails."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import KeyResult
from plumbline.goals.models.surroundings import PlannedLimit, PlannedStep
from plumbline.usecases.edit_key_result import Excuse, Surroundings
from plumbline.values.unit import Unit
from plumbline.web.forms.day import DayInput
from plumbline.web.forms.key_result import number_field, read_value

MOST_ROWS: Final = 24


class StepForm(forms.Form):
    """One milestone; a row without words is no row."""

    title = forms.CharField(label=_("Milestone"), required=False, max_length=160)
    due_on = forms.DateField(label=_("Planned for"), required=False, widget=DayInput)
    weight = number_field(_("Weight"))

    def clean(self) -> dict[str, Any]:
        """Ask for the day where there is a title."""
        if self.cleaned_data.get("title") and not self.cleaned_data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Which day is it planned for?"))
        try:
            self.cleaned_data["weight"] = read_value(self.cleaned_data.get("weight", ""), Unit())
        except ValidationError as refusal:
            self.add_error("weight", refusal)
        return self.cleaned_data


class PointForm(forms.Form):
    """One point of the planned path."""

    on = forms.DateField(label=_("On"), required=False, widget=DayInput)
    value = number_field(_("Value"))


class LimitForm(forms.Form):
    """One guardrail: a metric and the end it must not pass."""

    metric = forms.CharField(label=_("Metric that must not get worse"), required=False, max_length=160)
    low = number_field(_("at least"))
    high = number_field(_("at most"))
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=24, widget=forms.TextInput(attrs={"list": "units"})
    )


StepFormSet = formset_factory(StepForm, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
PointFormSet = formset_factory(PointForm, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
LimitFormSet = formset_factory(LimitForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class Rows:
    """The rows of an editor: milestones, planned path and guardrails."""

    def __init__(self, data: Any = None, key_result: KeyResult | None = None) -> None:
        given = _rows_of(key_result)
        self.steps: BaseFormSet[StepForm] = StepFormSet(data, prefix="step", initial=given["steps"])
        self.points: BaseFormSet[PointForm] = PointFormSet(data, prefix="point", initial=given["points"])
        self.limits: BaseFormSet[LimitForm] = LimitFormSet(data, prefix="limit", initial=given["limits"])

    def are_valid(self, unit: Unit) -> bool:
        """Tell whether every row can be read; the points are in the unit of the key result."""
        whole = all(each.is_valid() for each in (self.steps, self.points, self.limits))
        return whole and all(
            [self._read(form, unit) for form in self.points] + [self._read_limit(form) for form in self.limits]
        )

    def surroundings(self, excuse: Excuse | None) -> Surroundings:
        """Return what stands around the key result; call after ``are_valid``."""
        steps = [row for row in self._said(self.steps, "title") if row["due_on"]]
        points = [row for row in self._said(self.points, "on") if row["value"] is not None]
        limits = self._said(self.limits, "metric")
        return Surroundings(
            milestones=tuple(PlannedStep(row["title"], row["due_on"], _or_one(row["weight"])) for row in steps),
            path=tuple((row["on"], row["value"]) for row in points),
            guardrails=tuple(PlannedLimit(row["metric"], row["unit"], row["low"], row["high"]) for row in limits),
            excuse=excuse,
        )

    @staticmethod
    def _said(rows: Any, name: str) -> list[dict[str, Any]]:
        return [row.cleaned_data for row in rows if row.cleaned_data.get(name)]

    @staticmethod
    def _read(form: forms.Form, unit: Unit, names: tuple[str, ...] = ("value",)) -> bool:
        for name in names:
            try:
                form.cleaned_data[name] = read_value(form.cleaned_data.get(name) or "", unit)
            except ValidationError as refusal:
                form.add_error(name, refusal)
        return not form.errors

    def _read_limit(self, form: forms.Form) -> bool:
        form.cleaned_data["unit"] = unit = Unit.named(form.cleaned_data.get("unit") or "")
        if not self._read(form, unit, ("low", "high")):
            return False
        said = form.cleaned_data
        if said.get("metric") and said["low"] is None and said["high"] is None:
            form.add_error("low", _("Where does it have to stay? Give one end at least."))
        return not form.errors


def _rows_of(key_result: KeyResult | None) -> dict[str, list[dict[str, Any]]]:
    if key_result is None:
        return {"steps": [], "points": [], "limits": []}
    unit = key_result.unit
    return {
        "steps": [
            {"title": each.title, "due_on": each.due_on, "weight": Unit().typed(each.weight)}
            for each in key_result.milestones.all()
        ],
        "points": [{"on": each.on, "value": unit.typed(each.value)} for each in key_result.path_points.all()],
        "limits": [
            {
                "metric": each.metric,
                "low": each.unit.typed(each.low),
                "high": each.unit.typed(each.high),
                "unit": each.unit.name,
            }
            for each in key_result.guardrails.all()
        ],
    }


def _or_one(weight: Decimal | None) -> Decimal:
    return Decimal(1) if weight is None else weight
