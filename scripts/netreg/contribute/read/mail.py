"""From a mail to the text of a request: the words of the sender, and nothing that a mail could bring along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice
from typing import Any, NamedTuple

LARGEST = 8 * 1024 * 1024
"""Bytes of a mail at most, with its attachments, which are never opened."""

_MOST_PARTS = 100
_DEEPEST = 9
"""Marks of quotation in front of a line at most; deeper ones tell no more, and millions of them would fill a memory."""

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


class MailLine(NamedTuple):
    """A line without its marks of quotation; ``age`` is 0 for what the sender writes now, more for what is quoted."""

    text: str
    age: int


def read_mail(data: bytes) -> Mail:
    """The words of a mail; of HTML only the text is taken.

    Raises:
        ValueError: this is no mail with words in it.
    """
    try:
        message = _message(data)
        parts = list(islice(_leaves(message), _MOST_PARTS))
        text = _joined(parts, "text/plain") or _joined(parts, "text/html")
    except RecursionError:  # parts in parts in parts
        raise ValueError("no words") from None
    if not text or not message.keys():
        raise ValueError("no words")
    words, *signed = _SIGNATURE.split(text, maxsplit=1)
    below, *quoted = re.split(r"^(?=>)", "".join(signed), maxsplit=1, flags=re.MULTILINE)
    names = tuple(_file_name(part) or part.get_content_type() for part in parts if _is_file(part))
    return Mail("\n".join([words, *quoted]), _sent(message), names, below.strip(), _host(message))


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
    """Whether it came as a file, also one that is shown between the words."""
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
    found = [_text(part) for part in parts if part.get_content_type() == kind and not _is_file(part)]
    return "\n".join(text for text in found if text.strip())


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    text = _decoded(data if isinstance(data, bytes) else b"", part.get_content_charset("utf-8"))
    return _words(text) if part.get_content_type() == "text/html" else text


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
        self._unseen = 0
        self._quoted = 0
        self._is_plain = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._quoted += tag == "blockquote"
        self._is_plain |= tag == "pre"
        self._break(tag)
        for name, value in attrs:
            if name == "href" and value and value.startswith(("http://", "https://")):
                self.parts.append(f" {value} ")  # the words of a link may not say where it leads

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._quoted = max(0, self._quoted - (tag == "blockquote"))
        self._is_plain &= tag != "pre"
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append(self._line_end())

    def _line_end(self) -> str:
        return "\n" + "> " * min(self._quoted, _DEEPEST)

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
    lines = (" ".join(line.split()) for line in "".join(collector.parts).split("\n"))
    return "\n".join(lines)


# Layers: what is written now, and what is quoted from the mails before

_HEADER = (
    r"\*?(?:From|Sent|Date|To|Cc|Subject|Von|Gesendet|Datum|An|Betreff|De|Envoyé|À|Objet|Enviado|Fecha|Para|Asunto|"
    r"Assunto|Da|Inviato|Data|A|Oggetto|Van|Verzonden|Aan|Onderwerp|Od|Wysłano|Do|Temat|Odesláno|Komu|Předmět|Odoslané|"
    r"Predmet|Poslano|Za|Zadeva|Fra|Sendt|Til|Emne|Från|Skickat|Till|Ämne|Lähettäjä|Lähetetty|Aihe|Feladó|Elküldve|"
    r"Címzett|Tárgy|De la|Trimis|Către|Subiect|Saatja|Saadetud|Teema|Nuo|Išsiųsta|Kam|Tema|No|Nosūtīts|Από|Στάλθηκε|"
    r"Προς|Θέμα|От|Изпратено|До|Относно) ?:[^\n]*\n"
)
_SIGNATURE = re.compile(rf"^(?:-- ?|_{{5,}}[ \t]*(?!\s*{_HEADER}))\r?$", re.MULTILINE)
"""The line that mail programs put in front of a signature, or a house in front of its legal notice."""

_EARLIER = re.compile(
    rf"^(?:(?:_{{5,}}|[-=]{{2,}} ?\w[^\n]{{2,60}}\w ?[-=]{{2,}})[ \t]*\n\s*(?:{_HEADER}\n*)*"
    rf"|(?=(?:[^\n]*\n){{0,3}}?[^\n]*(?:@|[0-9][:.h][0-9]{{2}}))(?:{_HEADER}\n*){{2,}})",
    re.MULTILINE,
)
"""What stands in front of an earlier mail that has no marks: a line across, lines of a head with a mailbox or a time in
them, or both."""

_WROTE = re.compile(
    r"^(?:(?:On|Am|Le|El|Il|Op|Em|På|Den|Dne|Dnia|W dniu)\b(?=[^\n]*[0-9])[^\n]{0,300}\n)?"
    r"(?!>)[^\n]{0,200}\b(?:wrote|schrieb|geschrieben|écrit|escribió|scritto|schreef|escreveu|skrev|napisał|napsal|napísal|"
    r"kirjoitti|kirjutas|írta|scris|έγραψε|написа|rašė|rakstīja|napisao)\b[^\n]{0,200}:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""The words in front of a quoted mail; in yet another language they count as words of the sender."""

_CUT = "\ud800"
"""Stands for what parts two mails; it is half of a sign, which no text holds that was read."""

_MARKS = re.compile(r"(?:>[ \t]?)*")


def layers(text: str) -> Iterator[MailLine]:
    """The lines of a mail by their age, without those that only tell who wrote an earlier one and when."""
    has_marks = text.startswith(">") or "\n>" in text
    cut = _WROTE.sub("" if has_marks else _CUT, _EARLIER.sub(f"{_CUT}\n", text))
    age = 0
    for line in cut.split("\n"):
        marks = _MARKS.match(line)
        depth = marks[0].count(">") if marks else 0
        age += line == _CUT
        if line != _CUT:
            yield MailLine(line[marks.end() if marks else 0 :], age + min(depth, _DEEPEST))
