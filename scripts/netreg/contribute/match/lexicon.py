"""The ideas of a name, whatever its language; ``names.yaml`` beside this file has their words.

A beginning stands for all words that begin with it, and is found inside compounds: *Kriminalprävention* is crime and
prevention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from netreg.core.load import read_document
from netreg.core.names import normal_form, stem

_SHORTEST_INSIDE = 4
"""Letters that a beginning must have to count inside a compound, or as the beginning of a longer word."""

_SHORTEST_REST = 6
"""Letters that must follow a beginning for another one to be looked for in them: fewer are an ending."""


@dataclass(frozen=True)
class _Lexicon:
    """``by_beginning`` tells the idea of a beginning, ``small`` words tell nothing, ``sorts`` are ideas of any body."""

    by_beginning: dict[str, str]
    small: frozenset[str]
    sorts: frozenset[str]

    @cached_property
    def longest_first(self) -> list[str]:
        return sorted(self.by_beginning, key=len, reverse=True)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    document = read_document(Path(__file__).with_name("names.yaml"), "names.yaml")
    assert document.root
    data = document.root.plain()
    by_beginning = {beginning: idea for idea, words in data["ideas"].items() for beginning in words.split()}
    return _Lexicon(by_beginning, frozenset(data["small"].split()), frozenset(data["sorts"].split()))


def is_sort(idea: str) -> bool:
    """Whether an idea says what sort of body it is, and not which."""
    return idea in _lexicon().sorts


def ideas_of(name: str) -> frozenset[str]:
    """The ideas of a name, whatever its language; a word that the lexicon lacks stands for itself."""
    spelt = normal_form(name).replace("coastguard", "coast guard").split()
    words = [word for word in spelt if stem(word) not in _lexicon().small] or spelt
    return frozenset(idea for word in words for idea in _ideas(word))


@lru_cache(maxsize=8192)
def _ideas(word: str) -> tuple[str, ...]:
    """The idea with which a word begins, and the one inside the rest of a compound."""
    word, known = re.sub(r"^eu(?=[a-z]{9})(?!ro)", "", word), _lexicon()
    begun = next((beginning for beginning in known.longest_first if _begins(word, beginning)), "")
    if not begun:
        return (stem(word),)
    rest = word[len(begun) :] if len(word) >= len(begun) + _SHORTEST_REST else ""
    inside = (one for one in known.longest_first if len(one) > _SHORTEST_INSIDE and one in rest)
    return tuple(known.by_beginning[one] for one in (begun, next(inside, "")) if one)


def _begins(word: str, beginning: str) -> bool:
    """Short beginnings are whole words; longer ones may be followed by an ending."""
    return word == beginning or (len(beginning) >= _SHORTEST_INSIDE and word.startswith(beginning))
