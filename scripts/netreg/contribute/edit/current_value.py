"""What an entry says of a fact today, in the words of its page, and how a new value stands to that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from netreg.contribute.parse.facts import Fact, shown
from netreg.core.address import fold
from netreg.core.dates import MONTHS, Date, try_parse
from netreg.entry import Claim, Entry
from netreg.entry.evidence import SIGN_OF_LIFE


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
