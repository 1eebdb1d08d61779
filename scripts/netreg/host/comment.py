"""The comment on a pull request: a state that somebody else wrote, fetched as Git objects and read as data, in words.

It is never checked out. What such objects can do, and what each limit is for, stands in
``docs/decisions/0010-the-comment-is-computed.md``.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from netreg.check import Context
from netreg.check.runner import LISTS, check_with_lists, read_lists
from netreg.contribute.reply.messages import say
from netreg.core.finding import Finding, Level
from netreg.core.git import commit, git, parted
from netreg.core.load import Document, Problem, id_of, parse_document, read_folder
from netreg.core.load.bytes import LARGEST
from netreg.core.project import Project
from netreg.core.schema import read_schema
from netreg.host.gh import Host, HostError, PullRequest, pull_request_of
from netreg.host.kept import LONGEST, Done, by_bot, keep_comment
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_in
from netreg.review.outside import outside_of
from netreg.review.overview import review
from netreg.review.revisions import Listed, read_blobs, read_listing, read_pairs, shown_path
from netreg.review.spans import cut
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


MARKER = "<!-- netreg:review -->"
TEMPLATES = (".github/pull_request_template.md", ".github/PULL_REQUEST_TEMPLATE/*.md")
"""Of pull requests, the one that everybody gets first."""

_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*")
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LONGEST_BODY = 256 * 1024


def comment_on(host: Host, seen: PullRequest, project: Project, server: str) -> Done:
    """Have the one comment on a pull request say what it changes, whatever that is; a HostError stops it.

    ``seen`` is the pull request as the event tells it, ``project`` our own check-out of main, ``server`` the address of
    the host, for links.
    """
    raw = _still(host, seen)
    if not raw or fetch(project.root, f"refs/pull/{seen.number}/head") != seen.head:
        return Done.NONE  # a newer commit came, whose own run comments
    # Links lead to our own repository, which has the commits of every pull request and keeps them when a fork is gone.
    found = told(project, seen.head, f"{server}/{host.repository}/blob/{seen.head}/registry")
    asked = found.changes_entries and not by_bot(raw)  # a draft of ours answers in its own way
    paths = [path for pattern in TEMPLATES for path in sorted(project.root.glob(pattern))] if asked else []
    questions = left_empty([path.read_text(encoding="utf-8") for path in paths], str(raw.get("body") or ""))
    asking = "\n".join([f"\n\n{say('questions-open').text}", *(f"- {question}" for question in questions)])
    text = cut(found.text, LONGEST - 5000) + (asking if questions else "")
    # The work took a while: nobody needs a comment on what is done or has moved on.
    return keep_comment(host, seen.number, MARKER, f"{text}\n", found.official) if _still(host, seen) else Done.NONE


def _still(host: Host, seen: PullRequest) -> Mapping[str, Any] | None:
    """The pull request as the host has it now, if it is open and still has that commit."""
    raw: Mapping[str, Any] = host.get(f"pulls/{seen.number}")
    return raw if pull_request_of(raw) == seen and raw.get("state") == "open" else None


def left_empty(templates: Sequence[str], body: str) -> list[str]:
    """The headings of the template under which the body says nothing, in the template's words and order.

    Of several templates the one counts most of whose headings stand in the body, and the first where none does. A
    section counts as empty where it is missing, blank, or still what the template has there.
    """
    answers = _sections(body[:_LONGEST_BODY])
    asked = max(map(_sections, templates), key=lambda sections: len(sections.keys() & answers.keys()), default={})
    return [heading for heading, empty in asked.items() if answers.get(heading, "") in ("", empty)]


def _sections(markdown: str) -> dict[str, str]:
    """The text under each heading, without hidden remarks; of a repeated heading the longest text."""
    found: dict[str, str] = {}
    parts: list[tuple[str, list[str]]] = []
    for line in _HIDDEN.sub("", markdown.replace("\r\n", "\n")).split("\n"):
        heading = _HEADING.fullmatch(line) if len(line) < 300 else None
        if heading:
            parts.append((heading[1], []))
        elif parts:
            parts[-1][1].append(line.strip())
    for name, lines in parts:
        found[name] = max(found.get(name, ""), "\n".join(lines).strip(), key=len)
    return found
