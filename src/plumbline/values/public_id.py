"""Public ids: what addresses, the API, archives and mentions call a noun by."""

import secrets
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    Characters = models.CharField[str, str]
else:  # only the type checker's fields can be asked what they hold
    Characters = models.CharField

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12
_HOW_MANY = len(ALPHABET) ** LENGTH


def new_public_id() -> str:
    """Return 12 random characters, without those that read alike (0 o, 1 i l, u v)."""
    number, letters = secrets.randbelow(_HOW_MANY), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


class PublicIdField(Characters):
    """A random id, given once; the serial key never leaves the server."""

    def __init__(self, **options: object) -> None:
        fixed = {"max_length": LENGTH, "unique": True, "editable": False, "default": new_public_id}
        super().__init__(**{**options, **fixed})  # type: ignore[arg-type]
