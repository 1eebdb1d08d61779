"""Events: whether one surely or possibly lies between two days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from netreg.core.dates import Date, parse
from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.model import build_registry
from netreg.model.lineage import Event, Lifetime, Window, lifetime

NOTHING: Any = None


@pytest.mark.parametrize(
    ("first", "last", "surely", "maybe"),
    [
        ("2010-01-01", "2010-12-31", True, True),
        ("2010-01-02", "2010-12-31", False, True),
        ("2010-01-01", "2010-12-30", False, True),
        ("2009-01-01", "2010-01-01", False, True),
        ("2009-01-01", "2009-12-31", False, False),
        ("2010-12-31", "2011-12-31", False, True),
        ("2011-01-01", "2011-12-31", False, False),
    ],
)
def test_an_event_of_a_year(first: str, last: str, surely: bool, maybe: bool) -> None:
    """It is surely within days that hold the whole year, and may be within those that hold a day of it."""
    event = Event(NOTHING, parse("2010"), "founded", "", NOTHING)
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert (event.is_within(*days), event.may_be_within(*days)) == (surely, maybe)


@pytest.mark.parametrize(("sign", "words"), [(parse("2011-05"), "first sign May 2011"), (None, "no dated sign")])
def test_where_no_founding_is_told_the_first_sign_is(sign: Date | None, words: str) -> None:
    """In words, beside the bar that begins there; without one that is said."""
    assert Lifetime(None, sign, None, None, is_active=True, is_closed=False, status="Active").began_in_words == words


@pytest.mark.parametrize(
    ("status", "end"), [("ended", Window(date(2015, 1, 1), date(2015, 12, 31))), ("merged", None), ("active", None)]
)
def test_only_what_is_no_more_has_an_end(status: str, end: Window | None, schema: Schema) -> None:
    """Its bar ends when it ended, where that is told; what works again goes on."""
    told = "" if status == "merged" else 'ended: {value: "2015", sources: [a]}\n'
    text = f"name: N\ngroup: eu-bodies\nstatus: {{value: {status}, sources: [a]}}\n{told}"
    registry = build_registry([parse_document("registry/een.yaml", text.encode())], schema, date(2026, 11, 23))
    assert lifetime(registry, registry.entries["een"]).end == end
