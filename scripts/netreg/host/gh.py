"""Asking the host, through its program ``gh``: fixed arguments, everything else as JSON on standard input."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
