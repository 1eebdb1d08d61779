"""Doubt: an answer that says 200 may come from another page than the one that was cited; a person has to look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from netreg.core.address import fold, host_of
from netreg.upkeep.verdict import SAYS

_TITLE = re.compile(r"<title[^>]*>(.{0,300}?)(?:</title|$)", re.IGNORECASE | re.DOTALL)
_REFRESH = re.compile(
    r"""<meta[^>]{0,60}http-equiv=["']?refresh[^>]{0,60}content=["']?\s*[0-9.]+\s*[;,]\s*url=["']?([^"'>]{1,2000})""",
    re.IGNORECASE,
)
_SAYS = {name: "|".join(said) for name, said in SAYS.items()}
_ENDS = r"\W*(?:$|[|–:·-])"
_FOR_SALE = re.compile(  # of a name, and the last that a title says: a report on things for sale is none
    rf"(?:domaine?|domena|website|site|\.[a-z]{{2,12}})\b(?:\W{{1,3}}|(?:\s\w+){{1,2}}\s)(?:{_SAYS['for-sale']})"
    r"(?=\W*$|\s?[|–!.,:-]|\sby\b)|domain(?:\s\w+){0,2}\sparked|domain parking|parked domain",
    re.IGNORECASE,
)
_SALE_MARKS = ("buy this domain", "this domain is parked", "this domain name has expired", "sedoparking.com")
_NOT_FOUND = re.compile(  # as a title says it that says nothing else
    r"^\W*(?:error|erreur|fehler|errore)?\W*404(?:\W*$|\s?[|–:-]|\s\W?(?:not|error|page|seite|file))|^\W*not found\b"
    rf"|(?:page|seite|file|document|content)\b.{{0,30}}\bnot (?:be )?found{_ENDS}|{_SAYS['not-found']}",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(r"/(?:(?:page|error)[-_]?)?(not-?_?found|404|error-?404)(?:[./?]|$)", re.IGNORECASE)
_LOGIN = re.compile(r"/(?:log-?_?[io]n|sign-?_?in|auth|sso|saml2?|idp|adfs)(?:[./?]|$)(?!.*\.pdf$)", re.IGNORECASE)
_ASKS_TO_LOG_IN = re.compile(rf"^\W*(?:{_SAYS['log-in']}){_ENDS}", re.IGNORECASE)
_FRONT = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?|eng|deu|fra|ita|spa)/?)?(?:(?:index|default|home)(?:\.\w+)?/?)?", re.IGNORECASE
)
_MEANT_TO_LEAD_ON = frozenset(("doi.org", "handle.net", "n2t.net", "nbn-resolving.org", "purl.org", "w3id.org"))
"""Sites that keep lasting addresses of pages of others."""

_SHARED = re.compile(r"(?:ac|co|com|edu|go[bv]|gouv|gv|net|org?)\.[a-z]{2}")
"""Ends of hosts, such as gov.uk, below which each name is somebody else's."""


def doubt(address: str, end: str, body: bytes, *, for_good: bool) -> tuple[str, str]:
    """A key of ``verdict.REASONS`` that says why what answers may be another page, or empty; and where it leads.

    Args:
        address: what was asked.
        end: where servers led.
        body: the beginning of the text there; one that leads on by itself is followed in mind.
        for_good: whether all that led there said that the old address should no longer be used.
    """
    text = body.decode("utf-8", errors="replace")
    if onwards := _REFRESH.search(text):
        end, for_good = _joined(end, onwards[1]), False
    return next((reason for reason in _doubts(address, end, text, for_good=for_good)), ""), end


def _doubts(address: str, end: str, text: str, *, for_good: bool) -> Iterator[str]:
    """What is odd, that which says most first."""
    found = _TITLE.search(text)
    title = unescape(found[1]) if found else ""
    if _FOR_SALE.search(title) or any(mark in text.lower() for mark in _SALE_MARKS):
        yield "sale"
    was, now = _path(address), _path(end)
    leads_on = fold(address) != fold(end)
    none = _NO_PAGE.search(now) if leads_on else None
    if _NOT_FOUND.search(title) or (none and none[1] not in was):  # a decision may have the number 404
        yield "not-found"
    if not _LOGIN.search(was) and ((leads_on and _LOGIN.search(now)) or _ASKS_TO_LOG_IN.search(title)):
        yield "login"
    site = _site(address)
    if not for_good and site != _site(end) and site not in _MEANT_TO_LEAD_ON:
        yield "other-host"
    if leads_on and _FRONT.fullmatch(now) and not _FRONT.fullmatch(was):
        yield "front-page"


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _site(address: str) -> str:
    """The part of a host that one body has for itself, by its last labels; a number is one as a whole."""
    host = host_of(address)
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return host
    return ".".join(labels[-3 if _SHARED.fullmatch(".".join(labels[-2:])) else -2 :])


def _joined(here: str, leads_to: str) -> str:
    try:
        return urljoin(here, leads_to.strip())
    except ValueError:
        return here
