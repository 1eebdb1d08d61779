"""Names of bodies in a form in which they can be compared, whatever their spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from netreg.check.subject import Subject

_SMALL_WORDS = frozenset("the of for and on in to a an der die das für und de des du la le les et van voor en".split())


def names_of(subject: Subject) -> Iterator[str]:
    """All names of an entry: title, short name, acronym and other names."""
    if subject.root is None:
        return
    for key in ("name", "short_name", "acronym"):
        name = subject.root.string(key)
        if name:
            yield name
    for spot in subject.spots("item"):
        if spot.field == "other_names":
            yield from filter(None, (spot.node.string("name"), spot.node.string("acronym")))


def normal_form(name: str) -> str:
    """A name without case, accents, punctuation, British spelling and small words."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = re.findall(r"\w+", bare.replace("organis", "organiz").replace("centre", "center").replace("co-op", "coop"))
    return " ".join(word for word in words if word not in _SMALL_WORDS) or bare.strip()


def same_tokens(first: str, second: str) -> bool:
    """Whether two names of at least three words differ in no more than a plural or one letter a word."""
    one, two = (sorted(_stem(word) for word in normal_form(name).split()) for name in (first, second))
    return len(one) >= 3 and one == two


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def initials_fit(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym are the beginnings of words of a name, in the same order; words may be left out."""
    letters = "".join(letter for letter in _folded(acronym) if letter.isalnum())
    reached = {0}
    for word in re.findall(r"\w+", _folded(name)):
        reached |= {
            start + length
            for start in reached
            for length in range(1, len(word) + 1)
            if letters.startswith(word[:length], start)
        }
    return len(letters) in reached


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
