"""From words to documents: the numbers by which registers know a text, each series in one spelling.

A number becomes a document only where it has one reading. What the numbers look like stands in ``references.yaml``.
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

_Said = Mapping[str, str]
_Reader = Callable[[_Said, str, int], Document | None]
"""Makes a document of the parts of a number, the word in front of it, and the year in which it is said."""

_FIRST_YEAR = 1950


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents in a text, the numbers that have two readings or none of ours, and what is left of the text."""

    found: tuple[Document, ...]
    unclear: tuple[str, ...]
    rest: str


def documents_in(text: str, year: int) -> Documents:
    """The documents that a text names by their numbers; ``year`` is the one in which somebody says so."""
    found: dict[Document, None] = {}
    unclear: list[str] = []
    # A text without a digit names none, and to make all patterns takes longer than the rest of a request.
    for form, read in _forms("documents") if re.search("[0-9]", text) else ():
        for match in list(form.finditer(text)):
            before = re.search(r"([^\W\d_][\w.-]*)[\s:.]*$", text[max(0, match.start() - 40) : match.start()])
            document = read(match.groupdict(default=""), before[1].casefold().rstrip(".") if before else "", year)
            found |= {document: None} if document else {}
            unclear += [] if document else [one_line(match[0])]
            text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    return Documents(tuple(found), tuple(dict.fromkeys(unclear)), text)


def document_at(address: str) -> Document | None:
    """The document that an address of EUR-Lex, of an ELI or of a register leads to."""
    found = ((form.search(unquote(address)), read) for form, read in _forms("at_addresses"))
    return next((read(match.groupdict(default=""), "", 0) for match, read in found if match), None)


def document_key(number: str) -> str:
    """What is the same in all spellings of a number, and in the CELEX number of a document of the Commission."""
    celex = re.fullmatch("5([0-9]{4})(DC|PC|SC|JC)0*([0-9]+)", number)
    if celex:
        number = f"{_SERIES[celex[2]]}({celex[1]}) {celex[3]}"
    return re.sub(r"^(?:ST|OJ|BT-DRS)\b|[\s,.]|FINAL$", "", number.upper())


_SERIES = {"DC": "COM", "PC": "COM", "SC": "SWD", "JC": "JOIN"}


@lru_cache(maxsize=2)
def _forms(kind: str) -> list[tuple[re.Pattern[str], _Reader]]:
    known = table("parse/references.yaml")
    acts = "|".join(f"(?P<{letter}>{words.replace('| ', '|')})" for letter, words in known["acts"].items())
    marks = {"<act>": acts, **{f"<{name}>": known[name] for name in ("celex", "oj", "final")}}
    rows = ((re.sub("<(?:act|celex|oj|final)>", lambda mark: marks[mark[0]], row["like"]), row) for row in known[kind])
    return [(re.compile(like, re.IGNORECASE), READERS[row["read"]]) for like, row in rows]


def _act(said: _Said, _before: str, year: int) -> Document | None:
    """Kind, year and number make the number in CELEX; None where both parts, or neither, can be the year."""
    letter = next(letter for letter in table("parse/references.yaml")["acts"] if said[letter])
    pairs = [(said["one"], said["two"]), (said["two"], said["one"])]
    if said["no"]:
        pairs.reverse()  # No 2007/2004: the number comes first
    fitting = [(when, int(number)) for when, number in pairs if _can_be_year(when, year)]
    if not fitting or (len(fitting) > 1 and not (said["no"] or said["behind"])):  # 95/46/EC: the year comes first
        return None
    if letter == "J":  # joint actions of the third pillar, or of the common foreign policy
        is_home = re.fullmatch(table("parse/references.yaml")["home"], said["behind"].strip("/"), re.IGNORECASE)
        letter = "F" if is_home else "E"
    when, number = fitting[0]
    return "celex", f"3{when if len(when) == 4 else f'19{when}'}{letter}{number:04}"


def _can_be_year(part: str, year: int) -> bool:
    return _FIRST_YEAR <= int(part) <= year if len(part) == 4 else len(part) == 2 and int(part) > _FIRST_YEAR % 100


def _eli(said: _Said, _before: str, _year: int) -> Document | None:
    letter = table("parse/references.yaml")["eli"].get(said["kind"])
    return ("celex", f"3{said['year']}{letter}{int(said['number']):04}{said['part']}") if letter else None


def _council(said: _Said, before: str, year: int) -> Document | None:
    """*17559/11* is of the series ST unless another is said; with a word of anything else in front it is none."""
    series, when = said["series"].upper(), said["year"]
    more = said["more"].upper().replace("-", " ").strip().removeprefix("INIT")
    if not series and before not in table("parse/references.yaml")["council"].split() and (before or len(when) == 4):
        return None
    if year and len(when) == 4 and not _can_be_year(when, year):
        return None
    revision = re.match("REV ([0-9]+)", more)
    version = said["version"] or (revision[1] if revision else "")
    number = f"{int(said['number'])}{'/' if version else ''}{version}/{when[-2:]}"
    return "council", " ".join(filter(None, ("" if series == "ST" else series, number, more)))


def _journal(said: _Said, _before: str, _year: int) -> Document:
    """Since October 2023 every act has a number of its own; in the series C it begins with that letter."""
    series = said["series"].upper()
    return "oj", f"OJ {series}, {'C/' if series == 'C' else ''}{said['year']}/{int(said['number'])}"


def _journal_page(said: _Said, _before: str, _year: int) -> Document:
    """Before, it has an issue, its day and a page: ``OJ L 121, 15.5.2009, p. 37``."""
    day = ".".join(str(int(part)) for part in re.findall("[0-9]+", said["date"]))
    page = f"p. {said['page']}" if said["page"] else ""
    return "oj", ", ".join(filter(None, (f"OJ {said['series'].upper()} {said['issue']}", day, page)))


def _commission(said: _Said, _before: str, _year: int) -> Document:
    return "commission", f"{said['series'].upper().replace('KOM', 'COM')}({said['year']}) {int(said['number'])}"


def _bundestag(said: _Said, before: str, _year: int) -> Document | None:
    """Every parliament of Germany has a *Drucksache*; only that of the Bundestag is known by its name."""
    is_known = said["bt"] or before in ("bundestag", "bt")
    return ("bundestag", f"{said['term']}/{int(said['number'])}") if is_known else None


READERS: Mapping[str, _Reader] = {
    "act": _act,
    "eli": _eli,
    "council": _council,
    "journal": _journal,
    "journal-page": _journal_page,
    "commission": _commission,
    "bundestag": _bundestag,
    "celex": lambda said, _before, _year: ("celex", said["number"].upper()),
    "press": lambda said, _before, _year: ("commission", said["number"].upper()),
    "coe": lambda said, _before, _year: ("coe", one_line(said["number"])),
    "unclear": lambda _said, _before, _year: None,
}
"""How documents are made, by the words of ``references.yaml``."""
