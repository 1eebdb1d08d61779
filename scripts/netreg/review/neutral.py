"""Neutral: words of strangers in a terminal, a build log or a comment, where they must do nothing but be read."""

from __future__ import annotations

import re

_SPACES = str.maketrans("\t\n\r", "   ")
_ESCAPED = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "$": "&#36;",
        **{sign: f"\\{sign}" for sign in "\\`*_~[]|^"},
    }
)
_STOP = "\u200b"
"""A space without width. It keeps a code host from making a mention, a reference, a link or a picture of what it reads;
one that comes from an entry is shown as a code, so the two cannot be mistaken."""

_ACTIVE = re.compile(
    r"""
      [@\#]               # somebody, a request
    | :(?=//|[\w+-]+:)    # an address, a picture by its name
    | www(?=\.)
    | mailto: | xmpp:
    | GH(?=-[0-9])        # another way to name a request
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMIT = re.compile(r"(?<![0-9a-z])([0-9a-f]{6})(?=[0-9a-f]{1,58}(?![0-9a-z]))", re.IGNORECASE)


def visible(text: str) -> str:
    """The text on one line, with the code of every sign that nobody would see, as in ``‹U+202E›``."""
    flat = text.translate(_SPACES)
    if flat.isprintable():
        return flat
    return "".join(sign if sign.isprintable() else f"‹U+{ord(sign):04X}›" for sign in flat)


def in_console(text: str) -> str:
    """The text for a terminal or a build log, which may obey ``::`` at the start of a line and ``##[`` anywhere."""
    return visible(text).replace(" ::", "\N{NO-BREAK SPACE}::").replace("##[", "##(")


def in_markdown(text: str) -> str:
    """The text as Markdown that shows it and does nothing else: no structure, HTML, link, mention or formula."""
    shown = visible(text)
    if shown.replace(" ", "").isalpha():
        return shown
    stopped = _ACTIVE.sub(lambda match: match[0] + _STOP, shown)
    return _COMMIT.sub(rf"\1{_STOP}", stopped).translate(_ESCAPED)


def as_code(text: str) -> str:
    """The text as a piece of code in Markdown, in which nothing acts."""
    shown = visible(text).strip() or " "
    if "`" not in shown:
        return f"`{shown}`"
    fence = "`" * (max(map(len, re.findall("`+", shown))) + 1)
    return f"{fence} {shown} {fence}"
