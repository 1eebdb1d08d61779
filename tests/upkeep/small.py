"""Small registries for these tests, written as their files would be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.model import Registry, build_registry

TODAY = date(2026, 11, 24)

SOURCES = """
sources:
  - {id: old, title: Old, author: A, kind: official-document, language: en, url: "https://a.example/old",
     published: "2010-05", read: {date: "2026-11-23", how: live}}
  - {id: new, title: New, author: A, kind: official-document, language: en, url: "https://a.example/new",
     published: "2026-01", read: {date: "2026-11-23", how: live}}
  - {id: bare, title: Bare, author: A, kind: self-presentation, language: en, url: "https://b.example/bare",
     read: {date: "2026-11-23", how: stored-copy}}
"""


def registry_of(schema: Schema, entries: Mapping[str, str], today: date = TODAY, sources: str = SOURCES) -> Registry:
    """A registry of entries by id, each with the lines of its own; all have the same three sources."""
    documents = [
        parse_document(
            f"registry/{id_}.yaml", f"name: Name of {id_}\ngroup: other-european\n{lines}\n{sources}".encode()
        )
        for id_, lines in entries.items()
    ]
    assert all(not document.problems for document in documents)
    return build_registry(documents, schema, today)


def lines(**fields: Any) -> str:
    """The lines of an entry, values as YAML in flow style."""
    return "\n".join(f"{key}: {value}" for key, value in fields.items())
