"""Sameness: when two pieces of an entry say the same, however they are written and ordered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_PAIRS = 2500
"""How many pairs of texts are compared word by word at most; longer lists are matched by identity alone."""

Key = Callable[[Any], Hashable | None]
Pair = tuple[Any, Any]


def same(before: Any, after: Any) -> bool:
    """Whether two pieces of plain data say the same.

    The order of keys and list items, spaces and line breaks make no difference, nor whether a number is text, nor an
    empty value.
    """
    return before is after or repr(before) == repr(after) or meaning(before) == meaning(after)


def meaning(value: Any) -> Hashable:
    """A key that is equal for pieces that say the same."""
    if isinstance(value, dict):
        return frozenset((key, meaning(below)) for key, below in value.items() if below is not None)
    if isinstance(value, list):
        return frozenset(Counter(map(meaning, value)).items())
    if isinstance(value, str):
        return value if _is_tidy(value) else " ".join(split(value))
    if value is None or isinstance(value, bool):
        return ("word", value)
    return str(value)


def split(text: str) -> list[str]:
    """The pieces of a text between spaces and line breaks; every other sign, seen or unseen, says something."""
    return [piece for piece in _SPACE.split(text) if piece]


def words_of(text: object) -> list[str]:
    """The words of a text without signs and capitals."""
    return re.findall(r"\w+", text.casefold()) if isinstance(text, str) else []


def _is_tidy(text: str) -> bool:
    """Whether there are only single spaces between words, as in nearly all texts."""
    return not ("  " in text or "\n" in text or "\t" in text or "\r" in text or text[:1] == " " or text[-1:] == " ")


def paired(before: Sequence[Any], after: Sequence[Any], keys: Sequence[Key], text: Key | None = None) -> list[Pair]:
    """The items of two lists, each with its counterpart or None: those of ``after`` in order, then what is gone.

    Args:
        before: the older list.
        after: the newer list.
        keys: what makes two items the same one, the strictest first; None says nothing. Equal items come before all.
        text: the text by which what is left is matched, where most of the words are the same.
    """
    if before is after:
        return list(zip(before, after, strict=True))
    matcher = _Matcher(before, after)
    for key in (meaning, *keys):
        matcher.match(key)
    if text:
        matcher.match_words(text)
    return list(matcher.pairs())


class _Matcher:
    """``found`` holds the index in ``after`` and its item of ``before``; ``left`` those of ``before`` without one."""

    def __init__(self, before: Sequence[Any], after: Sequence[Any]) -> None:
        self.after = after
        self.left = dict(enumerate(before))
        self.found: dict[int, Any] = {}

    def match(self, key: Key) -> None:
        waiting: dict[Hashable, list[int]] = {}
        for index in reversed(self.left):
            if (own := key(self.left[index])) is not None:
                waiting.setdefault(own, []).append(index)
        for index in self._open():
            if places := waiting.get(key(self.after[index])):
                self.found[index] = self.left.pop(places.pop())

    def match_words(self, text: Key) -> None:
        open_ = self._open()
        if len(open_) * len(self.left) > _MOST_PAIRS:
            return
        words = {index: _words(text(item)) for index, item in self.left.items()}
        for index in open_:
            own = _words(text(self.after[index]))
            best = max(words, key=lambda other: _overlap(own, words[other]), default=None)
            if best is not None and _overlap(own, words[best]) >= 0.5:
                self.found[index] = self.left.pop(best)
                del words[best]

    def _open(self) -> list[int]:
        return [index for index in range(len(self.after)) if index not in self.found]

    def pairs(self) -> Iterator[Pair]:
        for index, item in enumerate(self.after):
            yield self.found.get(index), item
        for item in self.left.values():
            yield item, None


def _words(text: Hashable | None) -> frozenset[str]:
    return frozenset(words_of(text))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that both have, of those that either has."""
    return len(one & other) / len(one | other) if one and other else 0.0
