"""The event that started a job: a file of the host with words of strangers in it, read as data and no further."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from netreg.core.load.bytes import read_json
from netreg.core.project import UsageError

LARGEST = 16 * 1024 * 1024
"""Bytes of an event at most: a body of 256 KiB may be written with six bytes a letter."""

_SHA = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as an event or the host tells it; ``labels`` are names in small letters, the author may be a program."""

    number: int
    body: str
    opened: date
    labels: frozenset[str]
    is_open: bool
    author_is_bot: bool


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request: its number, and its newest commit."""

    number: int
    head: str


def read_event(path: Path) -> Mapping[str, Any]:
    """The event in a file; a UsageError where there is no such file, or it holds none."""
    refusal = "the file of the event holds no event."
    event = read_json(path, LARGEST, refusal)
    if not isinstance(event, dict):
        raise UsageError(refusal)
    return event


def issue_of(raw: Any) -> Issue:
    """The issue that an event or an answer of the host describes; a UsageError where it describes none."""
    with _refused_as("the event tells of no issue."):
        return Issue(
            number=_number(raw["number"]),
            body=str(raw["body"] or ""),
            opened=datetime.fromisoformat(str(raw["created_at"])).astimezone(UTC).date(),
            labels=frozenset(str(label["name"]).casefold() for label in raw.get("labels") or ()),
            is_open=raw.get("state", "open") == "open",
            author_is_bot=(raw.get("user") or {}).get("type") == "Bot",
        )


def pull_request_of(raw: Any) -> PullRequest:
    """The pull request that an event or an answer of the host describes; a UsageError where it describes none."""
    with _refused_as("the event tells of no pull request."):
        return PullRequest(_number(raw["number"]), object_name(raw["head"]["sha"]))


@contextmanager
def _refused_as(what: str) -> Iterator[None]:
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):  # a time may lie beyond the calendar
        raise UsageError(what) from None


def object_name(raw: Any) -> str:
    """The name of a commit or of a content; a ValueError where it is none."""
    if not isinstance(raw, str) or not _SHA.fullmatch(raw):
        raise ValueError("not the name of an object")
    return raw


def _number(raw: Any) -> int:
    if type(raw) is not int or not 0 < raw < 10**10:
        raise ValueError("not the number of an issue")
    return raw
