"""Search documents: what a reader may look for, an item a network; ``netreg find`` and the site search the same ones.

They are plain data, so that the site can answer in the browser as ``find`` does in the terminal. What a browser cannot
know (which words are small, what a word of another language means, how countries are called) goes along as tables.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from netreg.core.ids import LETTERS
from netreg.core.names import SMALL_WORDS, SPELLINGS, normal_form, stem, words_of
from netreg.entry import Entry
from netreg.model.participation import Tense, Verdict
from netreg.model.registry import Registry
from netreg.model.search import ASKING, LANGUAGES, SearchDocument, country_names, meanings, named

_NUMBER = re.compile(r"\b\d[\d-]*(?:/\d+)+(?:/[A-Z]+)?")
"""The number of an act or a document, as in ``2009/902/JHA`` or ``17559/11``."""


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


def _seats(registry: Registry) -> Mapping[str, tuple[set[str], set[str]]]:
    """By network, the countries that take part or lead, and those that did."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for code, cells in registry.by_country.items():
        for cell in cells:
            if cell.verdict is Verdict.TAKES_PART:
                found[cell.entry.id][cell.is_past].add(code)
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
        entry.id,
        entry.title,
        _told(registry, entry),
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


def _told(registry: Registry, entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "short_name": entry.short_name,
        "acronym": entry.acronym,
        "group": entry.group,
        **{axis: str(claim.value) if (claim := getattr(entry, axis)) else "" for axis in ("form", "range", "status")},
        "status_in_words": registry.status_in_words(entry),
        "topics": list(entry.topics),
    }


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


def _numbers(registry: Registry, entry: Entry) -> dict[str, int]:
    """How often the entry, or another that says it is tied to it, speaks of a document."""
    texts = [str(spot.node.text) for spot in entry.spots("text")]
    texts += [tie.relation.note for tie in registry.ties(entry) if tie.stated_in is not entry]
    texts += [source.title for source in entry.sources]
    found = [number for text in texts for number in _NUMBER.findall(text)]
    found += [source.document[1] for source in entry.sources if source.document]
    return dict(Counter(normal_form(number) for number in found))
