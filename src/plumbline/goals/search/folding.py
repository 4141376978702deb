"""Fold texts for comparing: no case, no accents, no punctuation, alike on both databases."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField

#: Letters that Unicode does not take apart into a letter and an accent.
STROKES: Final = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "\u0131": "i", "ð": "d", "þ": "t"}
PAIRS: Final = {"ß": "ss", "æ": "ae", "œ": "oe"}
_MARKS: Final = "-–—/()[]\"'“”„\u2018’.,:;!?&+…@#$%^*=<>|~`{}\\_\u00a0\u202f"


def fold(text: str | None) -> str:
    """Return a text as it is compared."""
    plain = unicodedata.normalize("NFKD", (text or "").casefold())
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return "".join(" " if letter in _MARKS else PAIRS.get(letter, STROKES.get(letter, letter)) for letter in letters)


class Folded(Func):
    """A column, folded inside the database."""

    output_field = TextField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Call the function that ``teach`` gave the connection."""
        return super().as_sql(compiler, connection, function="plumbline_fold", **context)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Do the same with what every PostgreSQL has: no extension is needed."""
        sql, params = super().as_sql(compiler, connection, template="lower(%(expressions)s)", **context)
        for pair, letters in PAIRS.items():
            sql = f"replace({sql}, '{pair}', '{letters}')"
        return f"translate({sql}, %s, %s)", (*params, _FROM, _TO)


def teach() -> None:
    """Give a SQLite connection the function; asking again costs nothing."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_function("plumbline_fold", 1, fold, deterministic=True)


def _accented() -> dict[str, str]:
    latin = map(chr, range(0xC0, 0x250))
    table = {letter: fold(letter) for letter in latin if letter == letter.lower() and letter not in PAIRS}
    singles = {letter: plain for letter, plain in table.items() if len(plain) == 1 and plain != letter}
    return singles | dict.fromkeys(_MARKS, " ")


_TABLE: Final = _accented()
_FROM: Final = "".join(_TABLE)
_TO: Final = "".join(_TABLE.values())
