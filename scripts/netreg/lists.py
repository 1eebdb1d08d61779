"""Lists: the project's own data beside the entries: what they cover, what was refused, what is withheld.

``docs/data/`` holds them. In a public list of networks each name has its entry, or the reason why it has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netreg.check.runner import LISTS, REFUSED, WITHHELD
from netreg.core.escape import one_line
from netreg.core.load import Document, Node, read_document
from netreg.core.names import name_key, normal_form, word_key
from netreg.core.schema import Schema, Term
from netreg.entry import Entry
from netreg.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused request: a network by ``name``, or a change of ``entry`` at ``about`` to ``value``."""

    reason: str
    date: str
    name: str = ""
    acronym: str = ""
    entry: str = ""
    about: str = ""
    value: str = ""
    request: int = 0


def read_refused(root: Path) -> tuple[Refusal, ...]:
    """The refused requests of a project; none where it has no such file.

    A ValueError where the file is there and cannot be understood.
    """
    return tuple(map(_refusal, _items(root, REFUSED, "refused requests")))


def read_withheld(root: Path) -> frozenset[str]:
    """The names of the commits that are told nowhere, since they brought personal data in or took them out.

    A ValueError where the list is there and cannot be understood, so that nothing of the past may be told.
    """
    names = [node.string("commit") for node in _items(root, WITHHELD, "withheld changes")]
    if not all(names):
        raise ValueError(f"{WITHHELD} has an item without the name of a commit")
    return frozenset(filter(None, names))


def _items(root: Path, path: str, what: str) -> Iterator[Node]:
    """The items of a list; none where the project has none."""
    if (root / path).exists():
        document = read_document(root / path, path)
        listed = document.root.get(LISTS[path]) if document.root else None
        if listed is None or listed.kind != "sequence":
            raise ValueError(f"{path} holds no list of {what}")
        yield from (node for _, node in listed.items())


def _refusal(node: Node) -> Refusal:
    texts = {key: node.string(key) or "" for key in ("reason", "date", "name", "acronym", "entry", "about", "value")}
    number = node.get("request")
    if not texts["reason"] or not (texts["name"] or (texts["entry"] and texts["about"])):
        raise ValueError(f"{REFUSED}, line {node.line}: a reason, or what was refused, is missing")
    return Refusal(**texts, request=number.value if number and isinstance(number.value, int) else 0)


def refused_network(name: str, acronym: str, known: Iterable[Refusal]) -> Refusal | None:
    """The earlier refusal of a network with this name, or with this acronym where no name speaks against it."""
    for refusal in known:
        if refusal.name and (_is_same_name(name, refusal.name) or _is_same_acronym(name, acronym, refusal)):
            return refusal
    return None


def _is_same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other) or (len(word_key(one)) >= 3 and word_key(one) == word_key(other))


def _is_same_acronym(name: str, acronym: str, refusal: Refusal) -> bool:
    wanted = refusal.acronym.casefold()
    return bool(wanted) and (name.strip().casefold() == wanted or (not name and acronym.casefold() == wanted))


def refused_change(entry: str, about: str, value: str, known: Iterable[Refusal]) -> Refusal | None:
    """The earlier refusal of the same value for the same fact."""
    wanted = normal_form(one_line(value))
    for refusal in known:
        if (refusal.entry, refusal.about) == (entry, about) and normal_form(refusal.value) == wanted:
            return refusal
    return None


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
