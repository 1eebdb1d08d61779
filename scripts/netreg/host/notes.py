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

TAGS = "v*"
"""How tags of releases are named."""


def notes(root: Path, schema: Schema, tag: str, files_at: str = "") -> str:
    """The notes of the release with a tag, as Markdown.

    Raises:
        UsageError: Git knows no such tag, or holds only the newest states.
    """
    newest = commit(root, f"refs/tags/{tag}")
    before = _tag_before(root, newest)
    if not before:
        return "The first release: there is nothing to compare it with.\n"
    changes = changes_between(root, f"refs/tags/{before}", newest)
    return as_markdown(review(changes, Words(schema)), files_at)


def _tag_before(root: Path, newest: str) -> str:
    """The release before a commit; empty where there is none."""
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise UsageError("This copy of the project is cut off. Fetch the older states first: fetch-depth: 0.")
    try:
        return git(root, "describe", "--tags", "--abbrev=0", f"--match={TAGS}", f"{newest}^").strip()
    except UsageError:
        return ""
