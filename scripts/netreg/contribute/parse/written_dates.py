"""From words to dates: what people write for a day, a month, a year or a span, in the languages of Europe.

Nothing is guessed: all readings of the words are made, and only what has one is understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import product

from netreg.contribute import table
from netreg.contribute.parse.values import LANGUAGES, QUOTES, is_remark
from netreg.core.dates import parse, try_parse
from netreg.core.escape import one_line

_LONGEST = 80
_EARLIEST = 1800
"""No body of the registry is older; an earlier year is a slip, and asked about."""

_STEM, _ENDING = 4, 4
"""Letters that the beginning of a month must have for another ending to be known, and that this may have."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d]+|[./-]")
_SHORT_SPAN = re.compile(r"([0-9]{2})([0-9]{2}) ?[–/-] ?([0-9]{2})")
_BREAK = re.compile(r"[–/-]|(?<=\s)(?P<word>[^\W\d_]+)(?=\s)")
_PLACE = re.compile(r"[^\d,~]{2,40}, ?")
"""The place in front of the date of a letter; it counts only before a day."""

_ROMANS = "i ii iii iv v vi vii viii ix x xi xii".split()


def date_of(said: str) -> str:
    """A date as entries have it; empty where it has no reading or more than one, such as 02/07/2008."""
    found = date_readings(said)
    return found[0] if len(found) == 1 else ""


def moment_of(said: str) -> str:
    """A single date, as for what holds at a time; empty where it is none, or says since or until when."""
    when = "" if _since(said) else date_of(said)
    return "" if "/" in when else when


def since_of(said: str) -> str:
    """The date from which on something holds, where that is what is said; empty otherwise."""
    when = date_of(_since(said))
    return "" if "/" in when else when


def date_readings(said: str) -> tuple[str, ...]:
    """All dates that the words can mean, in order; none where they are no date."""
    text = _plain(said[: 4 * _LONGEST])
    if not text or len(text) > _LONGEST or len(said) > 4 * _LONGEST:
        return ()
    exact = _checked(text.upper()) if re.match("[0-9]{3}|/", text) else ""
    return (exact,) if exact else tuple(sorted(_qualified(text)))


def _plain(said: str) -> str:
    """Words without quotes, marks that nobody sees and the dot behind, with one sort of dash."""
    text = "".join(sign for sign in said if unicodedata.category(sign) != "Cf")
    text = re.sub("[‐‑]", "-", re.sub("[—―−]", "–", _folded(one_line(text).strip(QUOTES))))
    return text if text.endswith("/..") else text.rstrip(". ")  # two dots behind a stroke are an end that is open


def _folded(text: str) -> str:
    # In this order, since some Greek letters fold to two signs; and capitals of the Turkish ı are those of i.
    return unicodedata.normalize("NFC", text.casefold()).replace("ı", "i").replace("i\u0307", "i")


def _since(said: str) -> str:
    first, _, rest = _plain(said[: 4 * _LONGEST]).partition(" ")
    return rest if first in _words("since") - {"from", "от", "od"} else ""


@lru_cache(maxsize=1)
def _ordinal() -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9])([0-9]{{1,2}})\.?(?:{'|'.join(sorted(_words('ordinals'), reverse=True))})(?!\w)")


@lru_cache(maxsize=16)
def _words(kind: str) -> frozenset[str]:
    return frozenset(_folded(table("parse/dates.yaml")[kind]).split())


def _qualified(text: str) -> set[str]:
    """The readings of words that may say about, before or by in front, or about behind."""
    first, _, rest = (*re.sub(r"^([~±≈]|[^\W\d_]+\.)(?=[0-9])", r"\1 ", text).partition(" "),)
    behind = re.fullmatch(r"(.+?)[ ,]*[(]?(\S+?)[)]?", text)
    for kind in ("about", "before", "by"):
        if rest and first in _words(kind) and (found := _plain_readings(rest)):
            return set(filter(None, (_bounded(kind, point) for point in found)))
    if rest and first in _words("since") and (found := _points(rest)):
        return found
    if text.endswith("-ig"):  # the Hungarian ending for until
        return _qualified(f"until {text[:-3]}")
    place = _PLACE.match(text)
    bounds = frozenset().union(*map(_words, ("about", "before", "by", "since", "between")))
    if place and not (bounds & set(place[0].rstrip(", ").split()) or is_remark(place[0])):
        return {date for date in _plain_readings(text[place.end() :]) if len(date.partition("/")[0]) == 10}
    if behind and behind[2] in _words("about"):
        return {_checked(f"{point}~") for point in _points(behind[1])} - {""}
    return _plain_readings(text)


def _bounded(kind: str, point: str) -> str:
    """A date with its bound: *before 2008* ends with 2007, *by 2008* with 2008."""
    if "/" in point or kind == "about":
        return _checked(f"{point}~") if kind == "about" else ""
    before = (parse(point).earliest - timedelta(days=1)).isoformat()[: len(point)]
    return _checked(f"/{before if kind == 'before' else point}")


def _plain_readings(text: str) -> set[str]:
    return _decade(text) or _points(text) | _short_span(text) or _spans(text)


def _decade(text: str) -> set[str]:
    tokens = _TOKEN.findall(re.sub("(?<=[0-9])-", " ", text))
    years = [token for token in tokens if token.isdecimal()]
    words = {token for token in tokens if token not in years and token not in "./,-’'"}
    is_decade = bool(words & _words("decade")) and words <= _words("decade") | _words("filler")
    return {f"{years[0][:3]}X"} if is_decade and len(years) == 1 and re.fullmatch("[12][0-9]{2}0", years[0]) else set()


def _short_span(text: str) -> set[str]:
    """Two years of which the second is cut short: 1990/91."""
    match = _SHORT_SPAN.fullmatch(text)
    return {_checked(f"{match[1]}{match[2]}/{match[1]}{match[3]}")} - {""} if match else set()


# One date


def _points(text: str, other: str = "") -> set[str]:
    """The readings of a text as one date; what it leaves out is taken from the date behind it, as exact.

    A name of a month stands with a year and perhaps a day in whatever order. Figures: dots, or a stroke and a hyphen as
    in 28/5-2001, mean that the day comes first; with others the order is known only where one number is no month.
    """
    numbers, months, marks = _parts(text)
    small = [f"{int(number):02}" for number in numbers if len(number) <= 2]
    years = [number for number in numbers if len(number) == 4]
    year = years[0] if years else other[:4]
    found: list[str] = []
    if len(years) > 1 or len(small) + len(years) < len(numbers):
        return set()
    if months:
        found = ["-".join([year, f"{month:02}", *small]) for month in months]
    elif numbers and numbers[0] == year:
        found = ["-".join([year, *small])]
    elif len(small) == 1:
        found = [f"{year}-{small[0]}" if years else f"{other[:-2]}{small[0]}" if len(other) > len(year) else ""]
    elif len(small) == 2 and (numbers[-1] == year or not years):
        day, month = small
        is_european = "." in marks or len(marks) > 1
        found = [f"{year}-{month}-{day}", *([f"{year}-{day}-{month}"] if not is_european or int(month) > 12 else ())]
    return set(map(_checked, found)) - {""}


def _parts(text: str) -> tuple[list[str], tuple[int, ...], set[str]]:
    """The numbers of a date, the months that its one name may mean, and the signs between numbers.

    All are empty where a word is none of a date, or there are two months.
    """
    spaced = _ordinal().sub(r"\1 ", text)
    for name in (name for name in _names() if "_" in name) if re.search(r"[^\W\d_]", text) else ():
        spaced = spaced.replace(name.replace("_", " "), name)
    day = re.search(r"(?<![0-9])[0-9]{1,2}(?![0-9])(\.?)", text)
    has_dot = bool(day[1]) if day else None
    numbers: list[str] = []
    months: list[tuple[int, ...]] = []
    marks: set[str] = set()
    nothing: tuple[list[str], tuple[int, ...], set[str]] = ([], (), set())
    for token in _TOKEN.findall(spaced):
        if token.isdecimal():
            numbers.append(token)
        elif token in "./-":
            marks |= {token} if numbers else set()
        elif found := _month(token, has_dot=has_dot):
            months.append(found)
        elif numbers and token in _ROMANS:
            months.append((_ROMANS.index(token) + 1,))
        elif token not in _words("filler") and token not in _weekdays():
            return nothing
    is_whole = not re.sub(r"[\w\s.,/’'‘()-]", "", spaced)
    return (numbers, months[0] if months else (), marks) if is_whole and len(months) < 2 else nothing


# Two dates


def _spans(text: str) -> set[str]:
    """The readings as two dates with a sign or a word between; *and* makes a span of two days in a row only."""
    first, _, rest = text.partition(" ")
    is_between = first in _words("between")
    body = rest if is_between or first in _words("from") else text
    found: set[str] = set()
    for match in _BREAK.finditer(body):
        word = match["word"]
        if word is None or word in _words("to") or word in _words("and"):
            is_loose = match[0] == "/" or (word is not None and word not in _words("to") and not is_between)
            found |= set(_joined(body[: match.start()].strip(), body[match.end() :].strip(), are_next=is_loose))
    return found


def _joined(left: str, right: str, *, are_next: bool) -> Iterator[str]:
    """The spans of two sides, one of which may leave out what the other says."""
    pairs = {(start, end) for end in _points(right) for start in _points(left, end)}
    pairs |= {(start, end) for start in _points(left) for end in _points(right, start)}
    for start, end in pairs:
        is_next = len(end) == 10 and start[:8] == end[:8] and int(end[8:]) == int(start[8:]) + 1
        if len(start) == len(end) and start < end and (is_next or not are_next):
            yield from filter(None, [_checked(f"{start}/{end}")])


# Names from CLDR


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[int, set[bool]]]:
    """The months by their names, each with whether its languages put a dot behind the day."""
    from babel import Locale

    found: dict[str, dict[int, set[bool]]] = {}
    for locale in map(Locale.parse, LANGUAGES):
        dotted = "d." in locale.date_formats["long"].pattern
        for form, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in locale.months[form][width].items():
                found.setdefault(_folded(str(name)).strip("."), {}).setdefault(int(number), set()).add(dotted)
    also = {name: {number: {False, True}} for name, number in table("parse/dates.yaml")["months"].items()}
    named = {name.replace(" ", "_"): months for name, months in found.items() if not name.isdecimal()}
    return {**named, **also}


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    from babel import Locale

    days = (Locale.parse(code).days["format"]["wide"].values() for code in LANGUAGES)
    return frozenset(part for names in days for name in names for part in _folded(str(name)).split())


def _month(word: str, *, has_dot: bool | None) -> tuple[int, ...]:
    """The months that a word means; of two, those in whose language a dot stands behind the day as it does here."""
    months = _names().get(word) or _names().get(word.strip(".")) or _inflected(word)
    fitting = [number for number, dotted in months.items() if has_dot in dotted]
    return tuple(sorted(fitting if len(months) > 1 and fitting else months))


@lru_cache(maxsize=256)
def _inflected(word: str) -> dict[int, set[bool]]:
    """The month whose name, but for its last letters, the word begins with; the longest beginning counts."""
    stems = [
        (len(stem), numbers)
        for name, numbers in _names().items()
        for stem in (name[:-1], name[:-2] if len(name) > _STEM + 2 else "")
        if len(stem) >= _STEM and word.startswith(stem) and len(word) - len(stem) <= _ENDING
    ]
    longest = max((length for length, _ in stems), default=0)
    return {month: dotted for length, numbers in stems if length == longest for month, dotted in numbers.items()}


def _checked(text: str) -> str:
    date = try_parse(text)
    sides = [side for side in (date.start, date.end) if side] if date else []
    return text if sides and all(side.earliest.year >= _EARLIEST for side in sides) else ""
