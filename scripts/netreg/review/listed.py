"""Listed: what must be known beside a change of a listed source, and stands elsewhere in the entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from netreg.core.address import fold
from netreg.review.change import CITED_BY, Change, Kind
from netreg.review.claims import items

Entry = Mapping[str, Any]


def of_sources(changes: Iterable[Change], before: Entry, after: Entry) -> Iterator[Change]:
    """The changes of the list of sources, each with what leans on it or with its double.

    A corrected source says by which fields it is cited, a new one which other is listed with the same address.
    """
    cited: dict[str, list[str]] | None = None
    listed: dict[str, Any] | None = None
    for change in changes:
        if change.kind is Kind.LISTED_SOURCE_CHANGED and isinstance(change.after, dict):
            cited = _citing(after) if cited is None else cited
            fields = cited.get(str(change.after.get("id")), [])
            yield replace(change, after={**change.after, CITED_BY: fields})
        elif change.kind is Kind.LISTED_SOURCE_ADDED:
            listed = _by_page(before) if listed is None else listed
            yield replace(change, before=listed.get(page_of(change.after)))
        else:
            yield change


def _by_page(entry: Entry) -> dict[str, Any]:
    return {page: source for source in items(entry.get("sources")) if (page := page_of(source))}


def _citing(entry: Entry) -> dict[str, list[str]]:
    """For the id of each source the fields that cite it, one for each statement."""
    found: dict[str, list[str]] = {}
    for field, id_ in _citations(entry, ""):
        found.setdefault(id_, []).append(field)
    return found


def _citations(statement: Any, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(statement, list):
        for item in statement:
            yield from _citations(item, field)
    elif isinstance(statement, Mapping):
        if field:
            yield from ((field, str(id_)) for id_ in items(statement.get("sources")))
        for key, below in statement.items():
            if key != "sources":
                # A value that stands beside another belongs to the same field.
                yield from _citations(below, field if key == "other" else f"{field}.{key}" if field else str(key))


def page_of(source: Any) -> str:
    """The address at which a source is read, without what makes no other page of it; empty where it has none."""
    address = source.get("url") if isinstance(source, dict) else None
    return fold(address) if isinstance(address, str) else ""
