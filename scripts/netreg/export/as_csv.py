"""Tables as comma-separated values, for spreadsheets and, raw, for DuckDB; and the Data Package that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from netreg.export.edition import LICENCE, Edition
from netreg.export.tables import Cells, Filled, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def as_csv(filled: Filled) -> str:
    """One table; before a text that a spreadsheet would take for a formula stands an apostrophe."""
    file = io.StringIO()
    write_rows(file, filled, map(_defused, filled.rows))
    return file.getvalue()


def write_rows(file: TextIO, filled: Filled, rows: Iterable[Sequence[Any]]) -> None:
    """The names of the columns, then the rows; nothing stands for None."""
    writer = csv.writer(file)  # lines end as RFC 4180 says, so that a line end within a cell is quoted
    writer.writerow(column.name for column in filled.table.columns)
    writer.writerows(rows)


def _defused(row: Cells) -> Sequence[Any]:
    """The cells so that no spreadsheet calculates a text, and each reads yes and no as a program does."""
    return [
        f"'{one}" if type(one) is str and one.startswith(FORMULA) else str(one).lower() if type(one) is bool else one
        for one in row
    ]


def as_package(edition: Edition, texts: dict[str, str]) -> str:
    """The descriptor beside the files of comma-separated values; ``texts`` are those of the files by their tables."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "police-cooperation-networks",
        "title": edition.title,
        "version": edition.version,
        "created": f"{edition.date}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "contributors": [{"title": edition.publisher, "roles": ["publisher"]}],
        "resources": [_resource(one.table, texts[one.table.name].encode()) for one in edition.tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [{"name": one.name, "type": one.type, "description": one.about} for one in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            # SQL lets a reference rest where a part of it is nothing; Frictionless does not, so those of two parts are
            # left to the database.
            "foreignKeys": [
                {"fields": list(columns), "reference": {"resource": other, "fields": ["id"]}}
                for columns, other in table.refers.items()
                if len(columns) == 1
            ],
        },
    }
