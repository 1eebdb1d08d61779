"""The value of one fact, from what somebody says is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from netreg.contribute.parse.facts import Fact
from netreg.contribute.parse.references import address_of
from netreg.contribute.parse.values import count_of, countries_of, country_names, term_of, terms_of, unit_named
from netreg.contribute.parse.written_dates import date_of
from netreg.contribute.reply.messages import Ours, Said, say
from netreg.core.dates import spoken
from netreg.core.escape import one_line
from netreg.core.load import Node
from netreg.core.schema import Part, Schema

_VOCABULARIES = {"form": "form", "status": "status", "participants.range": "range"}
_BOTH_WAYS = re.compile(r"[0-9]{1,2}([/-])[0-9]{1,2}\1[0-9]{4}")
_PARTICIPANTS = "participants.kinds"
_COUNTRIES = "participants.countries"


@dataclass(frozen=True, slots=True)
class Understood:
    """A value as entries have it, or why there is none; ``unit`` is for numbers only.

    ``needs_wording`` tells that the words are an answer of some sort, but none that can stand on a page as they are.
    """

    value: Any = None
    unit: str = ""
    wrong: Said | None = None
    needs_wording: bool = False


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
    if which:
        return Understood(wrong=say("bracket", said=which))
    if fact.dotted in _VOCABULARIES:
        return _term(fact, said, _VOCABULARIES[fact.dotted], schema)
    if fact.dotted == _PARTICIPANTS:
        terms, strange = terms_of(said, schema.terms("participant_kind"))
        values = [term.value for term in terms]
        if strange or not values:
            return _no_term(fact, ", ".join(strange) or said, schema)
        return _list(fact, values, entry)
    if fact.dotted == _COUNTRIES:
        codes, unknown = countries_of(said)
        return Understood(wrong=say("countries", said=", ".join(unknown))) if unknown else _list(fact, codes, entry)
    return _text(fact, said, schema.child(schema.at(fact.path), "value") or schema.at(fact.path))


def own_form(fact: Fact, schema: Schema) -> str:
    """The form that tells the values of a fact from other words; empty where any words will do.

    It is count, term, kinds, countries, date or address.
    """
    if fact.way == "count":
        return "count"
    if fact.dotted in _VOCABULARIES:
        return "term"
    kind = schema.child(schema.at(fact.path), "value").get("x-kind")
    known = {_PARTICIPANTS: "kinds", _COUNTRIES: "countries"}
    return known.get(fact.dotted) or (str(kind) if kind in ("date", "address") else "")


_MOST_OF_IT = 0.6


def _list(fact: Fact, values: list[str], entry: Node) -> Understood:
    """A whole list; one that leaves out most of what stands there may be only what is to be added."""
    node = entry.get(*fact.path, "value")
    known = node.plain() if node is not None else []
    if known and len(set(known) & set(values)) < _MOST_OF_IT * len(known):
        return Understood(wrong=say("list-part", label=Ours(fact.label), number=Ours(len(known))))
    return Understood(values)


def _number(said: str, which: str, entry: Node, schema: Schema) -> Understood:
    units = schema.terms("unit")
    named = unit_named(which, units, loosely=True) if which else None
    if which and named is None:
        return Understood(wrong=say("bracket", said=which))
    number, unit = count_of(said, units, named)
    if not number:
        return Understood(wrong=say("number", said=said))
    if named and unit not in ("", named.value):
        return Understood(wrong=say("unit-other", said=said, label=Ours(named.title)))
    unit = unit or (named.value if named else "")
    if list(_units(entry)).count(unit) > 1:
        return Understood(needs_wording=True)  # two things of one kind are counted, and the words do not say which
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
    if _needs_wording(fact, said.strip(), text):
        return Understood(needs_wording=True)
    if len(text) > limit:
        length = Ours(f"{len(text):,}")
        return Understood(wrong=say("too-long", label=Ours(fact.label), length=length, limit=Ours(f"{limit:,}")))
    return Understood(text)


_NO_VALUE = re.compile(
    r"^(?:please|see|cf|delete|remove|change|there|that|this|it|they|no|not|none|nothing|never|unknown|yes|wrong|sorry|"
    r"n/a|tbd|tba|i|we|you|should|moved|does|rename|correct is|right is|according to|dissolved|closed|the same)\b"
    r"|^[\W\d]*$|[?!]$|^[\w ]{1,20}: |\bask (?:them|us|me)\b|\bsince [0-9]{4}$"
    r"|\b(?:please|should (?:be|read|say)|is (?:wrong|outdated)|outdated|does not exist|as you write|instead of)\b"
    r"|\bthe (?:page|entry|description|text|last sentence)\b|, (?:but )?not |\bnot [A-Z]{2,}|^[\w-]+ not\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:Mrs?|Ms|Dr|Prof|Herr|Frau|Mme|M|Sr|Sra)\.? [A-Z]")
"""Words to the people behind the registry, and names of persons: no page can show them as the value of a fact."""

_FEWEST_WORDS = {"summary": 15, "governance": 4}
"""How many words it takes to replace a whole text; fewer are a remark on it."""


def _needs_wording(fact: Fact, said: str, text: str) -> bool:
    """Whether a person has to make a value of the words."""
    if len(text.split()) < _FEWEST_WORDS.get(fact.dotted, 0) or is_remark(text):
        return True
    return fact.dotted not in _FEWEST_WORDS and ("\n" in said or (fact.way == "plain" and "(" in text))


def is_remark(text: str) -> bool:
    """Whether words speak to the people behind the registry, or of a person, instead of giving a value."""
    return _NO_VALUE.search(text) is not None or _PERSON.search(text) is not None


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
