"""Groups: hints in as few lines as tell them, those at one statement and those that are alike in several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from netreg.review.hints import Hint
from netreg.review.spans import Bits, bits, joined, plain

_LEAST = 3
"""So many statements of an entry with the same to be seen at them make one line; fewer are told one by one."""


class Group(NamedTuple):
    """What is to be seen at one statement, or alike at several, of one entry or of several."""

    entries: frozenset[str]
    names: tuple[str, ...]
    about: Bits
    texts: tuple[Bits, ...]


def grouped(found: Sequence[Hint]) -> tuple[Group, ...]:
    """Hints at one statement in one line, and so what is alike in several entries or at many statements."""
    at_place: dict[tuple[str, str, str], list[Hint]] = {}
    for hint in found:
        at_place.setdefault((hint.entry, hint.field, plain(hint.about)), []).append(hint)
    alike: dict[str, list[list[Hint]]] = {}
    for hints_here in at_place.values():
        alike.setdefault(plain(bits(*(hint.about + hint.text for hint in hints_here))), []).append(hints_here)
    return tuple(_joined(map(_group, alike.values())))


def _group(places: list[list[Hint]]) -> Group:
    first = places[0]
    names = {hints_here[0].entry: hints_here[0].name for hints_here in places}
    texts = {plain(hint.text): hint.text for hint in first}
    return Group(frozenset(names), tuple(names.values()), first[0].about, tuple(texts.values()))


def _joined(groups: Iterable[Group]) -> list[Group]:
    """The groups, where those that say the same of several statements are one."""
    alike: dict[object, list[Group]] = {}
    for group in groups:
        alike.setdefault((group.entries, group.texts) if group.about and all(group.entries) else id(group), []).append(
            group
        )
    return [one for found in alike.values() for one in (found if len(found) < _LEAST else [_at_once(found)])]


def _at_once(found: Sequence[Group]) -> Group:
    """By field and number alone: which ones they are stands further below, with the same words."""
    numbers = Counter(group.about[0] for group in found)
    return found[0]._replace(about=joined([bits(field, f" ({number})") for field, number in numbers.items()]))
