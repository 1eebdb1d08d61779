"""How one text is written: plain where every reader takes it for the same text, otherwise quoted or folded.

"Every reader" means the YAML 1.2 core schema, by which this registry reads, and YAML 1.1, by which most others do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from netreg.core.load.node import Node
from netreg.core.schema import Part

_WIDTH = 110
"""Columns that a line of folded text may have; brackets, which are harder to read, have fewer."""

# Written as code, since a reader refuses them or takes them for a line break.
_UNSAFE = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_UNSAFE_SIGN = re.compile(f"[{_UNSAFE}]")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_NOT_IN_FLOW = re.compile(r"""[,:?#\[\]{}"']""")

_in_quotes = json.JSONEncoder(ensure_ascii=False).encode

# Texts that some reader takes for null, true, a number or a date.
_MISTAKEN = re.compile(
    r"""
      y|n|yes|no|on|off|true|false|null|~|=|<<
    | [-+]?[0-9._]+(e[-+]?[0-9]+)?           # 12, 1_000, 1.5, 32001E0555; also 1.2.3 and three dots
    | [-+]?0(x[0-9a-f_]+|o[0-7_]+|b[01_]+)
    | [-+]?[0-9][0-9_]*(:[0-9]+)+(\.[0-9_]*)?  # 12:30
    | [-+]?\.(inf|nan)
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\s].*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=1 << 11)
def written(text: str) -> str:
    """A text on one line, as a block may hold it."""
    if not text or not _is_plain(text):
        return quoted(text)
    is_longer_word = len(text) > len("false") and text[0].isalpha()  # no reader takes such a one for another value
    return text if is_longer_word or not _MISTAKEN.fullmatch(text) else quoted(text)


def _is_plain(text: str) -> bool:
    """Whether a reader takes no sign of it for a mark."""
    has_mark = text[0] in _INDICATORS or text[-1] == ":" or ": " in text or " #" in text
    return not has_mark and text == text.strip() and not _is_unsafe(text)


def _is_unsafe(text: str) -> bool:
    return not text.isprintable() and _UNSAFE_SIGN.search(text) is not None  # what can be printed is safe


@lru_cache(maxsize=1 << 11)
def written_in_flow(text: str) -> str | None:
    """A text as ``{ }`` and ``[ ]`` may hold it; None for free text, which belongs on a line of its own.

    A text that needs quotes is free text as soon as it has a second word.
    """
    plain = written(text)
    if plain == text and not _NOT_IN_FLOW.search(text):
        return text
    return None if re.search(r"\s", text) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes; what a reader would refuse is written as a code."""
    encoded = _in_quotes(text)
    return _UNSAFE_SIGN.sub(lambda match: f"\\u{ord(match[0]):04x}", encoded) if _is_unsafe(text) else encoded


def scalar(node: Node, part: Part) -> str:
    """A scalar on one line, as a block may hold it; ``part`` of the schema says whether it should be a text."""
    text = node.value if isinstance(node.value, str) else _as_written(node, part)
    if text is None:
        return node.text or "null"
    return quoted(text) if is_date(part) else written(text)


def scalar_in_flow(node: Node, part: Part) -> str | None:
    """A scalar as ``{ }`` and ``[ ]`` may hold it; None for free text."""
    text = node.value if isinstance(node.value, str) else _as_written(node, part)
    if text is None:
        return node.text or "null"
    found = (None if " " in text else quoted(text)) if is_date(part) else written_in_flow(text)
    return quoted(text) if found is None and part.get("x-flow") else found


def is_date(part: Part) -> bool:
    """Whether the schema wants a date here."""
    return part.get("x-kind") == "date"


def _as_written(node: Node, part: Part) -> str | None:
    """The signs of a scalar that is no text, where the schema wants one: there ``007`` is no number 7, but in quotes.

    None for any other number, true, false or null, which stay as somebody wrote them.
    """
    return node.text if part.get("type") == "string" and node.value is not None else None


def folded(node: Node, indent: int) -> list[str]:
    """The lines below ``>-``; none where folding would change the value, or would make no second line."""
    text = node.value
    if not isinstance(text, str) or " " not in text or "  " in text or text != text.strip(" ") or _is_unsafe(text):
        return []
    margin = " " * indent
    lines = [margin + line for line in _lines(text, max(_WIDTH - indent, 40))]
    return lines if len(lines) > 1 else []


def _lines(text: str, room: int) -> Iterator[str]:
    start = 0
    while len(text) - start > room:
        cut = text.rfind(" ", start, start + room + 1)
        if cut < 0:
            cut = text.find(" ", start)
        if cut < 0:
            break
        yield text[start:cut]
        start = cut + 1
    yield text[start:]
