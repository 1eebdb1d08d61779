"""What a message is meant to do: mere courtesy, or a wish that something be taken out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from netreg.contribute.table import table


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
    plain = table("read/intent.yaml")
    removal = [
        {part: re.compile(rf"\b(?:{re.sub(r' ?[|] ?', '|', words)})\b") for part, words in language.items()}
        for language in plain["removal"].values()
    ]
    closings = re.sub(r" ?[|] ?", "|", plain["closings"])
    return {"courtesy": frozenset(plain["courtesy"].split()), "closings": closings, "removal": removal}
