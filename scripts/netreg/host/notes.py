"""What a release says: the change in meaning since the release before it."""

from __future__ import annotations

from pathlib import Path

from netreg.core.git import commit, git
from netreg.core.project import UsageError
from netreg.core.schema import Schema
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_between
from netreg.review.overview import review
from netreg.review.words import Words

TAGS = "v[0-9]*"
"""How tags of releases are named."""


def notes(root: Path, schema: Schema, tag: str) -> str:
    """The notes of the release with a tag, as Markdown.

    Raises:
        UsageError: Git knows no such tag, holds only the newest states, or cannot say which release came before.
    """
    newest = commit(root, f"refs/tags/{tag}")
    before = _tag_before(root, newest)
    if not before:
        return "The first release: there is nothing to compare it with.\n"
    return as_markdown(review(changes_between(root, f"refs/tags/{before}", newest), Words(schema)))


def _tag_before(root: Path, newest: str) -> str:
    """The newest release that a commit builds on; empty where there is none. A failure of Git is not taken for none."""
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise UsageError("This copy of the project is cut off. Fetch the older states first: fetch-depth: 0.")
    found = git(root, "tag", "--list", f"--merged={newest}", f"--no-contains={newest}", "--sort=-version:refname", TAGS)
    return next(iter(found.splitlines()), "")
