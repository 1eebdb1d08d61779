"""What words are, before any is taken as a value: light markup, a remark, mere courtesy, a wish that something go."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from netreg.contribute import table
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
    known = table("read/remarks.yaml")
    begins = rf"^(?:{known['begins'].replace('| ', '|')})(?!\w)"
    either_case = [re.compile(form, re.IGNORECASE) for form in (begins, *known["holds"])]
    return (*either_case, re.compile(known["exactly"]), re.compile(known["person"]))


def is_courtesy(text: str) -> bool:
    """Whether a text holds greetings and thanks only; behind a closing formula stand a name and an office."""
    return bool(_words()["courtesy"].issuperset(re.findall(r"\w+", before_closing(text).lower())))


def before_closing(text: str) -> str:
    """A text without a closing formula at its end, and the short lines behind it that end no sentence."""
    office = r"(?:\n[ \t]*)?(?:\n[^\n:]{1,60}(?<![.!?]))*\s*\Z"
    return re.sub(rf"(?im)^[ \t]*(?:{_words()['closings']})[,.!]?[ \t]*$" + office, "", text).strip()


def asks_for_removal(text: str) -> bool:
    """Whether somebody asks that a name, a statement or a page be taken out, in one of five languages."""
    sentences = re.split(r"(?<=[.!?])\s(?!\d)|\n[ \t]*\n", text.casefold())
    return any(_is_wish(re.sub(r"\s+", " ", sentence)) for sentence in sentences)


def _is_wish(sentence: str) -> bool:
    for language in _words()["removal"]:
        has = {part: pattern.search(sentence) for part, pattern in language.items()}
        is_asked = has["asks"] or (has["verbs"] and not re.search(r"\w", sentence[: has["verbs"].start()]))
        if not has["not"] and (has["rights"] or (has["verbs"] and has["things"] and is_asked)):
            return True
    return False


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    known = table("read/intent.yaml")
    removal = [
        {part: re.compile(rf"\b(?:{re.sub(r' ?[|] ?', '|', words)})\b") for part, words in language.items()}
        for language in known["removal"].values()
    ]
    closings = re.sub(r" ?[|] ?", "|", known["closings"])
    return {"courtesy": frozenset(known["courtesy"].split()), "closings": closings, "removal": removal}
