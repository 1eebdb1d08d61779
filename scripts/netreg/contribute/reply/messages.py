"""What there is to say of a request: the messages of ``messages.yaml`` beside this file, and how steps say them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Generic, TypeVar

from netreg.contribute import table
from netreg.core.escape import as_code
from netreg.core.mask import masked

LONGEST_QUOTE = 200
"""Signs of a stranger's words that a sentence of ours can hold."""


class Ours(str):
    """Words of our own, which need no quotation: labels, dates in words, numbers."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, and what to do next where there is anything to do."""

    says: str
    step: str = ""


@dataclass(frozen=True)
class Said:
    """One message with its gaps filled."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The message and its next step, as Markdown on one line."""
        return self.naming(())

    def naming(self, official: Collection[str]) -> str:
        """The same, in which mailboxes that are known as ``official`` are not masked."""
        message = messages()[self.key]
        filled = {
            name: str(said) if isinstance(said, Ours) or not said else as_code(masked(said, official), LONGEST_QUOTE)
            for name, said in self.values
        }
        where = ", ".join(filter(None, (f"“{filled['label']}”", filled.get("word")))) if "word" in filled else ""
        return f"{where}{': ' if where else ''}{f'{message.says} {message.step}'.strip().format(**filled)}"


def say(key: str, **values: str) -> Said:
    """A message with its gaps filled; words that are not ours become code."""
    return Said(key, tuple(values.items()))


@lru_cache(maxsize=1)
def messages() -> Mapping[str, Message]:
    """All messages by their keys, in the order of the file."""
    return {key: Message(**texts) for key, texts in table("reply/messages.yaml").items()}


T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Reply:
    """What there is to say, heading by heading.

    ``sources`` are understood too and come last; ``kept`` holds words that fit nowhere, each with its label.
    ``is_private`` tells that nothing of the request may be told in public.
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
    is_private: bool = False

    def __add__(self, other: Reply) -> Reply:
        """Both, this one first under each heading; what both say is said once."""
        told: dict[str, Any] = {}
        for field in _FIELDS:
            ours, theirs = getattr(self, field.name), getattr(other, field.name)
            is_flag = isinstance(ours, bool)
            told[field.name] = ours or theirs if is_flag else tuple(dict.fromkeys((*ours, *theirs)))
        return Reply(**told)

    @property
    def is_ready(self) -> bool:
        """Whether a draft can be made of it without anybody's help."""
        return not (self.missing or self.is_refused or self.is_done or self.needs_a_person)


_FIELDS = fields(Reply)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """What a step understood, which is empty where it did not, and what there is to say of that."""

    value: T_co
    told: Reply = Reply()


def told_in(*readings: Reading[Any]) -> Reply:
    """What several steps have to say, in their order."""
    return sum((reading.told for reading in readings), Reply())


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
    return Reply(kept=((label, text),)) if text.strip() else Reply()
