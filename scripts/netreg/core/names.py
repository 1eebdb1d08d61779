"""Names of bodies in a form in which they can be compared, whatever their spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SMALL_WORDS = frozenset("the of for and on in to a an der die das für und de des du la le les et van voor en".split())

_COMPASS = re.compile(r"\b(north|south)(east|west)")
_LONGEST_ACRONYM, _LONGEST_NAME = 60, 400


def normal_form(name: str) -> str:
    """A name without case, accents, punctuation, British spelling and small words."""
    bare = _folded(name[:_LONGEST_NAME])
    words = re.findall(r"\w+", bare.replace("organis", "organiz").replace("centre", "center").replace("co-op", "coop"))
    return " ".join(word for word in words if word not in _SMALL_WORDS) or bare.strip()


def word_key(name: str) -> tuple[str, ...]:
    """The words of a name, in which names that differ only in plurals and the order of words are the same."""
    return tuple(sorted(_stem(word) for word in normal_form(name).split()))


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def initials_fit(acronym: str, name: str, *, every_word: bool = False) -> bool:
    """Whether the letters of an acronym begin words of a name, in the same order.

    Words may be left out; with ``every_word`` only small ones such as *of* and *the*.
    """
    letters = "".join(letter for letter in _folded(acronym) if letter.isalnum())
    if len(letters) > _LONGEST_ACRONYM:
        return False
    reached = {0}
    for word in re.findall(r"\w+", _COMPASS.sub(r"\1 \2", _folded(name))):
        used = set(_after(letters, word, reached))
        reached = used if every_word and word not in _SMALL_WORDS else used | reached
    return len(letters) in reached


def _after(letters: str, word: str, starts: set[int]) -> Iterator[int]:
    """Where in the letters one may stand after taking a beginning of a word from one of the starts."""
    for start in starts:
        for length in range(1, min(len(word), len(letters)) + 1):
            if letters.startswith(word[:length], start):
                yield start + length


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
