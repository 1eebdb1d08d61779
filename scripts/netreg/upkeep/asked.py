"""Since when open questions have been open, by the word of Git."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from netreg.core.git import git
from netreg.core.load import Document, read_folder
from netreg.core.project import UsageError

Asked = Mapping[tuple[str, str], date]
"""The day on which a question was written, by the id of its entry and its text."""

_LINE = re.compile(r"([0-9a-f]{40,64}) [0-9]+ ([0-9]+)(?: [0-9]+)?")
_NOT_COMMITTED = "0"


def days_of_questions(root: Path) -> Asked:
    """The days that Git knows; a question that it does not know, or only from a shallow copy, is left out."""
    try:
        if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
            return {}
        return {key: day for document in read_folder(root) for key, day in _of(root, document)}
    except (UsageError, OSError):
        return {}


def _of(root: Path, document: Document) -> Iterator[tuple[tuple[str, str], date]]:
    questions = document.root.get("open_questions") if document.root else None
    if not questions or questions.kind != "sequence":
        return
    days = _days_of_lines(root, document.path)
    for item in questions.value:
        text = item.get("text")
        if text and isinstance(text.value, str) and text.line in days:
            yield (document.id, text.value), days[text.line]


def _days_of_lines(root: Path, path: str) -> dict[int, date]:
    """The day on which each line of a file was last changed; lines of no commit are left out."""
    try:
        said = git(root, "blame", "-w", "--porcelain", "--", path)
    except UsageError:
        return {}
    lines: dict[int, str] = {}
    days: dict[str, date] = {}
    commit = ""
    for line in said.split("\n"):
        if match := _LINE.fullmatch(line):
            commit = match[1]
            lines[int(match[2])] = commit
        elif line.startswith("author-time ") and commit.strip(_NOT_COMMITTED):
            days[commit] = datetime.fromtimestamp(int(line.removeprefix("author-time ")), UTC).date()
    return {number: days[commit] for number, commit in lines.items() if commit in days}
