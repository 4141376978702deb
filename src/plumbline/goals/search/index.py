"""The index of words, kept by the database itself: FTS5 on SQLite, a text vector on PostgreSQL.

Triggers keep it, so that nothing can be written past it: a verb, a bulk insert, an import or a statement by hand.
``keep`` puts it up, and puts it up again where a migration that copies a table has dropped its triggers.
"""

from __future__ import annotations

import sqlite3
from functools import cache

from django.db.backends.base.base import BaseDatabaseWrapper

from plumbline.goals.search.folding import PAIRS, STROKES
from plumbline.goals.search.kinds import KINDS

#: Row numbers of the SQLite index tell kind and key: key * 8 + place of the kind.
PLACES = 8

_SQLITE_TABLE = """CREATE VIRTUAL TABLE goals_search USING fts5(
    {columns}, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4')"""
_SQLITE_TRIGGERS = {
    "search_{name}_added": """AFTER INSERT ON {table} BEGIN
        INSERT INTO goals_search (rowid, {name}) VALUES (new.id * 8 + {place}, {new}); END""",
    "search_{name}_changed": """AFTER UPDATE OF {column} ON {table} WHEN old.{column} IS NOT new.{column} BEGIN
        UPDATE goals_search SET {name} = {new} WHERE rowid = new.id * 8 + {place}; END""",
    "search_{name}_removed": """AFTER DELETE ON {table} BEGIN
        DELETE FROM goals_search WHERE rowid = old.id * 8 + {place}; END""",
}
_POSTGRES = """
CREATE TABLE IF NOT EXISTS goals_search (
    kind smallint NOT NULL, key bigint NOT NULL, words tsvector NOT NULL, PRIMARY KEY (kind, key)
);
CREATE INDEX IF NOT EXISTS goals_search_words ON goals_search USING gin (words);
CREATE OR REPLACE FUNCTION goals_search_fold(told text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $fold$
    SELECT to_tsvector('simple', {folded})
$fold$;
CREATE OR REPLACE FUNCTION goals_search_keep() RETURNS trigger LANGUAGE plpgsql AS $keep$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM goals_search WHERE kind = TG_ARGV[0]::smallint AND key = OLD.id;
        RETURN OLD;
    END IF;
    INSERT INTO goals_search VALUES (TG_ARGV[0]::smallint, NEW.id, goals_search_fold(to_jsonb(NEW) ->> TG_ARGV[1]))
    ON CONFLICT (kind, key) DO UPDATE SET words = EXCLUDED.words;
    RETURN NEW;
END
$keep$;
"""
_POSTGRES_KIND = """
DROP TRIGGER IF EXISTS search_kept ON {table};
CREATE TRIGGER search_kept AFTER INSERT OR DELETE OR UPDATE OF {column} ON {table}
    FOR EACH ROW EXECUTE FUNCTION goals_search_keep({place}, '{column}');
INSERT INTO goals_search SELECT {place}, id, goals_search_fold({column}) FROM {table}
    ON CONFLICT (kind, key) DO UPDATE SET words = EXCLUDED.words;
"""


@cache
def has_fts5() -> bool:
    """Tell whether this build of SQLite has the index; nearly all have."""
    with sqlite3.connect(":memory:") as probe:
        return bool(probe.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]) or _makes(probe)


def _makes(probe: sqlite3.Connection) -> bool:
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
    except sqlite3.OperationalError:
        return False
    return True


def is_kept(vendor: str) -> bool:
    """Tell whether a database of this kind keeps the index."""
    return vendor == "postgresql" or (vendor == "sqlite" and has_fts5())


def keep(connection: BaseDatabaseWrapper) -> None:
    """Put the index up where it is missing; quick where it stands."""
    if connection.vendor == "postgresql":
        _keep_on_postgres(connection)
    elif is_kept(connection.vendor):
        _keep_on_sqlite(connection)


def _keep_on_sqlite(connection: BaseDatabaseWrapper) -> None:
    wanted = {
        name.format(name=kind.name): f"CREATE TRIGGER {name} {body}".format(
            name=kind.name,
            table=kind.table,
            column=kind.column,
            place=place,
            new=folded_on_sqlite(f"new.{kind.column}"),
        )
        for place, kind in enumerate(KINDS)
        for name, body in _SQLITE_TRIGGERS.items()
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'search_%%' OR name = 'goals_search'", [])
        there = {row[0] for row in cursor.fetchall()}
        if there >= {"goals_search", *wanted}:
            return
        cursor.execute("DROP TABLE IF EXISTS goals_search")
        cursor.execute(_SQLITE_TABLE.format(columns=", ".join(kind.name for kind in KINDS)))
        for name, statement in wanted.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(statement)
        for place, kind in enumerate(KINDS):
            folded = folded_on_sqlite(kind.column)
            cursor.execute(
                f"INSERT INTO goals_search (rowid, {kind.name}) SELECT id * 8 + {place}, {folded} FROM {kind.table}"
            )


def _keep_on_postgres(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'search_kept'")
        if cursor.fetchone()[0] == len(KINDS):
            return
        cursor.execute(_POSTGRES.format(folded=_folded_on_postgres("told")))
        for place, kind in enumerate(KINDS):
            cursor.execute(_POSTGRES_KIND.format(table=kind.table, column=kind.column, place=place))


def folded_on_sqlite(column: str) -> str:
    """Return the expression for a column's words: FTS5 itself knows case and accents, not strokes and ligatures."""
    for letter, plain in (STROKES | PAIRS | {"ẞ": "ss"}).items():
        column = f"replace({column}, '{letter}', '{plain}')"
        if (capital := letter.upper()) != letter and len(capital) == 1 and letter != "\u0131":
            column = f"replace({column}, '{capital}', '{plain}')"
    return column


def _folded_on_postgres(column: str) -> str:
    # Letters and digits stay; the parser would otherwise make addresses and fractions of what stands between them.
    folded = f"regexp_replace(normalize(lower({column}), NFKD), '[\\u0300-\\u036F]', '', 'g')"
    for letter, plain in (STROKES | PAIRS).items():
        folded = f"replace({folded}, '{letter}', '{plain}')"
    return f"regexp_replace({folded}, '[^[:alnum:]]', ' ', 'g')"
