"""Listed: what must be known beside a change of a listed source, and stands elsewhere in the entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from netreg.review.change import CITED_BY, Change, Kind
from netreg.review.claims import items

Entry = Mapping[str, Any]


def of_sources(changes: Iterable[Change], before: Entry, after: Entry) -> Iterator[Change]:
    """The changes of the list of sources, each with what leans on it or with its double.

    A corrected source says by which fields it is cited, a new one which other is listed with the same address.
    """
    for change in changes:
        if change.kind is Kind.LISTED_SOURCE_CHANGED and isinstance(change.after, dict):
            cited_by = list(_citing(after, str(change.after.get("id"))))
            yield replace(change, after={**change.after, CITED_BY: cited_by})
        elif change.kind is Kind.LISTED_SOURCE_ADDED:
            yield replace(change, before=_double(change.after, before))
        else:
            yield change


def _double(source: Any, entry: Entry) -> Any:
    """The source with the same address that an entry lists; None where there is none."""
    wanted = page_of(source)
    return next((one for one in items(entry.get("sources")) if wanted and page_of(one) == wanted), None)


def _citing(statement: Any, id_: str, field: str = "") -> Iterator[str]:
    """The field of each statement that cites a source, as often as there are statements."""
    if isinstance(statement, list):
        for item in statement:
            yield from _citing(item, id_, field)
    elif isinstance(statement, Mapping):
        if field and id_ in map(str, items(statement.get("sources"))):
            yield field
        for key, below in statement.items():
            if key not in ("sources", "other"):
                yield from _citing(below, id_, f"{field}.{key}" if field else str(key))
        yield from _citing(statement.get("other"), id_, field)


def page_of(source: Any) -> str:
    """The address at which a source is read, without what makes no other page of it; empty where it has none."""
    address = source.get("url") if isinstance(source, dict) else None
    if not isinstance(address, str):
        return ""
    host, slash, path = address.partition("://")[2].partition("/")
    return host.casefold().removeprefix("www.") + (slash + path).rstrip("/")
