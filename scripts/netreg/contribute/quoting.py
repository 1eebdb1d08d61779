"""Words of strangers inside our own: shown as they are, and never acted on by a page, a log or a person's mailbox."""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile("`+")
_SHOWN = 200
_LONGEST_RUN = 60


def visible(text: str) -> str:
    """A text in which every sign that nobody sees, or that turns the direction of writing, is named.

    A build log obeys commands in ``##[`` wherever they stand.
    """
    return "".join(map(_sign, text.replace("##[", "##(")))


def _sign(sign: str) -> str:
    if sign in "\n ":
        return sign
    if sign in "\t\u00a0\u202f\u2009":
        return " "
    kind = unicodedata.category(sign)
    return f"[U+{ord(sign):04X}]" if kind in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else sign


def code(text: str, longest: int = _SHOWN) -> str:
    """A short text inside a sentence: on one line, shortened, and dead as Markdown."""
    flat = " ".join(visible(text).split())
    shown = flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
    fence = "`" * (_longest_run(shown) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") or not shown else ""
    return f"{fence}{space}{shown}{space}{fence}"


def block(text: str, longest: int = 20_000) -> str:
    """A text of any length as a quotation of about so many signs; every line begins with a sign of ours."""
    shown = _RUN.sub(_shortened, visible(text.strip("\n")))
    fence = "`" * max(3, _longest_run(shown) + 1)
    quoted = "\n".join(f"> {line}".rstrip() for line in shown.split("\n"))
    if len(quoted) > longest:
        quoted = f"{quoted[:longest]}\n> […]"
    return f"> {fence}text\n{quoted}\n> {fence}"


def _shortened(run: re.Match[str]) -> str:
    """A run of backticks that is no longer than it takes; the fence around it has to be longer still."""
    return run[0] if len(run[0]) <= _LONGEST_RUN else f"{run[0][:_LONGEST_RUN]}[…]"


def _longest_run(text: str) -> int:
    return max(map(len, _RUN.findall(text)), default=0)
