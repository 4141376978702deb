"""How somebody is called who was erased: by what they were, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    Words = models.CharField[str, str]
else:  # only the type checker's fields can be asked what they hold
    Words = models.CharField

#: What stands in the place of the name, the same on every database.
FORMER: Final = "Former member"


def called(name: str) -> str:
    """Return a name as people read it: that of somebody erased in their own language."""
    return _("Former member") if name == FORMER else name


class NameField(Words):
    """The name of a person; read from the database, nobody can tell who was erased."""

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        """Put what is kept into the reader's language."""
        return value if value is None else called(value)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Return a plain column of text: only reading differs."""
        name, _path, given, options = super().deconstruct()
        return name, "django.db.models.CharField", given, options
