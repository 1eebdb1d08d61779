"""Named sets of countries: their members and years, each on the word of a source, from ``schema/country-sets.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from netreg.entry.spot import Statement

MATRIX = "matrix"
"""The set of the countries that stand in the columns of the matrix."""

EU = "eu"
"""How the ids of the sets of EU states begin, one for each time between two changes."""


@dataclass(frozen=True, slots=True)
class CountrySet:
    """A set with its members as ISO 3166-1 alpha-2 codes, and the days between which it held; open sides are the ends
    of time."""

    id: str
    title: str
    members: frozenset[str]
    since: date
    until: date

    def overlaps(self, first: date, last: date) -> bool:
        """Whether it held on one of these days."""
        return self.since <= last and first <= self.until


@lru_cache(maxsize=8)
def read_country_sets(root: Path) -> Mapping[str, CountrySet]:
    """The sets of the project at ``root`` by their ids.

    An OSError, ValueError or KeyError where the file is missing or not as it should be.
    """
    raw = json.loads((root / "schema" / "country-sets.json").read_text(encoding="utf-8"))
    return {item["id"]: _set(item) for item in raw["sets"]}


def _set(item: Mapping[str, Any]) -> CountrySet:
    since = date.fromisoformat(item["from"]) if "from" in item else date.min
    until = date.fromisoformat(item["until"]) if "until" in item else date.max
    return CountrySet(item["id"], item["title"], frozenset(item["members"]), since, until)


def in_sets(claim: Statement, sets: Mapping[str, CountrySet]) -> frozenset[str]:
    """The members of the sets that a list of countries names, its exceptions included."""
    return frozenset().union(*(sets[name].members for name in claim.texts("sets") if name in sets))


def codes(claim: Statement, sets: Mapping[str, CountrySet]) -> frozenset[str]:
    """The countries of a list: its own, and those of its sets without its exceptions."""
    return (in_sets(claim, sets) - set(claim.texts("except"))) | set(claim.texts("value"))
