"""Search: which entries a reader means by some words, the likeliest first.

Case, accents, punctuation and British or American spelling make no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from netreg.core.names import normal_form, stem
from netreg.entry import Entry
from netreg.model.registry import Registry

NEAR = 0.8
"""How alike a misspelt word and a word of a name must be, from 0 to 1."""

_NEARLY = 0.05
_LONGEST_QUERY = 200
_SHORTEST_PREFIX = 3


class Rank(IntEnum):
    """Why an entry was found; the lower, the likelier that it is meant."""

    NAME = 1
    OTHER_NAME = 2
    LEGAL_ACT = 3
    BEGINNING = 4
    WORDS_OF_NAMES = 5
    CITED_DOCUMENT = 6
    WORDS_OF_TEXT = 7
    SIMILAR = 8


@dataclass(frozen=True)
class SearchText:
    """A text by which an entry is found.

    ``kind`` is empty for its id, name and acronym; else it is the kind of name, ``legal-act`` or ``document``.
    """

    text: str
    kind: str = ""

    @property
    def normal(self) -> str:
        """The text in the form in which it is compared."""
        return normal_form(self.text)


@dataclass(frozen=True)
class Match:
    """An entry that was found, why, and by which text; ``key`` is None where its texts together fit."""

    entry: Entry
    rank: Rank
    key: SearchText | None = None

    @property
    def sort_key(self) -> tuple[int, bool, int, str]:
        """The likeliest first: by rank, own names before others, short names before long ones."""
        kind, length = (bool(self.key.kind), len(self.key.text)) if self.key else (False, 0)
        return (self.rank, kind, length, self.entry.title.casefold())


def search(query: str, registry: Registry) -> list[Match]:
    """The entries that a reader means, the likeliest first; only if none fits, those with similar names."""
    wanted = normal_form(query[:_LONGEST_QUERY])
    if not wanted:
        return []
    found = [match for entry in registry.networks if (match := _match(wanted, entry, registry))]
    return sorted(found, key=lambda match: match.sort_key) or _similar_names(wanted, registry)


def nearest_entry(query: str, registry: Registry) -> Entry | None:
    """The entry with the most similar name, however little that is."""
    wanted = normal_form(query[:_LONGEST_QUERY])
    scored = [(_ratio(wanted, key.normal), entry) for entry in registry.networks for key in _names(entry)]
    score, nearest = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return nearest if score >= NEAR / 2 else None


def _match(wanted: str, entry: Entry, registry: Registry) -> Match | None:
    names, numbers = list(_names(entry)), list(_numbers(entry))
    ranked = [Match(entry, rank, key) for key in names if (rank := _rank(wanted, key))]
    ranked += [Match(entry, rank, key) for rank, key in numbers if _is_number_in(wanted, key.normal)]
    if ranked:
        return min(ranked, key=lambda match: match.sort_key)
    words, normal_names = wanted.split(), [key.normal for key in names]
    if _has_all(words, normal_names):
        return Match(entry, Rank.WORDS_OF_NAMES)
    if _has_all(words, [*normal_names, *map(normal_form, _texts(entry, registry))]):
        return Match(entry, Rank.WORDS_OF_TEXT)
    return None


def _rank(wanted: str, key: SearchText) -> Rank | None:
    if _joined(wanted) == _joined(key.normal):
        return Rank.OTHER_NAME if key.kind else Rank.NAME
    if key.normal.startswith(wanted):
        return Rank.BEGINNING
    return Rank.WORDS_OF_NAMES if _has_all(wanted.split(), [key.normal]) else None


def _joined(text: str) -> str:
    return text.replace(" ", "")


def _is_number_in(wanted: str, text: str) -> bool:
    """Whether a number such as ``2009/902/JHA`` stands in the title or is the number of an act."""
    if len(wanted) < 4 or not any(sign.isdigit() for sign in wanted):
        return False
    return f" {wanted} " in f" {text} " or _joined(wanted) == _joined(text)


def _has_all(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether each word is, or begins, a word of the texts; a plural finds the singular too."""
    words = {word for text in texts for word in text.split()}
    return all(any(_fits(one, word) for word in words) for one in wanted)


def _fits(wanted: str, word: str) -> bool:
    if len(wanted) < _SHORTEST_PREFIX:
        return wanted == word
    return word.startswith(stem(wanted))


def _similar_names(wanted: str, registry: Registry) -> list[Match]:
    """The entries with the names that come nearest, and others that come nearly as near."""
    scored = [_nearest_name(wanted, entry) for entry in registry.networks]
    least = max([NEAR, *(score - _NEARLY for score, _ in scored)])
    near = [(score, match) for score, match in scored if score >= least]
    return [match for _, match in sorted(near, key=lambda pair: (-pair[0], pair[1].sort_key))]


def _nearest_name(wanted: str, entry: Entry) -> tuple[float, Match]:
    scored = [(_closeness(wanted, key.normal), key) for key in _names(entry)]
    score, key = max(scored, key=lambda pair: pair[0])
    return score, Match(entry, Rank.SIMILAR, key)


def _closeness(wanted: str, name: str) -> float:
    """How near a name comes: as a whole, or the least near of the words to its nearest word."""
    words = name.split()
    by_word = min((max(_ratio(one, word) for word in words) for one in wanted.split()), default=0.0) if words else 0.0
    return max(_ratio(wanted, name), by_word)


@lru_cache(maxsize=65536)
def _ratio(one: str, other: str) -> float:
    if 2 * min(len(one), len(other)) < NEAR / 2 * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _names(entry: Entry) -> Iterator[SearchText]:
    for text in (entry.id, entry.name, entry.short_name, entry.acronym):
        if text:
            yield SearchText(text)
    for other in entry.other_names:
        yield SearchText(other.name, other.kind)
        if other.acronym:
            yield SearchText(other.acronym, other.kind)


def _numbers(entry: Entry) -> Iterator[tuple[Rank, SearchText]]:
    for act in entry.legal_basis:
        yield Rank.LEGAL_ACT, SearchText(act.title, "legal-act")
        if act.document:
            yield Rank.LEGAL_ACT, SearchText(act.document[1], "legal-act")
    for source in entry.sources:
        if source.document:
            yield Rank.CITED_DOCUMENT, SearchText(source.document[1], "document")


def _texts(entry: Entry, registry: Registry) -> Iterator[str]:
    for claim in (entry.purpose, entry.summary):
        if claim:
            yield str(claim.value)
    for topic in entry.topics:
        yield registry.term("topic", topic).title
