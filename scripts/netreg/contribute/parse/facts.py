"""The facts of an entry by the names that its page gives them, and how each can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from netreg.core.escape import one_line
from netreg.core.nearest import nearest
from netreg.core.schema import Part, Schema

Way = Literal["claim", "count", "plain", "list"]
"""``claim`` and ``count`` are values with sources, ``plain`` a text without, and ``list`` is for a person to change."""

_PLAIN = ("name", "short_name", "acronym")
_NEVER = ("entry",)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its place, its name for people, and the way in which it can be changed."""

    path: tuple[str, ...]
    label: str
    way: Way

    @property
    def dotted(self) -> str:
        """The place as text, as in ``participants.counts``."""
        return ".".join(self.path)


def fact_words(dotted: str, schema: Schema, which: str = "") -> str:
    """A fact as the page names it, to be filled into a form: ``Participants: Number (states)``.

    Args:
        dotted: its place, as in ``participants.counts``.
        schema: whose words are used.
        which: the item of a list that is meant, such as the unit of a number.
    """
    label = schema.label(dotted)
    return f"{label} ({which})" if which else label


def fact_of(said: str, schema: Schema) -> tuple[Fact | None, str]:
    """The fact that somebody means, and what stands in brackets behind it; None where it is not clear."""
    text = one_line(said).strip(".\"'“”`")[:200]
    counted = _NUMBER_OF.fullmatch(text)
    if counted:
        which = counted[1] if counted[1].casefold() not in _ANYBODY else ""
        return fact_at("participants.counts", schema), which
    match = re.fullmatch(r"(.+?) ?\(([^()]*)\)", text)
    words, which = (match[1], match[2]) if match else (text, "")
    names = _names(schema)
    if _folded(text) in names:
        return names[_folded(text)], ""
    found = names.get(_folded(words))
    return found or names.get(nearest(_folded(words), names, cutoff=0.85)), which


_NUMBER_OF = re.compile(r"(?:the )?(?:number|nr\.?|no\.?|count) of ([^()]{3,40})", re.IGNORECASE)
_ANYBODY = ("members", "participants", "member")


def facts_near(said: str, schema: Schema) -> list[str]:
    """The labels of the facts that may be meant, the likeliest first, three at most."""
    names = _names(schema)
    found = get_close_matches(_folded(one_line(said))[:80], names, 6, 0.65)
    return list(dict.fromkeys(names[name].label for name in found))[:3]


def fact_at(dotted: str, schema: Schema) -> Fact:
    """The fact at a place in an entry."""
    path = tuple(dotted.split("."))
    return Fact(path, schema.label(dotted), _way(path, schema.at(path)))


def facts(schema: Schema) -> Iterator[Fact]:
    """All facts of an entry in the order of its page."""
    for key in schema.fields:
        if key not in _NEVER:
            yield from _below((key,), schema.at((key,)), schema)


def _below(path: tuple[str, ...], part: Part, schema: Schema) -> Iterator[Fact]:
    if part.get("type") == "object" and part.get("x-kind") != "claim":
        for key in part["properties"]:
            yield from _below((*path, key), schema.child(part, key), schema)
    else:
        yield Fact(path, schema.label(".".join(path)), _way(path, part))


def _way(path: tuple[str, ...], part: Part) -> Way:
    if part.get("x-kind") == "claim":
        return "claim"
    if path[-1] == "counts":
        return "count"
    return "plain" if path[-1] in _PLAIN else "list"


def _folded(text: str) -> str:
    return re.sub(r"[\s:._-]+", " ", text).strip().casefold()


@lru_cache(maxsize=4)
def _names(schema: Schema) -> dict[str, Fact]:
    """All names of all facts; a name that two facts share is none, unless it is the label of one."""
    known = list(facts(schema))
    shared: dict[str, set[Fact]] = {}
    for fact in known:
        for name in _also(fact, schema):
            shared.setdefault(_folded(name), set()).add(fact)
    labels = {_folded(name): fact for fact in known for name in (fact.label, fact.dotted)}
    return {**{name: next(iter(owners)) for name, owners in shared.items() if len(owners) == 1}, **labels}


def _also(fact: Fact, schema: Schema) -> Iterator[str]:
    part = schema.at(fact.path)
    yield str(part.get("title", ""))
    yield fact.path[-1]
    yield from part.get("x-often", ())
