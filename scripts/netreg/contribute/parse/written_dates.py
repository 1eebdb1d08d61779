"""From words to dates: what people write for a day, a month, a year or a span, in English or another language."""

from __future__ import annotations

import re
from functools import lru_cache

from netreg.contribute.parse.values import QUOTES
from netreg.core.dates import BadDate, parse
from netreg.core.escape import one_line

_LANGUAGES = "en bg cs da de el es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv no is sq sr mk bs uk tr".split()
"""The languages in which names of months are understood: those of the Member States and their neighbours."""

_QUALIFIED = re.compile(
    r"(?:(about|around|approximately|approx\.?|circa|ca?\.?)|(before|by|until)|(in|on|since)) +(.+)"
)
_YEAR = r"(?P<year>[0-9]{4})"
_NAMED = r"(?P<month>[^\W\d_]{3,12})"
_WRITTEN = (
    re.compile(rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|er|º)?\.? +(?:de )?)?{_NAMED}\.?,? +{_YEAR}"),
    re.compile(rf"{_NAMED}\.? +(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? +{_YEAR}"),
    re.compile(rf"(?P<day>[0-9]{{1,2}})(?P<mark>[./-])(?P<month>[0-9]{{1,2}})(?P=mark){_YEAR}"),
)
_SPAN = re.compile(r"(?:from )?(.+?) *(?:–|—| - | to ) *(.+)|between (.+?) and (.+)")


def date_of(said: str) -> str:
    """A date as entries have it, or an empty text where it is not understood.

    A date that reads both ways, such as 02/07/2008, is not understood.
    """
    text = one_line(said).strip(QUOTES).casefold()
    text = text if text.endswith("/..") else text.rstrip(". ")  # two dots behind a stroke are an end that is open
    if len(text) > 60:
        return ""
    return _point(text) or _interval(text)


def moment_of(said: str) -> str:
    """A single date, as for what holds at a time; empty where it is none, or says since or until when."""
    when = "" if _SINCE.match(one_line(said)) else date_of(said)
    return "" if "/" in when else when


def since_of(said: str) -> str:
    """The date from which on something holds, where that is what is said; empty otherwise."""
    text = one_line(said)
    when = date_of(_SINCE.sub("", text)) if _SINCE.match(text) else ""
    return "" if "/" in when else when


_SINCE = re.compile(r"since\b *", re.IGNORECASE)


def _interval(text: str) -> str:
    match = re.fullmatch(r"([0-9]{4}) ?[-–] ?([0-9]{4})", text) or _SPAN.fullmatch(text)
    if not match:
        return ""
    start, end = map(_point, filter(None, match.groups()))
    return _checked(f"{start}/{end}") if start and end else ""


def _point(text: str) -> str:
    qualified = _QUALIFIED.fullmatch(text)
    if qualified:
        point = _point(qualified[4])
        if not point or not (qualified[1] or qualified[2]):
            return point
        return _checked(f"{point}~" if qualified[1] else f"/{point}")
    return _checked(text.upper()) or _written(text)


def _written(text: str) -> str:
    """2.7.2008 is European; with slashes or hyphens the order is known only where one number is no month."""
    match = next(filter(None, (form.fullmatch(text) for form in _WRITTEN)), None)
    if match is None:
        return ""
    day, month = int(match["day"] or 0), match["month"]
    number = int(month) if month.isdecimal() else _months().get(month, 0)
    if match.groupdict().get("mark", ".") != ".":
        if day <= 12 and number <= 12 and day != number:
            return ""
        day, number = (number, day) if number > 12 else (day, number)
    return _checked(f"{match['year']}-{number:02}-{day:02}" if match["day"] else f"{match['year']}-{number:02}")


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The months by their names; one that means two, as *listopad* does, is none."""
    from babel import Locale

    found: dict[str, set[int]] = {"sept": {9}}
    for code in _LANGUAGES:
        for form, width in (("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated")):
            for number, name in Locale(code).months[form][width].items():
                found.setdefault(str(name).casefold().strip("."), set()).add(int(number))
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}


def _checked(text: str) -> str:
    try:
        return parse(text).text
    except (BadDate, ValueError):
        return ""
