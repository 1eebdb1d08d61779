"""Phrases: how values are said to a reader: terms, dates, ages, counts, addresses, languages, countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from netreg.core import dates
from netreg.core.address import short
from netreg.core.names import normal_form
from netreg.core.nearest import listed
from netreg.core.schema import Part, Schema
from netreg.entry import Entry, Source, Statement
from netreg.entry.evidence import OLD

if TYPE_CHECKING:
    from babel import Locale


def value(claim: Statement, part: Part, schema: Schema) -> str:
    """What a claim, or another statement with a value, says in words; ``part`` is its field in the schema."""
    what = schema.child(schema.child(part, 0) if "items" in part else part, "value")
    if "sets" in claim.part["properties"]:
        return _accounted(claim, schema)
    return count(claim, schema) if "unit" in claim.part["properties"] else said(claim.value, what, schema)


def said(found: Any, part: Part, schema: Schema) -> str:
    """A value by itself, of which ``part`` is the place in the schema, or a list of them."""
    if isinstance(found, list | tuple):
        each = [_one(item, schema.child(part, 0), schema) for item in found]
        return joined(each) if schema.vocabulary(part) else ", ".join(each)
    return _one(found, part, schema)


def _accounted(claim: Statement, schema: Schema) -> str:
    """Countries as their source names them: ``EU states since February 2020, except Greece; also Switzerland``."""
    sets = listed(schema.term("country_set", name).title for name in claim.texts("sets"))
    without = f", except {countries(claim.texts('except'))}" if claim.texts("except") else ""
    own = countries(claim.texts("value"))
    return "; also ".join(filter(None, (sets + without, own)))


def _one(value: object, part: Part, schema: Schema) -> str:
    for term in schema.vocabulary(part):
        if term.value == value:
            return f"{term.title}, step {term.step} of {len(part['oneOf'])}" if part.get("x-steps") else term.title
    kind = part.get("x-kind")
    if kind == "date":
        return dates.spoken(str(value), between=True)
    if kind == "address":
        return short(str(value))
    if kind == "contact":
        return re.sub(r"^https?://(www\.)?", "", str(value))  # a contact may stand behind a question mark
    return country(str(value)) if kind == "country" else str(value)


def joined(titles: Sequence[str]) -> str:
    """Titles of terms in one line: ``Police, customs, EU institutions and agencies``."""
    return ", ".join([*titles[:1], *map(lower_first, titles[1:])])


def lower_first(text: str) -> str:
    """The text without the capital at its start, unless its first word is an abbreviation or a name in capitals."""
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def sentence(text: str) -> str:
    """The text as a sentence: with a capital at its start and a full stop at its end."""
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def age(entry: Entry, item: Statement, today: date) -> str:
    """How old the evidence for a statement is: ``as of 2021``, ``as of 2013, 13 years ago`` or ``undated``."""
    evidence = entry.evidence_of(item)
    if evidence is None:
        return "undated"
    said = f"as of {dates.spoken(evidence.text)}"
    if today - evidence.latest > OLD:
        said += f", {today.year - evidence.latest.year} years ago"
    return said


def period(item: Statement, between: bool = False) -> str:
    """Since when and until when a statement held: ``since 28 May 2001``, ``1980 to 2021``, or nothing."""
    since, until = (dates.spoken(text, between=between) if text else "" for text in (item.since, item.until))
    if since and until:
        return f"{since} to {until}"
    if since:
        return since if since.startswith("by ") else f"from {since}"
    return f"until {until}" if until else ""


def with_acronym(name: Statement) -> str:
    """Another name, with the acronym that goes with it."""
    return f"{name.name} ({name.acronym})" if name.acronym else name.name


def count(claim: Statement, schema: Schema) -> str:
    """A number with its unit, as its source qualifies it: ``41 states``, ``1 centre``, ``more than 50 centres``."""
    unit = schema.term("unit", claim.unit).title
    number: Any = claim.value
    word = unit.removesuffix("s") if number == 1 else unit
    qualifier = f"{schema.term('qualifier', claim.qualifier).title} " if claim.qualifier else ""
    return f"{qualifier}{number:,} {word}"


def places(item: Statement) -> str:
    """Where in its sources a statement stands; empty where nobody says."""
    return "; ".join(where for _, where in item.citations if where)


def moment(relation: Statement) -> str:
    """When a tie was made or held, and as of when it is known."""
    if getattr(relation, "date", ""):
        return dates.spoken(relation.date)
    said = period(relation)
    if relation.as_of:
        said = f"{said}, as of {dates.spoken(relation.as_of)}" if said else f"as of {dates.spoken(relation.as_of)}"
    return said


def act_dates(act: Statement) -> str:
    """When an act was adopted and until when it held."""
    said = dates.spoken(act.date) if act.date else ""
    return f"{said}, until {dates.spoken(act.until)}".lstrip(", ") if act.until else said


def reading(source: Source) -> str:
    """When we read a source, and how; of a letter to us nothing, since the day it was sent is told already."""
    if source.statement:
        return ""
    day = dates.spoken(source.read_on)
    how = {"live": "at its address", "stored-copy": "in a stored copy", "archive": "in a web archive"}
    if source.read_how not in how:
        return f"Named in a request on {day}, and not yet read by us"
    by = " by a reader" if source.read_by == "reader" else ""
    return f"Read on {day} {how[source.read_how]}{by}"


def sender(role: str) -> str:
    """Who wrote to us, by the role: ``the secretariat``, ``a member``."""
    return f"the {role}" if role == "secretariat" else f"a {role}"


def linkable(address: str) -> str:
    """The address if it is one of the web, else nothing: whatever the rules let through, no page links to a script."""
    return address if address.startswith(("https://", "http://")) else ""


def reachable(contact: str) -> str:
    """Where a contact leads: to its page, or to a new mail if it is a mailbox; else nowhere."""
    is_mailbox = re.fullmatch(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+", contact)
    return f"mailto:{contact}" if is_mailbox else linkable(contact)


@lru_cache(maxsize=1)
def _english() -> Locale:
    from babel import Locale  # its tables of names take a while to load

    return Locale("en", "GB")


def language(code: str) -> str:
    """The English name of a language, or its code where none is known."""
    return str(_english().languages.get(code, code))


def country(code: str) -> str:
    """The English name of a country, or its code where none is known."""
    return str(_english().territories.get(code, code))


def countries(codes: Sequence[str]) -> str:
    """The English names of countries, by the alphabet."""
    return listed(sorted(map(country, codes), key=normal_form))


def country_code(name: str) -> str:
    """The code of a country by its English name, or an empty text."""
    wanted = name.strip().casefold()
    codes = (code for code, known in _english().territories.items() if len(code) == 2 and known.casefold() == wanted)
    return next(codes, "")
