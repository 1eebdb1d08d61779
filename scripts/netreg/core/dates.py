"""Dates as exact as their sources: a part of EDTF level 1.

Understood are ``2008``, ``2008-07``, ``2008-07-02``, ``199X``, each with ``~`` (about), ``?`` (uncertain) or ``%``
(both), and intervals of two of them with ``/``, where a side may be empty (unknown) or ``..`` (open).
Source: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

MONTHS = ("January February March April May June July August September October November December").split()

_POINT = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%])?")
_DAY_FIRST = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}")
_SLACK = timedelta(days=366)
"""How far an uncertain date may be off: "about 2008" may be 2007 or 2009."""


class BadDate(ValueError):
    """The text is not a date that this registry understands; the message says why."""


class Point(NamedTuple):
    """One side of a date: the days it may mean, and how it is qualified."""

    text: str
    earliest: date
    latest: date
    qualifier: str

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``year``, ``decade`` or ``century``."""
        bare = self.text.rstrip("~?%")
        if "X" in bare:
            return "century" if bare.endswith("XX") else "decade"
        return {4: "year", 7: "month", 10: "day"}[len(bare)]


class Date(NamedTuple):
    """A date or an interval.

    ``start`` and ``end`` are the same point for a date that is no interval. In an interval a side is ``None`` where it
    is unknown or open.
    """

    text: str
    start: Point | None
    end: Point | None

    @property
    def is_interval(self) -> bool:
        """Whether the text has two sides."""
        return "/" in self.text

    @property
    def earliest(self) -> date:
        """The first day it may mean; the first day of all where that is unknown."""
        return self.start.earliest if self.start else date.min

    @property
    def latest(self) -> date:
        """The last day it may mean; the last day of all where that is unknown."""
        return self.end.latest if self.end else date.max

    @property
    def sort_key(self) -> tuple[date, date]:
        """Orders dates for a reader: by the earliest known day, unknown beginnings by their end."""
        return (self.start.earliest if self.start else self.latest, self.latest)

    def surely_after(self, other: Date) -> bool:
        """Whether no reading of the two dates lets this one be the same as, or before, the other."""
        first = shifted(self.earliest, -_SLACK) if self.start and self.start.qualifier else self.earliest
        last = shifted(other.latest, _SLACK) if other.end and other.end.qualifier else other.latest
        return first > last


def shifted(day: date, by: timedelta) -> date:
    """A day so much later, or earlier; the first and the last day of all are the ends."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta(0) else date.max


@lru_cache(maxsize=4096)
def parse(text: str) -> Date:
    """Read a date; a BadDate where it is none, whose message ends the sentence "… is not a date: "."""
    sides = text.split("/")
    if len(sides) == 1:
        point = _point(text)
        return Date(text, point, point)
    if len(sides) != 2:
        raise BadDate(_why_not(text) if _DAY_FIRST.fullmatch(text) else "an interval has one slash")
    start, end = (None if side in ("", "..") else _point(side) for side in sides)
    if start is None and end is None:
        raise BadDate("an interval needs at least one side")
    if start and end and start.earliest > end.latest:
        raise BadDate("the interval ends before it begins")
    return Date(text, start, end)


def try_parse(text: object) -> Date | None:
    """The date, or None where the text is none."""
    if not isinstance(text, str) or not text:
        return None
    try:
        return parse(text)
    except BadDate:
        return None


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise BadDate(_why_not(text))
    year, month, day, qualifier = match.groups()
    if "X" in year and month:
        raise BadDate("a year with X has no month")
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise BadDate("there is no year 0000")
    if not month:
        return Point(text, date(first, 1, 1), date(last, 12, 31), qualifier or "")
    return Point(text, *_days(first, int(month), int(day) if day else None), qualifier or "")


def _days(year: int, month: int, day: int | None) -> tuple[date, date]:
    if not 1 <= month <= 12:
        raise BadDate(f"there is no month {month:02}")
    # The library's calendar loads what each locale calls its months.
    length = 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day
    if day is None:
        return date(year, month, 1), date(year, month, length)
    if not 1 <= day <= length:
        raise BadDate(f"{MONTHS[month - 1]} {year} has no day {day:02}")
    return date(year, month, day), date(year, month, day)


def _why_not(text: str) -> str:
    if _DAY_FIRST.fullmatch(text):
        return "write the year first, as in 2008-07-02"
    if re.fullmatch(r"(?:ca?\.?|circa|about|around|approx\.?|~) ?[0-9]{4}", text, re.IGNORECASE):
        return f"write about {text[-4:]} as {text[-4:]}~"
    if re.search(r"[A-Za-z]{3}", text):
        return "write it in figures, as in 2008-07-02 for 2 July 2008"
    if re.fullmatch(r"[0-9]{4}-[0-9]{4}", text):
        return "write an interval with a slash, as in 2008/2011"
    return "write it as 2008, 2008-07 or 2008-07-02, with ~ for about"


@lru_cache(maxsize=4096)
def spoken(text: str, *, between: bool = False) -> str:
    """The date in words for a reader, as in ``2 July 2024``, ``about 2008``, ``by July 2015``, ``2013 to 2015``.

    With ``between`` an interval means one moment somewhere in it, as for a founding.
    """
    when = parse(text)
    if not when.is_interval:
        return _point_in_words(when.start)
    if when.start is None:
        return f"by {_point_in_words(when.end)}"
    if when.end is None:
        return f"since {_point_in_words(when.start)}"
    if between:
        return f"between {_shared_start(when.start, when.end)} and {_point_in_words(when.end)}"
    return f"{_shared_start(when.start, when.end)} to {_point_in_words(when.end)}"


def _shared_start(start: Point, end: Point) -> str:
    """Leave out of the first side what the second repeats: ``14 to 16 September 2016``."""
    if start.qualifier or start.precision != end.precision or start.precision not in ("day", "month"):
        return _point_in_words(start)
    if start.earliest.year != end.earliest.year:
        return _point_in_words(start)
    month = MONTHS[start.earliest.month - 1]
    if start.precision == "month":
        return month
    day = str(start.earliest.day)
    return day if start.earliest.month == end.earliest.month else f"{day} {month}"


def _point_in_words(point: Point | None) -> str:
    assert point is not None
    words = _bare_words(point)
    if point.qualifier in ("~", "%"):
        words = f"about {words}"
    if point.qualifier in ("?", "%"):
        words = f"{words} (uncertain)"
    return words


def _bare_words(point: Point) -> str:
    day = point.earliest
    if point.precision == "century":
        return f"the years {day.year} to {point.latest.year}"
    if point.precision == "decade":
        return f"the {day.year}s"
    if point.precision == "year":
        return str(day.year)
    if point.precision == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
