"""What everything with values has: a unit."""

from typing import Any

from django.db import models

from plumbline.values.unit import Unit, UnitKind


class Measured(models.Model):
    """Carries the unit of its values, column by column, so that queries can read it."""

    unit_kind = models.CharField(max_length=10, choices=UnitKind.choices, default=UnitKind.COUNT)
    unit_code = models.CharField(max_length=24, blank=True)
    unit_scale = models.PositiveSmallIntegerField(default=0)
    unit_places = models.PositiveSmallIntegerField(null=True)

    class Meta:
        abstract = True

    @property
    def unit(self) -> Unit:
        """Return the unit that the values are in."""
        return Unit(self.unit_kind, self.unit_code, self.unit_scale, self.unit_places)


def unit_fields(unit: Unit) -> dict[str, Any]:
    """Return the columns that hold a unit."""
    return {
        "unit_kind": unit.kind,
        "unit_code": unit.code,
        "unit_scale": unit.scale,
        "unit_places": unit.places,
    }
