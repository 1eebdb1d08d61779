"""What an entry says of a fact today: the value in front and those beside it, in the words of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from netreg.age import evidence_of
from netreg.contribute.facts import Fact
from netreg.contribute.value import shown
from netreg.dates import Date
from netreg.load import Node
from netreg.schema import Schema


@dataclass(frozen=True)
class Standing:
    """One value: how the page shows it, the date that its evidence is of, and whether it stands in front."""

    text: str
    evidence: Date | None
    is_first: bool

    def is_quoted_in(self, said: str) -> bool:
        """Whether somebody means it who quotes the page, with or without the age that stands behind it."""
        return _words(self.text) in (_words(said), _words(_BRACKET.sub("", said)))


_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_DRESS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}\b)|, step [0-9]+ of [0-9]+|\bhttps?://|\bwww\.", re.IGNORECASE)
"""What a page puts around a value, or leaves away: commas in numbers, the step of a scale, the scheme of an address."""


def _words(text: str) -> list[str]:
    return sorted(word for word in re.findall(r"\w+", _DRESS.sub("", text.casefold())) if word != "and")


def values_of(fact: Fact, unit: str, entry: Node, schema: Schema) -> list[Standing]:
    """The values of a fact, the first in front; of numbers those of one unit. Empty where the entry says nothing."""
    if fact.way == "plain":
        text = entry.string(fact.path[0])
        return [Standing(text, None, is_first=True)] if text else []
    return [
        Standing(_text(fact, claim, unit, schema), _evidence(claim, entry), is_first=number == 0)
        for number, claim in enumerate(_claims(fact, unit, entry))
    ]


def _claims(fact: Fact, unit: str, entry: Node) -> Iterator[Node]:
    node = entry.get(*fact.path)
    if node is not None and fact.way == "count":
        node = next((claim for _, claim in node.items() if claim.string("unit") == unit), None)
    if node is None or node.get("value") is None:
        return
    yield node
    others = node.get("other")
    yield from (claim for _, claim in others.items() if claim.get("value")) if others else ()


def _text(fact: Fact, claim: Node, unit: str, schema: Schema) -> str:
    value = claim.get("value")
    return shown(fact, value.plain(), unit, schema) if value else ""


def _evidence(claim: Node, entry: Node) -> Date | None:
    cited = claim.get("sources")
    ids = {node.value for _, node in cited.items()} if cited else set()
    listed = entry.get("sources")
    sources = [node for _, node in listed.items() if node.string("id") in ids] if listed else []
    return evidence_of(claim.string("as_of"), (node.string("published") for node in sources))
