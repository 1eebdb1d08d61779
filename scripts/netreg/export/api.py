"""The files below ``/api/``, each with a schema beside it that accepts it and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from netreg.core.schema import Schema
from netreg.entry import Entry
from netreg.export.edition import LICENCE, Edition
from netreg.model import Registry
from netreg.model.statements import figures
from netreg.review.as_json import as_object
from netreg.review.change import WHOLE, Change, Kind
from netreg.review.history import History
from netreg.review.words import Words

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
    """The files as (path below the site's root, text); ``entries`` are data by id, as ``entry_text`` gives them."""
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


_GAPS = {
    "": "",
    "no-git": "Built without the history of the entries.",
    "shallow": "Built from a copy that holds only the newest states; older changes are left out.",
    "long": "The oldest changes are left out.",
}


def changes_text(history: History, schema: Schema) -> str:
    """All changes, the newest first; of a new or lost entry its name alone, since its data have a file of their own."""
    words = Words(schema)
    data = {
        "version": 1,
        "licence": LICENCE,
        "complete": not history.gap,
        "gap": history.gap.value,
        "withheld": history.withheld,
        "note": _GAPS[history.gap.value],
        "changes": list(_changes(history, words)),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _without_comments(change: Change) -> Change:
    """The change as data: comments of a file are notes of those who edit it, and belong to its form."""
    if change.kind is not Kind.COMMENTS_CHANGED:
        return change
    return Change(Kind.FORM_ONLY, change.entry, change.name)


def _changes(history: History, words: Words) -> Iterator[dict[str, Any]]:
    for one in history.revisions:
        for change in one.changes:
            told = as_object(_without_comments(change), words)
            if change.kind in WHOLE:
                told = {key: value for key, value in told.items() if key not in ("before", "after")}
            yield {"commit": one.commit, "date": one.when.strftime("%Y-%m-%dT%H:%M:%SZ"), **told}


def entry_text(registry: Registry, entry: Entry) -> str:
    """The data of one entry as JSON."""
    return json.dumps(entry_data(registry, entry), ensure_ascii=False, indent=2) + "\n"


def entry_data(registry: Registry, entry: Entry) -> dict[str, object]:
    """The entry as its file has it, with its id, and with the relations that other entries state.

    That it hosts another body follows from the leadership of that body.
    """
    stated_elsewhere = [
        {"type": type_, "stated_in": tie.stated_in.id, "label": registry.term("relation_type", type_).inverse}
        for tie in registry.ties(entry)
        if tie.stated_in.id != entry.id
        and (type_ := _HOSTS.get(tie.type, tie.type)) in registry.schema.by_value("relation_type")
    ]
    extra = {"relations_stated_elsewhere": stated_elsewhere} if stated_elsewhere else {}
    return {"id": entry.id, **entry.raw, **extra}


_HOSTS = {"host": "hosted_by", "secretariat": "hosted_by"}
"""Roles in another body that version 1 tells as a relation; it knows no other roles."""


def network_schema(schema: Schema) -> dict[str, Any]:
    """The schema of an entry's data: that of its file, with what the data have beside it."""
    tie = {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "stated_in", "label"],
        "properties": {
            "type": {"$ref": "#/$defs/relation_type"},
            "stated_in": {"$ref": "#/$defs/id"},
            "label": {"type": "string"},
        },
    }
    elsewhere = {
        "title": "Relations stated elsewhere",
        "description": "What other entries state of it, as it reads from its own side.",
        "type": "array",
        "minItems": 1,
        "items": tie,
    }
    fields = {"id": {"$ref": "#/$defs/id"}, **schema.fields, "relations_stated_elsewhere": elsewhere}
    return {**schema.raw, "$id": "urn:netreg:schema:network-data", "required": ["id"], "properties": fields}
