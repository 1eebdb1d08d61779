"""Plain words: light markup is taken off before any field is read, and what is no answer is told from what is one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from netreg.contribute.table import table
from netreg.core.escape import one_line

_MARKUP = (
    (re.compile(r"^[ \t]*(?:(?:>[ \t]*)+|#{1,6} |[-*+•·–] |[0-9]{1,2}[.)] (?=[^\n0-9]*$))", re.MULTILINE), ""),
    (re.compile(r"~~[^~\n]{1,300}~~ ?"), ""),
    (re.compile(r"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,2000}\)"), r"\1"),
    (re.compile(r"(`{1,3}|\*\*|__|(?<!\w)[*_](?=\w))([^`*\n]{1,300}?)\1(?!\w)"), r"\2"),
)
"""Marks of lists, quotations and headings at the beginning of a line, struck words, links, code and emphasis."""

_LONGEST = 2_000
"""Signs of a value in which a remark is looked for; no field takes more."""


def plain(text: str) -> str:
    """The words without light markup, their letters composed as keyboards write them."""
    words = unicodedata.normalize("NFC", text)
    for form, kept in _MARKUP if len(words) <= 4 * _LONGEST else ():
        words = form.sub(kept, words)
    return words.strip()


def is_remark(text: str) -> bool:
    """Whether words speak to the people behind the registry, or of a person, instead of giving a value."""
    words = one_line(text[:_LONGEST])
    return any(form.search(words) for form in _remarks())


@lru_cache(maxsize=1)
def _remarks() -> tuple[re.Pattern[str], ...]:
    known = table("parse/remarks.yaml")
    begins = rf"^(?:{known['begins'].replace('| ', '|')})(?!\w)"
    either_case = [re.compile(form, re.IGNORECASE) for form in (begins, *known["holds"])]
    return (*either_case, re.compile(known["exactly"]), re.compile(known["person"]))
