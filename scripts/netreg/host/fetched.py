"""A state of the project that somebody else wrote: fetched as Git objects, read as data, never checked out.

What such objects can do, and what each limit is for, stands in ``docs/decisions/0010-the-comment-is-computed.md``.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from netreg.check import Context
from netreg.check.list_check import LISTS, check_with_lists, read_lists
from netreg.core.finding import Finding, Level
from netreg.core.git import commit, git
from netreg.core.load import Document, Problem, read_folder
from netreg.core.load.bytes import LARGEST
from netreg.core.load.document import parse_document
from netreg.core.project import Project, UsageError
from netreg.core.schema import read_schema
from netreg.host.gh import HostError
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_in
from netreg.review.overview import review
from netreg.review.revisions import Side, changed_files, is_file, read_blobs
from netreg.review.words import Words

_REF = "refs/netreg/fetched"
_SETTINGS = ("core.hooksPath=/dev/null", "credential.helper=", "fetch.fsckObjects=true", "core.bigFileThreshold=1m")
_FETCH = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-gc", "--no-write-fetch-head")
_LIMITED = ("sh", "-c", 'ulimit -t 60 -f 1048576 && exec "$@"', "sh", "git")
"""Git with so many seconds of processor time, and half a GiB a file, counted in blocks of 512 bytes."""

_SECONDS = 180
_MOST_LISTED = 8 * 1024 * 1024
"""Bytes of the list of changed paths, some fifty thousand of them; trees within trees can name billions."""

_MOST_ENTRIES = 1000
_MOST_BYTES = 32 * 1024 * 1024
"""What is compared as entries, ten times the registry: more takes longer than a job should."""


class TooLarge(Exception):
    """The state differs in more than is read; the message says in what."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a reviewer is told of a state: as Markdown, with the number of errors and whether any entry changes."""

    text: str
    errors: int
    changes_entries: bool


def fetch(root: Path, ref: str) -> str:
    """Bring a ref of the repository that this check-out came from, and hand back its commit.

    Git sees no token and runs no hook, so what comes is what anybody can read.

    Raises:
        HostError: it does not come, or is larger than anybody needs.
    """
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    plain = {name: value for name, value in os.environ.items() if name not in ("GH_TOKEN", "GITHUB_TOKEN")}
    done = subprocess.run(
        [*_LIMITED, *settings, *_FETCH, "origin", f"+{ref}:{_REF}"],
        cwd=root,
        env={**plain, "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "https:file"},  # file is the host of the tests
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise HostError(f"git fetch {ref}", "Git ended early")
    return commit(root, _REF)


def told(project: Project, head: str, files_at: str = "") -> Told:
    """What a fetched commit changes since it left main, and what main's rules find in it.

    Args:
        project: the check-out of main, whose schema, rules and other entries count.
        head: the commit.
        files_at: the address of its folder of entries at the host, for links.

    Raises:
        TooLarge: it is more than is read.
    """
    root = project.root
    base = _base(root, head)
    files = list(_changed(root, base, head))
    _refuse_too_many(root, files)
    schema = read_schema(root)
    pairs = list(changed_files(root, base, head))
    after = {f"registry/{pair.id}.yaml": pair.after for pair in pairs}
    findings = _findings(project, files, after)
    seen = review(changes_in(pairs), Words(schema), findings)
    errors = sum(finding.level is Level.ERROR for finding in findings)
    return Told(as_markdown(seen, files_at).rstrip("\n"), errors, bool(pairs))


def _base(root: Path, head: str) -> str:
    """The commit at which a state left main; main itself where the two share no past."""
    try:
        return git(root, "merge-base", "HEAD", head).strip()
    except UsageError:
        return commit(root, "HEAD")


class _File(NamedTuple):
    """A path that differs, with both states as Git lists them."""

    path: str
    before: Side
    after: Side

    @property
    def is_entry(self) -> bool:
        """Whether its name is that of an entry."""
        return self.path.startswith("registry/") and self.path.count("/") == 1 and self.path.endswith(".yaml")


def _changed(root: Path, base: str, head: str) -> Iterator[_File]:
    """The paths that differ, from Git's raw list: ``:100644 100644 <blob> <blob> M``, NUL, path, NUL."""
    command = [*_LIMITED, "diff-tree", "-r", "-z", "--raw", "--no-renames", base, head]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as process:
        assert process.stdout
        listing = process.stdout.read(_MOST_LISTED + 1)
        if len(listing) > _MOST_LISTED:
            process.kill()
    if process.returncode:
        raise TooLarge("it changes more files than can be listed")
    fields = listing.decode("utf-8", errors="surrogateescape").split("\0")
    for said, path in zip(fields[::2], fields[1::2], strict=False):
        mode, new_mode, blob, new_blob, _status = said.removeprefix(":").split(" ")
        yield _File(path, Side(mode, blob), Side(new_mode, new_blob))


def _refuse_too_many(root: Path, files: Sequence[_File]) -> None:
    entries = [file for file in files if file.is_entry]
    if len(entries) > _MOST_ENTRIES:
        raise TooLarge(f"it changes {len(entries):,} entries, and {_MOST_ENTRIES:,} can be compared at once")
    blobs = [side.blob for file in entries for side in (file.before, file.after) if is_file(side)]
    sizes = git(root, "cat-file", "--batch-check=%(objectsize)", lines=blobs).split() if blobs else []
    if sum(min(int(size), LARGEST) for size in sizes) > _MOST_BYTES:
        raise TooLarge("its entries are too long to be compared at once")


# The check


def _findings(project: Project, files: Sequence[_File], entries: dict[str, Document | None]) -> list[Finding]:
    """What is found in the files that differ, and the errors that they bring to others."""
    root, main = project.root, read_folder(project.root)
    changed = {**entries, **{document.path: document for document in map(_stray, files) if document}}
    documents = [document for document in main if document.path not in changed]
    documents += [document for document in changed.values() if document]
    lists = {document.path: document for document in read_lists(root)} | _lists(root, files)
    context = Context(
        read_schema(root),
        project.today,
        changed=frozenset(document.id for document in entries.values() if document),
        base_ids=frozenset(document.id for document in main),
    )
    found = check_with_lists(root, documents, [document for document in lists.values() if document], context)
    return [finding for finding in found if finding.level is Level.ERROR or finding.place.path in changed]


def _stray(file: _File) -> Document | None:
    """What lies in the folder of entries and is none, as the check of a folder would see it."""
    folder, _, rest = file.path.partition("/")
    if folder != "registry" or file.is_entry or not file.after.mode.strip("0"):
        return None
    name = rest.partition("/")[0].encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
    return _none(f"registry/{name}", "This is a folder, not an entry." if "/" in rest else "")


def _none(path: str, why: str) -> Document:
    problems = (Problem("stray-file", 1, 1, why),) if why else ()
    return Document(path, path.rpartition("/")[2].removesuffix(".yaml"), "", None, problems)


def _lists(root: Path, files: Sequence[_File]) -> dict[str, Document | None]:
    """The lists of the project that differ, None for one that goes."""
    return {file.path: _list(root, file) for file in files if file.path in LISTS}


def _list(root: Path, file: _File) -> Document | None:
    if is_file(file.after):
        return parse_document(file.path, next(read_blobs(root, [file.after.blob])))
    return _none(file.path, "This is not an ordinary file.") if file.after.mode.strip("0") else None
