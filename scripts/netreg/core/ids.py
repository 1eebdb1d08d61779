"""Ids: how they are written, which are taken by others, and how one is made of a name."""

from __future__ import annotations

import re
import unicodedata

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
