"""The lists of an entry: what makes an item the same one in two revisions, and what its changes are called."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from netreg.review.change import Kind
from netreg.review.equivalence import Key, meaning


class ListOf(NamedTuple):
    """``keys`` identify an item, the strictest first; ``text`` is what is compared word by word in the end."""

    added: Kind
    changed: Kind
    removed: Kind
    keys: tuple[Key, ...]
    text: Key | None = None


def by(*names: str) -> Key:
    """A key of items: the same in all these fields; an item that lacks the first has no such key."""

    def key(item: Any) -> Hashable | None:
        if not isinstance(item, dict) or item.get(names[0]) is None:
            return None
        return tuple(meaning(item.get(name)) for name in names)

    return key


def _folded(key: Callable[[dict[str, Any]], Any]) -> Key:
    """A key of an item whose case makes no difference."""

    def folded(item: Any) -> Hashable | None:
        found = key(item) if isinstance(item, dict) else None
        return found.casefold() if isinstance(found, str) else None

    return folded


def _typed(item: Any) -> Hashable | None:
    who = _party(item)
    return (meaning(item.get("type")), who) if who is not None else None


_party = _folded(lambda relation: relation.get("target") or relation.get("name"))


def _dated(item: Any) -> Hashable | None:
    tie = _typed(item)
    return (tie, *(meaning(item.get(key)) for key in ("date", "from"))) if tie is not None else None


def _text(name: str) -> Key:
    return _folded(lambda item: item.get(name))


NAMES = ListOf(Kind.NAME_ADDED, Kind.NAME_CHANGED, Kind.NAME_REMOVED, (by("name", "kind", "language"), by("name")))
LEGAL_ACTS = ListOf(
    Kind.LEGAL_ACT_ADDED,
    Kind.LEGAL_ACT_CHANGED,
    Kind.LEGAL_ACT_REMOVED,
    (by("title"), by("document")),
    _text("title"),
)
RELATIONS = ListOf(
    Kind.RELATION_ADDED, Kind.RELATION_CHANGED, Kind.RELATION_REMOVED, (_dated, _typed, _party), _text("name")
)
EVENTS = ListOf(
    Kind.EVENT_ADDED,
    Kind.EVENT_CHANGED,
    Kind.EVENT_REMOVED,
    (by("text", "date"), by("text"), by("date", "event")),
    _text("text"),
)
QUESTIONS = ListOf(
    Kind.QUESTION_OPENED,
    Kind.QUESTION_CHANGED,
    Kind.QUESTION_REMOVED,
    (by("about", "text"), by("text")),
    _text("text"),
)
SOURCES = ListOf(
    Kind.LISTED_SOURCE_ADDED,
    Kind.LISTED_SOURCE_CHANGED,
    Kind.LISTED_SOURCE_REMOVED,
    (by("id"), by("url"), by("title", "author")),
)

LISTS = {
    "other_names": NAMES,
    "legal_basis": LEGAL_ACTS,
    "relations": RELATIONS,
    "history": EVENTS,
    "open_questions": QUESTIONS,
    "sources": SOURCES,
}
"""The lists whose items are no claims, by their path."""

IN_ORDER = frozenset({"topics"})
"""Lists whose order says something: the most typical first."""

VALUE = by("value", "unit")
CLAIM_KEYS = (VALUE, by("unit"), by("value"))
RIVAL_KEYS = (VALUE, by("value"))
CLAIM_TEXT = _text("value")
"""What identifies a claim in a list of claims: its value, what it counts, the bare number, most of its words."""
