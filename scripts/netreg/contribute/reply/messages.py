"""What intake can say to a contributor: the messages of ``messages.yaml`` beside this file, with their gaps filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from netreg.core.escape import as_code
from netreg.core.load import read_document
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
        message = messages()[self.key]
        filled = {
            name: str(value) if isinstance(value, Ours) else as_code(masked(value), LONGEST_QUOTE)
            for name, value in self.values
        }
        return f"{message.says} {message.step}".strip().format(**filled)


def say(key: str, **values: str) -> Said:
    """A message with its gaps filled; words that are not ours become code."""
    return Said(key, tuple(values.items()))


@lru_cache(maxsize=1)
def messages() -> Mapping[str, Message]:
    """All messages by their keys, in the order of the file."""
    document = read_document(Path(__file__).with_name("messages.yaml"), "messages.yaml")
    assert document.root
    return {key: Message(**texts) for key, texts in document.root.plain().items()}
