"""Typing values and the unit they are in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plumbline.goals.models.measured import Measured
from plumbline.values.unit import SECONDS, NotANumber, Unit, UnitKind
from plumbline.web.forms.versioned import Data, VersionedForm

ISO_LENGTH = 3


class ValueTextField(forms.CharField):
    """A number as people type it; the form's unit turns it into a value."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"


def read_values(form: forms.Form, unit: Unit, names: tuple[str, ...]) -> None:
    """Turn what was typed into values; what is no number is said beside its field."""
    for name in names:
        typed = form.cleaned_data.get(name)
        if typed in (None, ""):
            form.cleaned_data[name] = None
            continue
        try:
            form.cleaned_data[name] = unit.read(typed)
        except (NotANumber, ArithmeticError):
            form.add_error(name, _("“%(typed)s” holds no number.") % {"typed": typed})


class UnitForm(VersionedForm):
    """A unit, and the values in it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    unit_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of number"), choices=UnitKind.choices, initial=UnitKind.COUNT
    )
    unit_code = forms.CharField(
        label=gettext_lazy("Unit"),
        help_text=gettext_lazy("EUR or USD for money; ms, s, min, h or d for a duration; your own word for the rest."),
        max_length=24,
        required=False,
    )

    value_names: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, data: Data = None, *, measured: Measured | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        initial = initial or {}
        if measured is not None:
            values = {name: measured.unit.typed(getattr(measured, name)) for name in self.value_names}
            kind = {"unit_kind": measured.unit_kind, "unit_code": measured.unit_code}
            initial = {"version": getattr(measured, "version", None), **kind, **values, **initial}
        super().__init__(data, initial=initial)
        self.kept = measured

    def clean(self) -> dict[str, Any] | None:
        """Check the unit, then read the values in it."""
        cleaned = super().clean() or self.cleaned_data
        self._clean_code()
        read_values(self, self.unit(), self.value_names)
        return cleaned

    def unit(self) -> Unit:
        """Return the unit that was chosen, with the scale and places it had."""
        kind, code = self.cleaned_data.get("unit_kind", UnitKind.COUNT), self.cleaned_data.get("unit_code", "")
        if self.kept is not None:
            return Unit(kind, code, self.kept.unit_scale, self.kept.unit_places)
        return Unit(kind, code)

    def _clean_code(self) -> None:
        code = self.cleaned_data.get("unit_code", "").strip()
        match self.cleaned_data.get("unit_kind"):
            case UnitKind.MONEY:
                code = code.upper()
                if len(code) != ISO_LENGTH or not code.isalpha():
                    self.add_error("unit_code", _("Money has a code of three letters, such as EUR."))
            case UnitKind.DURATION if code not in SECONDS:
                self.add_error("unit_code", _("A duration is typed in ms, s, min, h or d."))
            case UnitKind.PERCENT:
                code = ""
        self.cleaned_data["unit_code"] = code
