"""From words to values: what people write for a date, a choice, a number, an address, as the registry writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from netreg.check.nearest import nearest
from netreg.dates import MONTHS, BadDate, parse
from netreg.schema import Term

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Signs without a meaning of their own that come along when text is pasted."""

_QUOTES = "\"'“”„‘’«»` "


def one_line(said: str) -> str:
    """A text on one line, with plain spaces."""
    return " ".join(said.translate(_INVISIBLE).split())


# Dates

_MONTH = {name: number for number, month in enumerate(MONTHS, start=1) for name in (month.lower(), month[:3].lower())}
_MONTH["sept"] = 9
_QUALIFIED = re.compile(
    r"(?:(about|around|approximately|approx\.?|circa|ca?\.?)|(before|by|until)|(in|on|since)) +(.+)"
)
_WORDED = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)?\.? +)?([a-z]{3,9})\.?,? +([0-9]{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_SPAN = re.compile(r"(?:from )?(.+?) *(?:–|—| - | to ) *(.+)|between (.+?) and (.+)")


def date_of(said: str) -> str:
    """A date as entries have it, or an empty text where it is not understood.

    A date that reads both ways, such as 02/07/2008, is not understood.
    """
    text = one_line(said).strip(_QUOTES).rstrip(".").casefold()
    if len(text) > 60:
        return ""
    return _point(text) or _interval(text)


def moment_of(said: str) -> str:
    """A single date, as for what holds at a time; empty where it is none, or says since or until when."""
    text = one_line(said)
    when = "" if re.match(r"since\b", text, re.IGNORECASE) else date_of(text)
    return "" if "/" in when else when


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
    return _checked(text.upper()) or _worded(text) or _in_figures(text)


def _worded(text: str) -> str:
    match = _WORDED.fullmatch(text)
    if match:
        return _day(match[3], _MONTH.get(match[2]), match[1])
    match = _MONTH_FIRST.fullmatch(text)
    return _day(match[3], _MONTH.get(match[1]), match[2]) if match else ""


def _in_figures(text: str) -> str:
    """2.7.2008 is European; with slashes or hyphens the order is known only where one number is no month."""
    match = _DAY_FIRST.fullmatch(text)
    if not match:
        return ""
    day, month = int(match[1]), int(match[3])
    if match[2] != "." and day <= 12 and month <= 12 and day != month:
        return ""
    if month > 12 and match[2] != ".":
        day, month = month, day
    return _day(match[4], month, str(day))


def _day(year: str, month: int | None, day: str | None) -> str:
    if month is None:
        return ""
    return _checked(f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}")


def _checked(text: str) -> str:
    try:
        return parse(text).text
    except (BadDate, ValueError):
        return ""


# Choices


def term_of(said: str, terms: Iterable[Term]) -> Term | None:
    """The term that is meant, by its title or its word, slips of the keyboard included.

    A slip changes no first letter: *inactive* is not *active*, and *not beyond Europe* is not *beyond Europe*.
    """
    wanted = one_line(said).strip(f"{_QUOTES}.")
    by_name = {name.casefold(): term for term in terms for name in (term.value, term.title)}
    near = nearest(wanted, by_name, cutoff=0.85)
    is_slip = near[:1] == wanted[:1].casefold() and len(near.split()) == len(wanted.split())
    return by_name.get(wanted.casefold()) or (by_name[near] if near and is_slip else None)


def terms_of(said: str, terms: Iterable[Term]) -> tuple[list[Term], list[str]]:
    """The terms in a list, and the words that are none."""
    known = list(terms)
    found = {word: term_of(word, known) for word in _items(said, lambda word: bool(term_of(word, known)))}
    right = {term.value: term for term in found.values() if term}
    return list(right.values()), [one_line(word) for word, term in found.items() if term is None]


def _items(said: str, is_one: Callable[[str], bool]) -> Iterator[str]:
    """The items of a list in words; *and* parts two of them, unless it stands inside of one."""
    for part in filter(str.strip, re.split(r"[,;\n]", said)):
        text = part.strip().removeprefix("and ")
        yield from [text] if is_one(text) else filter(str.strip, text.split(" and "))


# Numbers

_COUNT = re.compile(r"((?:[a-z-]+ )*)([0-9]{1,3}(?:[ ,.][0-9]{3})+|[0-9]{1,8})((?: [a-z-]+)*)")
_BESIDE = frozenset("a all are eu european exactly has have in it member members of the there total".split())
"""Words beside a number that tell neither what it counts nor that it is a rough one."""


def count_of(said: str, units: Iterable[Term]) -> tuple[int, str]:
    """A number and the unit that stands with it, which may be empty; 0 where there is anything else."""
    match = _COUNT.fullmatch(one_line(said).casefold().rstrip("."))
    if not match or len(said) > 400:
        return 0, ""
    counted = " ".join(word for word in (match[1] + match[3]).split() if word not in _BESIDE)
    unit = next((term.value for term in units if counted in _names_of(term)), "")
    return (int(re.sub(r"[^0-9]", "", match[2])) if unit or not counted else 0), unit


def _names_of(unit: Term) -> tuple[str, ...]:
    also = {"states": ("country", "countries")}.get(unit.value, ())
    return (unit.value, unit.title.casefold(), unit.title.casefold().removesuffix("s"), *also)


# Addresses, documents, languages, countries

_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]{1,4000}", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:/[^\s<>\"]*)?", re.IGNORECASE)


_MARKDOWN = re.compile(r"\[([^\[\]\n]{0,500})\]\((https?://[^\s()]{1,2000})\)", re.IGNORECASE)
_GUARD = re.compile(
    r"https?://[a-z0-9.-]+\.safelinks\.protection\.outlook\.com/\S*?[?&]url=([^&\s>\"]+)\S*", re.IGNORECASE
)
"""An address as some mail programs rewrite it, with the real one inside."""


def addresses_in(said: str) -> list[str]:
    """The web addresses in a text, each once, without the punctuation around them."""
    return list(dict.fromkeys(_trimmed(address) for address in _ADDRESS.findall(_bared(said))))


def _bared(said: str) -> str:
    """A text whose addresses stand in it as they are."""
    plain = _MARKDOWN.sub(r"\1 \2", said.translate(_INVISIBLE))
    return _GUARD.sub(lambda match: unquote(match[1]), plain)


def beside(said: str) -> str:
    """What a text says beside the addresses and document numbers in it; empty where that is next to nothing."""
    rest = _ADDRESS.sub(" ", _bared(said))
    for _, form in _DOCUMENTS:
        rest = form.sub(" ", rest)
    words = [word for word in re.findall(r"\w+", rest.casefold()) if word not in _POINTING]
    return " ".join(words)


_POINTING = frozenset(
    "and at available council doc document from here in link no number on online see source the".split()
)
"""Words that only lead to an address or a number."""


def address_of(said: str) -> str:
    """The one address that a text is, also without its ``https://``; empty where it is none, or says more."""
    text = one_line(said).strip(_QUOTES)
    found = addresses_in(text)
    if found:
        return found[0] if len(found) == 1 and not re.search(r"\w", _ADDRESS.sub("", _bared(text))) else ""
    return f"https://{text}" if len(text) <= 300 and _BARE.fullmatch(text) else ""


def _trimmed(address: str) -> str:
    scheme, _, rest = address.partition("://")
    text = f"{scheme.lower()}://{rest}".rstrip(".,;:!?'*_")
    while text.endswith((")", "]")) and text.count(text[-1]) > text.count({")": "(", "]": "["}[text[-1]]):
        text = text[:-1].rstrip(".,;:!?'*_")
    return text


_DOCUMENTS = (
    ("celex", re.compile(r"\b[1-9CE][0-9]{4}[A-Z]{1,2}[0-9]{4}(?:\([0-9]{2}\))?\b")),
    ("oj", re.compile(r"\bOJ (?:[LC]|L series) ?[0-9]{1,4}[^\n;]{0,40}", re.IGNORECASE)),
    ("commission", re.compile(r"\b(?:COM|SWD|SEC|JOIN|C)\([0-9]{4}\) ?[0-9]{1,5}\b")),
    (
        "council",
        re.compile(
            r"(?<![\w/.:-])(?:ST |st )?(?!(?:19|20)[0-9]{2}/[0-9]{2}(?![0-9])(?! (?:REV|ADD|COR)))"
            r"[0-9]{4,5}(?:/[0-9])?/(?:[0-9]{2}|(?:19|20)[0-9]{2})(?: (?:REV|ADD|COR) [0-9]{1,2})*(?![\w/])"
        ),
    ),
    ("bundestag", re.compile(r"\b(?:BT-)?Drs\.? ?[0-9]{1,2}/[0-9]{1,5}\b")),
    ("coe", re.compile(r"\b(?:CM|CDPC|Rec|CM/Rec|CM/Del/Dec)(?:/[A-Za-z]+)*\([0-9]{2,4}\)[0-9A-Za-z/-]{0,20}")),
)


def documents_in(said: str) -> list[tuple[str, str]]:
    """The document numbers in a text, each with its kind."""
    text = _ADDRESS.sub(" ", _bared(said[:20_000]))
    found = [(kind, one_line(match).rstrip(".,")) for kind, form in _DOCUMENTS for match in form.findall(text)]
    return list(dict.fromkeys(found))[:5]


def language_of(said: str) -> str:
    """The code of a language, from the code or the English name; empty where it is not understood."""
    text = one_line(said).strip(f"{_QUOTES}.")
    word = text.casefold()
    if text == "UK":  # the country; the language of that code is Ukrainian
        return ""
    if word in _languages():
        return _languages()[word]
    return word if re.fullmatch(r"[a-z]{2}", word) and word in _languages().values() else ""


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    from babel import Locale

    names = Locale("en").languages
    return {str(name).casefold(): str(code) for code, name in names.items() if re.fullmatch("[a-z]{2,3}", str(code))}


def countries_of(said: str) -> tuple[list[str], list[str]]:
    """The codes of the countries in a list, in their order, and the words that are no country."""
    found = {one_line(word): _country(word) for word in _items(said, lambda word: bool(_country(word)))}
    return sorted(set(filter(None, found.values()))), [word for word, code in found.items() if not code]


def _country(word: str) -> str:
    name = one_line(word).strip(".").casefold().removeprefix("the ")
    return _countries().get(name) or _countries().get(name.replace(" and ", " & "), "")


def country_names(codes: Iterable[str]) -> str:
    """Codes of countries as their English names; a code that stands for none stays as it is."""
    from babel import Locale

    territories = Locale("en").territories
    return ", ".join(str(territories.get(code, code)) for code in codes)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from babel import Locale

    codes = {str(code): str(name) for code, name in Locale("en").territories.items() if re.fullmatch("[A-Z]{2}", code)}
    names = {name.casefold(): code for code, name in codes.items() if code not in ("EU", "EZ", "UN", "ZZ", "QO")}
    also = {"czech republic": "CZ", "uk": "GB", "usa": "US", "turkey": "TR", "macedonia": "MK", "bosnia": "BA"}
    return {**{code.casefold(): code for code in names.values()}, **names, **also}
