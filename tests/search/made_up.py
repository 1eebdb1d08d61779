"""The made-up registry of the search and its queries, for the tests of ``find`` and of the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from tests.conftest import ROOT

from netreg.core.canonical import canonical_data
from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.entry.country_sets import read_country_sets
from netreg.model import Registry, build_registry

_HERE = Path(__file__).parent


def _read(name: str) -> Any:
    return YAML(typ="safe").load((_HERE / name).read_text(encoding="utf-8"))


QUERIES: list[dict[str, Any]] = _read("queries.yaml")
_PAGE = {"id": "page", "title": "About", "author": "A keeper", "kind": "third-party", "url": "https://about.example/"}


def search_registry(schema: Schema) -> Registry:
    """The entries of ``registry.yaml``, each with one page as its source."""
    read = {"date": "2026-11-20", "how": "live"}
    entries = {
        id_: {**raw, "sources": [{**_PAGE, "language": "en", "read": read}]}
        for id_, raw in _read("registry.yaml").items()
    }
    documents = (
        parse_document(f"registry/{id_}.yaml", canonical_data(raw, schema).encode()) for id_, raw in entries.items()
    )
    return build_registry(documents, schema, date(2026, 11, 23), read_country_sets(ROOT))
