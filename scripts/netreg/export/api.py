"""The files below ``/api/``, each with a schema beside it that accepts it and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from netreg.export.changes import changes_text
from netreg.export.edition import Edition
from netreg.export.network_data import network_schema
from netreg.model.statements import figures

VERSION = 1
"""Of the format: a change that breaks readers raises it, new keys do not."""

FOLDER = f"api/v{VERSION}"
_SCHEMAS = Path(__file__).parent / "schemas"
SCHEMA_OF = {
    "index.json": "index.schema.json",
    "networks.json": "networks.schema.json",
    "networks/{id}.json": "network.schema.json",
    "changes.json": "changes.schema.json",
}
"""The schema of each file, both below the folder."""


def api_files(edition: Edition, entries: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files as (path below the root of the site, text).

    Args:
        edition: what they are made of.
        entries: the data of each entry by its id, as ``entry_text`` gives them.
    """
    about = _json({"version": VERSION, **edition.about})
    listed = ",\n".join(map(str.rstrip, entries.values()))
    # Put together of the texts that are there, since writing them anew takes longest of all.
    yield f"{FOLDER}/networks.json", f'{about.rstrip()[:-2]},\n  "networks": [\n{listed}\n  ]\n}}\n'
    for id_, text in entries.items():
        yield f"{FOLDER}/networks/{id_}.json", text
    yield f"{FOLDER}/changes.json", changes_text(edition.history, edition.registry.schema)
    yield f"{FOLDER}/index.json", _json(_index(edition))
    network = network_schema(edition.registry.schema)
    yield f"{FOLDER}/network.schema.json", _json(network)
    yield f"{FOLDER}/networks.schema.json", _json(_bundled("networks.schema.json", network))
    for name in ("changes.schema.json", "index.schema.json"):
        yield f"{FOLDER}/{name}", (_SCHEMAS / name).read_text(encoding="utf-8")


def _bundled(name: str, network: Mapping[str, Any]) -> dict[str, Any]:
    """A schema that holds that of an entry, so that nobody has to fetch another file to use it."""
    schema: dict[str, Any] = json.loads((_SCHEMAS / name).read_text(encoding="utf-8"))
    return {**schema, "$defs": {"network": network}}


def _index(edition: Edition) -> dict[str, Any]:
    return {
        "version": VERSION,
        "title": edition.title,
        **edition.about,
        "tables": {one.table.name: len(one.rows) for one in edition.tables},
        "figures": figures(edition.registry),
        "schemas": SCHEMA_OF,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
