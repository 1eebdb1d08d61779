"""The host: the event that started a job, read as data and no further, and questions through the program ``gh``.

Arguments of ``gh`` are fixed; everything else goes to it as JSON on standard input.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
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
            number=issue_number(raw["number"]),
            body=str(raw["body"] or ""),
            opened=datetime.fromisoformat(str(raw["created_at"])).astimezone(UTC).date(),
            labels=frozenset(str(label["name"]).casefold() for label in raw.get("labels") or ()),
            is_open=raw.get("state", "open") == "open",
            author_is_bot=(raw.get("user") or {}).get("type") == "Bot",
        )


def pull_request_of(raw: Any) -> PullRequest:
    """The pull request that an event or an answer of the host describes; a UsageError where it describes none."""
    with _refused_as("the event tells of no pull request."):
        return PullRequest(issue_number(raw["number"]), object_name(raw["head"]["sha"]))


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


def issue_number(raw: Any) -> int:
    """The number of an issue; a ValueError where it is none."""
    if type(raw) is not int or not 0 < raw < 10**10:
        raise ValueError("not the number of an issue")
    return raw


API = "X-GitHub-Api-Version: 2022-11-28"
_PATH = re.compile(r"[A-Za-z0-9_./:?=&-]+")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9_.-]{1,100}")
_STATUS = re.compile(r"\(HTTP ([0-9]{3})\)")
_SECONDS = 60
_PAGE = 100
_MOST_PAGES = 20


class HostError(Exception):
    """The host did not do what was asked; the message says what that was, and nothing that a stranger wrote."""

    def __init__(self, asked: str, status: str) -> None:
        super().__init__(
            f"The host did not answer {asked} ({status}). Run this job again; if it stays so, look at its rights."
        )
        self.status = status


@dataclass(frozen=True)
class Host:
    """A repository at the host; ``repository`` is ``owner/name``."""

    repository: str

    def __post_init__(self) -> None:
        if not _REPOSITORY.fullmatch(self.repository):
            raise ValueError("not the name of a repository")

    def get(self, path: str) -> Any:
        """What the host has at a path below the repository; a HostError where it has nothing or does not answer."""
        return self._ask("GET", path, None)

    def get_all(self, path: str) -> list[Any]:
        """All items of a list; of a very long one only the first two thousand."""
        joint = "&" if "?" in path else "?"
        found: list[Any] = []
        for page in range(1, _MOST_PAGES + 1):
            items = self.get(f"{path}{joint}per_page={_PAGE}&page={page}")
            found += items
            if len(items) < _PAGE:
                break
        return found

    def send(self, method: str, path: str, data: Mapping[str, Any]) -> Any:
        """Have the host make or change something, and return what it made of it."""
        return self._ask(method, path, data)

    def _ask(self, method: str, path: str, data: Mapping[str, Any] | None) -> Any:
        if not _PATH.fullmatch(path):
            raise ValueError("a path holds only names and numbers of ours")
        arguments = ["gh", "api", "--method", method, "--header", API, f"repos/{self.repository}/{path}"]
        said = _run([*arguments, "--input", "-"] if data is not None else arguments, data, f"{method} {path}")
        return json.loads(said) if said.strip() else None


def _run(arguments: Sequence[str], data: Mapping[str, Any] | None, asked: str) -> bytes:
    given = b"" if data is None else json.dumps(data).encode("ascii")
    try:
        done = subprocess.run(arguments, input=given, capture_output=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        raise HostError(asked, "the program gh is not installed") from None
    except subprocess.TimeoutExpired:
        raise HostError(asked, f"no answer within {_SECONDS} seconds") from None
    if done.returncode:
        status = _STATUS.search(done.stderr.decode("utf-8", errors="replace"))
        raise HostError(asked, f"HTTP {status[1]}" if status else "no reason given")
    return done.stdout
