"""From words to values: a choice, a number, a language, a country, as the registry writes it; and what is no value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from netreg.contribute import table
from netreg.core.escape import one_line
from netreg.core.names import folded
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

_LONGEST_COUNT = 400
_COUNTED = re.compile(r"[0-9]{1,3}(?:[ ,.’'][0-9]{3})+(?![0-9])|[0-9]+|[^\W\d_]+|\S")
_MOST_WORDS = 4
"""Words of one name for a unit or a qualifier, as in *no fewer than*."""


@dataclass(frozen=True, slots=True)
class Count:
    """One number in an answer, with what qualifies it and what it counts, as the registry writes them, or empty.

    ``since`` is a date behind it, in words; ``rest`` are words that are none of all that, so they may count anything.
    """

    number: int
    qualifier: str = ""
    unit: str = ""
    since: str = ""
    rest: str = ""


def count_of(said: str, units: Iterable[Term]) -> Count | None:
    """The one number in an answer; None where there is none, more than one, or a share."""
    text, _, since = re.sub(r"[.]$", "", one_line(said).casefold()).partition(" since ")
    tokens = _COUNTED.findall(text) if len(said) <= _LONGEST_COUNT else []
    places = [place for place, token in enumerate(tokens) if token[0].isdecimal()]
    if len(places) != 1 or len(tokens[places[0]]) > 10 or set(tokens) & set("%?"):
        return None
    number = int(re.sub("[^0-9]", "", tokens[places[0]]))
    before, qualifier = _qualified(tokens[: places[0]])
    after = tokens[places[0] + 1 :]
    if after[:1] == ["+"]:
        after, qualifier = after[1:], "" if qualifier else "more-than"
    found, rest = _units([*before, ";", *after], units)
    unit = found.pop() if len(found) == 1 else ""
    return Count(number, qualifier, "" if rest else unit, since, rest or " ".join(sorted(found)))


def _qualified(tokens: list[str]) -> tuple[list[str], str]:
    """The words in front of a number without the last of them, where these qualify it, and how."""
    for length in range(min(_MOST_WORDS, len(tokens)), 0, -1):
        name = _spelt("qualifiers").get(" ".join(tokens[-length:]))
        if name:
            return tokens[:-length], name
    return tokens, ""


def _units(tokens: list[str], terms: Iterable[Term]) -> tuple[set[str], str]:
    """The units that words name, and the words that are none and say something."""
    names = {name: term.value for term in terms for name in (term.title, term.title.removesuffix("s"), term.value)}
    names = {**_spelt("units"), **names}
    filler = table("parse/values.yaml")["filler"].split()
    found: set[str] = set()
    rest: list[str] = []
    while tokens:
        length = next((n for n in range(_MOST_WORDS, 0, -1) if " ".join(tokens[:n]) in names), 0)
        if length:
            found.add(names[" ".join(tokens[:length])])
        elif tokens[0] not in filler and tokens[0] not in ";()-,’'.":
            rest.append(tokens[0])
        tokens = tokens[length or 1 :]
    return found, " ".join(rest)


def unit_named(said: str, units: Iterable[Term]) -> Term | None:
    """The unit that words name, one or several of it; a country is a state."""
    known = list(units)
    found, rest = _units(_COUNTED.findall(one_line(said).casefold()), known)
    return next((unit for unit in known if found == {unit.value} and not rest), None)


@lru_cache(maxsize=4)
def _spelt(kind: str) -> dict[str, str]:
    """What each of the words, or of those joined by hyphens, stands for."""
    words: dict[str, str] = table("parse/values.yaml")[kind]
    return {word.replace("-", " "): name for name, text in words.items() for word in text.split()}


# Languages and countries

LANGUAGES = (
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv nb is sq sr sr_Latn mk bs uk tr lb".split()
)
"""The languages of Europe, for dates and names of countries and languages; no code of one is taken for a country."""


def language_of(said: str) -> str:
    """The code of a language, from a code, such as en-GB and eng too, or from a name; empty where it is not clear.

    What is the code of a country in Europe and of a language spoken elsewhere, as SE, is not.
    """
    text = one_line(said).strip(f"{QUOTES}.")
    if text in ("", "UK"):  # the country; the language of that code is Ukrainian
        return ""
    from babel.core import get_global

    word = re.sub(r"[-_][A-Za-z]{2}$", "", text).casefold()
    word = str(get_global("language_aliases").get(word, word)) if len(word) == 3 else word
    if re.fullmatch("[a-z]{2}", word):
        is_safe = word in LANGUAGES or word.upper() not in _named("territories").values()
        return word if is_safe and word in _named("languages").values() else ""
    return _by_name("languages", folded(word))


def _by_name(kind: str, name: str) -> str:
    """The code of a name: what it means in English, or else in the other languages, which take long to load."""
    return _named(kind).get(name) or _named(kind, *LANGUAGES).get(name, "")


@lru_cache(maxsize=4)
def _named(kind: str, *languages: str) -> dict[str, str]:
    """The codes by the names in languages, by default in English; a name of two codes is left out."""
    from babel import Locale

    found: dict[str, set[str]] = {}
    for locale in map(Locale.parse, languages or ("en",)):
        for code, name in getattr(locale, kind).items():
            if re.fullmatch("[A-Z]{2}|[a-z]{2,3}", str(code)) and code not in ("EU", "EZ", "UN", "ZZ", "QO"):
                found.setdefault(folded(str(name)), set()).add(str(code))
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def countries_of(said: str) -> tuple[list[str], list[str]]:
    """The codes of the countries in a list, in their order, and the words that are no country.

    A code counts in capitals and beside another country only: *no* is an answer, not Norway.
    """
    if len(said) > _LONGEST_LIST:
        return [], [one_line(said)]
    found = {one_line(word): _country(word) for word in _items(said, lambda word: bool(_country(word)))}
    if len(found) == 1 and all(len(word) == 2 and word != "UK" for word in found):
        return [], list(found)
    return sorted(set(filter(None, found.values()))), [word for word, code in found.items() if not code]


def _country(word: str) -> str:
    """The code of one country; a code in brackets behind a name has to be that of the country."""
    text, _, bracket = one_line(word).strip(".*†¹ ").partition("(")
    code = _code(text.strip().rstrip("*"))
    behind = bracket.rstrip(")*").strip()
    is_same = not re.fullmatch("[A-Z]{2}", behind) or _code(behind) == code
    is_note = not behind or re.fullmatch("[A-Z]{2}|UNSCR? ?1244(?:/99)?", behind)
    return code if is_same and is_note else ""


def _code(text: str) -> str:
    if re.fullmatch("[A-Z]{2}", text):
        code = {"UK": "GB", "EL": "GR"}.get(text, text)
        return code if code in _named("territories").values() else ""
    names = (folded(text), _STATE.sub("", folded(text)))
    also = _also_called()  # of some it says that they are unclear
    spelt = (one for name in names for one in (name, name.replace(" and ", " & ")))
    return next(filter(None, (also[one] if one in also else _by_name("territories", one) for one in spelt)), "")


_STATE = re.compile(r"^(?:the )?(?:(?:federal )?republic of |kingdom of |principality of |grand duchy of )?(?:the )?")


@lru_cache(maxsize=1)
def _also_called() -> dict[str, str]:
    also: dict[str, str] = table("parse/values.yaml")["countries"]
    return {folded(name): code for code, names in also.items() for name in names.split(", ")}


_MARKUP = (
    (re.compile(r"^[ \t]*(?:(?:>[ \t]*)+|#{1,6} |[-*+•·–] |[0-9]{1,2}[.)] (?=[^\n0-9]*$))", re.MULTILINE), ""),
    (re.compile(r"~~[^~\n]{1,300}~~ ?"), ""),
    (re.compile(r"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,2000}\)"), r"\1"),
    (re.compile(r"(`{1,3}|\*\*|__|(?<!\w)[*_](?=\w))([^`*\n]{1,300}?)\1(?!\w)"), r"\2"),
)
"""Marks of lists, quotations and headings at the beginning of a line, struck words, links, code and emphasis."""

_LONGEST = 2_000
"""Signs of a value in which a remark is looked for; no field takes more."""


def plain(text: str) -> str:
    """The words without light markup, their letters composed as keyboards write them."""
    words = unicodedata.normalize("NFC", text)
    for form, kept in _MARKUP if len(words) <= 4 * _LONGEST else ():
        words = form.sub(kept, words)
    return words.strip()


def is_remark(text: str) -> bool:
    """Whether words speak to the people behind the registry, or of a person, instead of giving a value."""
    words = one_line(text[:_LONGEST])
    return any(form.search(words) for form in _remarks())


@lru_cache(maxsize=1)
def _remarks() -> tuple[re.Pattern[str], ...]:
    known = table("read/remarks.yaml")
    begins = rf"^(?:{known['begins'].replace('| ', '|')})(?!\w)"
    either_case = [re.compile(form, re.IGNORECASE) for form in (begins, *known["holds"])]
    return (*either_case, re.compile(known["exactly"]), re.compile(known["person"]))


def is_courtesy(text: str) -> bool:
    """Whether a text holds greetings and thanks only; behind a closing formula stand a name and an office."""
    return bool(_words()["courtesy"].issuperset(re.findall(r"\w+", before_closing(text).lower())))


def before_closing(text: str) -> str:
    """A text without a closing formula at its end, and the short lines behind it that end no sentence."""
    office = r"(?:\n[ \t]*)?(?:\n[^\n:]{1,60}(?<![.!?]))*\s*\Z"
    return re.sub(rf"(?im)^[ \t]*(?:{_words()['closings']})[,.!]?[ \t]*$" + office, "", text).strip()


def asks_for_removal(text: str) -> bool:
    """Whether somebody asks that a name, a statement or a page be taken out, in one of five languages."""
    sentences = re.split(r"(?<=[.!?])\s(?!\d)|\n[ \t]*\n", text.casefold())
    return any(_is_wish(re.sub(r"\s+", " ", sentence)) for sentence in sentences)


def _is_wish(sentence: str) -> bool:
    for language in _words()["removal"]:
        has = {part: pattern.search(sentence) for part, pattern in language.items()}
        is_asked = has["asks"] or (has["verbs"] and not re.search(r"\w", sentence[: has["verbs"].start()]))
        if not has["not"] and (has["rights"] or (has["verbs"] and has["things"] and is_asked)):
            return True
    return False


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    known = table("read/intent.yaml")
    removal = [
        {part: re.compile(rf"\b(?:{re.sub(r' ?[|] ?', '|', words)})\b") for part, words in language.items()}
        for language in known["removal"].values()
    ]
    closings = re.sub(r" ?[|] ?", "|", known["closings"])
    return {"courtesy": frozenset(known["courtesy"].split()), "closings": closings, "removal": removal}
