"""Duplicates: whether somebody speaks of a body that has an entry already, in whatever spelling or language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from math import log
from operator import itemgetter

from netreg.check.outline import Outline
from netreg.contribute import table
from netreg.core.address import fold, host_of
from netreg.core.names import letters, name_key, normal_form, stem, stem_key, word_key

SURE = 0.95
"""From this score on it is the same name, acronym or page, and names that are only similar no longer count."""

_ALIKE, _ALIKE_WITH_ACRONYM = 0.72, 0.34
"""How much of the weight of all ideas of two names they must share; with the same acronym a third is beyond chance."""

_SHORTEST_TYPO, _TYPO, _NEAR = 6, 0.86, 0.75
"""From how many letters on, and how alike two rare words are to be one, misspelt; and two names, to be offered."""

_SHORTEST_INSIDE, _SHORTEST_REST = 4, 6
"""Letters of a beginning that counts inside a compound or begins a longer word, and of a rest that is no ending."""

_ENOUGH_LETTERS, _BEGINNING = 5, 3
"""Letters of an acronym whose words are written apart, and words at the beginning of a longer name, to know it by."""

_LONGEST, _LONGEST_ACRONYM, _LONGEST_ADDRESS, _LONGEST_SHORT = 400, 60, 600, 16


@dataclass(frozen=True, slots=True)
class Likeness:
    """An entry that may be meant; ``by`` is the name, acronym or address that shows it, ``score`` from 0 to 1."""

    id: str
    title: str
    by: str
    score: float


class _Known:
    def __init__(self, entry: Outline) -> None:
        names = list(dict.fromkeys(entry.names))
        self.id, self.website = entry.id, entry.website
        self.label = next((name for name in names if _is_acronym(name)), entry.name)
        self.names = tuple(name for name in names if not _is_acronym(name)) or (entry.id,)
        self.acronyms = {letters(name) for name in names if _is_acronym(name)} | {letters(entry.id)}

    @cached_property
    def ideas(self) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple((name, _ideas(name)) for name in self.names)


class Detector:
    """Compares what somebody says with all entries; made once for a registry."""

    def __init__(self, entries: Iterable[Outline]) -> None:
        self._known = [_Known(entry) for entry in entries if entry.stands]
        self._weights = _weights(self._known)
        self._hosts = Counter(host_of(entry.website) for entry in self._known if host_of(entry.website))

    def look_alikes(self, name: str, acronym: str = "", website: str = "") -> list[Likeness]:
        """The entries that may be meant, the likeliest first, three at most."""
        said = _Said(name[:_LONGEST], acronym[:_LONGEST_ACRONYM], website[:_LONGEST_ADDRESS])
        ideas = frozenset(map(self._spelt, said.ideas))
        found = [likeness for entry in self._known if (likeness := self._compared(said, ideas, entry))]
        best = max((likeness.score for likeness in found), default=0.0)
        near = [likeness for likeness in found if best < SURE or likeness.score >= SURE]
        return sorted(near, key=lambda likeness: (-likeness.score, likeness.id))[:3]

    def with_acronym(self, acronym: str) -> list[Likeness]:
        """The entries that are known by this acronym, which alone is no likeness."""
        wanted = letters(acronym[:_LONGEST_ACRONYM])
        return [Likeness(one.id, one.names[0], acronym, 0.0) for one in self._known if wanted in one.acronyms - {""}]

    def same(self, said: str) -> set[str]:
        """The ids of the entries that surely have this name or acronym."""
        return {likeness.id for likeness in self.look_alikes(said) if likeness.score >= SURE}

    def near(self, said: str) -> list[str]:
        """The ids of entries with a name, acronym or id that is spelt nearly so, the nearest first."""
        by_text = {text: one.id for one in self._known for text in (*map(normal_form, one.names), *one.acronyms)}
        wanted = {normal_form(said[:_LONGEST]), letters(said[:_LONGEST])}
        found = [text for text in wanted for text in get_close_matches(text, by_text, 3, _NEAR)]
        return list(dict.fromkeys(by_text[text] for text in found))[:3]

    def _compared(self, said: _Said, ideas: frozenset[str], entry: _Known) -> Likeness | None:
        candidates = [*self._by_website(said, entry), *_by_spelling(said, entry), *self._by_ideas(said, ideas, entry)]
        if not candidates:
            return None
        score, by = max(candidates, key=itemgetter(0))  # of two alike the first, which is the name in front
        return Likeness(entry.id, entry.label if by == entry.names[0] else entry.names[0], by, score)

    def _by_website(self, said: _Said, entry: _Known) -> Iterator[tuple[float, str]]:
        """The same page, or the same host where it belongs to one body."""
        host = host_of(said.website)
        is_at_home = fold(entry.website) == host and self._hosts[host] == 1
        if host and host == host_of(entry.website) and (is_at_home or fold(said.website) == fold(entry.website)):
            yield SURE, entry.website

    def _spelt(self, idea: str) -> str:
        """A word that no name has, as the word that is meant by it."""
        if idea in self._weights or len(idea) < _SHORTEST_TYPO:
            return idea
        return next(iter(get_close_matches(idea, self._weights, 1, _TYPO)), idea)

    def _by_ideas(self, said: _Said, ours: frozenset[str], entry: _Known) -> Iterator[tuple[float, str]]:
        """The same ideas in another order or language; with the same acronym, fewer of them are enough."""
        enough = _ALIKE_WITH_ACRONYM if said.acronyms & entry.acronyms else _ALIKE
        for name, ideas in entry.ideas:
            score = self._shared(ours, ideas)
            if score >= enough:
                yield min(0.9, score), name

    def _shared(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        """How much of the weight of all their ideas two names share; nothing where these only say what sort it is."""
        if _list("sorts") >= ours & theirs:
            return 0.0
        weights = [sum(self._weights.get(idea, 1.0) for idea in some) for some in (ours & theirs, ours | theirs)]
        return weights[0] / weights[1]


class _Said:
    def __init__(self, name: str, acronym: str, website: str) -> None:
        self.name = name
        self.website = website
        inside = re.findall(r"\(([^()]{2,30})\)", name)
        head, colon, _ = name.partition(":")
        self.head = letters(head) if colon and len(head.split()) == 1 else ""
        self.bare = re.sub(r"\([^()]*\)", " ", name).strip() or name
        self.is_word = len(self.bare.split()) == 1 or _is_acronym(self.bare) or _is_acronym(name)
        short = [acronym, *filter(_is_acronym, inside), *([self.bare, name] if self.is_word else ())]
        short += [name] if _ENOUGH_LETTERS <= len(letters(name)) <= _LONGEST_SHORT else []  # Envi Crime Net
        self.acronyms = frozenset(filter(None, map(letters, short)))
        # Lists write the acronym in front of a colon or a dash; it is no idea of the name.
        words = [word for word in self.bare.split() if letters(word) not in self.acronyms]
        self.ideas = _ideas(" ".join(words) or self.bare)


def _by_spelling(said: _Said, entry: _Known) -> Iterator[tuple[float, str]]:
    """The same name but for case, accents, small words, plurals and order; or the acronym alone."""
    for name in entry.names:
        for ours in {said.name, said.bare}:
            if name_key(ours) == name_key(name):
                yield 1.0, name
            elif stem_key(ours) == stem_key(name) or (len(word_key(name)) >= 3 and word_key(ours) == word_key(name)):
                yield 0.98, name
        words = min(len(normal_form(name).split()), len(normal_form(said.bare).split()))
        if words >= _BEGINNING and f"{normal_form(name)} ".startswith(f"{normal_form(said.bare)} "):
            yield 0.92, name
    is_short = said.is_word or len(letters(said.name)) <= _LONGEST_SHORT
    shared = sorted(said.acronyms & entry.acronyms) if is_short else []
    shared += [said.head] if said.head in entry.acronyms else []
    if shared:
        yield 0.97, shared[0].upper()


def _ideas(name: str) -> frozenset[str]:
    """The ideas of a name, whatever its language; a word that ``names.yaml`` lacks stands for itself."""
    spelt = normal_form(name).replace("coastguard", "coast guard").split()
    words = [word for word in spelt if stem(word) not in _list("small")] or spelt
    return frozenset(idea for word in words for idea in _ideas_in(re.sub(r"^eu(?=[a-z]{9})(?!ro)", "", word)))


@lru_cache(maxsize=8192)
def _ideas_in(word: str) -> tuple[str, ...]:
    """The idea with which a word begins, and the one in the rest of a compound; short beginnings are whole words."""
    known = _beginnings()
    begun = next((one for one in known if word == one or (len(one) >= _SHORTEST_INSIDE and word.startswith(one))), "")
    if not begun:
        return (stem(word),)
    rest = word[len(begun) :] if len(word) >= len(begun) + _SHORTEST_REST else ""
    inside = next((one for one in known if len(one) > _SHORTEST_INSIDE and one in rest), "")
    return tuple(known[one] for one in (begun, inside) if one)


@lru_cache(maxsize=1)
def _beginnings() -> dict[str, str]:
    found = {one: idea for idea, words in table("names.yaml")["ideas"].items() for one in words.split()}
    return {one: found[one] for one in sorted(found, key=len, reverse=True)}


@lru_cache(maxsize=2)
def _list(kind: str) -> frozenset[str]:
    """Words that tell nothing, or ideas that say what sort of body it is, and not which."""
    return frozenset(table("names.yaml")[kind].split())


def _weights(known: Sequence[_Known]) -> dict[str, float]:
    """How much an idea tells: the fewer entries have it, the more."""
    counts = Counter(idea for entry in known for idea in {idea for _, ideas in entry.ideas for idea in ideas})
    most = log(len(known) + 1)
    weights = {idea: max(0.05, log((len(known) + 1) / (count + 1)) / most) for idea, count in counts.items()}
    return {idea: 0.05 if idea in _list("sorts") else weight for idea, weight in weights.items()}


def _is_acronym(text: str) -> bool:
    """One or two words with capitals inside, such as ENFSI, e-MOBIDIG or EPAC/EACN."""
    are_ordinary = all(re.fullmatch("[A-Z]?[^A-Z]+", word) for word in text.split())
    return (
        len(text) <= _LONGEST_SHORT
        and len(text.split()) <= 2
        and len(re.findall("[A-Z]", text)) >= 2
        and not are_ordinary
    )
