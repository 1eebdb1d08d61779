"""The event that started a job: a file of the host with words of strangers in it, read as data and no further."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from netreg.core.escape import in_console
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
    """The event in a file.

    Raises:
        UsageError: there is no such file, or it holds no event.
    """
    event = read_json(path, LARGEST, "the file of the event holds no event.")
    if not isinstance(event, dict):
        raise UsageError("the file of the event holds no event.")
    return event


def read_json(path: Path, largest: int, refusal: str) -> Any:
    """What a file of JSON holds.

    Raises:
        UsageError: it cannot be read; or it is larger than so many bytes or no JSON, which the refusal says.
    """
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
        if len(data) <= largest:
            return json.loads(data)
    except OSError as error:
        raise UsageError(f"{in_console(path.name)} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        pass  # said below, in the words of whoever asks
    raise UsageError(refusal)


@contextmanager
def _refused_as(what: str) -> Iterator[None]:
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError):
        raise UsageError(what) from None


def issue_of(raw: Any) -> Issue:
    """The issue that an event or an answer of the host describes.

    Raises:
        UsageError: it describes none.
    """
    with _refused_as("the event tells of no issue."):
        return Issue(
            number=_number(raw["number"]),
            body=str(raw["body"] or ""),
            opened=day_of(raw["created_at"]),
            labels=frozenset(str(label["name"]).casefold() for label in raw.get("labels") or ()),
            is_open=raw.get("state", "open") == "open",
            author_is_bot=(raw.get("user") or {}).get("type") == "Bot",
        )


def pull_request_of(raw: Any) -> PullRequest:
    """The pull request that an event or an answer of the host describes.

    Raises:
        UsageError: it describes none.
    """
    with _refused_as("the event tells of no pull request."):
        return PullRequest(_number(raw["number"]), object_name(raw["head"]["sha"]))


def object_name(raw: Any) -> str:
    """The name of a commit or of a content.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(raw, str) or not _SHA.fullmatch(raw):
        raise ValueError("not the name of an object")
    return raw


def day_of(raw: Any) -> date:
    """The day of a time as the host writes it, in universal time.

    Raises:
        ValueError: it is no time, or one that no calendar holds in universal time.
    """
    try:
        return datetime.fromisoformat(str(raw)).astimezone(UTC).date()
    except OverflowError:
        raise ValueError("beyond the calendar") from None


def _number(raw: Any) -> int:
    if type(raw) is not int or not 0 < raw < 10**10:
        raise ValueError("not the number of an issue")
    return raw
