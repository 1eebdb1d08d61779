"""From words to places: the web addresses and the numbers of documents in what people write."""

from __future__ import annotations

import re
from urllib.parse import unquote

from netreg.contribute.parse.values import QUOTES
from netreg.core.address import fold
from netreg.core.escape import INVISIBLE, one_line

_LONGEST = 20_000
_ADDRESS = re.compile(r"https?://[^\s<>\"“”„«»\\^`{|}]{1,4000}", re.IGNORECASE)
_BARE = re.compile(
    r"(?:www\.)?(?:[a-z0-9-]{1,63}\.){1,5}(?!(?:pdf|docx?|xlsx?|odt|txt|html?|eml|zip|jpe?g|png)\b)[a-z]{2,24}(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
_WITHOUT_SCHEME = re.compile(r"(?<![\w/.@:-])(?=www\.[a-z0-9-]+\.[a-z])", re.IGNORECASE)
_NEXT = re.compile(r"[;,|](?=https?://)", re.IGNORECASE)


_MARKDOWN = re.compile(r"\[([^\[\]\n]{0,500})\]\((https?://[^\s()]{1,2000})\)", re.IGNORECASE)
_GUARD = re.compile(
    r"https?://[a-z0-9.-]+\.safelinks\.protection\.outlook\.com/\S{0,200}?[?&]url=([^&\s>\"]{1,4000})\S{0,4000}",
    re.IGNORECASE,
)
"""An address as some mail programs rewrite it, with the real one inside."""


def addresses_in(said: str) -> list[str]:
    """The web addresses in a text, each once, without the punctuation around them."""
    found: dict[str, str] = {}
    for address in map(_trimmed, _ADDRESS.findall(_bared(said))):
        found.setdefault(fold(address), address)
    return list(found.values())


def _bared(said: str) -> str:
    """A text whose addresses stand in it as they are."""
    plain = _MARKDOWN.sub(r"\1 \2", said.translate(INVISIBLE))
    plain = _NEXT.sub(" ", _GUARD.sub(lambda match: unquote(match[1]), plain))
    return _WITHOUT_SCHEME.sub("https://", plain)


def beside(said: str) -> str:
    """What a text says beside the addresses and document numbers in it; empty where that is next to nothing."""
    if len(said) > _LONGEST:
        return one_line(said[:_LONGEST])
    rest = _with_celex(_ADDRESS.sub(" ", _bared(said)))
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
    text = one_line(said).strip(QUOTES)
    found = addresses_in(text)
    if found:
        return found[0] if len(found) == 1 and not re.search(r"\w", _ADDRESS.sub("", _bared(text))) else ""
    return f"https://{text}" if len(text) <= 300 and _BARE.fullmatch(text) else ""


def contact_of(said: str) -> str:
    """The one address, or else the mailbox, that a text is; empty where it is neither, or says more."""
    text = one_line(said).strip(QUOTES)
    return address_of(said) or (text if _MAILBOX.fullmatch(text) else "")


_MAILBOX = re.compile(r"[A-Za-z0-9][\w.-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}", re.ASCII)
_TAIL = ".,;:!?'*_…’"


def _trimmed(address: str) -> str:
    scheme, _, rest = address.partition("://")
    text = f"{scheme.lower()}://{rest}".rstrip(_TAIL)
    while text.endswith((")", "]")) and text.count(text[-1]) > text.count({")": "(", "]": "["}[text[-1]]):
        text = text[:-1].rstrip(_TAIL)
    return text


_DOCUMENTS = (
    ("celex", re.compile(r"\b[1-9CE][0-9]{4}[A-Z]{1,2}[0-9]{4}(?:\([0-9]{2}\))?\b")),
    ("oj", re.compile(r"\bOJ (?:[LC]|L series) ?[0-9]{1,4}[^\n;]{0,40}", re.IGNORECASE)),
    ("commission", re.compile(r"\b(?:COM|SWD|SEC|JOIN|C) ?\([0-9]{4}\) ?[0-9]{1,5}\b")),
    (
        "council",
        re.compile(
            r"(?<![\w/.:-])(?<!Az\. )(?:ST |st )?"
            r"(?!(?:19|20)[0-9]{2}/(?:(?:19|20)[0-9]{2}\b|[0-9]{2}(?![0-9])(?! (?:REV|ADD|COR))))"
            r"[0-9]{4,5}(?:/[0-9])?/(?:[0-9]{2}|(?:19|20)[0-9]{2})(?: (?:REV|ADD|COR) [0-9]{1,2})*(?![\w/])"
        ),
    ),
    ("bundestag", re.compile(r"\b(?:BT-)?(?:Drs\.?|Drucksache) ?[0-9]{1,2}/[0-9]{1,5}\b")),
    (
        "coe",
        re.compile(r"\b(?:CM|CDPC|Rec|T-CY|PC-OC|CM/Rec|CM/Del/Dec)(?:/[A-Za-z]+)*\([0-9]{2,4}\)[0-9A-Za-z/-]{0,20}"),
    ),
)

_ACT = re.compile(
    r"\b(?:(?:Council|Commission) )?(?:(?:Delegated|Implementing) )?(Regulation|Directive|Framework Decision|Decision) "
    r"(?:\((?:EU|EC|EEC|Euratom|EU, Euratom)\) )?(?:(No\.?) ?([0-9]{1,4})/([0-9]{4})|([0-9]{4}|[0-9]{2})/([0-9]{1,4}))"
    r"(?:/(?:JHA|EU|EC|EEC|CFSP))?\b",
    re.IGNORECASE,
)
_LETTERS = {"regulation": "R", "directive": "L", "framework decision": "F", "decision": "D"}
"""Kinds of legal acts of the Union, and their letter in a CELEX number (sector 3, year, letter, number)."""


def _with_celex(text: str) -> str:
    """A text in which acts of the Union that are cited in words stand by their CELEX numbers."""
    return _ACT.sub(_celex, text)


def _celex(act: re.Match[str]) -> str:
    year, number = (act[4], act[3]) if act[2] else (act[5], act[6])
    year = year if len(year) == 4 else f"19{year}"
    return f"3{year}{_LETTERS[act[1].casefold()]}{int(number):04}"


def documents_in(said: str) -> list[tuple[str, str]]:
    """The document numbers in a text, each with its kind."""
    text = _with_celex(_ADDRESS.sub(" ", _bared(said[:_LONGEST])))
    found = [(kind, one_line(match).rstrip(".,")) for kind, form in _DOCUMENTS for match in form.findall(text)]
    return list(dict.fromkeys(found))[:5]
