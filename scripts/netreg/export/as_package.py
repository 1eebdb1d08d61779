"""The tables described for programs: a Data Package by Frictionless."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from netreg.export.edition import LICENCE, Edition
from netreg.export.tables import Table


def as_package(edition: Edition, texts: dict[str, str]) -> str:
    """The descriptor that lies beside the files of comma-separated values.

    Args:
        edition: whose tables they are.
        texts: the text of each file, by the name of its table.
    """
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
