"""Escape: words of strangers in a terminal, a log, a page or a comment, where they must do nothing but be read."""

from __future__ import annotations

import re
from functools import lru_cache

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Signs without a meaning of their own that come along when text is pasted."""

TYPOGRAPHIC_QUOTES = frozenset("“”„‟‘’‚‛«»")
"""The quotes that word processors type; YAML takes them for letters."""

_SPACES = str.maketrans("\t\n\r", "   ")
TYPOGRAPHIC_SPACES = str.maketrans("\u00a0\u202f\u2009", "   ")
"""Spaces that a French or Swiss keyboard writes by itself: to a sender they are spaces, not signs that nobody sees."""

_ESCAPED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", **{sign: f"\\{sign}" for sign in "\\`*_~[]|^"}}
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
_BACKTICKS = re.compile("`+")
_LONGEST_RUN = 60
"""Backticks in a row that a quotation keeps: the fence around it has to be longer still."""


def one_line(said: str) -> str:
    """A text on one line, with plain spaces and without the signs that pasting brings along."""
    return " ".join(said.translate(INVISIBLE).split())


def visible(text: str) -> str:
    """The text on one line, with the code of every sign that nobody would see, as in ``‹U+202E›``."""
    if text.isprintable():
        return text
    flat = text.translate(_SPACES)
    return "".join(sign if sign.isprintable() else f"‹U+{ord(sign):04X}›" for sign in flat)


def in_console(text: str) -> str:
    """The text for a terminal or a build log, which may obey ``::`` at the start of a line and ``##[`` anywhere."""
    return visible(text).replace("##[", "##(").replace(" ::", "\N{NO-BREAK SPACE}::")


@lru_cache(maxsize=1024)  # a comment says the same of many entries
def in_markdown(text: str) -> str:
    """The text as Markdown that shows it and does nothing else: no structure, HTML, link, mention or formula."""
    shown = visible(text)
    if shown.replace(" ", "").isalpha():
        return shown
    stopped = _ACTIVE.sub(lambda match: match[0] + _STOP, shown)
    return _COMMIT.sub(rf"\1{_STOP}", stopped).translate(_ESCAPED)


def as_code(text: str, longest: int = 0) -> str:
    """A text inside a sentence as a piece of code in Markdown, in which nothing acts; 0 means of any length."""
    flat = " ".join(_shown(text).split())
    shown = f"{flat[: longest - 1]}…" if longest and len(flat) > longest else flat
    fence = "`" * (_longest_run(shown) + 1)
    space = " " if "`" in shown or not shown else ""
    return f"{fence}{space}{shown}{space}{fence}"


def block(text: str, longest: int = 20_000) -> str:
    """A text of any length as a quotation of about so many signs; every line begins with a sign of ours."""
    lines = [_shown(line) for line in text.strip("\n").split("\n")]
    shown = _BACKTICKS.sub(_shortened, "\n".join(lines))
    fence = "`" * max(3, _longest_run(shown) + 1)
    quoted = "\n".join(f"> {line}".rstrip() for line in shown.split("\n"))
    if len(quoted) > longest:
        quoted = f"{quoted[:longest]}\n> […]"
    return f"> {fence}text\n{quoted}\n> {fence}"


def _shown(text: str) -> str:
    return visible(text.translate(TYPOGRAPHIC_SPACES)).replace("##[", "##(")


def _shortened(run: re.Match[str]) -> str:
    return run[0] if len(run[0]) <= _LONGEST_RUN else f"{run[0][:_LONGEST_RUN]}[…]"


def _longest_run(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)
