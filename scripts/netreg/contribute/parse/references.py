"""From words to references: the web addresses where others can read something, and documents by their numbers.

An address is taken whole or asked for: never cut, out of what mail programs wrap around it, without what tracks people.
A number becomes a document only where it has one reading. What both look like stands in ``references.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from netreg.contribute import table
from netreg.contribute.parse.values import QUOTES
from netreg.core.address import fold, host_of
from netreg.core.escape import INVISIBLE, TYPOGRAPHIC_SPACES, one_line
from netreg.core.mask import mailboxes

_TABLE = "parse/references.yaml"
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
    known = table(_TABLE)
    acts = "|".join(f"(?P<{letter}>{words.replace('| ', '|')})" for letter, words in known["acts"].items())
    marks = {"<act>": acts, **{f"<{name}>": known[name] for name in ("celex", "oj", "final")}}
    rows = ((re.sub("<(?:act|celex|oj|final)>", lambda mark: marks[mark[0]], row["like"]), row) for row in known[kind])
    return [(re.compile(like, re.IGNORECASE), READERS[row["read"]]) for like, row in rows]


def _act(said: _Said, _before: str, year: int) -> Document | None:
    """Kind, year and number make the number in CELEX; None where both parts, or neither, can be the year."""
    letter = next(letter for letter in table(_TABLE)["acts"] if said[letter])
    pairs = [(said["one"], said["two"]), (said["two"], said["one"])]
    if said["no"]:
        pairs.reverse()  # No 2007/2004: the number comes first
    fitting = [(when, int(number)) for when, number in pairs if _can_be_year(when, year)]
    if not fitting or (len(fitting) > 1 and not (said["no"] or said["behind"])):  # 95/46/EC: the year comes first
        return None
    if letter == "J":  # joint actions of the third pillar, or of the common foreign policy
        is_home = re.fullmatch(table(_TABLE)["home"], said["behind"].strip("/"), re.IGNORECASE)
        letter = "F" if is_home else "E"
    when, number = fitting[0]
    return "celex", f"3{when if len(when) == 4 else f'19{when}'}{letter}{number:04}"


def _can_be_year(part: str, year: int) -> bool:
    return _FIRST_YEAR <= int(part) <= year if len(part) == 4 else len(part) == 2 and int(part) > _FIRST_YEAR % 100


def _eli(said: _Said, _before: str, _year: int) -> Document | None:
    letter = table(_TABLE)["eli"].get(said["kind"])
    return ("celex", f"3{said['year']}{letter}{int(said['number']):04}{said['part']}") if letter else None


def _council(said: _Said, before: str, year: int) -> Document | None:
    """*17559/11* is of the series ST unless another is said; with a word of anything else in front it is none."""
    series, when = said["series"].upper(), said["year"]
    more = said["more"].upper().replace("-", " ").strip().removeprefix("INIT")
    if not series and before not in table(_TABLE)["council"].split() and (before or len(when) == 4):
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


_LONGEST = 4_000
_ADDRESS = re.compile(r"https?://[^\s<>\"“”„«»\\^`{|}]{1,4000}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@/.:-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}"
    r"(?!(?:pdf|docx?|xlsx?|odt|txt|html?|eml|zip|jpe?g|png)\b)[a-z]{2,24}(?![\w@.]*@)(?:/[^\s<>\"]*|\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[;,|](?=https?://)|(?<=[a-z0-9])(?=https?://)", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\[\]\n]{0,500})\]\((https?://[^\s()]{1,2000}(?:\([^\s()]*\)[^\s()]*)?)\)", re.IGNORECASE)
_CUT = re.compile(r"[{|\\^][^\s{|\\^]|…|\.\.\.")
"""Right behind an address: signs that it cannot hold with more behind them, or dots for what was left out."""

_WRAPPED = re.compile(
    r"(https?://\S{1,2000}[/?=&:#_%-]) *\n(?=[^\s:]*[0-9/?=&.-]\S*[^\S\n]*(?:\n|$))(?!https?:)", re.IGNORECASE
)
"""An address that was broken over two lines, the second of which holds nothing else."""

_MAILBOX = re.compile(r"[A-Za-z0-9][\w.-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}", re.ASCII)
_TAIL = ".,;:!?'*_…’"


@dataclass(frozen=True, slots=True)
class Places:
    """Where others can read something.

    ``cut`` are addresses that are not whole, ``unclear`` numbers of documents with no or two readings, ``refused``
    addresses that are no place where others can read it, each with what it is; ``rest`` are the words beside all that.
    """

    addresses: tuple[str, ...]
    documents: tuple[Document, ...]
    cut: tuple[str, ...]
    unclear: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    rest: str


def places_in(said: str, year: int, own_site: str = "") -> Places:
    """All places that a text of some year names; ``own_site`` is the registry's, which is no source of its own."""
    plain, boxes = _bared(said[:_LONGEST])
    found: dict[str, str] = {}
    cut, refused = [], [(box, "a mailbox") for box in boxes]
    rest = ""
    end = 0
    for match in [*_ADDRESS.finditer(plain)]:
        address = _untracked(_trimmed(match[0]))
        is_cut = _CUT.match(plain[match.end() :]) or _CUT.search(match[0][len(_trimmed(match[0])) :])
        what = _no_source(address, own_site)
        if is_cut:
            cut.append(address)
        elif what:
            refused.append((address, what))
        else:
            found.setdefault(fold(address), address)
        rest, end = f"{rest}{plain[end : match.start()]} ", match.end()
    documents = documents_in(rest + plain[end:], year)
    parts = re.findall(r"(?:\w+[^\S\n]+)*\w+/\w+", documents.rest) if found else []
    left = [part for part in parts if not documents.unclear]  # a stroke behind an address goes on with it
    pointing = frozenset(table(_TABLE)["pointing"].split())
    words = [word for word in re.findall(r"\w+", documents.rest.casefold()) if word not in pointing]
    return Places(
        tuple(found.values()), documents.found, (*cut, *left), documents.unclear, tuple(refused), " ".join(words)
    )


def address_of(said: str) -> str:
    """The one address that a text is, also without its ``https://``; empty where it is none, or says more."""
    text = one_line(said).strip(QUOTES)
    if len(text) > _LONGEST:
        return ""
    bared, _ = _bared(text)
    found = _ADDRESS.findall(bared)
    is_alone = not re.search(r"\w", _ADDRESS.sub("", bared))
    addresses = {fold(address): address for address in (_untracked(_trimmed(one)) for one in found)}
    return next(iter(addresses.values())) if len(addresses) == 1 and is_alone else ""


def contact_of(said: str) -> str:
    """The one address, or else the mailbox, that a text is; empty where it is neither, or says more."""
    text = one_line(said).strip(QUOTES)
    return address_of(said) or (text if _MAILBOX.fullmatch(text) else "")


def _bared(said: str) -> tuple[str, list[str]]:
    """A text whose addresses stand in it as they are, each with its scheme, and the mailboxes that stood in it.

    A name and a password in front of a host are no mailbox.
    """
    boxes = [box for box in mailboxes(said) if not re.search(rf"://[^\s/]*{re.escape(box)}", said)]
    for box in boxes:
        said = said.replace(box, " ")
    plain = _MARKDOWN.sub(r"\1 \2", _WRAPPED.sub(r"\1", said.translate({**INVISIBLE, **TYPOGRAPHIC_SPACES})))
    for wrapper in table(_TABLE)["wrappers"]:
        plain = re.sub(wrapper, lambda match: unquote(match[1]), plain, flags=re.IGNORECASE)
    plain = _NEXT.sub(" ", plain)
    spaced = _ADDRESS.sub(lambda match: " " * len(match[0]), plain)
    for match in reversed([*_BARE.finditer(spaced)]):
        plain = f"{plain[: match.start()]}https://{plain[match.start() :]}"
    return plain, boxes


def _trimmed(address: str) -> str:
    scheme, _, rest = address.partition("://")
    text = f"{scheme.lower()}://{rest}".rstrip(_TAIL)
    while text.endswith((")", "]")) and text.count(text[-1]) > text.count({")": "(", "]": "["}[text[-1]]):
        text = text[:-1].rstrip(_TAIL)
    return text


def _untracked(address: str) -> str:
    bare, mark, query = address.partition("#:~:")[0].partition("?")
    pairs, _, place = query.partition("#")
    tracking = table(_TABLE)["tracking"]
    kept = [pair for pair in pairs.split("&") if not re.fullmatch(tracking, pair.partition("=")[0], re.IGNORECASE)]
    if not mark or len(kept) == len(pairs.split("&")):
        return f"{bare}{mark}{query}"
    return f"{bare}{'?' if kept else ''}{'&'.join(kept)}{'#' if place else ''}{place}"


def _no_source(address: str, own_site: str) -> str:
    """What an address is, where it is no place at which others can read something."""
    if own_site and host_of(own_site) == host_of(address):
        return "a page of this registry"
    if not host_of(address).isascii():
        return "an address whose host has letters beside a to z"
    place = address.partition("://")[2].removeprefix("www.")
    kinds = table(_TABLE)["no_source"]
    return next((kind["is"] for kind in kinds if re.fullmatch(kind["like"], place, re.IGNORECASE)), "")
