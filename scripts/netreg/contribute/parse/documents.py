"""From words to documents: the numbers by which registers know a text, each series in one spelling.

A number becomes a document only where it has one reading; what could be of two series or years is told as unclear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from netreg.contribute.table import table
from netreg.core.escape import one_line

Document = tuple[str, str]
"""The register, as the schema names it, and the number in it."""

_Reader = Callable[[Mapping[str, str], str, int], Document | None]
"""Makes a document of what a pattern found, the word in front of it, and the year in which it is said."""

_FIRST_YEAR = 1950


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents in a text, the numbers that could be several or none of ours, and what is left of the text."""

    found: tuple[Document, ...]
    unclear: tuple[str, ...]
    rest: str


def documents_in(text: str, year: int) -> Documents:
    """The documents that a text names by their numbers; ``year`` is the one in which somebody says so."""
    found: dict[Document, None] = {}
    unclear: list[str] = []
    for form, read in _forms():
        for match in list(form.finditer(text)):
            said = match.groupdict(default="")
            document = read(said, _word_before(text[: match.start()]), year)
            if document:
                found[document] = None
            else:
                unclear.append(one_line(match[0]))
            text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    return Documents(tuple(found)[:5], tuple(dict.fromkeys(unclear)), text)


def document_at(address: str) -> Document | None:
    """The document that an address of EUR-Lex, of an ELI or of a register leads to."""
    plain = unquote(address)
    for form, read in _ADDRESSES:
        match = form.search(plain)
        if match:
            return read(match.groupdict(default=""), "", 0)
    return None


def document_key(document: Document) -> str:
    """What is the same for all spellings and registers of one document."""
    kind, number = document
    as_celex = re.fullmatch(r"5([0-9]{4})(DC|PC|SC|JC)0*([0-9]+)", number)
    if as_celex:
        series = {"DC": "COM", "PC": "COM", "SC": "SWD", "JC": "JOIN"}[as_celex[2]]
        number = f"{series}({as_celex[1]}) {as_celex[3]}"
    bare = re.sub(r"^(?:ST|OJ|BT-DRS|E?TS NO)\b|[\s,.]|FINAL$", "", number.upper())
    return bare if kind != "oj" else re.sub(r"([0-9]{4})P[0-9–-]+$", r"\1", bare).replace("/", "")


def _word_before(text: str) -> str:
    match = re.search(r"([^\W\d_][\w.-]*)[\s:.]*$", text[-40:])
    return match[1].casefold().rstrip(".:") if match else ""


# Acts of the Union


def _act(said: Mapping[str, str], _before: str, year: int) -> Document | None:
    """Kind, year and number make the number in CELEX; None where both parts, or neither, can be the year."""
    letter = next((letter for letter in _acts() if said.get(letter)), "")
    pairs = [(said["one"], said["two"]), (said["two"], said["one"])]
    if said["no"]:
        pairs.reverse()  # No 2007/2004: the number comes first
    fitting = [(when, int(number)) for when, number in pairs if _can_be_year(when, year)]
    if not fitting or (len(fitting) > 1 and not (said["no"] or said["behind"])):  # 95/46/EC: the year comes first
        return None
    if letter == "J":  # joint actions of the third pillar, or of the common foreign policy
        letter = "F" if re.fullmatch(_table()["home"], said["behind"].strip("/"), re.IGNORECASE) else "E"
    when, number = fitting[0]
    return "celex", f"3{when if len(when) == 4 else f'19{when}'}{letter}{number:04}"


def _can_be_year(part: str, year: int) -> bool:
    return _FIRST_YEAR <= int(part) <= year if len(part) == 4 else len(part) == 2 and int(part) > _FIRST_YEAR % 100


@lru_cache(maxsize=1)
def _acts() -> dict[str, str]:
    return {letter: re.sub(r"\s*\n\s*|(?<=\|) ", "", words) for letter, words in _table()["acts"].items()}


def _table() -> dict[str, str]:
    return table("parse/references.yaml")


def _celex(said: Mapping[str, str], _before: str, _year: int) -> Document:
    return "celex", said["number"].upper()


def _eli(said: Mapping[str, str], _before: str, _year: int) -> Document | None:
    kinds: Mapping[str, str] = table("parse/references.yaml")["eli"]
    if said["kind"] not in kinds:
        return None
    return "celex", f"3{said['year']}{kinds[said['kind']]}{int(said['number']):04}{said['part']}"


# Other series


def _act_of_journal(said: Mapping[str, str], _before: str, _year: int) -> Document:
    """Since October 2023 every act has a number of its own: ``OJ L, 2024/1359``; in the series C with another C."""
    letter = "C/" if (series := said["series"].upper()) == "C" else ""
    return "oj", f"OJ {series}, {letter}{said['year']}/{int(said['number'])}"


def _page_of_journal(said: Mapping[str, str], _before: str, _year: int) -> Document:
    """Before, it has an issue, its day and a page: ``OJ L 121, 15.5.2009, p. 37``."""
    day = ".".join(str(int(part)) for part in re.split(r"[./]", said["date"])) if said["date"] else ""
    page = f"p. {said['page']}" if said["page"] else ""
    return "oj", ", ".join(filter(None, (f"OJ {said['series'].upper()} {said['issue']}", day, page)))


def _commission(said: Mapping[str, str], _before: str, _year: int) -> Document:
    series = said["series"].upper().replace("KOM", "COM")
    return "commission", f"{series}({said['year']}) {int(said['number'])}"


def _council(said: Mapping[str, str], before: str, year: int) -> Document | None:
    """*17559/11*: of the series ST, unless another one is said. A word of anything else in front makes it none."""
    series, when = said["series"].upper(), said["year"]
    of_council = bool(series) or before in _table()["council"].split()
    if not of_council and (before or len(when) == 4):
        return None
    if len(when) == 4 and not _can_be_year(when, year):
        return None
    version = f"/{said['version']}" if said["version"] else ""
    head = "" if series in ("", "ST") else f"{series} "
    return "council", " ".join(f"{head}{int(said['number'])}{version}/{when[-2:]}{said['more'].upper()}".split())


def _register(said: Mapping[str, str], _before: str, _year: int) -> Document:
    """An address of the register of the Council: ``ST-9986-2017-REV-1``."""
    series, more = said["series"].upper(), said["more"].upper().replace("-", " ").strip()
    revision = re.match(r"REV ([0-9]+)", more)
    version = f"/{revision[1]}" if revision else ""
    head = "" if series == "ST" else f"{series} "
    tail = "" if more in ("", "INIT") else f" {more}"
    return "council", f"{head}{int(said['number'])}{version}/{said['year'][-2:]}{tail}"


def _as_written(kind: str) -> _Reader:
    return lambda said, _before, _year: (kind, one_line(said["number"]).rstrip(".,"))


def _bundestag(said: Mapping[str, str], before: str, _year: int) -> Document | None:
    """Every parliament of Germany has a *Drucksache*; only that of the Bundestag is known by its name."""
    return ("bundestag", f"{said['term']}/{int(said['number'])}") if said["bt"] or before in ("bundestag", "bt") else None


_CELEX = r"(?P<number>[0-9CE][0-9]{4}[A-Z]{1,2}[0-9]{4}(?:\([0-9]{2}\))?(?:-[0-9]{8})?)(?![\w(])"


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """What numbers of documents look like, in the order in which they are looked for."""
    kinds = "|".join(f"(?P<{letter}>{words})" for letter, words in _acts().items())
    forms: tuple[tuple[str, _Reader], ...] = (
        (rf"\b(?:celex(?:%3A|[: ])*)?{_CELEX}", _celex),
        (r"\beli/(?P<kind>[a-z_]+)/(?P<year>[0-9]{4})/(?P<number>[0-9]{1,5})(?P<part>(?:\([0-9]\))?)(?:/oj)?", _eli),
        (
            rf"\b(?:{kinds})(?: [^\W\d_]{{2,14}}){{0,3}}?,? ?(?:\([^()\d]{{2,20}}\) ?)?"
            r"(?P<no>(?:No|Nr|n[.°º]{1,2}|č|št|αριθ|бр|№)[. ]*)?(?P<one>[0-9]{1,4})/(?P<two>[0-9]{1,4})"
            r"(?P<behind>/[^\W\d_]{2,7})?(?![\w/])",
            _act,
        ),
        (
            rf"(?<![\w/])(?P<no>)(?P<one>[0-9]{{2,4}})/(?P<two>[0-9]{{1,4}})(?P<behind>/[^\W\d_]{{2,7}}) (?:\w{{2,14}} ){{0,2}}?(?:{kinds})\b",
            _act,
        ),
        (
            r"\b(?P<series>ST|CM|SN|DS|WK)[- ](?P<number>[0-9]{3,5})[- ](?P<year>[0-9]{4})"
            r"(?P<more>(?:[- ](?:INIT|REV|ADD|COR|[0-9]{1,2})\b)*)(?![\w/])",
            _register,
        ),
        (
            r"(?:\([^()\d]{2,12}\) ?)(?:(?:No|Nr)[. ]*)?[0-9]{1,4}/[0-9]{1,4}(?![\w/])"
            r"|(?<![\w/])[0-9]{2,4}/[0-9]{1,4}/(?:JHA|JI|JAI|GAI|EC|EEC|EU|EG|CE|UE|CFSP)\b",
            lambda _said, _before, _year: None,
        ),
        (
            r"\b(?:OJ|ABl\.?|JO|GU|DO|PB)(?: EU)?[ .:]*(?P<series>[LC])(?:, ?|/| )(?:C/)?(?P<year>20[0-9]{2})/(?P<number>[0-9]{1,5})"
            r"(?:,? ?[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})?",
            _act_of_journal,
        ),
        (
            r"\b(?:OJ|ABl\.?|JO|GU|DO|PB)(?: EU)?[ .:]*(?:(?:No|Nr)[. ]*)?(?P<series>[LC])(?: series)? ?(?:(?:No|Nr)[. ]*)?(?P<issue>[0-9]{1,3})\b(?! ?/ ?[0-9]{3})"
            r"(?:,? (?:of |vom |du )?(?P<date>[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}))?(?:,? ?(?:pp?|S)\. ?(?P<page>[0-9]{1,4})(?:[-–][0-9]{1,4})?)?",
            _page_of_journal,
        ),
        (
            r"\b(?P<series>COM|KOM|SWD|SEC|JOIN|C) ?(?:\((?P<year>[0-9]{4})\)|/(?P<year2>[0-9]{4})/) ?0*(?P<number>[0-9]{1,5})" + rf"(?:[ /]*(?:{_table()['final']})\b\.?)?",
            lambda said, before, year: _commission({**said, "year": said["year"] or said["year2"]}, before, year),
        ),
        (r"\b(?P<number>(?:IP|MEMO|SPEECH|STATEMENT)/[0-9]{2}/[0-9]{1,5})\b", _as_written("commission")),
        (
            r"\b(?P<number>(?:CM|CDPC|Rec|Res|DD|T-CY|T-RV|PC-OC(?: Mod)?|PC-CP|CM/Rec|CM/Res|CM/Inf|CM/Del/Dec)(?:/[A-Za-z]+)*"
            r" ?\([0-9]{2,4}\) ?[0-9]{1,4}[A-Z]?(?: ?(?:add)?final)?)",
            _as_written("coe"),
        ),
        (r"\b(?P<number>C?ETS (?:No\.? ?)?[0-9]{1,3})\b", _as_written("coe")),
        (
            r"\b(?P<bt>BT-|Bundestags-?)?(?:Drs\.?|Drucksache) ?(?P<term>[0-9]{1,2})/(?P<number>[0-9]{1,5})\b",
            _bundestag,
        ),
        (
            r"(?<![\w/.:-])(?P<series>ST|CM|SN|DS|WK|AG|LT|CG)?[ -]?(?P<number>[0-9]{3,5})(?:/(?P<version>[0-9]))?"
            r"/(?P<year>[0-9]{2}|(?:19|20)[0-9]{2})(?P<more>(?: (?:REV|ADD|COR)\.? ?[0-9]{0,2})*)(?: INIT)?(?![\w/])",
            _council,
        ),
    )
    return tuple((re.compile(form, re.IGNORECASE), read) for form, read in forms)


_ADDRESSES: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(form, re.IGNORECASE), read)
    for form, read in (
        (rf"(?:eur-lex|publications)\.europa\.eu/\S*?celex[:/=]{_CELEX}", _celex),
        (
            r"europa\.eu/eli/(?P<kind>[a-z_]+)/(?P<year>[0-9]{4})/(?P<number>[0-9]{1,5})(?P<part>(?:\([0-9]\))?)(?=/|$|[?#])",
            _eli,
        ),
        (r"europa\.eu/eli/(?P<series>[C])/(?P<year>20[0-9]{2})/(?P<number>[0-9]{1,5})", _act_of_journal),
        (r"eur-lex\.europa\.eu/\S*?uri=OJ:(?P<series>[LC])_(?P<year>20[0-9]{2})(?P<number>[0-9]{5})", _act_of_journal),
        (
            r"eur-lex\.europa\.eu/\S*?uri=(?P<series>COM|SWD|JOIN|SEC):(?P<year>[0-9]{4}):0*(?P<number>[0-9]{1,5})",
            _commission,
        ),
        (
            r"consilium\.europa\.eu/\S*?[/=](?P<series>ST|CM|SN|DS|WK)[- ](?P<number>[0-9]{1,5})[- ](?P<year>[0-9]{4})(?P<more>(?:[- ](?:INIT|REV|ADD|COR|[0-9]+))*)",
            _register,
        ),
        (
            r"consilium\.europa\.eu/pdf/\w\w/(?P<year>[0-9]{2})/(?P<series>st)[0-9]{2}/st(?P<number>[0-9]{5})(?P<more>)",
            _register,
        ),
        (r"dserver\.bundestag\.de/btd/(?P<term>[0-9]{2})/[0-9]{3}/(?P=term)(?P<number>[0-9]{5})", _bundestag),
    )
)
