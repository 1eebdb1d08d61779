"""A release: the tables in every format, the API, the citation and what changed, as files with their paths."""

from __future__ import annotations

from collections.abc import Iterator

from netreg.export.api import api_files, entry_text
from netreg.export.as_csv import as_csv, as_package
from netreg.export.as_parquet import as_parquet
from netreg.export.as_sqlite import as_sqlite
from netreg.export.as_xlsx import as_xlsx
from netreg.export.edition import Edition, citation, summary

NAME = "networks"
"""The name of the files that hold all tables."""


def data_files(edition: Edition, workbook: bool = True) -> Iterator[tuple[str, str | bytes]]:
    """The files as (path below the root of the site, content), one after the other; texts are UTF-8."""
    yield from _as_json(edition)  # each kind on its own, so that its texts go before the next is made
    yield from _as_csv(edition)
    yield from ((f"data/{name}.parquet", data) for name, data in as_parquet(edition.tables))
    yield f"data/{NAME}.sqlite", as_sqlite(edition)
    if workbook:
        yield f"data/{NAME}.xlsx", as_xlsx(edition)
    yield "data/CITATION.cff", citation(edition)
    yield "data/CHANGES.md", summary(edition)


def _as_json(edition: Edition) -> Iterator[tuple[str, str]]:
    registry = edition.registry
    entries = {id_: entry_text(registry, registry.entries[id_]) for id_ in sorted(registry.entries)}
    yield from api_files(edition, entries)
    yield from ((f"networks/{id_}.json", text) for id_, text in entries.items())


def _as_csv(edition: Edition) -> Iterator[tuple[str, str]]:
    texts = {one.table.name: as_csv(one) for one in edition.tables}
    yield from ((f"data/{name}.csv", text) for name, text in texts.items())
    yield "data/datapackage.json", as_package(edition, texts)
