"""A change: one thing that an entry says otherwise than before; when two pieces say the same, and two items are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from enum import StrEnum
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

from netreg.review.spans import Spans


class Kind(StrEnum):
    """What sort of change it is; the values are part of the format of ``changes.json``."""

    ENTRY_ADDED = "entry-added"
    ENTRY_WITHDRAWN = "entry-withdrawn"
    ENTRY_RESTORED = "entry-restored"
    ENTRY_UNREADABLE = "entry-unreadable"
    ENTRY_MENDED = "entry-mended"
    ENTRY_MOVED = "entry-moved"
    ID_LOST = "id-lost"
    RENAMED = "renamed"
    EDITORIAL_CHANGED = "editorial-changed"
    STATUS_CHANGED = "status-changed"
    CLAIM_SET = "claim-set"
    CLAIM_CHANGED = "claim-changed"
    CLAIM_CLEARED = "claim-cleared"
    ALTERNATIVE_PROMOTED = "rival-promoted"
    ALTERNATIVE_ADDED = "rival-added"
    ALTERNATIVE_CHANGED = "rival-changed"
    ALTERNATIVE_REMOVED = "rival-removed"
    SOURCE_GAINED = "source-gained"
    SOURCE_LOST = "source-lost"
    SOURCE_CHANGED = "source-changed"
    NAME_ADDED = "name-added"
    NAME_CHANGED = "name-changed"
    NAME_REMOVED = "name-removed"
    LEGAL_ACT_ADDED = "legal-act-added"
    LEGAL_ACT_CHANGED = "legal-act-changed"
    LEGAL_ACT_REMOVED = "legal-act-removed"
    RELATION_ADDED = "relation-added"
    RELATION_CHANGED = "relation-changed"
    RELATION_REMOVED = "relation-removed"
    EVENT_ADDED = "event-added"
    EVENT_CHANGED = "event-changed"
    EVENT_REMOVED = "event-removed"
    QUESTION_OPENED = "question-opened"
    QUESTION_CHANGED = "question-changed"
    QUESTION_ANSWERED = "question-answered"
    QUESTION_REMOVED = "question-removed"
    LISTED_SOURCE_ADDED = "listed-source-added"
    LISTED_SOURCE_CHANGED = "listed-source-changed"
    LISTED_SOURCE_REMOVED = "listed-source-removed"
    COMMENTS_CHANGED = "comments-changed"
    FORM_ONLY = "form-only"


WHOLE_NEW = frozenset({Kind.ENTRY_ADDED, Kind.ENTRY_RESTORED, Kind.ENTRY_MENDED})
"""Kinds that bring an entry of which nothing was known before."""

WHOLE = WHOLE_NEW | {Kind.ENTRY_WITHDRAWN, Kind.ID_LOST}
"""Kinds whose ``before`` and ``after`` are whole entries."""

NOT_SAID = frozenset({Kind.FORM_ONLY, Kind.COMMENTS_CHANGED})
"""Kinds that change nothing which an entry says."""

NEW_VALUE = frozenset({Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.ALTERNATIVE_PROMOTED})
"""Kinds after which another value may stand in the first place."""

EMPTY = "empty"
"""Stands for the rule that a file breaks which holds nothing at all."""

CITED_BY = "cited_by"
"""Key under which a corrected source says, beside what is written of it, which fields cite it."""


class Cited(NamedTuple):
    """A source as a statement cites it; all but ``id`` is empty where the entry lists none by that id.

    ``dated`` is the date that its words are of, ``how`` tells how it was read, ``where`` is the place in it.
    """

    id: str
    title: str = ""
    author: str = ""
    kind: str = ""
    dated: str = ""
    how: str = ""
    where: str = ""


class Change(NamedTuple):
    """One change in meaning.

    ``entry`` is the id and ``name`` what everybody calls the body. ``field`` is the dotted path of the schema, empty
    for the entry as a whole. ``before`` and ``after`` are plain data: a whole entry, a claim without its alternatives,
    an item of a list or an editorial value; None where there is none. Of an entry that moved they are the two ids, of
    comments those of one side alone, and ``before`` of a new source is one that is listed with the same address.
    ``was_on`` and ``is_on`` are the sources cited before and after. ``kept`` tells that the value, or the name, of
    before still stands in the entry. ``states`` are those of the whole entry, where what follows
    from the change for each country depends on them. ``said`` is its sentence, where it was told before.
    """

    kind: Kind
    entry: str
    name: str
    field: str = ""
    before: Any = None
    after: Any = None
    was_on: tuple[Cited, ...] = ()
    is_on: tuple[Cited, ...] = ()
    kept: bool = False
    states: tuple[Any, Any] | None = None
    said: Spans | None = None

    @property
    def statement(self) -> Any:
        """What it is about: the newer state, or the older one of what is gone."""
        return self.after if self.after is not None else self.before

    @property
    def is_other_value(self) -> bool:
        """Whether something else is said, be it of what is counted, and not only on other evidence or with a note."""
        is_both = isinstance(self.before, dict) and isinstance(self.after, dict)
        return bool(self.other_keys) if is_both else not same(value_of(self.before), value_of(self.after))

    @property
    def other_keys(self) -> list[str]:
        """The keys of a claim under which something else is said than before."""
        found: list[str] = []
        for key in SAID_IN.get(self.field, SAID):
            if not same(*self.both(key)):
                found.append(key)  # noqa: PERF401 -- this is asked of each change, and a comprehension is one call more
        return found

    @property
    def is_other_unit(self) -> bool:
        """Whether something else is counted than before."""
        is_both = isinstance(self.before, dict) and isinstance(self.after, dict)
        return is_both and self.field != LEADERSHIP and not same(*self.both("unit"))

    @property
    def gained(self) -> tuple[Cited, ...]:
        """The sources cited now and not before."""
        return _beyond(self.is_on, self.was_on)

    @property
    def lost(self) -> tuple[Cited, ...]:
        """The sources cited before and not now."""
        return _beyond(self.was_on, self.is_on)

    def both(self, key: str) -> tuple[Any, Any]:
        """What stands under a key before and after; None where nothing does."""
        was, now = self.before, self.after
        return was.get(key) if isinstance(was, dict) else None, now.get(key) if isinstance(now, dict) else None


def _beyond(some: tuple[Cited, ...], others: tuple[Cited, ...]) -> tuple[Cited, ...]:
    if some == others:
        return ()
    known = set(map(attrgetter("id"), others))
    return tuple(source for source in some if source.id not in known)


def value_of(claim: Any) -> Any:
    """The value of a claim, or the thing itself where it is none."""
    return claim.get("value") if isinstance(claim, dict) else claim


def title_of(source: Any) -> str:
    """What a source is called, in an entry or as a statement cites it."""
    if isinstance(source, Cited):
        return source.title or source.id
    return str(source.get("title", source.get("id", ""))) if isinstance(source, dict) else str(source)


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
