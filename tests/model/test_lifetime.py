"""Events: whether one surely or possibly lies between two days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from netreg.core.dates import parse
from netreg.model.lineage import Event

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
