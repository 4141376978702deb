"""Days, in the browser's own picker."""

from django import forms


class DayInput(forms.DateInput):
    """A day as browsers exchange it, in every language: a picker stays empty before a day in words."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
