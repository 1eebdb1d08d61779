"""The reply: what there is to say of a request, heading by heading, and the steps that say it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import reduce
from operator import add
from typing import Any, Generic, TypeVar

from netreg.contribute.reply.messages import Said, say

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Reply:
    """What there is to say, heading by heading.

    ``sources`` are understood too and come last; ``kept`` holds words that fit nowhere, each with its label.
    """

    understood: tuple[Said, ...] = ()
    sources: tuple[Said, ...] = ()
    missing: tuple[Said, ...] = ()
    seen_before: tuple[Said, ...] = ()
    for_a_person: tuple[Said, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    is_refused: bool = False
    is_done: bool = False
    needs_a_person: bool = False

    def __add__(self, other: Reply) -> Reply:
        """Both, this one first under each heading; what both say is said once."""
        return Reply(**{field.name: _both(getattr(self, field.name), getattr(other, field.name)) for field in _FIELDS})

    @property
    def is_ready(self) -> bool:
        """Whether a draft can be made of it without anybody's help."""
        return not (self.missing or self.is_refused or self.is_done or self.needs_a_person)


_FIELDS = fields(Reply)
NOTHING = Reply()
DONE = Reply(is_done=True)
"""All of it stands in the entry already."""


def _both(ours: Any, theirs: Any) -> Any:
    return tuple(dict.fromkeys((*ours, *theirs))) if isinstance(ours, tuple) else ours or theirs


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """What a step understood, which is empty where it did not, and what there is to say of that."""

    value: T_co
    told: Reply = NOTHING


def told_in(*readings: Reading[Any]) -> Reply:
    """What several steps have to say, in their order."""
    return reduce(add, (reading.told for reading in readings), NOTHING)


def understood(key: str, **values: str) -> Reply:
    """Say what was understood."""
    return Reply(understood=(say(key, **values),))


def ask(key: str, **values: str) -> Reply:
    """Ask the sender for what is missing."""
    return Reply(missing=(say(key, **values),))


def leave(key: str, **values: str) -> Reply:
    """Leave something to the person who looks at the draft."""
    return Reply(for_a_person=(say(key, **values),))


def hand_over(key: str, **values: str) -> Reply:
    """Leave something to a person without whom there can be no draft."""
    return Reply(for_a_person=(say(key, **values),), needs_a_person=True)


def keep(label: str, text: str) -> Reply:
    """Keep words that fit no field, for a person to read."""
    return Reply(kept=((label, text),)) if text.strip() else NOTHING
