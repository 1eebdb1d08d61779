"""From a mail to the text of a request: the words of the sender, and nothing that a mail could bring along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice

LARGEST = 8 * 1024 * 1024
"""Bytes of a mail at most, with its attachments, which are never opened."""

_MOST_PARTS = 100
_BREAKS = frozenset("p div br tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre".split())
_UNSEEN = frozenset("script style head title template".split())


@dataclass(frozen=True, slots=True)
class Mail:
    """What counts of a mail: its words, the day it was sent, the names of its files, and what follows the signature."""

    text: str
    sent: date | None
    attachments: tuple[str, ...]
    below: str = ""


def read_mail(data: bytes) -> Mail:
    """The words of a mail; of HTML only the text is taken.

    Raises:
        ValueError: this is no mail with words in it.
    """
    try:
        message = message_from_bytes(data)
        parts = _leaves(message)
        text = _joined(parts, "text/plain") or _joined(parts, "text/html")
    except RecursionError:  # parts in parts in parts
        raise ValueError("no words") from None
    if not text or not message.keys():
        raise ValueError("no words")
    words, *below = _SIGNATURE.split(text, maxsplit=1)
    names = tuple(_name(part) for part in parts if _is_file(part))
    return Mail(words, _sent(message), names, "".join(below).strip())


_SIGNATURE = re.compile(r"^-- ?\r?$", re.MULTILINE)
"""The line that mail programs put in front of a signature."""


def _leaves(message: Message) -> list[Message]:
    """The parts that hold something; of very many only the first."""
    return list(islice((part for part in message.walk() if not part.is_multipart()), _MOST_PARTS))


def _is_file(part: Message) -> bool:
    """Whether it came as a file, also one that is shown between the words."""
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _joined(parts: list[Message], kind: str) -> str:
    """The words of all parts of a kind, since some programs cut them in two around a file."""
    found = [_text(part) for part in parts if part.get_content_type() == kind and not _is_file(part)]
    return "\n".join(text for text in found if text.strip())


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    text = _decoded(data if isinstance(data, bytes) else b"", part.get_content_charset("utf-8"))
    return _words(text) if part.get_content_type() == "text/html" else text


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, errors="replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", errors="replace")


def _name(part: Message) -> str:
    return part.get_filename() or part.get_content_type()


def _sent(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


class _Words(HTMLParser):
    """Collects what a reader of the mail would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.parts.append("\n")
        self.parts.extend(_address(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _address(attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    """Where a link leads, since the words of it may not say."""
    for name, value in attrs:
        if name == "href" and value and value.startswith(("http://", "https://")):
            yield f" {value} "


_STRAY = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""A bracket that no other closes; very many of them would keep the parser busy for minutes."""


def _words(html: str) -> str:
    collector = _Words()
    collector.feed(_STRAY.sub("&lt;", html))
    collector.close()
    lines = (" ".join(line.split()) for line in "".join(collector.parts).split("\n"))
    return "\n".join(lines)
