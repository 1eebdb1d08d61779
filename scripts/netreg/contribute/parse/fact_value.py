"""The value of one fact, from what somebody says is right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from netreg.contribute.parse.facts import Fact
from netreg.contribute.parse.references import address_of
from netreg.contribute.parse.values import count_of, countries_of, country_names, terms_of, unit_named
from netreg.contribute.parse.written_dates import date_of
from netreg.contribute.reply.messages import Ours, Said, say
from netreg.core.dates import spoken
from netreg.core.escape import one_line
from netreg.core.load import Node
from netreg.core.schema import Part, Schema

_BOTH_WAYS = re.compile(r"[0-9]{1,2}([/-])[0-9]{1,2}\1[0-9]{4}")


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
    form = own_form(fact, schema)
    if form == "count":
        return _number(said, which, entry, schema)
    if which:
        return _unclear("bracket", which)
    if form in ("term", "kinds"):
        return _terms(fact, said, entry, schema)
    if form == "countries":
        codes, unknown = countries_of(said)
        return _unclear("countries", ", ".join(unknown)) if unknown else _list(fact, codes, entry)
    if form == "date":
        when = date_of(said)
        return Understood(when) if when else Understood(wrong=unclear_date(said, Ours(fact.label)))
    if form == "address":
        address = address_of(said)
        return Understood(address) if address else _unclear("address", said)
    return _text(fact, said, int(_part(fact, schema)["maxLength"]))


def own_form(fact: Fact, schema: Schema) -> str:
    """The form that tells the values of a fact from other words; empty where any words will do.

    It is count, term, kinds, countries, date or address.
    """
    if fact.way == "count":
        return "count"
    part = _part(fact, schema)
    if part.get("type") == "array":
        return "kinds" if schema.vocabulary(part) else "countries"
    kind = part.get("x-kind")
    return "term" if schema.vocabulary(part) else str(kind) if kind in ("date", "address") else ""


def _part(fact: Fact, schema: Schema) -> Part:
    """The part of the schema that describes the value."""
    part = schema.at(fact.path)
    return schema.child(part, "value") or part


def _unclear(key: str, said: str, **values: Ours) -> Understood:
    return Understood(wrong=say(key, said=said, **values))


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
    named = unit_named(which, units) if which else None
    number, unit = count_of(said, units)
    if which and named is None:
        return _unclear("bracket", which)
    if not number:
        return _unclear("number", said)
    if named and unit not in ("", named.value):
        return _unclear("unit-other", said, label=Ours(named.title))
    unit = unit or (named.value if named else "")
    counts = entry.get("participants", "counts")
    counted = [claim.string("unit") for _, claim in counts.items()] if counts else []
    if unit and counted.count(unit) > 1:
        return Understood(needs_wording=True)  # two things of one kind are counted, and the words do not say which
    return Understood(number, unit) if unit else _unclear("unit", said, choices=Ours(", ".join(t.title for t in units)))


def _terms(fact: Fact, said: str, entry: Node, schema: Schema) -> Understood:
    known = schema.vocabulary(schema.at(fact.path))
    is_list = own_form(fact, schema) == "kinds"
    terms, strange = terms_of(said, known)
    if strange or not terms or (len(terms) > 1 and not is_list):
        choices = Ours("; ".join(term.title for term in known))
        return _unclear("choice", ", ".join(strange) or said, label=Ours(fact.label), choices=choices)
    return _list(fact, [term.value for term in terms], entry) if is_list else Understood(terms[0].value)


def _text(fact: Fact, said: str, limit: int) -> Understood:
    text = one_line(said)
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
    titles = {term.value: term.title for term in schema.vocabulary(schema.at(fact.path))}
    if titles:
        return ", ".join(titles.get(one, str(one)) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, list):
        return country_names(map(str, value))
    try:
        return spoken(str(value), between=True) if own_form(fact, schema) == "date" else str(value)
    except ValueError:
        return str(value)
