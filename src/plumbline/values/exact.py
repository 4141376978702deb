"""Readings, baselines and targets, exact on both databases.

PostgreSQL keeps them as ``NUMERIC(30,10)``. SQLite has no decimal: a plain
decimal column is a float there and keeps 15 digits, so the exact text is kept.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    Column = models.Field[Any, Any]
else:  # only the type checker's fields can be asked what they hold
    Column = models.Field

PLACES = 10
DIGITS = 30
_STEP = Decimal(1).scaleb(-PLACES)
#: Room for the product of two values; the default context would cut them at 28 digits.
ROOM = Context(prec=60, rounding=ROUND_HALF_EVEN)
_LIMIT = Decimal(10) ** (DIGITS - PLACES)


def exact(value: Decimal | int | str) -> Decimal:
    """Return the value as it is kept: at most 20 digits before the point and 10 after, no trailing zeros.

    Raises ``ValidationError`` for what is no finite number or too large.
    """
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise ValidationError(_("This is not a number.")) from error
    if not number.is_finite():
        raise ValidationError(_("This is not a number."))
    if abs(number) >= _LIMIT:
        raise ValidationError(_("This number is too large: at most 20 digits before the point."))
    return plain(number.quantize(_STEP, context=ROOM))


def plain(number: Decimal) -> Decimal:
    """Return the number without trailing zeros and without an exponent; -0 becomes 0."""
    shorter = number.normalize(ROOM)
    if shorter == 0:
        return Decimal(0)
    return shorter.quantize(Decimal(1), context=ROOM) if shorter.as_tuple().exponent > 0 else shorter  # type: ignore[operator]


def from_kept(value: object) -> Decimal | None:
    """Turn what a database kept into a decimal without trailing zeros."""
    if value is None:
        return None
    return _read(value) if isinstance(value, str) else plain(Decimal(str(value)))


@lru_cache(maxsize=4096)
def _read(text: str) -> Decimal:
    """Read what ``exact`` wrote; a page of goals holds the same few hundred numbers again and again."""
    return plain(Decimal(text))


class ValueField(Column):
    """A column for an exact value. Compare and add in Python: the database only keeps it."""

    description = "An exact decimal with up to 20 digits before the point and 10 after"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return ``numeric(30,10)`` where there are real decimals, else text."""
        return f"numeric({DIGITS},{PLACES})" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: object, _expression: object, _connection: object) -> Decimal | None:
        """Turn what the database kept into a decimal without trailing zeros."""
        return from_kept(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Clean what a person, a fixture or a test gave."""
        return None if value is None else exact(value)

    def get_prep_value(self, value: Any) -> Decimal | None:
        """Refuse what is no number before it reaches the database."""
        return None if value is None else exact(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Hand PostgreSQL a decimal and SQLite its exact text."""
        number = value if prepared else self.get_prep_value(value)
        if number is None or connection.vendor == "postgresql":
            return number
        return format(number, "f")

    def value_to_string(self, obj: models.Model) -> str:
        """Return the plain digits, for archives."""
        value = self.value_from_object(obj)
        return "" if value is None else format(value, "f")
