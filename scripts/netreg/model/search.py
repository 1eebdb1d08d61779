"""Search: which networks a reader means by some words, the likeliest first.

``search.js`` of the site does the same with the same documents, step by step; a test holds the two together. So all
reckoning is in whole numbers, and nothing depends on what a browser lacks.

A word fits a word of a network, its beginning or its stem; words of other languages and of daily life fit what they
mean, and names of countries the networks in which the country takes part. A word that fits nothing is taken for the
words that are spelt nearly so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from netreg.core.names import letters, normal_form, stem, stem_key, word_key, words_of

if TYPE_CHECKING:
    from netreg.model.registry import Registry
import json
from pathlib import Path
from typing import Any, NamedTuple

_LONGEST_QUERY, _MOST_WORDS = 200, 12
_LONGEST_RUN = 4  # words of a country's name, as in "Bosnia and Herzegovina"
_NEAREST = 5  # spellings tried for a slip
_UNKNOWN, _KNOWN = 12, 5
"""To a single word, what is tied to sixteen others or more counts by five twelfths more than what is tied to none."""

_SHORTEST_NUMBER = 6  # signs of the number of an act that is one word: 32009D0902; a year is none


class Rank(IntEnum):
    """Why an entry was found; the lower, the likelier that it is meant."""

    NAME = 1
    OTHER_NAME = 2
    LEGAL_ACT = 3
    BEGINNING = 4
    WORDS_OF_NAMES = 5
    CITED_DOCUMENT = 6
    WORDS_OF_TEXT = 7
    SOME_WORDS = 8
    SIMILAR = 9


class Field(IntEnum):
    """Where in a document a word stands."""

    NAMES = 0
    LINE = 1
    ACTS = 2
    WORDS = 3
    MORE = 4
    NOW = 5
    ONCE = 6


WEIGHTS = (8, 5, 2, 4, 3, 6, 2)
"""How much a word counts in each field: in a name most, for a country of the past least."""

SAME, AKIN, BEGINS, INSIDE = 4, 3, 2, 1
"""How well a word fits another: the same, of one stem, its beginning, a part of it."""

OWN, MEANT = 4, 2
"""How much a word counts as it was typed, and as what it means."""


@dataclass(frozen=True)
class SearchText:
    """A text by which an entry is found.

    ``kind`` is empty for its id, name and acronym; else it is the kind of name, ``legal-act`` or ``document``.
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Match:
    """A network that was found, why, how well, and by which text; ``key`` is None where its texts together fit.

    ``fame`` puts what is alive before what is not, and what is tied to many before what is not.
    """

    document: SearchDocument
    rank: Rank
    score: int = 0
    key: SearchText | None = None
    fame: tuple[bool, int] = (False, 0)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The likeliest first: by rank, own names before others, of beginnings short ones, by score, by fame."""
        length = len(self.key.text) if self.key and self.rank is Rank.BEGINNING else 0
        is_other = bool(self.key and self.key.kind)
        return (self.rank, is_other, length, -self.score, *self.fame, self.document.id)


def search(query: str, registry: Registry) -> list[Match]:
    """The entries that a reader means, the likeliest first; only if none fits, those with similar names."""
    from netreg.model.search_documents import search_documents

    return SearchIndex(search_documents(registry)).search(query)


@dataclass(frozen=True)
class WordGroup:
    """A word of a question, or a country's name of several, in all the ways in which it may be meant.

    ``own`` is what was typed, as stems; ``meant`` are what it means, or how it may be spelt, each as stems too.
    """

    own: tuple[str, ...]
    meant: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class _Hit:
    """How well a group fits a document, and whether it does so by the names alone."""

    score: int
    by_name: bool


class SearchIndex:
    """Search documents, ready to be asked; ``english`` are the names of their countries, by the codes of these."""

    def __init__(
        self, documents: Sequence[SearchDocument], english: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.documents = documents
        self.english = country_names(named(documents), ["en"]) if english is None else english
        self._keys = [[(SearchText(*name), normal_form(name[0])) for name in one.names] for one in documents]
        self._acts = [[(SearchText(text, "legal-act"), normal_form(text)) for text in one.acts] for one in documents]
        self._places: dict[str, set[tuple[int, Field]]] = defaultdict(set)
        for number, document in enumerate(documents):
            for field, words in self._words(number, document):
                for word in words:
                    self._places[word].add((number, field))
        self._english = _inverted(self.english)
        self._strengths: dict[str, dict[int, dict[Field, int]]] = {}

    def _words(self, number: int, document: SearchDocument) -> Iterator[tuple[Field, Iterable[str]]]:
        for _key, normal in self._keys[number]:
            stems = _stems(normal)
            yield Field.NAMES, [*stems, "".join(stems)]
        yield Field.LINE, map(stem, words_of(document.line))
        for _key, normal in self._acts[number]:
            yield Field.ACTS, _stems(normal)
        yield Field.WORDS, document.words
        yield Field.MORE, document.more
        yield Field.NOW, (f"@{code}" for code in document.now)
        yield Field.ONCE, (f"@{code}" for code in document.once)

    @cached_property
    def _every_language(self) -> Mapping[str, list[tuple[str, ...]]]:
        return _inverted(country_names(named(self.documents), LANGUAGES))

    def search(self, query: str) -> list[Match]:
        """The networks that are meant, the likeliest first; where a word was taken for another, all are ``SIMILAR``."""
        wanted = normal_form(query[:_LONGEST_QUERY])
        words = _stems(wanted)[:_MOST_WORDS]
        asked = [word for word in words if word not in ASKING] or words
        if not wanted:
            return []
        by_name = [*self._by_name(query[:_LONGEST_QUERY]), *self._by_number(wanted)]
        groups, spellings = self._understood(asked, is_named=bool(by_name))
        by_name += [match for text in spellings for match in self._by_name(text)]
        found = _best([*by_name, *self._by_words(groups)])
        return [replace(match, rank=Rank.SIMILAR) for match in found] if spellings else found

    def _match(self, place: int, rank: Rank, score: int = 0, key: SearchText | None = None) -> Match:
        document = self.documents[place]
        return Match(document, rank, score, key, (not document.is_alive, -document.ties))

    # By the whole of what was typed.

    def _by_name(self, query: str) -> Iterator[Match]:
        """Those with a name of the same letters or words, however they are joined or ordered, or that begins so."""
        keys = _name_keys(query)
        for number, known in enumerate(self._keys):
            for key, normal in known:
                if keys & _name_keys(key.text):
                    yield self._match(number, Rank.OTHER_NAME if key.kind else Rank.NAME, key=key)
                elif normal.startswith(normal_form(query)):
                    yield self._match(number, Rank.BEGINNING, key=key)

    def _by_number(self, wanted: str) -> Iterator[Match]:
        """Those that rest on, or speak of, an act or a document with this number."""
        numbers = _numbers_in(wanted)
        for place, document in enumerate(self.documents):
            for key, normal in self._acts[place]:
                if any(f" {one} " in f" {normal} " or one == normal for one in numbers):
                    yield self._match(place, Rank.LEGAL_ACT, key=key)
            for told, times in document.numbers.items():
                if any(f" {one} " in f" {told} " for one in numbers):
                    yield self._match(place, Rank.CITED_DOCUMENT, times, SearchText(told.replace(" ", "/"), "document"))

    # By words.

    def _understood(self, words: Sequence[str], *, is_named: bool) -> tuple[list[WordGroup], list[str]]:
        """The words with what they mean, and where slips were mended the ways in which all may be spelt."""
        groups = list(_groups(words, self._english))
        if is_named or all(group.meant or any(map(self._is_word, group.own)) for group in groups):
            return groups, []
        groups = list(_groups(words, self._every_language))
        mended = [group if self._fitting(group) else self._mended(group) for group in groups]
        if mended == groups:
            return groups, []
        return mended, [" ".join(one) for one in _spellings(groups, mended)]

    def _is_word(self, term: str) -> bool:
        """Whether it stands in a document as it is or in another form, and not only as the beginning of a word."""
        return any(_quality(term, word) >= AKIN for word in self._places)

    def _fitting(self, group: WordGroup) -> dict[int, _Hit]:
        """The documents that a group fits, by their places."""
        found: dict[int, _Hit] = {}
        for terms in (group.own, *group.meant):
            factor = OWN if terms is group.own or terms[0][0] == "@" else MEANT
            strengths = [self._strength(term) for term in terms]
            for place in set(strengths[0]).intersection(*strengths[1:]):
                score = factor * min(sum(one[place].values()) for one in strengths)
                by_name = terms is group.own and all(Field.NAMES in one[place] for one in strengths)
                if place not in found or score > found[place].score:
                    found[place] = _Hit(score, by_name)
        return found

    def _strength(self, term: str) -> dict[int, dict[Field, int]]:
        """How much a word counts in each document and field in which a word stands that it fits."""
        if term not in self._strengths:
            found: dict[int, dict[Field, int]] = defaultdict(dict)
            for word, places in self._places.items():
                if quality := _quality(term, word):
                    for place, field in places:
                        found[place][field] = max(quality * WEIGHTS[field], found[place].get(field, 0))
            self._strengths[term] = found
        return self._strengths[term]

    def _by_words(self, groups: Sequence[WordGroup]) -> Iterator[Match]:
        """Those that all words fit, but for words that fit every third; only if there are none, those that some fit."""
        fitting = [found for group in groups if (found := self._fitting(group))]
        telling = [found for found in fitting if 3 * len(found) <= len(self.documents)] or fitting
        if not telling:
            return
        every = set(telling[0]).intersection(*telling[1:]) if len(fitting) == len(groups) else set()
        scores = {place: self._score(place, fitting) for place in every or set().union(*telling)}
        least = 0 if every else max(scores.values()) // 2
        for place, score in scores.items():
            by_name = every and all(found[place].by_name for found in telling)
            rank = Rank.WORDS_OF_NAMES if by_name else Rank.WORDS_OF_TEXT if every else Rank.SOME_WORDS
            if score >= least:
                yield self._match(place, rank, score)

    def _score(self, place: int, fitting: Sequence[Mapping[int, _Hit]]) -> int:
        """What the words count together, each the more the fewer documents it fits; many words count more than one."""
        total = len(self.documents)
        rare = [(4 * total * total // len(found) ** 2).bit_length() for found in fitting]
        counts = [weight * found[place].score for weight, found in zip(rare, fitting, strict=True) if place in found]
        if len(fitting) == 1:
            known = _UNKNOWN + min(self.documents[place].ties.bit_length(), _KNOWN)
            return counts[0] * known // _UNKNOWN
        return len(counts) * sum(counts)

    # Slips.

    def _mended(self, group: WordGroup) -> WordGroup:
        """The group with the words that are spelt most nearly so, of names before others; numbers are no slips."""
        (word, *more) = group.own
        limit = min(2, len(word) // 4)  # slips: one in a word of four letters, two in one of eight
        if more or any(sign.isdigit() for sign in word) or limit < 1:
            return group
        of_names = [known for known, places in self._places.items() if any(field is Field.NAMES for _, field in places)]
        nearest: tuple[int, list[str]] = (limit + 1, [])
        for pool in (of_names, self._places, self._every_language, _keys_of_meanings()):
            nearest = min(nearest, _nearest(word, pool, limit), key=lambda one: one[0])
        meant = [one for near in nearest[1] for one in ((near,), *_meant(near, self._every_language))]
        return replace(group, meant=tuple(meant))


def _inverted(names: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, ...]]]:
    """The codes of countries by their names, as words that stand in documents."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for code, called in names.items():
        for name in called:
            found[name].append((f"@{code}",))
    return dict(found)


@lru_cache(maxsize=1)
def _keys_of_meanings() -> Mapping[str, list[str]]:
    """What entries call it, by a word that people use; a key that ends in an asterisk is the beginning of words."""
    found: dict[str, list[str]] = defaultdict(list)
    for target, keys in meanings().items():
        for key in keys:
            found[key].append(target)
    return dict(found)


def _meant(joined: str, countries: Mapping[str, list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """What a word means, or several joined to one: countries, and the words that entries use for it."""
    targets = [*_keys_of_meanings().get(joined, ()), *_by_beginning(joined)]
    return [*countries.get(joined, ()), *(tuple(target.split()) for target in dict.fromkeys(targets))]


def _by_beginning(word: str) -> Iterator[str]:
    """What a word means by its beginning; of one such as *Polizeihunde* with what the rest of it means."""
    keys = _keys_of_meanings()
    for length in range(len(word), 2, -1):
        for target in keys.get(f"{word[:length]}*", ()):
            rest = word[length:]
            others = [*keys.get(rest, ()), *_by_beginning(rest)]
            yield from (f"{target} {other}" for other in others) if others else [target]


def _groups(words: Sequence[str], countries: Mapping[str, list[tuple[str, ...]]]) -> Iterator[WordGroup]:
    """The words one by one, but for those that together are the name of something."""
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST_RUN, len(words) - start), 0, -1):
            run = tuple(words[start : start + length])
            meant = _meant("".join(run), countries) if length == 1 or _is_name("".join(run), countries) else []
            if meant or length == 1:
                yield WordGroup(run, tuple(meant))
                start += length
                break


def _is_name(joined: str, countries: Mapping[str, list[tuple[str, ...]]]) -> bool:
    return joined in countries or joined in _keys_of_meanings()


def _spellings(groups: Sequence[WordGroup], mended: Sequence[WordGroup]) -> Iterator[list[str]]:
    """The question with each slip mended, in the ways in which it may be."""
    for number in range(_NEAREST):
        ways = [
            [meant for meant in new.meant if meant[0][0] != "@"] if new is not old else []
            for old, new in zip(groups, mended, strict=True)
        ]
        yield [
            word
            for group, meant in zip(groups, ways, strict=True)
            for word in (meant[min(number, len(meant) - 1)] if meant else group.own)
        ]


def _nearest(word: str, pool: Iterable[str], limit: int) -> tuple[int, list[str]]:
    """The least number of slips that makes a word of a pool of this one, and the words of which it does."""
    least, found = limit + 1, list[str]()
    for known in pool:
        if abs(len(known) - len(word)) <= min(least, limit) and known.isalpha():
            slips = _slips(word, known, limit)
            if 0 < slips < least:
                least, found = slips, []
            if slips == least <= limit:
                found.append(known)
    return least, sorted(found)[:_NEAREST]


def _slips(one: str, other: str, limit: int) -> int:
    """How many letters must be put in, left out, changed or swapped with the next to make one word of the other.

    Past the limit they are not counted any more.
    """
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        this = [row]
        for column, sign in enumerate(other, 1):
            cost = min(last[column] + 1, this[column - 1] + 1, last[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and sign == one[row - 2]:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        if min(this) > limit:
            return limit + 1
        before, last = last, this
    return last[-1]


_FIGURES = re.compile(r"(?:\S*\d\S*(?: |$))+")
_CELEX = re.compile(r"3(\d{4})[a-z]0*(\d+)")
_ENDING = re.compile(r"(?<=....)(?:ing|er|ed|e|ion|al|ism|ist|ment|or|ity)$")
_ROOT, _REST = 6, 4
"""Two words are akin that share so many letters at their beginning, and have at most so many others after it."""


def _quality(term: str, word: str) -> int:
    """How well a word that was asked for fits one of a document; 0 where it does not."""
    if term == word:
        return SAME
    if word[0] == "@" or term[0] == "@" or len(term) < 3:
        return 0
    if _root(term) == _root(word) or _share_root(term, word):
        return AKIN
    if word.startswith(term):
        return BEGINS
    return INSIDE if len(term) > 4 and term in word else 0


@lru_cache(maxsize=65536)
def _root(word: str) -> str:
    return _ENDING.sub("", word)


def _share_root(one: str, other: str) -> bool:
    needed = max(_ROOT, max(len(one), len(other)) - _REST)
    return one[:needed] == other[:needed] and min(len(one), len(other)) >= needed


def _stems(normal: str) -> list[str]:
    return [stem(word) for word in normal.split()]


@lru_cache(maxsize=16384)
def _name_keys(name: str) -> frozenset[str]:
    """In what a name and another spelling of it agree: all letters, those of its stems, and its stems in order."""
    return frozenset(filter(None, (letters(name), stem_key(name), " ".join(word_key(name)))))


def _numbers_in(wanted: str) -> list[str]:
    """The numbers of acts and documents in a question, and all of it where it has one; a year is none."""
    runs = (run.strip() for run in _FIGURES.findall(wanted))
    numbers = [run for run in runs if " " in run or len(run) >= _SHORTEST_NUMBER]
    celex = [f"{found[1]} {found[2]}" for run in numbers if (found := _CELEX.fullmatch(run))]
    return [wanted, *numbers, *celex] if numbers else []


def _best(matches: Iterable[Match]) -> list[Match]:
    """Of each network its best match, the likeliest first."""
    best: dict[str, Match] = {}
    for match in sorted(matches, key=lambda match: match.sort_key):
        best.setdefault(match.document.id, match)
    return list(best.values())


ASKING = frozenset(
    "who what which where when why how is are was were be been am do does did has have had can could may will would "
    "should i me my we our us you your it its he they them their this that these those there here by with from about "
    "at as if or but not no than then also so only other any some all one d l".split()
)
"""Words of a question that say nothing of its answer, in any text."""

LANGUAGES = "bg cs da de el es et fi fr hr hu is it lt lv nb nl pl pt ro sk sl sv tr uk".split()
"""The languages in which countries are found, as CLDR names them: of the EU and its neighbours, the most spoken."""


class SearchDocument(NamedTuple):
    """A network as it is searched; a named tuple of plain values, which the cache keeps.

    ``told`` is what a list tells of it, as ``netreg find --json`` prints it.
    ``names`` are its own and its other names, each with the kind of the other ones; ``acts`` the titles and numbers of
    what it rests on; ``numbers`` those of other documents that the entry speaks of, with how often; ``words`` the
    stems of its topics and tasks, ``more`` those of its description. ``now`` and ``once`` are the codes of the
    countries that take part or lead, and that did. ``ties`` tells how well known it is: with how many it is connected.
    """

    id: str
    title: str
    told: Mapping[str, Any]
    names: tuple[tuple[str, str], ...]
    line: str
    status: str
    is_alive: bool
    ties: int
    acts: tuple[str, ...]
    numbers: Mapping[str, int]
    words: tuple[str, ...]
    more: tuple[str, ...]
    now: tuple[str, ...]
    once: tuple[str, ...]


def named(documents: Iterable[SearchDocument]) -> list[str]:
    """The codes of all countries by which a network is found."""
    return sorted({code for document in documents for code in (*document.now, *document.once)})


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, tuple[str, ...]]:
    """The words that people use, or their beginnings with an asterisk, by the words that entries use."""
    told = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))["words"]
    return {
        " ".join(map(stem, target.split())): tuple(dict.fromkeys(one for key in keys.split() for one in _keys(key)))
        for target, keys in told.items()
    }


def _keys(key: str) -> Iterator[str]:
    """A key as it stands in a question; a beginning, which ends in an asterisk, may be all of a word."""
    if key.endswith("*"):
        yield key
    yield stem_key(key.removesuffix("*"))


def country_names(countries: Iterable[str], languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names of countries, and the words for what is theirs, by their codes, each joined to one word of stems."""
    from babel import Locale  # its tables of names take a while to load, as does what words of ours need

    from netreg.model.phrases import country

    told = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))["countries"]
    tables = [Locale.parse(language).territories for language in languages]
    return {
        code: tuple(
            sorted({stem_key(name) for name in (country(code), *told.get(code, "").split(), *_called(tables, code))})
        )
        for code in countries
    }


def _called(tables: Iterable[Mapping[str, str]], code: str) -> Iterator[str]:
    return (table[code] for table in tables if code in table)
