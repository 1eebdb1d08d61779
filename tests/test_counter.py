"""The counter: each function of the package once, and nothing of what is around it."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from tests.counter import PACKAGE, passed

from netreg.core import dates


def test_functions_are_counted_once_and_calls_each_time() -> None:
    """Two calls of a function are one function, and code of others is not counted."""
    read = dates.parse.__wrapped__  # without what it keeps from earlier calls
    once = passed(lambda: read("2026"))
    twice = passed(lambda: (read("2026"), read("2026"), json.dumps([1]), date.today()))
    assert once.functions == twice.functions
    assert once.calls * 2 == twice.calls
    assert once.modules == {Path(dates.__file__).relative_to(PACKAGE).as_posix()}
    assert len(once.rooms) == 1


def test_the_profiler_of_others_comes_back() -> None:
    """A debugger that was on is on again, also after a failure."""
    seen: list[str] = []
    sys.setprofile(lambda frame, event, argument: seen.append(event))
    try:
        passed(lambda: None)
        assert sys.getprofile() is not None
    finally:
        sys.setprofile(None)
    assert seen
