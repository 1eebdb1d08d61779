"""Tables as a database of SQLite, with foreign keys and full text, as Datasette serves it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from netreg.export.edition import Edition
from netreg.export.tables import Table

_TYPES = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}

_SEARCHED = {
    "networks": "name, short_name, acronym, purpose, summary",
    "statements": "value, author",
    "questions": "text",
}
"""The columns that can be searched by words, in the tables that people search."""


def as_sqlite(edition: Edition) -> bytes:
    """The database. ``claims`` is a view of the statements with one row for each."""
    base = sqlite3.connect(":memory:")
    base.execute("PRAGMA foreign_keys = ON")
    with base:
        for filled in edition.tables:
            table = filled.table
            base.execute(f"CREATE TABLE {table.name} ({', '.join(_parts(table))})")
            places = ", ".join("?" * len(table.columns))
            base.executemany(f"INSERT INTO {table.name} VALUES ({places})", filled.rows)
            for columns in table.refers:
                base.execute(f"CREATE INDEX {table.name}_{'_'.join(columns)} ON {table.name} ({', '.join(columns)})")
        base.execute("CREATE VIEW claims AS SELECT * FROM statements WHERE citation <= 1")
        for name, searched in _SEARCHED.items():
            base.execute(
                f"CREATE VIRTUAL TABLE {name}_fts USING fts5"
                f"({searched}, content='{name}', tokenize='unicode61 remove_diacritics 2')"
            )
            base.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
    base.execute("VACUUM")
    data = base.serialize()
    base.close()
    return data


def _parts(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield f"{column.name} {_TYPES[column.type]}{' NOT NULL' if column.name in table.key else ''}"
    yield f"PRIMARY KEY ({', '.join(table.key)})"
    for columns, other in table.refers.items():
        key = "id" if other == "networks" else ", ".join(columns)
        yield f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {other} ({key})"
