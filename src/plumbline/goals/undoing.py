"""Undoing: what stood in the fields before an event, as values again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.people.models import Noun


def values_before(noun: Noun, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an event's ``before`` as the noun holds them: rows, days and decimals, not their names."""
    return {name: _value(noun, name, told) for name, told in before.items()}


def _value(noun: Noun, name: str, told: Any) -> Any:
    field: Any = noun._meta.get_field(name)
    if told is None:
        return None
    if field.is_relation:
        return field.related_model._base_manager.get(public_id=told)
    return field.to_python(told)
