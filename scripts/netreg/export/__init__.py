"""Export: the registry as data files, byte for byte the same for the same entries."""

from __future__ import annotations

import json
from collections.abc import Iterator

from netreg.entry import Entry
from netreg.model import Registry

VERSION = 1


def data_files(registry: Registry) -> Iterator[tuple[str, str]]:
    """The data files as (path below the root of the site, text)."""
    networks = [entry_data(registry, entry) for entry in sorted(registry.entries.values(), key=lambda entry: entry.id)]
    yield f"api/v{VERSION}/networks.json", _json({"version": VERSION, "licence": "CC0-1.0", "networks": networks})
    for network in networks:
        yield f"api/v{VERSION}/networks/{network['id']}.json", _json(network)
    yield f"api/v{VERSION}/network.schema.json", _json(registry.schema.raw)


def entry_data(registry: Registry, entry: Entry) -> dict[str, object]:
    """The entry as its file has it, with its id, and with the relations that other entries state.

    That it hosts another body follows from the leadership of that body.
    """
    stated_elsewhere = [
        {"type": type_, "stated_in": tie.stated_in.id, "label": registry.term("relation_type", type_).inverse}
        for tie in registry.ties(entry)
        if tie.stated_in.id != entry.id and (type_ := _HOSTS.get(tie.type, tie.type)) in _types(registry)
    ]
    extra = {"relations_stated_elsewhere": stated_elsewhere} if stated_elsewhere else {}
    return {"id": entry.id, **entry.raw, **extra}


_HOSTS = {"host": "hosted_by", "secretariat": "hosted_by"}
"""Roles in another body that version 1 tells as a relation; it knows no other roles."""


def _types(registry: Registry) -> frozenset[str]:
    return frozenset(term.value for term in registry.schema.terms("relation_type"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
