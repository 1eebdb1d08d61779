"""The nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable

from netreg.core.escape import TYPOGRAPHIC_QUOTES

_QUOTES = str.maketrans("", "", "\"'" + "".join(TYPOGRAPHIC_QUOTES))


def nearest(wrong: str, right: Iterable[str], cutoff: float = 0.6) -> str:
    """The most similar of the right words, or an empty text where none comes near.

    Hyphens, underscores, spaces, case and quotes make no difference.
    """
    from difflib import get_close_matches  # which most runs need not

    known = {_folded(word): word for word in right}
    matches = get_close_matches(_folded(wrong)[:80], known, 1, cutoff)
    return known[matches[0]] if matches else ""


def _folded(word: str) -> str:
    return word.translate(_QUOTES).strip().casefold().replace("_", "-").replace(" ", "-")


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """A question to append to a message, with a leading space, or nothing."""
    return _asked(nearest(wrong, right))


def did_you_mean_id(wrong: str, ids: Iterable[str]) -> str:
    """The like for an id: one that goes on where the wrong one ends, else one of nearly the same letters.

    Acronyms share letters by chance, so that they must be nearer to each other than words.
    """
    known = sorted(ids)
    longer = next((id_ for id_ in known if id_.startswith(f"{wrong}-")), "")
    return _asked(longer or nearest(wrong, known, cutoff=0.8))


def _asked(word: str) -> str:
    return f' Did you mean "{word}"?' if word else ""


def number_of(number: int, noun: str) -> str:
    """``1 thing``, ``2 things``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Iterable[str]) -> str:
    """``a, b and c``."""
    items = list(words)
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def quoted(text: str, longest: int = 60) -> str:
    """A text of an entry inside a message: on one line, shortened, in quotes."""
    flat = " ".join(str(text).split())
    return f'"{flat if len(flat) <= longest else flat[: longest - 1] + "…"}"'
