"""The event that started a job: a file of the host with words of strangers in it, read as data and no further."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from netreg.core.project import UsageError

LARGEST = 16 * 1024 * 1024
"""Bytes of an event at most: a body of 256 KiB may be written with six bytes a letter."""

_SHA = re.compile(r"[0-9a-f]{40}")
_BOT = "Bot"


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
    """A pull request: its number, its newest commit, and the repository that holds this commit."""

    number: int
    head: str
    head_repository: str


@dataclass(frozen=True, slots=True)
class Run:
    """The finished run of another workflow: the commit it was about, and the repository that holds it."""

    head: str
    head_repository: str


def read_event(path: Path) -> Mapping[str, Any]:
    """The event in a file.

    Raises:
        UsageError: there is no such file, or it holds no event.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ValueError
        event = json.loads(data)
        if not isinstance(event, dict):
            raise TypeError
        return event
    except OSError as error:
        raise UsageError(f"the event cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError, RecursionError):
        raise UsageError("the file of the event holds no event.") from None


def issue_of(raw: Any) -> Issue:
    """The issue that an event or an answer of the host describes.

    Raises:
        UsageError: it describes none.
    """
    try:
        return Issue(
            number=_number(raw["number"]),
            body=str(raw["body"] or ""),
            opened=day_of(raw["created_at"]),
            labels=frozenset(str(label["name"]).casefold() for label in raw.get("labels") or ()),
            is_open=raw.get("state", "open") == "open",
            author_is_bot=(raw.get("user") or {}).get("type") == _BOT,
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        raise UsageError("the event tells of no issue.") from None


def pull_request_of(raw: Any) -> PullRequest:
    """The pull request that an event or an answer of the host describes; a repository that is gone has an empty name.

    Raises:
        UsageError: it describes none.
    """
    try:
        repository = (raw["head"]["repo"] or {}).get("full_name", "")
        return PullRequest(_number(raw["number"]), object_name(raw["head"]["sha"]), str(repository))
    except (LookupError, TypeError, ValueError, AttributeError):
        raise UsageError("the event tells of no pull request.") from None


def run_of(event: Mapping[str, Any]) -> Run:
    """The run that an event tells of.

    Raises:
        UsageError: it tells of none.
    """
    try:
        run = event["workflow_run"]
        return Run(object_name(run["head_sha"]), str(run["head_repository"]["full_name"]))
    except (LookupError, TypeError, ValueError):
        raise UsageError("the event tells of no run of a workflow.") from None


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
        ValueError: it is no time.
    """
    return datetime.fromisoformat(str(raw)).astimezone(UTC).date()


def _number(raw: Any) -> int:
    if type(raw) is not int or not 0 < raw < 10**10:
        raise ValueError("not the number of an issue")
    return raw
