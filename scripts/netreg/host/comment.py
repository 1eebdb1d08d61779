"""The comment on a pull request: what changes in meaning, what to look at, what the check finds, what is left open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from netreg.contribute.reply.messages import say
from netreg.core.project import Project
from netreg.host.fetched import fetch, told
from netreg.host.gh import Host, PullRequest, pull_request_of
from netreg.host.kept import LONGEST, Done, by_bot, keep_comment
from netreg.review.spans import cut

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
