"""Questions: what is searched, and what the words mean in which people ask; little is loaded for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from netreg.core.names import stem, stem_key

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
