"""Names of bodies in a form in which they can be compared, whatever their spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from netreg.core.ids import plain_letters

SMALL_WORDS = frozenset("the of for and on in to a an der die das für und de des du la le les et van voor en".split())
"""Words that tell no name from another."""

SPELLINGS = (
    *(("organis", "organiz"), ("isation", "ization"), ("centre", "center")),
    *(("co-op", "coop"), ("task force", "taskforce")),
)
"""What people spell in two ways, and the way in which it is compared."""

_COMPASS = re.compile(r"\b(north|south)(east|west)")
_LONGEST_ACRONYM, _LONGEST_NAME = 60, 400


@lru_cache(maxsize=16384)
def normal_form(name: str) -> str:
    """The words of a name in the one form in which names are compared and searched, with a space between them.

    Gone are case, accents, punctuation (so a hyphen parts two words) and small words such as *of*; letters such as ø
    and ß are written out; *centre*, *organis...*, *co-op...* and *task force* are spelt in one of their ways. Plurals
    and the order of words stay. Of a name of small words only, all are kept.
    """
    return " ".join(words_of(name[:_LONGEST_NAME])) or folded(name[:_LONGEST_NAME]).strip()


def words_of(text: str) -> list[str]:
    """The words of a text of any length, each in the form in which names are compared."""
    text = folded(text)
    for one, other in SPELLINGS:
        text = text.replace(one, other)
    return [word for word in re.findall(r"\w+", text) if word not in SMALL_WORDS]


def name_key(name: str) -> str:
    """The letters of the normal form: names with one key are one name, however its words are joined."""
    return normal_form(name).replace(" ", "")


def word_key(name: str) -> tuple[str, ...]:
    """The words of a name, in which names that differ only in plurals and the order of words are the same."""
    return tuple(sorted(stem(word) for word in normal_form(name).split()))


@lru_cache(maxsize=8192)
def stem_key(name: str) -> str:
    """The stems of the normal form as one word: *Inter-Agency Groups* and *Interagency Group* are one."""
    return "".join(map(stem, normal_form(name).split()))


def stem(word: str) -> str:
    """A word without the *s* of a plural, as in *lorry* for *lorries*."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def letters(text: str) -> str:
    """Letters and figures of an acronym or a word, without case and accents; small words are kept."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


def folded(text: str) -> str:
    """A text without case and accents."""
    bare = unicodedata.normalize("NFKD", plain_letters(text))
    return bare if bare.isascii() else "".join(letter for letter in bare if not unicodedata.combining(letter))


def initials_fit(acronym: str, name: str, *, every_word: bool = False) -> bool:
    """Whether the letters of an acronym begin words of a name, in the same order.

    Words may be left out; with ``every_word`` only small ones such as *of* and *the*.
    """
    wanted = letters(acronym)
    if len(wanted) > _LONGEST_ACRONYM:
        return False
    reached = {0}
    for word in _initial_words(name):
        used = set(_after(wanted, word, reached))
        reached = used if every_word and word not in SMALL_WORDS else used | reached
        if not reached:
            break
    return len(wanted) in reached


@lru_cache(maxsize=64)  # a name is asked for each way to swap two letters of an acronym
def _initial_words(name: str) -> Sequence[str]:
    return re.findall(r"\w+", _COMPASS.sub(r"\1 \2", folded(name)))


def _after(wanted: str, word: str, starts: set[int]) -> Iterator[int]:
    """Where in the letters one may stand after taking a beginning of a word from one of the starts."""
    for start in starts:
        for length in range(1, min(len(word), len(wanted)) + 1):
            if not wanted.startswith(word[:length], start):
                break
            yield start + length
