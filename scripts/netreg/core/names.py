"""Names of bodies in a form in which they can be compared, whatever their spelling, and ids: their form and making."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

SMALL_WORDS = frozenset("the of for and on in to a an der die das für und de des du la le les et van voor en".split())
"""Words that tell no name from another."""

SPELLINGS = (
    *(("organis", "organiz"), ("isation", "ization"), ("centre", "center")),
    *(("co-op", "coop"), ("task force", "taskforce")),
)
"""What people spell in two ways, and the way in which it is compared."""

_COMPASS = re.compile(r"\b(north|south)(east|west)")
_LONGEST_ACRONYM, _LONGEST_NAME = 60, 400


LONGEST = 60
"""Signs in an id: with ``registry/`` and ``.yaml`` around it a path stays readable in a listing."""

_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])
"""Names that Windows keeps for devices: no checkout there can hold a file of that name, whatever its ending.
Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""

_FOLDERS = frozenset(["data", "index"])
"""Names that the site uses beside the entries, for the lists of the project and the front page of a folder."""

LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that fall apart into no letter and accent."""


def is_well_formed(id_: str) -> bool:
    """Whether it is written as ids are: lower-case ASCII letters, digits and single hyphens, 60 signs at most."""
    return len(id_) <= LONGEST and _FORM.fullmatch(id_) is not None


def is_free_form(id_: str) -> bool:
    """Whether an entry may have this id, as far as its letters go."""
    return is_well_formed(id_) and not reserved(id_)


def reserved(id_: str) -> str:
    """Why nobody may have this id, in words that follow the id in a sentence; empty where it is free."""
    if id_ in _DEVICES:
        return "is the name of a device to Windows, where no copy of the registry could hold it"
    return "is a name that the site uses itself" if id_ in _FOLDERS else ""


def slug(text: str) -> str:
    """An id made of a text, cut between words where it is too long; empty where no letter of it is Latin."""
    bare = unicodedata.normalize("NFKD", plain_letters(text)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    return words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]


def plain_letters(text: str) -> str:
    """A text in small letters, those written out that have no accent to lose."""
    return text.casefold().translate(LETTERS)


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
    for word in re.findall(r"\w+", _COMPASS.sub(r"\1 \2", folded(name))):
        used = set(_after(wanted, word, reached))
        reached = used if every_word and word not in SMALL_WORDS else used | reached
        if not reached:
            break
    return len(wanted) in reached


def _after(wanted: str, word: str, starts: set[int]) -> Iterator[int]:
    """Where in the letters one may stand after taking a beginning of a word from one of the starts."""
    for start in starts:
        for length in range(1, min(len(word), len(wanted)) + 1):
            if wanted.startswith(word[:length], start):
                yield start + length
