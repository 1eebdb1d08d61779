"""From words to places: the web addresses and the documents where others can read something.

An address is taken whole or asked for: never cut, out of what mail programs wrap around it, without what tracks people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from netreg.contribute.parse.documents import Document, documents_in
from netreg.contribute.parse.values import QUOTES
from netreg.contribute.table import table
from netreg.core.address import fold, host_of
from netreg.core.escape import INVISIBLE, TYPOGRAPHIC_SPACES, one_line
from netreg.core.mask import mailboxes

_TABLE = "parse/references.yaml"
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
    plain = _bared(said[:_LONGEST])
    found: dict[str, str] = {}
    cut, refused = [], [(box, "a mailbox") for box in _mailboxes(said[:_LONGEST])]
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
    bared = _bared(text)
    found = _ADDRESS.findall(bared)
    is_alone = not re.search(r"\w", _ADDRESS.sub("", bared))
    addresses = {fold(address): address for address in (_untracked(_trimmed(one)) for one in found)}
    return next(iter(addresses.values())) if len(addresses) == 1 and is_alone else ""


def contact_of(said: str) -> str:
    """The one address, or else the mailbox, that a text is; empty where it is neither, or says more."""
    text = one_line(said).strip(QUOTES)
    return address_of(said) or (text if _MAILBOX.fullmatch(text) else "")


def _bared(said: str) -> str:
    """A text whose addresses stand in it as they are, each with its scheme; what is a mailbox is no address."""
    for box in _mailboxes(said):
        said = said.replace(box, " ")
    plain = _MARKDOWN.sub(r"\1 \2", _WRAPPED.sub(r"\1", said.translate({**INVISIBLE, **TYPOGRAPHIC_SPACES})))
    for wrapper in table(_TABLE)["wrappers"]:
        plain = re.sub(wrapper, lambda match: unquote(match[1]), plain, flags=re.IGNORECASE)
    plain = _NEXT.sub(" ", plain)
    spaced = _ADDRESS.sub(lambda match: " " * len(match[0]), plain)
    for match in reversed([*_BARE.finditer(spaced)]):
        plain = f"{plain[: match.start()]}https://{plain[match.start() :]}"
    return plain


def _mailboxes(said: str) -> list[str]:
    """Those that are not a name and a password in front of a host."""
    return [box for box in mailboxes(said) if not re.search(rf"://[^\s/]*{re.escape(box)}", said)]


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
