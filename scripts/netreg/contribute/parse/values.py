"""From words to values: what people write for a choice, a number, a language, a country, as the registry writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from netreg.core.escape import one_line
from netreg.core.schema import Term

QUOTES = "\"'“”„‘’«»` "


# Choices


def term_of(said: str, terms: Iterable[Term]) -> Term | None:
    """The term that is meant, by its title or its word; what is only like one, as *inactive*, is none."""
    wanted = one_line(said).strip(f"{QUOTES}.").casefold()
    return next((term for term in terms if wanted in (term.value, term.title.casefold())), None)


_LONGEST_LIST = 4000


def terms_of(said: str, terms: Iterable[Term]) -> tuple[list[Term], list[str]]:
    """The terms in a list, and the words that are none; a text that is too long for a list is none."""
    known = list(terms)
    if len(said) > _LONGEST_LIST:
        return [], [one_line(said)]
    found = {word: term_of(word, known) for word in _items(said, lambda word: bool(term_of(word, known)))}
    right = {term.value: term for term in found.values() if term}
    return list(right.values()), [one_line(word) for word, term in found.items() if term is None]


def _items(said: str, is_one: Callable[[str], bool]) -> Iterator[str]:
    """The items of a list in words; *and* parts two of them, unless it stands inside of one."""
    for part in filter(str.strip, re.split(r"[,;\n]|(?<=\w) ?/ ?(?=[A-Z])", said)):
        text = _BULLET.sub("", part.strip()).removeprefix("and ")
        yield from [text] if is_one(text) else filter(str.strip, text.split(" and "))


_BULLET = re.compile(r"^(?:[-*•·–] ?|[0-9]{1,2}[.)] )")

# Numbers

_QUALIFIERS = {
    **dict.fromkeys(("more than", "over"), "more-than"),
    **dict.fromkeys(("at least", "no fewer than"), "at-least"),
    **dict.fromkeys(("about", "around", "approximately", "some", "nearly"), "about"),
    **dict.fromkeys(("at most", "up to"), "at-most"),
}
_COUNT = re.compile(
    rf"(?:({'|'.join(_QUALIFIERS)}) )?([0-9]{{1,3}}(?:[ ,.][0-9]{{3}})+|[0-9]{{1,8}})(\+?)((?: [a-z-]+){{0,6}})\.?"
)
_LONGEST_COUNT = 400
_BESIDE = frozenset("eu member members of participants the".split())
"""Words beside a number that do not tell what it counts."""


def count_of(said: str, units: Iterable[Term]) -> tuple[int, str, str]:
    """A number, what qualifies it, and the unit behind it, each of which may be empty; 0 where there is more."""
    match = _COUNT.fullmatch(one_line(said).casefold()) if len(said) <= _LONGEST_COUNT else None
    if match is None or (match[1] and match[3]):
        return 0, "", ""
    counted = " ".join(word for word in match[4].split() if word not in _BESIDE)
    unit = unit_named(counted, units)
    qualifier = _QUALIFIERS[match[1]] if match[1] else "more-than" if match[3] else ""
    number = int(re.sub(r"[^0-9]", "", match[2]))
    return (number, qualifier, unit.value if unit else "") if unit or not counted else (0, "", "")


def unit_named(said: str, units: Iterable[Term]) -> Term | None:
    """The unit that a word names, one or several of it; a country is a state."""
    word = one_line(said).casefold()
    word = _STATES.get(word, word)
    return next((unit for unit in units if word in (unit.value, unit.title, unit.title.removesuffix("s"))), None)


_STATES = dict.fromkeys(("country", "countries"), "states")


# Languages and countries


def language_of(said: str) -> str:
    """The code of a language, from the code or the English name; empty where it is not understood."""
    text = one_line(said).strip(f"{QUOTES}.")
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
    known = [str(code) for code in names if re.fullmatch("[a-z]{2,3}", str(code))]
    own = {str(Locale(code).languages.get(code, "")).casefold(): code for code in _SPOKEN}
    return {**own, **{str(names[code]).casefold(): code for code in known}}


_SPOKEN = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv nb is sq sr mk bs uk tr".split()
"""Languages that are understood by the name that they give themselves."""


def countries_of(said: str) -> tuple[list[str], list[str]]:
    """The codes of the countries in a list, in their order, and the words that are no country.

    A code counts in capitals and beside another country only: *no* is an answer, not Norway.
    """
    if len(said) > _LONGEST_LIST:
        return [], [one_line(said)]
    found = {one_line(word): _country(word) for word in _items(said, lambda word: bool(_country(word)))}
    if len(found) == 1 and all(len(word) == 2 for word in found):
        return [], list(found)
    return sorted(set(filter(None, found.values()))), [word for word, code in found.items() if not code]


def _country(word: str) -> str:
    text = one_line(word).strip(".")
    if len(text) == 2:
        code = "GB" if text == "UK" else text
        return code if code in _countries().values() else ""
    name = _STATE.sub("", text.casefold())
    return _countries().get(name) or _countries().get(name.replace(" and ", " & "), "")


_STATE = re.compile(r"^(?:the )?(?:(?:federal )?republic of |kingdom of |principality of )?(?:the )?")


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
    also = {"czech republic": "CZ", "usa": "US", "turkey": "TR", "macedonia": "MK", "bosnia": "BA"}
    britain = dict.fromkeys(("great britain", "britain", "england", "u.k"), "GB")
    return {**names, **also, **britain, "slovak republic": "SK", "holland": "NL"}
