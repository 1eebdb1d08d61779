"""The value of one fact, from what somebody says is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from netreg.contribute.facts import Fact
from netreg.contribute.messages import Ours, Said, say
from netreg.contribute.understand import (
    address_of,
    count_of,
    countries_of,
    country_names,
    date_of,
    one_line,
    term_of,
    terms_of,
)
from netreg.dates import spoken
from netreg.load import Node
from netreg.schema import Part, Schema

_VOCABULARIES = {"form": "form", "status": "status", "participants.range": "range"}
_BOTH_WAYS = re.compile(r"[0-9]{1,2}([/-])[0-9]{1,2}\1[0-9]{4}")
_PARTICIPANTS = "participants.kinds"
_COUNTRIES = "participants.countries"


@dataclass(frozen=True, slots=True)
class Understood:
    """A value as entries have it, or why there is none; ``unit`` is for numbers only."""

    value: Any = None
    unit: str = ""
    wrong: Said | None = None


def value_of(fact: Fact, said: str, which: str, entry: Node, schema: Schema) -> Understood:
    """The value that somebody gives a fact.

    Args:
        fact: the fact.
        said: the words.
        which: what stood in brackets behind the name of the fact, such as the unit of a number.
        entry: the tree of the entry, which knows the units that it counts so far.
        schema: the vocabularies.
    """
    if fact.way == "count":
        return _number(said, which, entry, schema)
    if fact.dotted in _VOCABULARIES:
        return _term(fact, said, _VOCABULARIES[fact.dotted], schema)
    if fact.dotted == _PARTICIPANTS:
        terms, strange = terms_of(said, schema.terms("participant_kind"))
        values = [term.value for term in terms]
        return _no_term(fact, ", ".join(strange) or said, schema) if strange or not values else Understood(values)
    if fact.dotted == _COUNTRIES:
        codes, unknown = countries_of(said)
        return Understood(wrong=say("countries", said=", ".join(unknown))) if unknown else Understood(codes)
    return _text(fact, said, schema.child(schema.at(fact.path), "value") or schema.at(fact.path))


def _number(said: str, which: str, entry: Node, schema: Schema) -> Understood:
    units = schema.terms("unit")
    number, unit = count_of(said, units)
    if not number:
        return Understood(wrong=say("number", said=said))
    named = term_of(which, units) if which else None
    known = list(_units(entry))
    unit = unit or (named.value if named else "") or (known[0] if len(known) == 1 else "")
    if not unit:
        return Understood(wrong=say("unit", said=said, choices=Ours(", ".join(term.title for term in units))))
    return Understood(number, unit)


def _units(entry: Node) -> Iterator[str]:
    counts = entry.get("participants", "counts")
    for _, claim in counts.items() if counts else ():
        if unit := claim.string("unit"):
            yield unit


def _term(fact: Fact, said: str, vocabulary: str, schema: Schema) -> Understood:
    term = term_of(said, schema.terms(vocabulary))
    return Understood(term.value) if term else _no_term(fact, said, schema)


def _no_term(fact: Fact, said: str, schema: Schema) -> Understood:
    terms = schema.terms(_VOCABULARIES.get(fact.dotted, "participant_kind"))
    choices = Ours("; ".join(term.title for term in terms))
    return Understood(wrong=say("choice", said=said, label=Ours(fact.label), choices=choices))


def _text(fact: Fact, said: str, part: Part) -> Understood:
    if part.get("x-kind") == "date":
        when = date_of(said)
        return Understood(when) if when else Understood(wrong=unclear_date(said, Ours(fact.label)))
    if part.get("x-kind") == "address":
        address = address_of(said)
        return Understood(address) if address else Understood(wrong=say("address", said=said))
    text, limit = one_line(said), int(part["maxLength"])
    if len(text) > limit:
        length = Ours(f"{len(text):,}")
        return Understood(wrong=say("too-long", label=Ours(fact.label), length=length, limit=Ours(f"{limit:,}")))
    return Understood(text)


def unclear_date(said: str, label: Ours) -> Said:
    """Why a date was not understood."""
    return say("date-both-ways" if _BOTH_WAYS.fullmatch(said.strip()) else "date", said=said, label=label)


def shown(fact: Fact, value: Any, unit: str, schema: Schema) -> str:
    """A value as people read it."""
    if fact.way == "count":
        return f"{value} {schema.term('unit', unit).title}"
    if fact.dotted in _VOCABULARIES:
        return _title(_VOCABULARIES[fact.dotted], str(value), schema)
    if fact.dotted == _PARTICIPANTS and isinstance(value, list):
        return ", ".join(_title("participant_kind", str(kind), schema) for kind in value)
    if isinstance(value, list):
        return country_names(map(str, value))
    return _date_in_words(fact, str(value), schema)


def _title(vocabulary: str, value: str, schema: Schema) -> str:
    try:
        return schema.term(vocabulary, value).title
    except KeyError:
        return value


def _date_in_words(fact: Fact, value: str, schema: Schema) -> str:
    if schema.child(schema.at(fact.path), "value").get("x-kind") != "date":
        return value
    try:
        return spoken(value, between=True)
    except ValueError:
        return value
