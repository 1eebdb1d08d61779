"""A state of the project that somebody else wrote: fetched as Git objects, read as data, never checked out.

What such objects can do, and what each limit is for, stands in ``docs/decisions/0010-the-comment-is-computed.md``.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from netreg.check import Context
from netreg.check.list_check import LISTS, check_with_lists, read_lists
from netreg.core.finding import Finding, Level
from netreg.core.git import commit, git, parted
from netreg.core.load import Document, Problem, read_folder
from netreg.core.load.bytes import LARGEST
from netreg.core.load.document import id_of, parse_document
from netreg.core.project import Project
from netreg.core.schema import read_schema
from netreg.host.gh import HostError
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_in
from netreg.review.outside import outside_of
from netreg.review.overview import review
from netreg.review.revisions import Listed, read_blobs, read_listing, read_pairs, shown_path
from netreg.review.words import Words

_REF = "refs/netreg/fetched"
_FETCH = (
    "-c core.hooksPath=/dev/null -c credential.helper= -c fetch.fsckObjects=true -c core.bigFileThreshold=1m fetch "
    "--quiet --no-tags --no-recurse-submodules --no-auto-gc --no-write-fetch-head origin".split()
)
_LIMITED = ("sh", "-c", 'ulimit -t 60; ulimit -f 1048576; exec "$@"', "sh", "git")
"""Git with so many seconds of processor time, and half a GiB a file, counted in blocks of 512 bytes."""

_FRUGAL = ("sh", "-c", 'ulimit -t 60; ulimit -v 524288; exec "$@"', "sh", "git")
"""Git with half a GiB of memory: it holds all of a list before it writes the first line."""

_SECONDS = 180
_MOST_LISTED = 8 * 1024 * 1024
"""Bytes of the list of changed paths, some fifty thousand of them; trees within trees can name billions."""

_READ = ("registry/", "docs/data/", "schema/")
_MOST_FILES = 1000
_MOST_BYTES = 32 * 1024 * 1024
"""What is read there, ten times the registry: more would take longer than a job should."""


_TOO_LARGE = "**This is too large to be told here: it changes {what}.** Ask for smaller parts, or look with great care."


class _TooLarge(Exception):
    """The state differs in more than is read; the message says in what."""


class Reviewed(NamedTuple):
    """What a reviewer is told of a state: as Markdown, with the number of errors and whether any entry changes.

    ``official`` are the mailboxes in it that are those of bodies.
    """

    text: str
    errors: int
    changes_entries: bool
    official: Collection[str] = ()


def fetch(root: Path, ref: str) -> str:
    """Bring a ref of the repository that this check-out came from, and hand back its commit.

    Git sees no token and runs no hook. A HostError tells that nothing came in time, or more than anybody needs.
    """
    command = [*_LIMITED, *_FETCH, f"+{ref}:{_REF}"]
    env = {name: value for name, value in os.environ.items() if name not in ("GH_TOKEN", "GITHUB_TOKEN")}
    env |= {"GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "https:file"}  # the host of the tests is a file
    try:
        subprocess.run(command, cwd=root, env=env, capture_output=True, timeout=_SECONDS, check=True)
    except subprocess.SubprocessError:
        raise HostError(f"git fetch {ref}", "it did not come, or not within the limits") from None
    return commit(root, _REF)


def told(project: Project, head: str, files_at: str = "") -> Reviewed:
    """What a fetched commit changes since it left main, and what the rules of main's check-out find in it.

    ``files_at`` is the address of the commit's folder of entries at the host, for links.
    """
    try:
        listed = _listed(project.root, head)
    except _TooLarge as error:
        return Reviewed(_TOO_LARGE.format(what=error), 0, changes_entries=False)
    pairs = list(read_pairs(project.root, listed))
    findings = _findings(project, listed)
    outside = outside_of(project.root, listed)
    seen = review(changes_in(pairs), Words(read_schema(project.root)), findings, outside=outside)
    errors = sum(finding.level is Level.ERROR for finding in findings)
    return Reviewed(as_markdown(seen, files_at).rstrip("\n"), errors, bool(pairs), seen.words.official)


def _listed(root: Path, head: str) -> list[Listed]:
    """The files that differ from where a commit left main, once they are known to be few enough."""
    command = [*_FRUGAL, "diff-tree", "-r", "-z", "--raw", "--no-renames", parted(root, "HEAD", head), head]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        said = process.stdout.read(_MOST_LISTED + 1)
        if len(said) > _MOST_LISTED:
            process.kill()
    if process.returncode:
        raise _TooLarge("more files than can be listed")
    listed = list(read_listing(said.decode("utf-8", errors="surrogateescape")))
    read = [one for one in listed if one.path.startswith(_READ)]
    blobs = [side.blob for one in read for side in (one.before, one.after) if side.is_file]
    sizes = git(root, "cat-file", "--batch-check=%(objectsize)", lines=blobs).split() if blobs else []
    if len(read) > _MOST_FILES or sum(min(int(size), LARGEST) for size in sizes) > _MOST_BYTES:
        raise _TooLarge(f"{len(read):,} files of data")
    return listed


def _findings(project: Project, listed: Sequence[Listed]) -> list[Finding]:
    """What is found in the files that differ, and the errors that they bring to others."""
    main = read_folder(project.root)
    new = dict(_documents(project.root, listed))
    now = {document.path: document for document in [*main, *read_lists(project.root)]} | new
    there = [document for document in now.values() if document]
    context = Context(
        read_schema(project.root),
        project.today,
        changed=frozenset(document.id for document in there if document.path in new),
        base_ids=frozenset(document.id for document in main),
    )
    entries = [document for document in there if document.path not in LISTS]
    lists = [document for document in there if document.path in LISTS]
    found = check_with_lists(project.root, entries, lists, context)
    return [finding for finding in found if finding.level is Level.ERROR or finding.place.path in new]


def _documents(root: Path, listed: Sequence[Listed]) -> Iterator[tuple[str, Document | None]]:
    """The lists and what lies in the folder of entries, where it differs; None for what goes."""
    judged = [one for one in listed if one.path in LISTS or one.path.startswith("registry/")]
    texts = read_blobs(root, [one.after.blob for one in judged if one.after.is_file])
    for one in judged:
        path = shown_path(one.path)
        top = path if path in LISTS else "/".join(path.split("/")[:2])  # a folder stands for what lies in it
        document = parse_document(path, next(texts)) if one.after.is_file else None
        if one.after.is_there and (document is None or top != path):
            problem = Problem("stray-file", 1, 1, "This is a folder or a link, not an entry.")
            document = Document(top, id_of(top), "", None, (problem,))
        yield top, document
