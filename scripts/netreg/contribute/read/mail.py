"""From a mail to the text of a request: the words of the sender, and nothing that a mail could bring along."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from netreg.contribute.read.body import DEEPEST, split_label, split_signature

LARGEST = 8 * 1024 * 1024
"""Bytes of a mail at most, with its attachments, which are never opened."""

_MOST_PARTS = 100
_LONGEST_CELL = 40
"""Pieces of text in a cell of a table that may be one value; a cell with more is a part of the mail's layout."""

_BREAKS = frozenset("p div br tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre".split())
_UNSEEN = frozenset("script style head title template".split())


@dataclass(frozen=True, slots=True)
class Mail:
    """What counts of a mail: its words, the day it was sent, the names of its files, and what follows the signature.

    ``host`` is what stands behind the @ of the sender, as the mail says it; the mailbox itself is not kept.
    """

    text: str
    sent: date | None
    attachments: tuple[str, ...]
    below: str = ""
    host: str = ""


def read_mail(data: bytes, labels: Collection[str] = ()) -> Mail:
    """The words of a mail; of HTML only the text, and only where the plain words hold none of the labels of our forms.

    A ValueError where this is no mail with words in it.
    """
    try:
        message = _message(data)
        parts = list(islice(_leaves(message), _MOST_PARTS))
        found = [text for kind in ("text/plain", "text/html") if (text := _joined(parts, kind))]
    except RecursionError:  # parts in parts in parts
        raise ValueError("no words") from None
    if not found or not message.keys():
        raise ValueError("no words")
    text = next((text for text in found if any(split_label(line)[0] in labels for line in text.split("\n"))), found[0])
    words, below = split_signature(text, labels)
    names = tuple(_file_name(part) or part.get_content_type() for part in parts if _is_file(part))
    return Mail(words, _sent(message), names, below, _host(message))


def _message(data: bytes) -> Message:
    """The mail, also where something stands in front of its head or its parts are parted by another line than said."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    message = message_from_bytes(data)
    parting = _PARTING.search(data) if message.get_content_maintype() == "multipart" else None
    if parting is None or message.is_multipart():
        return message
    return message_from_bytes(b'Content-Type: multipart/mixed; boundary="%s"\n%s' % (parting[1], data))


_PARTING = re.compile(rb"^--([^\s\"]{1,70})[ \t]*\r?$", re.MULTILINE)


def _leaves(part: Message) -> Iterator[Message]:
    """The parts that hold something; a mail inside of the mail is a file, for its words are another's."""
    if part.is_multipart() and part.get_content_maintype() != "message":
        below: Any = part.get_payload()
        for inner in below:
            yield from _leaves(inner)
    else:
        yield part


def _is_file(part: Message) -> bool:
    is_mail = part.get_content_maintype() == "message"
    return is_mail or part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _file_name(part: Message) -> str:
    """The name of a file as its sender gave it; where it cannot be read, the kind of the file."""
    try:
        name = part.get_filename("")
        return str(make_header(decode_header(name[:1000])))
    except (LookupError, ValueError, MessageError):
        return part.get_content_type()


def _joined(parts: list[Message], kind: str) -> str:
    """The words of all parts of a kind, since some programs cut them in two around a file."""
    chosen = [part for part in parts if part.get_content_type() == kind and not _is_file(part)]
    found = [
        _decoded(bytes(part.get_payload(decode=True) or b""), part.get_content_charset("utf-8")) for part in chosen
    ]
    return "\n".join(text for text in (map(_words, found) if kind == "text/html" else found) if text.strip())


def _decoded(data: bytes, charset: str) -> str:
    """The text in the encoding that is said, or else in the one that it can be.

    Bytes that are UTF-8 are hardly ever text of one byte a letter, so that claim is believed last.
    """
    charset = "cp1252" if charset in ("iso-8859-1", "latin1", "us-ascii", "ascii") else charset  # as browsers do
    is_narrow = charset.startswith(("iso-8859", "windows-", "cp"))
    for name in ("utf-8", charset, "cp1252") if is_narrow else (charset, "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _host(message: Message) -> str:
    """Of two senders neither counts: programs disagree about which of them they show."""
    found = message.get_all("From", [])
    return parseaddr(str(found[0]))[1].rpartition("@")[2].lower() if len(found) == 1 else ""


def _sent(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


class _Words(HTMLParser):
    """Collects what a reader of the mail would see; what is quoted gets the marks that plain text has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = self._quoted = self._cell = 0
        self._is_plain = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._quoted += tag == "blockquote"
        self._is_plain |= tag == "pre"
        self._break(tag)
        if tag in ("td", "th"):
            self.parts.append("\t")
            self._cell = len(self.parts)
        for name, value in attrs:
            if name == "href" and value and value.startswith(("http://", "https://")):
                self.parts.append(f" {value} ")  # the words of a link may not say where it leads

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._quoted = max(0, self._quoted - (tag == "blockquote"))
        self._is_plain &= tag != "pre"
        if tag in ("td", "th"):
            # A cell with one line of text is on the line of its row, whatever stands around the text.
            cell = self.parts[self._cell :]
            text = "".join(cell) if len(cell) < _LONGEST_CELL else ""
            lines = {line.strip("> ") for line in text.split("\n")} - {""}
            self.parts[self._cell :] = lines if len(lines) == 1 else cell
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append(self._line_end())

    def _line_end(self) -> str:
        return "\n" + "> " * min(self._quoted, DEEPEST)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            lines = data.split("\n") if self._is_plain else [data]
            self.parts.append(self._line_end().join(re.sub(r"\s+", " ", line) for line in lines))


_STRAY = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""A bracket that no other closes; very many of them would keep the parser busy for minutes."""


def _words(html: str) -> str:
    collector = _Words()
    collector.feed(_STRAY.sub("&lt;", html))
    collector.close()
    lines = "".join(collector.parts).split("\n")
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line.split("\t")).lstrip("\t") for line in lines)
