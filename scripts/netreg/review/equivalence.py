"""Equivalence: when two pieces of an entry say the same, and which items of two lists are the same one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_PAIRS = 2500
"""How many pairs of texts are compared word by word at most; longer lists are matched by identity alone."""

_ALIKE = 0.5
"""The share of all their words that two texts have in common at least, if they are the same item reworded."""

Key = Callable[[Any], Hashable | None]
Twins = tuple[Any, Any]
"""Two states of one thing, None for a state in which it is not there."""


def same(before: Any, after: Any) -> bool:
    """Whether two pieces of plain data say the same.

    The order of keys and list items, spaces and line breaks make no difference, nor whether a number is text, nor an
    empty value.
    """
    return before is after or repr(before) == repr(after) or meaning(before) == meaning(after)


def meaning(value: Any) -> Hashable:
    """A key that is equal for pieces that say the same."""
    if isinstance(value, dict):
        return frozenset((key, meaning(below)) for key, below in value.items() if below is not None)
    if isinstance(value, list):
        return frozenset(Counter(map(meaning, value)).items())
    if isinstance(value, str):
        is_tidy = value.isprintable() and "" not in value.split(" ")
        return value if is_tidy else " ".join(split(value))
    return ("word", value) if value is None or isinstance(value, bool) else str(value)


def split(text: str) -> list[str]:
    """The pieces of a text between spaces and line breaks; every other sign, seen or unseen, says something."""
    return [piece for piece in _SPACE.split(text) if piece]


def words_of(text: object) -> list[str]:
    """The words of a text without signs and capitals."""
    return re.findall(r"\w+", text.casefold()) if isinstance(text, str) else []


def without(statement: Any, keys: Sequence[str]) -> Any:
    """A statement without some of its keys."""
    if not isinstance(statement, dict):
        return statement
    kept = dict(statement)
    for key in keys:
        kept.pop(key, None)
    return kept


def items(value: Any) -> list[Any]:
    """The items of a list that hold something; of anything else none."""
    listed: list[Any] = value if isinstance(value, list) else []
    return listed if None not in listed else [item for item in listed if item is not None]


def paired(before: Sequence[Any], after: Sequence[Any], keys: Sequence[Key], text: Key | None = None) -> list[Twins]:
    """The items of two lists, each with its counterpart or None: those of ``after`` in order, then what is gone.

    Args:
        before: the older list.
        after: the newer list.
        keys: what makes two items the same one, the strictest first; None says nothing. Equal items come before all.
        text: the text by which what is left is matched, where most of the words are the same.
    """
    if before is after or repr(before) == repr(after):
        return list(zip(before, after, strict=True))
    left, found = dict(enumerate(before)), dict[int, Any]()
    for key in (meaning, *keys):
        _match(left, after, found, key)
    if text and (len(after) - len(found)) * len(left) <= _MOST_PAIRS:
        _match_words(left, after, found, text)
    still = zip(map(found.get, range(len(after))), after, strict=True)
    return [*still, *zip(left.values(), repeat(None), strict=False)]


def _match(left: dict[int, Any], after: Sequence[Any], found: dict[int, Any], key: Key) -> None:
    """Move items of ``before`` from ``left`` to ``found``, under the index that their counterpart has in ``after``."""
    waiting: dict[Hashable, list[int]] = {}
    # Backwards, since pop() takes the last: of several with one key the first is to meet the first.
    for index in reversed(left):
        if (own := key(left[index])) is not None:
            waiting.setdefault(own, []).append(index)
    for index, item in enumerate(after):
        if index not in found and (places := waiting.get(key(item))):
            found[index] = left.pop(places.pop())


def _match_words(left: dict[int, Any], after: Sequence[Any], found: dict[int, Any], text: Key) -> None:
    words = {index: set(words_of(text(item))) for index, item in left.items()}
    for index, item in enumerate(after):
        own = set(words_of(text(item))) if index not in found else set[str]()
        shares = {other: len(own & theirs) / len(own | theirs) for other, theirs in words.items() if own and theirs}
        best = max(shares, key=lambda other: shares[other], default=None)
        if best is not None and shares[best] >= _ALIKE:
            found[index] = left.pop(best)
            del words[best]


# The lists of an entry: what makes an item the same one in two revisions.


class ListOf(NamedTuple):
    """``item`` begins the kinds of its changes, ``keys`` identify an item, ``text`` is compared word by word."""

    item: str
    keys: tuple[Key, ...]
    text: Key | None = None


def by(*names: str) -> Key:
    """A key of items: the same in all these fields; an item that lacks the first has no such key."""

    def key(item: Any) -> Hashable | None:
        if not isinstance(item, dict) or item.get(names[0]) is None:
            return None
        return tuple(map(meaning, map(item.get, names)))

    return key


def _text(*names: str) -> Key:
    """A key of items: the first of these fields that holds something, whatever its case."""

    def key(item: Any) -> Hashable | None:
        found = next((item[name] for name in names if item.get(name)), None) if isinstance(item, dict) else None
        return found.casefold() if isinstance(found, str) else None

    return key


_party = _text("target", "name")


def _tie(*names: str) -> Key:
    """A key of relations: the same party, and the same in these fields."""

    def key(item: Any) -> Hashable | None:
        who = _party(item)
        return (who, *(meaning(item.get(name)) for name in names)) if who is not None else None

    return key


LISTS = {
    "other_names": ListOf("name", (by("name", "kind", "language"), by("name"))),
    "legal_basis": ListOf("legal-act", (by("title"), by("document")), _text("title")),
    "relations": ListOf("relation", (_tie("type", "date", "from"), _tie("type"), _party), _text("name")),
    "history": ListOf("event", (by("text", "date"), by("text"), by("date", "event")), _text("text")),
    "open_questions": ListOf("question", (by("about", "text"), by("text")), _text("text")),
    "sources": ListOf("listed-source", (by("id"), by("url"), by("title", "author"))),
}
"""The lists whose items are no claims, by their path."""

IN_ORDER = frozenset({"topics"})
"""Lists whose order says something: the most typical first."""

COUNTRIES, LEADERSHIP = "participants.countries", "leadership"
SAID = ("value", "unit", "qualifier")
SAID_IN = {
    COUNTRIES: ("role", "sets", "except", "value", "complete"),
    LEADERSHIP: ("role", "countries", "unit", "target", "name", "rule"),
    "identifiers": ("scheme", "value"),
}
"""The keys of a claim that make up what it says, where it says more than one value; ``SAID`` in all other fields."""

CLAIM_KEYS = (by(*SAID), by("value", "unit"), by("unit"), by("value"))
ALTERNATIVE_KEYS = (by(*SAID), by("value"))
KEYS_IN = {
    path: (by(*keys), by(keys[0], "sources"), by(keys[0], "as_of"), by(keys[0]), by("value"))
    for path, keys in SAID_IN.items()
}
"""What identifies a claim in the list of a field, the strictest first: all that it says; its role by the same sources,
of the same date, alone; of an older release, which knew no roles, the value. ``CLAIM_KEYS`` in all other fields."""

CLAIM_TEXT = _text("value")
"""The text by which claims are matched that have most of their words in common."""
