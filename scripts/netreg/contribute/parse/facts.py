"""The facts of an entry by the names on its page, and the value of one in what somebody says, beside those of today.

Only what has one reading becomes a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

from netreg.contribute.parse.references import address_of, contact_of
from netreg.contribute.parse.values import count_of, countries_of, is_remark, plain, terms_of, unit_named
from netreg.contribute.parse.written_dates import date_of, date_readings
from netreg.contribute.reply.messages import Ours, Said, say
from netreg.core.address import fold
from netreg.core.dates import MONTHS, Date, spoken, try_parse
from netreg.core.escape import one_line
from netreg.core.load.node import tree
from netreg.core.names import letters
from netreg.core.schema import Part, Schema
from netreg.entry import Claim, Entry
from netreg.entry.evidence import SIGN_OF_LIFE
from netreg.model import phrases

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


@dataclass(frozen=True, slots=True)
class Understood:
    """A value with what belongs to it, as in ``{value: 50, qualifier: about, unit: centres}``, or why there is none.

    ``needs_wording`` tells that the words are an answer of some sort, but none that can stand on a page as they are;
    ``as_of`` is a date that stood beside a number.
    """

    claim: Mapping[str, Any] = field(default_factory=dict)
    wrong: Said | None = None
    needs_wording: bool = False
    as_of: str = ""


def value_of(fact: Fact, typed: str, which: str, entry: Entry) -> Understood:
    """The value that somebody gives a fact of an entry, which knows what it counts, and in which roles, so far.

    ``which`` stood in brackets behind the name of the fact, such as the unit of a number.
    """
    form, said = own_form(fact, entry.schema), plain(typed)
    if which and not fact.key:
        return _unclear("bracket", which)
    if form in ("count", "countries"):
        return (_number if form == "count" else _countries)(fact, said, which, entry)
    if form in ("term", "kinds"):
        return _terms(fact, said, entry)
    if form == "date":
        when = date_of(said)
        is_one = when and not when.endswith(("/", "/.."))  # nothing begins or ends for ever
        return Understood({"value": when}) if is_one else Understood(wrong=unclear_date(said, Ours(fact.label)))
    if form in ("address", "contact"):
        address = (address_of if form == "address" else contact_of)(typed)
        return Understood({"value": address}) if address else _unclear(form, said, label=Ours(fact.label))
    return _text(fact, said, entry)


def own_form(fact: Fact, schema: Schema) -> str:
    """The form that tells the values of a fact from other words; empty where any words will do.

    It is count, term, kinds, countries, date, address or contact.
    """
    part = _part(fact, schema)
    if part.get("type") == "array":
        return "kinds" if schema.vocabulary(part) else "countries"
    if part.get("type") == "integer":
        return "count"
    kind = part.get("x-kind")
    return "term" if schema.vocabulary(part) else str(kind) if kind in ("date", "address", "contact") else ""


def _part(fact: Fact, schema: Schema) -> Part:
    part = schema.at(fact.claim_path)
    return schema.child(part, "value") or part


def _unclear(key: str, said: str, **values: Ours) -> Understood:
    return Understood(wrong=say(key, said=said, **values))


_MOST_OF_IT = 0.6


def _list(fact: Fact, values: list[str], known: Claim | None, **more: str) -> Understood:
    """A whole list; one that leaves out most of what stands there may be only what is to be added."""
    listed = known.value if known and isinstance(known.value, tuple) else ()
    if listed and len(set(listed) & set(values)) < _MOST_OF_IT * len(listed):
        return Understood(wrong=say("list-part", label=Ours(fact.label), number=Ours(len(listed))))
    return Understood({**more, "value": values})


def _countries(fact: Fact, said: str, which: str, entry: Entry) -> Understood:
    """The countries of the role that is named, or of the only one that the entry has, where it names each of them."""
    codes, unknown = countries_of(said)
    roles = entry.schema.terms("country_role")
    words = ((role.value, {role.value, role.title, role.short, f"{role.title}s"}) for role in roles)
    named = next((role for role, names in words if which.casefold() in map(str.casefold, names)), "")
    if unknown or (which and not named):
        return _unclear("countries", ", ".join(unknown)) if unknown else _unclear("bracket", which)
    claims = [claim for claim in entry.at(fact.dotted) if not named or claim.role == named]
    role = named or "".join(claim.role for claim in claims[:1])
    if not role or len(claims) > 1 or any(claim.node.get("sets") for claim in claims):
        return Understood({"value": codes}, needs_wording=True)
    return _list(fact, codes, next(iter(claims), None), role=role)


def _number(fact: Fact, said: str, which: str, entry: Entry) -> Understood:
    """One number; where only the unit is unclear, it is the unit that is asked for."""
    units = entry.schema.terms("unit")
    named, count = unit_named(which, units) if which else None, count_of(said, units)
    if which and named is None:
        return _unclear("bracket", which)
    if count is None:
        return _unclear("number", said)
    if named and count.unit not in ("", named.value):
        return _unclear("unit-other", said, label=Ours(named.title))
    unit = "" if count.rest else count.unit or (named.value if named else "")
    as_of = date_of(count.since)
    if not unit or (count.since and not as_of):
        return _unclear("unit", said, number=Ours(count.number), choices=Ours(", ".join(term.title for term in units)))
    if sum(claim.unit == unit for claim in entry.at(fact.dotted)) > 1:
        return Understood(needs_wording=True)  # two things of one kind are counted, and the words do not say which
    qualified = {"qualifier": count.qualifier} if count.qualifier else {}
    return Understood({"value": count.number, **qualified, "unit": unit}, as_of=as_of)


def _terms(fact: Fact, said: str, entry: Entry) -> Understood:
    known = entry.schema.vocabulary(entry.schema.at(fact.path))
    is_list = own_form(fact, entry.schema) == "kinds"
    terms, strange = terms_of(said, known)
    if strange or not terms or (len(terms) > 1 and not is_list):
        choices = Ours("; ".join(term.title for term in known))
        return _unclear("choice", ", ".join(strange) or said, label=Ours(fact.label), choices=choices)
    values = [term.value for term in terms]
    return _list(fact, values, entry.at(fact.dotted)) if is_list else Understood({"value": values[0]})


_FEWEST_WORDS = {"summary": 15, "governance": 4}
"""How many words it takes to replace a whole text; fewer are a remark on it."""


def _text(fact: Fact, said: str, entry: Entry) -> Understood:
    text, limit = one_line(said), int(_part(fact, entry.schema)["maxLength"])
    is_prose = fact.dotted in _FEWEST_WORDS
    is_more = not is_prose and ("\n" in said or (fact.way == "plain" and "(" in text))
    if is_more or len(text.split()) < _FEWEST_WORDS.get(fact.dotted, 0) or is_remark(text):
        return Understood(needs_wording=True)
    if fact.dotted == "name" and letters(text) == letters(entry.acronym):
        return _unclear("full-name", text)
    if len(text) > limit:
        length = Ours(f"{len(text):,}")
        return Understood(wrong=say("too-long", label=Ours(fact.label), length=length, limit=Ours(f"{limit:,}")))
    return Understood({"value": text})


def unclear_date(said: str, label: Ours) -> Said:
    """Why a date was not understood: it is none, or it has two readings, which are told."""
    readings = date_readings(said)
    if len(readings) < 2:
        return say("date", said=said, label=label)
    return say("date-both-ways", said=said, label=label, readings=Ours(" or ".join(map(spoken, readings))))


def shown(fact: Fact, claim: Mapping[str, Any], schema: Schema) -> str:
    """A value with what belongs to it, as people read it; ``claim`` is such as an entry has it."""
    value, at = claim["value"], schema.at(fact.claim_path)
    if own_form(fact, schema) == "address":  # whole, since it is to be looked at before it stands
        return str(value)
    try:
        if "properties" not in at:
            return phrases.said(value, at, schema)
        text = phrases.value(Claim((), tree(dict(claim)), at), schema.at(fact.path), schema)
    except ValueError:  # a date that is none stands in the entry
        return str(value)
    return f"{schema.term('country_role', claim['role']).short}: {text}" if fact.key == "role" else text


@dataclass(frozen=True)
class Standing:
    """One value as the entry has it, in plain data, and as the page shows it, and from when it is known."""

    claim: Mapping[str, Any]
    text: str
    known_from: Date | None

    def is_quoted_in(self, said: str) -> bool:
        """Whether somebody means it who quotes the page, with or without the age or remark behind it."""
        note = self.claim.get("note", "")
        bare = said.replace(f"({note})", "") if note else said
        return _words(self.text) in (_words(said), _words(_AGE.sub("", bare)))


_AGE = re.compile(
    r"\s*\((?:as|of|from|until|to|by|about|between|and|years?|ago|since|before|undated|uncertain|the whole list|"
    rf"[0-9,.~/;-]|\s|{'|'.join(MONTHS)})*\)\s*$",
    re.IGNORECASE,
)
"""The age that a page puts behind a value; anything else in brackets was written by somebody."""
_DRESS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}\b)|, step [0-9]+ of [0-9]+|\bhttps?://|\bwww\.", re.IGNORECASE)
"""What a page puts around a value, or leaves away: commas in numbers, the step of a scale, the scheme of an address."""


def _words(text: str) -> list[str]:
    return sorted(word for word in re.findall(r"\w+", _DRESS.sub("", text.casefold())) if word != "and")


def values_of(fact: Fact, entry: Entry, which: str = "") -> list[Standing]:
    """The values of a fact, the first in front; empty where the entry says nothing.

    Of a list of claims ``which`` is the one that is meant, by the unit of a number or the role of countries.
    """
    found = entry.at(fact.dotted)
    if fact.way == "plain":
        return [Standing({"value": found}, found, None)] if found else []
    if fact.key:
        found = next((claim for claim in found if getattr(claim, fact.key) == which), None)
    claims = [one for one in found.with_others() if one.value is not None] if isinstance(found, Claim) else []
    said = [({**claim.node.plain(), fact.key: which}, claim) for claim in claims]
    return [
        Standing(plain, shown(fact, plain, entry.schema), entry.evidence_of(claim) or try_parse(claim.since))
        for plain, claim in said
    ]


def contains(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether a value is less exact than one that stands, and agrees with it: *2001* with *28 May 2001*."""
    now, then = try_parse(new["value"]), try_parse(old.get("value"))
    if now and then:
        return now.text != then.text and now.earliest <= then.earliest and then.latest <= now.latest
    if not (isinstance(new["value"], int) and isinstance(old.get("value"), int)) or old.get("qualifier"):
        return False
    more = old["value"] - new["value"]
    return bool({"more-than": more > 0, "at-least": more >= 0, "at-most": more <= 0}.get(new.get("qualifier", "")))


def was_seen_after(end: str, status: Sequence[Standing]) -> bool:
    """Whether the newest sign of life of a body is surely later than the date on which it is said to have ended."""
    ended, seen = try_parse(end), status[0].known_from if status else None
    return bool(ended and seen and ended.latest < seen.earliest)


@dataclass(frozen=True)
class Comparison:
    """A new value beside those of the page.

    ``said`` is the value with what belongs to it and ``text`` what the page would show, ``when`` the date that it is
    of, ``since`` from when on it holds, ``quoted`` what its sender quotes from the page.
    """

    standing: Sequence[Standing]
    said: Mapping[str, Any]
    text: str
    when: Date | None
    since: Date | None
    quoted: str

    @cached_property
    def first(self) -> Standing | None:
        """The value in front."""
        return self.standing[0] if self.standing else None

    @cached_property
    def again(self) -> Standing | None:
        """The same value, or the same address, where the page has it already."""
        spelt = fold if "://" in self.text else str
        return next((one for one in self.standing if spelt(one.text) == spelt(self.text)), None)

    @cached_property
    def agrees(self) -> bool:
        """Whether it only says less exactly what the value in front says."""
        return self.first is not None and self.again is None and contains(self.said, self.first.claim)

    @cached_property
    def meant(self) -> Standing | None:
        """The value that the sender quotes."""
        return next((one for one in self.standing if one.is_quoted_in(self.quoted)), None)

    @property
    def disputed(self) -> Standing | None:
        """The value that is to be corrected, where that is not the one in front."""
        return self.meant if self.meant is not self.first else None

    @property
    def is_earlier(self) -> bool:
        """Whether the new value tells of an earlier time than the one in front."""
        known = self.first.known_from if self.first else None
        return bool(known and self.when and self.when.latest < known.earliest)

    @property
    def goes_beside(self) -> bool:
        """Whether the value in front stays there."""
        return self.is_earlier or self.disputed is not None

    def is_order_unclear(self, today: date) -> bool:
        """Whether nothing tells which value is the newer one, and the new one may well be the older."""
        first = self.first
        if first is None or self.goes_beside or self.again is first or self.agrees:
            return False
        known = first.known_from
        # It may be said to hold since a time before the one that the page knows the other value from.
        is_older = self.since and known and self.since.latest < known.earliest
        is_past = self.again is not None and self.again.claim.get("until")
        is_twice = self.meant is first and any(one.text == first.text for one in self.standing[1:])
        is_stale = self.when and self.when.latest < today - SIGN_OF_LIFE and known is None
        return bool(is_older or is_past or is_twice or is_stale)

    @property
    def remark(self) -> str:
        """What the page says of the same value, and what may be untrue once it rests on another source."""
        note, is_likely = (self.again.claim.get(key) for key in ("note", "certainty")) if self.again else ("", "")
        return str(note or "our reading") if is_likely or (note and self.again is not self.first) else ""
