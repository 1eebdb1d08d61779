"""The facts of an entry by the names that its page gives them, and how each can be changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from netreg.core.escape import one_line
from netreg.core.schema import Part, Schema

Way = Literal["claim", "plain", "list"]
"""``claim`` is a value with sources, ``plain`` a text without, and ``list`` is for a person to change."""

_NEVER = ("entry", "confirmed")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its place, its name for people, and the way in which it can be changed.

    Of a list of claims, ``key`` tells one from another: ``unit`` those of numbers, ``role`` those of countries.
    """

    path: tuple[str, ...]
    label: str
    way: Way
    key: str = ""

    @property
    def dotted(self) -> str:
        """The place as text, as in ``participants.counts``."""
        return ".".join(self.path)

    @property
    def claim_path(self) -> tuple[str | int, ...]:
        """The place of its claim, or of the first of several, in the schema."""
        return (*self.path, 0) if self.key else self.path


def fact_words(dotted: str, schema: Schema, which: str = "") -> str:
    """A fact as the page names it, to be filled into a form: ``Participants: Number (states)``.

    ``which`` is the claim of a list that is meant, by the unit of a number or the role of countries.
    """
    return f"{schema.label(dotted)} ({which})" if which else schema.label(dotted)


def fact_of(said: str, schema: Schema) -> tuple[Fact | None, str]:
    """The fact with this name, and what stands in brackets behind it; None where no fact is called so.

    Case, blanks and hyphens make no difference; a name that is only alike is none, or a remark would choose a fact.
    """
    text = one_line(said)[:200]
    whole = _names(schema).get(_folded(text))
    name, bracket, which = text.removesuffix(")").partition("(")
    if whole or not bracket or not text.endswith(")"):
        return whole, ""
    return _names(schema).get(_folded(name)), which.strip()


def fact_at(dotted: str, schema: Schema) -> Fact:
    """The fact at a place in an entry."""
    path = tuple(dotted.split("."))
    part = schema.at(path)
    item = schema.child(part, 0)
    key = next((key for key in item.get("required", ()) if key != "value"), "") if _is_claim(item) else ""
    way: Way = "claim" if _is_claim(part) or key else "plain" if part.get("type") == "string" else "list"
    return Fact(path, schema.label(dotted), way, key)


def _is_claim(part: Part) -> bool:
    return part.get("x-kind") == "claim"


def facts(schema: Schema) -> Iterator[Fact]:
    """All facts of an entry in the order of its page."""
    for key in schema.fields:
        if key not in _NEVER:
            yield from _below((key,), schema)


def _below(path: tuple[str, ...], schema: Schema) -> Iterator[Fact]:
    part = schema.at(path)
    below = part["properties"] if part.get("type") == "object" and not _is_claim(part) else ()
    for key in below:
        yield from _below((*path, key), schema)
    if not below:
        yield fact_at(".".join(path), schema)


def _folded(text: str) -> str:
    return re.sub(r"[\s:._-]+", " ", text).strip().casefold()


@lru_cache(maxsize=4)
def _names(schema: Schema) -> dict[str, Fact]:
    """The closed list: labels, places, and of the words that a file often has for them those of one fact only."""
    known = list(facts(schema))
    parts = {fact: schema.at(fact.path) for fact in known}
    also = {fact: {fact.path[-1], part["title"], *part.get("x-often", ())} for fact, part in parts.items()}
    folded = [(_folded(name), fact) for fact, names in also.items() for name in names]
    owners = Counter({(name, fact) for name, fact in folded})
    shared = Counter(name for name, _ in owners)
    labels = {_folded(name): fact for fact in known for name in (fact.label, fact.dotted)}
    return {**{name: fact for name, fact in folded if shared[name] == 1}, **labels}
