"""Search documents: what a reader may look for, an item a network; ``netreg find`` and the site search the same ones.

They are plain data, so that the site can answer in the browser as ``find`` does in the terminal. What a browser cannot
know (which words are small, what a word of another language means, how countries are called) goes along as tables.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from netreg.core.ids import LETTERS
from netreg.core.names import SMALL_WORDS, SPELLINGS, normal_form, stem, words_of
from netreg.entry import Entry
from netreg.entry.country_sets import codes
from netreg.model.leads import Tense
from netreg.model.participation import Verdict
from netreg.model.phrases import country
from netreg.model.registry import Registry

ASKING = frozenset(
    "who what which where when why how is are was were be been am do does did has have had can could may will would "
    "should i me my we our us you your it its he they them their this that these those there here by with from about "
    "at as if or but not no than then also so only other any some all one d l".split()
)
"""Words of a question that say nothing of its answer, in any text."""

LANGUAGES = "bg cs da de el es et fi fr hr hu is it lt lv nb nl pl pt ro sk sl sv tr uk".split()
"""The languages in which countries are found, as CLDR names them: of the EU and its neighbours, the most spoken."""

_NUMBER = re.compile(r"\b\d[\d-]*(?:/\d+)+(?:/[A-Z]+)?")
"""The number of an act or a document, as in ``2009/902/JHA`` or ``17559/11``."""


@dataclass(frozen=True)
class SearchDocument:
    """A network as it is searched.

    ``names`` are its own and its other names, each with the kind of the other ones; ``acts`` the titles and numbers of
    what it rests on; ``numbers`` those of other documents that the entry speaks of, with how often; ``words`` the
    stems of its topics and tasks, ``more`` those of its description. ``now`` and ``once`` are the codes of the
    countries that take part or lead, and that did. ``ties`` tells how well known it is: with how many it is connected.
    """

    entry: Entry
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


def search_documents(registry: Registry) -> tuple[SearchDocument, ...]:
    """A document for each network, in the order of the registry."""
    seats = _seats(registry)
    return tuple(_document(registry, entry, *seats[entry.id]) for entry in registry.networks)


def search_tables(documents: Iterable[SearchDocument]) -> dict[str, Any]:
    """All that the browser needs beside the documents to read a question as ``find`` does.

    Countries have two texts each: their English names, and those in other languages.
    """
    english, every = (country_names(named(documents), languages) for languages in (["en"], LANGUAGES))
    return {
        "small": " ".join(sorted(SMALL_WORDS)),
        "asking": " ".join(sorted(ASKING)),
        "spellings": [list(pair) for pair in SPELLINGS],
        "letters": {chr(letter): other for letter, other in LETTERS.items()},
        "meanings": {target: " ".join(keys) for target, keys in meanings().items()},
        "countries": {
            code: [" ".join(names), " ".join(name for name in every[code] if name not in names)]
            for code, names in english.items()
        },
    }


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
    yield _joined(key.removesuffix("*"))


def country_names(countries: Iterable[str], languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names of countries, and the words for what is theirs, by their codes, each joined to one word of stems."""
    from babel import Locale  # its tables of names take a while to load

    told = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))["countries"]
    tables = [Locale.parse(language).territories for language in languages]
    return {
        code: tuple(
            sorted({_joined(name) for name in (country(code), *told.get(code, "").split(), *_called(tables, code))})
        )
        for code in countries
    }


def _called(tables: Iterable[Mapping[str, str]], code: str) -> Iterator[str]:
    return (table[code] for table in tables if code in table)


def _joined(text: str) -> str:
    return "".join(map(stem, normal_form(text).split()))


def _seats(registry: Registry) -> Mapping[str, tuple[set[str], set[str]]]:
    """By network, the countries that take part or lead, and those that did."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    in_matrix: set[str] = set()
    for cell in registry.cells:
        in_matrix.add(cell.country)
        if cell.verdict is Verdict.TAKES_PART:
            found[cell.entry.id][cell.is_past].add(cell.country)
    for entry in registry.networks:
        for claim in entry.countries:
            beyond = codes(claim, registry.sets) - in_matrix
            found[entry.id][entry.is_closed or bool(claim.until)].update(beyond)
    for lead in registry.leads:
        if not lead.is_rival:
            found[lead.entry.id][lead.tense is Tense.PAST].update(lead.countries)
    return found


def _document(registry: Registry, entry: Entry, now: set[str], once: set[str]) -> SearchDocument:
    names = tuple(_names(entry))
    line = str(entry.purpose.value) if entry.purpose else ""
    titles = [registry.term("topic", topic).title for topic in entry.topics]
    words = _stems(*titles, *(str(task.value) for task in entry.tasks))
    more = _stems(*(str(claim.value) for claim in (entry.summary,) if claim))
    return SearchDocument(
        entry,
        names,
        line,
        registry.status_in_words(entry),
        registry.is_active(entry),
        len(registry.ties(entry)),
        tuple(_acts(entry)),
        _numbers(registry, entry),
        tuple(sorted(words)),
        tuple(sorted(more - words - _stems(line, *(name for name, _ in names)))),
        tuple(sorted(now)),
        tuple(sorted(once - now)),
    )


def _stems(*texts: str) -> set[str]:
    words = {word for text in texts for word in words_of(text)} - ASKING
    return {stem(word) for word in words if len(word) > 1 and not word.isdigit()}


def _names(entry: Entry) -> Iterator[tuple[str, str]]:
    for text in dict.fromkeys((entry.title, entry.acronym, entry.name, entry.id)):
        if text:
            yield text, ""
    for other in entry.other_names:
        yield other.name, other.kind
        if other.acronym:
            yield other.acronym, other.kind


def _acts(entry: Entry) -> Iterator[str]:
    for act in entry.legal_basis:
        yield act.title
        if act.document:
            yield act.document[1]


def _numbers(registry: Registry, entry: Entry) -> Mapping[str, int]:
    """How often the entry, or another that says it is tied to it, speaks of a document."""
    texts = [str(spot.node.text) for spot in entry.spots("text")]
    texts += [tie.relation.note for tie in registry.ties(entry) if tie.stated_in is not entry]
    texts += [source.title for source in entry.sources]
    found = [number for text in texts for number in _NUMBER.findall(text)]
    found += [source.document[1] for source in entry.sources if source.document]
    return Counter(normal_form(number) for number in found)
