"""Dates: what is understood, what it means, how it is spoken, and in which order it stands."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netreg.core.dates import BadDate, parse, spoken


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2008", date(2008, 1, 1), date(2008, 12, 31)),
        ("2008-07", date(2008, 7, 1), date(2008, 7, 31)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("2008-07-02", date(2008, 7, 2), date(2008, 7, 2)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2008~", date(2008, 1, 1), date(2008, 12, 31)),
        ("2008-07?", date(2008, 7, 1), date(2008, 7, 31)),
        ("2008%", date(2008, 1, 1), date(2008, 12, 31)),
        ("2008/2011", date(2008, 1, 1), date(2011, 12, 31)),
        ("2008-07-14/2008-07-16", date(2008, 7, 14), date(2008, 7, 16)),
        ("/2015-07", date.min, date(2015, 7, 31)),
        ("2008/", date(2008, 1, 1), date.max),
        ("2008/..", date(2008, 1, 1), date.max),
        ("../2015", date.min, date(2015, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_date_means_these_days(text: str, earliest: date, latest: date) -> None:
    """The first and the last day that a date may mean follow from how exact it is."""
    when = parse(text)
    assert (when.earliest, when.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("02.07.2008", "write the year first"),
        ("7/2/2008", "write the year first"),
        ("2 July 2008", "write it in figures"),
        ("2008-2011", "write an interval with a slash"),
        ("ca. 2008", "write about 2008 as 2008~"),
        ("circa 2008", "write about 2008 as 2008~"),
        ("2008-13", "there is no month 13"),
        ("2008-00", "there is no month 00"),
        ("2008-02-30", "February 2008 has no day 30"),
        ("2008-07-00", "July 2008 has no day 00"),
        ("0000", "there is no year 0000"),
        ("000X", "there is no year 0000"),
        ("199X-07", "a year with X has no month"),
        ("/", "an interval needs at least one side"),
        ("../..", "an interval needs at least one side"),
        ("2008/2009/2010", "an interval has one slash"),
        ("2011/2008", "the interval ends before it begins"),
        ("2008~~", "write it as"),
        ("2008 ", "write it as"),
        ("2008\n", "write it as"),
        ("２００８", "write it as"),
        ("", "write it as"),
    ],
)
def test_what_is_no_date_says_why(text: str, why: str) -> None:
    """A wrong date is refused with the one thing that helps."""
    with pytest.raises(BadDate, match=f"^{re.escape(why)}"):
        parse(text)


@given(st.text(alphabet="0123456789-/X~?%. \n", max_size=24) | st.text())
@example("9" * 5000)
@example("2008/" * 5000)
def test_no_text_makes_it_fall_over(text: str) -> None:
    """Any text is a date that can be spoken and compared, or a BadDate."""
    try:
        when = parse(text)
    except BadDate:
        return
    assert spoken(text)
    assert spoken(text, between=True)
    assert when.earliest <= when.latest
    assert not when.surely_after(when)
    assert when.sort_key <= (date.max, date.max)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2008", "2008"),
        ("2008-07", "July 2008"),
        ("2008-07-02", "2 July 2008"),
        ("199X", "the 1990s"),
        ("19XX", "the years 1900 to 1999"),
        ("2008~", "about 2008"),
        ("2008?", "2008 (uncertain)"),
        ("2008%", "about 2008 (uncertain)"),
        ("/2015-07", "by July 2015"),
        ("2008/", "since 2008"),
        ("2008/..", "since 2008"),
        ("2008/2011", "2008 to 2011"),
        ("2013-01/2013-05", "January to May 2013"),
        ("2013-11/2014-02", "November 2013 to February 2014"),
        ("2016-09-14/2016-09-16", "14 to 16 September 2016"),
        ("2016-09-30/2016-10-02", "30 September to 2 October 2016"),
        ("2016-12-30/2017-01-02", "30 December 2016 to 2 January 2017"),
        ("2008~/2011", "about 2008 to 2011"),
    ],
)
def test_a_date_is_spoken_as_people_speak(text: str, words: str) -> None:
    """The words are those of a person, and repeat nothing."""
    assert spoken(text) == words


def test_a_founding_within_an_interval_is_between() -> None:
    """An interval that means one moment reads as between two dates."""
    assert spoken("2008/2011", between=True) == "between 2008 and 2011"
    assert spoken("2008", between=True) == "2008"


def test_dates_stand_in_the_order_of_their_beginnings() -> None:
    """A reader finds unknown beginnings by their end, and the shorter of two spans first."""
    texts = ["2008-07-02", "/2009", "2008", "199X", "2008-07", "2010/", "2008/2011"]
    ordered = sorted(texts, key=lambda text: parse(text).sort_key)
    assert ordered == ["199X", "2008", "2008/2011", "2008-07", "2008-07-02", "/2009", "2010/"]


@pytest.mark.parametrize(
    ("later", "earlier", "surely"),
    [
        ("2009", "2008", True),
        ("2008-07", "2008", False),
        ("2008", "2008-07", False),
        ("2009~", "2008", False),
        ("2011~", "2008", True),
        ("2009", "2008~", False),
        ("2009", "/2008", True),
        ("/2009", "2008", False),
        ("2009/", "2008", True),
        ("2009", "2008/", False),
        ("0001", "0001~", False),
        ("9999~", "9999", False),
    ],
)
def test_one_date_is_surely_after_another(later: str, earlier: str, surely: bool) -> None:
    """An order is wrong only where no reading of the two dates could make it right."""
    assert parse(later).surely_after(parse(earlier)) is surely
