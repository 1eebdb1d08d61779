"""Coverage: public lists of networks, each name with its entry or with the reason why it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netreg.core.load import Document
from netreg.core.schema import Schema, Term
from netreg.entry import Entry
from netreg.model.registry import Registry


@dataclass(frozen=True, kw_only=True)
class ListedName:
    """A name as a list spells it. ``entry`` is its entry, else ``reason`` says why there is none.

    ``see`` is an entry that tells about a body without an entry of its own.
    """

    name: str
    entry: Entry | None = None
    reason: Term | None = None
    see: Entry | None = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicList:
    """A public list of networks; ``seen_at`` is the address of the copy that was read, where it is another."""

    id: str
    title: str
    author: str
    url: str
    read_on: str
    read_how: str
    names: tuple[ListedName, ...]
    seen_at: str = ""
    date: str = ""
    note: str = ""

    @property
    def with_entry(self) -> int:
        """How many of its names have an entry."""
        return sum(name.entry is not None for name in self.names)


@dataclass(frozen=True)
class Coverage:
    """All lists, and the names that were come across elsewhere and left out."""

    lists: tuple[PublicList, ...] = ()
    left_out: tuple[ListedName, ...] = ()

    @property
    def entries(self) -> frozenset[str]:
        """The ids of the entries that at least one list names."""
        return frozenset(name.entry.id for item in self.lists for name in item.names if name.entry)


def build_coverage(document: Document | None, schema: Schema, registry: Registry) -> Coverage:
    """The coverage of a document in which the check found no error; empty where there is none."""
    if document is None or document.root is None:
        return Coverage()
    raw = document.root.plain()
    return Coverage(
        tuple(_list(item, schema, registry) for item in raw["lists"]),
        tuple(_name(item, schema, registry) for item in raw.get("left_out", ())),
    )


def _list(raw: Mapping[str, Any], schema: Schema, registry: Registry) -> PublicList:
    texts = {key: raw.get(key, "") for key in ("id", "title", "author", "url", "seen_at", "date", "note")}
    names = tuple(_name(item, schema, registry) for item in raw["names"])
    return PublicList(**texts, read_on=raw["read"]["date"], read_how=raw["read"]["how"], names=names)


def _name(raw: Mapping[str, Any], schema: Schema, registry: Registry) -> ListedName:
    reason = schema.term("reason", raw["reason"]) if raw.get("reason") else None
    entry, see = (registry.entries.get(raw.get(key, "")) for key in ("id", "see"))
    return ListedName(
        name=raw["name"], entry=entry, reason=reason, see=see, url=raw.get("url", ""), note=raw.get("note", "")
    )
