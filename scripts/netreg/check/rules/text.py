"""Text: plain words only; nothing in an entry may become markup or trick the eye."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.escape import TYPOGRAPHIC_QUOTES
from netreg.core.finding import Level
from netreg.core.load import Node
from netreg.core.nearest import quoted

_HTML = re.compile(r"</?[A-Za-z!][^>]{0,200}>|&(?:[a-z]{2,8}|#[0-9]{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_UNSEEN = re.compile(  # first what turns the direction of writing, then what takes no room, then what is no text
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufffc\ufffd\U000f0000-\U0010ffff]"
)


@rule(
    "html",
    summary="A text holds HTML.",
    reason="Texts are shown as they are written; markup would stand on the page as code.",
    fix="Write plain words.",
)
def html(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("text") if "<" in subject.prose or "&" in subject.prose else ():
        match = _HTML.search(spot.node.text)
        if match:
            yield subject.hit_at(spot.node, match[0], f"{quoted(match[0])} is HTML.")


@rule(
    "bidi-control",
    summary="A text holds a sign that turns the direction of writing, that nobody sees, or that stands for no letter.",
    reason="Such signs let a text read one way on the page and another in the file, and hide words from search; where "
    "a letter was lost on the way, a replacement character is left.",
    fix="Type the text anew.",
)
def bidi_control(subject: Subject, _context: Context) -> Iterator[Hit]:
    lines = [] if subject.document.text.isascii() else subject.document.text.split("\n")
    for number, line in enumerate(lines, start=1):
        match = None if line.isascii() else _UNSEEN.search(line)
        if match:
            node = Node("scalar", "", number, match.start() + 1, number, match.end() + 1)
            yield subject.hit(node, f"Here is {_named(match[0])}.")
    for node in _double_quoted(subject.root) if "\\" in subject.document.text else ():
        match = _UNSEEN.search(node.text)
        if match and match[0] not in subject.document.text:
            yield subject.hit(node, f"A code in this text stands for {_named(match[0])}.")


def _named(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, "").lower()
    kind = "a sign that is no text" if unicodedata.category(sign) in ("Co", "Cn", "So") else "an invisible sign"
    return f"{kind}: {name} ({code})" if name else f"{kind}: {code}"


def _double_quoted(node: Node | None) -> Iterator[Node]:
    """All texts in double quotes, keys included: a code such as ``\\u202e`` may stand in them."""
    for below in (node.key, node) if node else ():
        if below is not None and below.style == '"':
            yield below
    for _, child in node.items() if node else ():
        yield from _double_quoted(child)


_PUBLIC_HOST = re.compile(r"([a-z0-9_-]+\.)+[a-z]{2,63}\.?")


@rule(
    "unsafe-link",
    summary="A web address is not one that a page may link to.",
    reason="A link from the registry carries its good name: addresses that run code, carry a password or look like "
    "another host are refused.",
    fix="Give the plain address of the page, beginning with https://.",
)
def unsafe_link(subject: Subject, _context: Context) -> Iterator[Hit]:
    refused = {error.node: str(error.part["x-message"]) for error in subject.shape_errors("unsafe-link")}
    pages = (spot for spot in subject.spots("contact") if "://" in spot.node.text)
    for spot in [*subject.spots("address"), *pages]:
        reason = refused.get(spot.node) or _unsafe(spot.node.text)
        if reason and isinstance(spot.node.value, str):
            yield subject.hit(spot.node, f"{quoted(spot.node.text)} {reason}.")


def _unsafe(address: str) -> str:
    if not address.isprintable() or "\\" in address:
        return "holds a line break, a backslash or a sign that nobody sees"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "is not a web address"
    if parts.username is not None:
        return "carries a user name"
    if not host.isascii() or "xn--" in host:
        return "has letters in its host that may look like others"
    return "" if _PUBLIC_HOST.fullmatch(host) else "names no public host"


@rule(
    "whitespace",
    Level.WARNING,
    summary="A text has spaces or line breaks where none belong.",
    reason="Pasted text brings double spaces, line breaks and non-breaking spaces, and then the same name is "
    "two names.",
    fix="Leave one plain space between words and none at the ends.",
)
def whitespace(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("text"):
        text = spot.node.value
        if isinstance(text, str) and text != " ".join(text.split()):
            odd = "begins or ends with a space" if text != text.strip() else "has a double or unusual space"
            hit = subject.hit(spot.node, f"The text {odd}.")
            is_broken = "\n" in text
            yield replace(hit, message="The text has a line break.", level=Level.ERROR) if is_broken else hit


@rule(
    "pasted-quotes",
    Level.WARNING,
    summary="A text stands as a whole in the quotes of a word processor.",
    reason="YAML takes the quotes that word processors type for letters, so they become part of the name that pages "
    "show and searches compare.",
    fix="Delete them; where quotes are needed, they are the straight ones.",
)
def pasted_quotes(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("text"):
        if spot.node.text[:1] not in TYPOGRAPHIC_QUOTES:
            continue
        at = [place for place, sign in enumerate(spot.node.text) if sign in TYPOGRAPHIC_QUOTES]
        if at == [0, len(spot.node.text) - 1]:  # quotes of a word at the beginning and of one at the end are two pairs
            yield subject.hit(spot.node, f"{quoted(spot.node.text)} stands in the quotes of a word processor.")


@rule(
    "summary-length",
    Level.WARNING,
    summary="A description is shorter than 30 or longer than 110 words, or a short line has more than 90 characters.",
    reason="A description answers what the body is, what it does and who takes part, at a glance; lists show the "
    "short line.",
    fix="Aim at 40 to 100 words; further facts have fields of their own.",
)
def summary_length(subject: Subject, _context: Context) -> Iterator[Hit]:
    summary, purpose = (subject.root.get(key, "value") if subject.root else None for key in ("summary", "purpose"))
    if summary is not None and isinstance(summary.value, str):
        words = len(summary.value.split())
        if not 30 <= words <= 110:
            yield subject.hit(summary, f"The description has {words} words.")
    if purpose is not None and len(purpose.text) > 90:
        yield subject.hit(purpose, f"The short line has {len(purpose.text)} characters.", "Shorten it to 90.")


@rule(
    "repeated-acronym",
    Level.WARNING,
    summary="The name repeats the acronym.",
    reason="Pages show the acronym behind the name, so it would stand there twice.",
    fix="Delete it from the name; it has a field of its own.",
)
def repeated_acronym(subject: Subject, _context: Context) -> Iterator[Hit]:
    name = subject.root.get("name") if subject.root else None
    acronym = subject.root.string("acronym") if subject.root else None
    if name is not None and acronym and f"({acronym})" in name.text:
        yield subject.hit(name, f"The name repeats the acronym {quoted(acronym)}.")
