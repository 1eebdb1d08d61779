"""What Git knows of an older revision of the registry."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from netreg.core.project import UsageError


def changed_ids(root: Path, base: str) -> frozenset[str]:
    """The ids of entries that differ between a revision and the working tree, new ones included.

    A UsageError where there is no Git, or no such revision.
    """
    tracked = git(root, "diff", "--name-only", "-z", "--diff-filter=d", f"{commit(root, base)}", "--", "registry")
    return _ids(tracked) | _ids(untracked(root))


def untracked(root: Path) -> str:
    """The files of the registry's folder that Git does not know yet, each ended by a NUL."""
    return git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "registry")


def ids_at(root: Path, base: str) -> frozenset[str]:
    """The ids of the entries at a revision; a UsageError where there is no Git, or no such revision."""
    return _ids(git(root, "ls-tree", "--name-only", "-z", commit(root, base), "registry/"))


def _ids(listing: str) -> frozenset[str]:
    names = (path.removeprefix("registry/") for path in listing.split("\0"))
    return frozenset(name.removesuffix(".yaml") for name in names if name.endswith(".yaml") and "/" not in name)


def commit(root: Path, revision: str) -> str:
    """The object name of a revision; a text that begins with a hyphen never reaches Git as an option.

    A UsageError where there is no Git, or no such revision.
    """
    return commits(root, revision)[0]


def commits(root: Path, *revisions: str) -> list[str]:
    """The object names of several revisions, which Git reads as lines and never as arguments.

    A UsageError where there is no Git, or it lacks one of them.
    """
    asked = [f"{revision}^{{commit}}" for revision in revisions]
    said = git(root, "cat-file", "--batch-check=%(objectname) %(objecttype)", lines=asked).splitlines()
    for revision, answer in zip(revisions, said, strict=False):
        if not answer.endswith(" commit") or len(said) != len(asked):
            raise UsageError(_unknown(root, revision))
    return [answer.partition(" ")[0] for answer in said]


def parted(root: Path, base: str, head: str) -> str:
    """Where two revisions parted: the newest commit that both have; the first itself where they share none.

    A UsageError where there is no Git, or it lacks one of them.
    """
    try:
        return git(root, "merge-base", "--", f"{base}^{{commit}}", f"{head}^{{commit}}").strip()
    except UsageError:
        return commits(root, base, head)[0]


def _unknown(root: Path, revision: str) -> str:
    shown = revision if revision.isprintable() else ascii(revision)
    message = f'Git knows no revision "{shown}" here.'
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        message += (
            " This copy of the project holds only its newest states."
            " Fetch the older ones first: git fetch --unshallow, or fetch-depth: 0 in a workflow."
        )
    return message


def git(root: Path, *args: str, lines: Sequence[str] = ()) -> str:
    """What Git prints for a command that only reads; ``lines`` are what it reads itself.

    A UsageError where there is no Git, or it refused.
    """
    try:
        asked = "".join(f"{line}\n" for line in lines).encode("utf-8", errors="surrogateescape")
        done = subprocess.run(["git", *args], cwd=root, capture_output=True, check=True, input=asked)
    except FileNotFoundError:
        raise UsageError("Git is not installed.") from None
    except subprocess.CalledProcessError as error:
        raise UsageError(f"Git says: {error.stderr.decode(errors='replace').strip()}") from None
    except ValueError:  # a NUL cannot be part of an argument
        raise UsageError("Git takes no name that holds a NUL.") from None
    return done.stdout.decode("utf-8", errors="surrogateescape")
