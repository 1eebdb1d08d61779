"""What Git knows of an older revision of the registry."""

from __future__ import annotations

import subprocess
from pathlib import Path

from netreg.project import UsageError


def changed_ids(root: Path, base: str) -> frozenset[str]:
    """The ids of entries that differ between a revision and the working tree, new ones included.

    Raises:
        UsageError: there is no Git, or no such revision.
    """
    tracked = _git(root, "diff", "--name-only", "-z", "--diff-filter=d", f"{_commit(root, base)}", "--", "registry")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "registry")
    return _ids(tracked) | _ids(untracked)


def ids_at(root: Path, base: str) -> frozenset[str]:
    """The ids of the entries at a revision.

    Raises:
        UsageError: there is no Git, or no such revision.
    """
    return _ids(_git(root, "ls-tree", "--name-only", "-z", _commit(root, base), "registry/"))


def _ids(listing: str) -> frozenset[str]:
    names = (path.removeprefix("registry/") for path in listing.split("\0"))
    return frozenset(name.removesuffix(".yaml") for name in names if name.endswith(".yaml") and "/" not in name)


def _commit(root: Path, revision: str) -> str:
    """The object name of a revision; a text that begins with a hyphen never reaches Git as an option."""
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except UsageError:
        raise UsageError(f'Git knows no revision "{revision}" here.') from None


def _git(root: Path, *args: str) -> str:
    try:
        done = subprocess.run(["git", *args], cwd=root, capture_output=True, check=True)
    except FileNotFoundError:
        raise UsageError("Git is not installed.") from None
    except subprocess.CalledProcessError as error:
        raise UsageError(f"Git says: {error.stderr.decode(errors='replace').strip()}") from None
    return done.stdout.decode("utf-8", errors="surrogateescape")
