"""One entry as data: what its file says, with its id and what other entries state of it; and the schema of that."""

from __future__ import annotations

import json
from typing import Any

from netreg.core.schema import Schema
from netreg.entry import Entry
from netreg.model import Registry


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
        if tie.stated_in.id != entry.id and (type_ := _HOSTS.get(tie.type, tie.type)) in _types(registry.schema)
    ]
    extra = {"relations_stated_elsewhere": stated_elsewhere} if stated_elsewhere else {}
    return {"id": entry.id, **entry.raw, **extra}


_HOSTS = {"host": "hosted_by", "secretariat": "hosted_by"}
"""Roles in another body that version 1 tells as a relation; it knows no other roles."""


def _types(schema: Schema) -> frozenset[str]:
    return frozenset(term.value for term in schema.terms("relation_type"))


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
