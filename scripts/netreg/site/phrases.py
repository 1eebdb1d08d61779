"""How values are said to a reader: dates, ages, counts, addresses, languages, countries."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from netreg.core import dates
from netreg.core.schema import Schema
from netreg.entry import Claim, Entry, Source, Statement
from netreg.entry.evidence import OLD

if TYPE_CHECKING:
    from babel import Locale


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


def count(claim: Claim, schema: Schema) -> str:
    """A number with its unit: ``41 states``, ``1 centre``."""
    unit = schema.term("unit", claim.unit).title
    word = unit.removesuffix("s") if claim.value == 1 else unit
    return f"{claim.value:,} {word}"


def moment(relation: Statement) -> str:
    """When a tie was made or held, and as of when it is known."""
    if relation.date:
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
    return f"Read on {day} {how[source.read_how]}"


def linkable(address: str) -> str:
    """The address if it is one of the web, else nothing: whatever the rules let through, no page links to a script."""
    return address if address.startswith(("https://", "http://")) else ""


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


def country_code(name: str) -> str:
    """The code of a country by its English name, or an empty text."""
    wanted = name.strip().casefold()
    codes = (code for code, known in _english().territories.items() if len(code) == 2 and known.casefold() == wanted)
    return next(codes, "")
