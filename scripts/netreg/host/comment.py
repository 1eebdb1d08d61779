"""The comment on a pull request: what changes in meaning, what to look at, what the check found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from netreg.contribute.reply.messages import say
from netreg.core.escape import as_code
from netreg.core.schema import Schema
from netreg.host.artifact import Bundle, Refused, read_bundle
from netreg.host.event import Run, pull_request_of
from netreg.host.gh import Host
from netreg.host.questions import left_empty
from netreg.host.sticky import LONGEST, Done, by_bot, keep_comment
from netreg.review.as_markdown import as_markdown
from netreg.review.overview import review
from netreg.review.spans import cut
from netreg.review.words import Words

MARKER = "<!-- netreg:review -->"
TEMPLATES = (".github/pull_request_template.md", ".github/PULL_REQUEST_TEMPLATE/*.md")
_MOST_NAMES = 8
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9_.-]{1,100}")


def comment_on(host: Host, run: Run, folder: Path, schema: Schema, *, root: Path, server: str) -> Done:
    """Have the one comment say what the folder tells.

    Args:
        host: where.
        run: the run that made the folder, as the host tells it; nothing else says which pull request is meant.
        folder: the artifact, taken for hostile.
        schema: gives labels and vocabularies.
        root: our own checkout, with the template of pull requests.
        server: the address of the host, for links.

    Raises:
        Refused: the folder is not as our own job makes it.
        HostError: the host did not answer.
    """
    bundle = read_bundle(folder)
    raw = host.get(f"pulls/{bundle.number}")
    pull = pull_request_of(raw)
    if bundle.head != run.head:
        raise Refused("it is about another commit than the run that made it")
    if (pull.number, pull.head, pull.head_repository) != (bundle.number, run.head, run.head_repository):
        return Done.NONE  # a newer commit came, whose own run comments; or the number is made up
    if raw.get("state") != "open":
        return Done.NONE
    files_at = f"{server}/{run.head_repository}/blob/{run.head}/registry" if _is_repository(run.head_repository) else ""
    asked = bundle.says_something and not by_bot(raw)  # a draft of ours answers in its own way
    questions = left_empty(_templates(root), str(raw.get("body") or "")) if asked else []
    others = other_files(host, bundle.number) if bundle.says_something else []
    text = comment_text(bundle, schema, files_at=files_at, questions=questions, others=others)
    only_change = not (bundle.says_something or bundle.findings)
    return keep_comment(host, bundle.number, MARKER, text, only_change=only_change)


def _is_repository(name: str) -> bool:
    return _REPOSITORY.fullmatch(name) is not None


def _templates(root: Path) -> list[str]:
    """The templates of pull requests, the one that everybody gets first."""
    paths = [path for pattern in TEMPLATES for path in sorted(root.glob(pattern))]
    return [path.read_text(encoding="utf-8") for path in paths]


def other_files(host: Host, number: int) -> list[str]:
    """The files outside the registry that a pull request changes, as the host tells them."""
    names = [str(item.get("filename") or "") for item in host.get_all(f"pulls/{number}/files")]
    return [name for name in names if name and not name.startswith("registry/")]


def comment_text(
    bundle: Bundle, schema: Schema, *, files_at: str = "", questions: Sequence[str] = (), others: Sequence[str] = ()
) -> str:
    """The comment without its marker.

    Args:
        bundle: what the check found.
        schema: gives labels and vocabularies.
        files_at: the address of the folder of entries, for links.
        questions: of the template, those left open.
        others: files outside the registry that change too.

    Raises:
        Refused: the changes are none that two states of an entry could have between them.
    """
    try:
        shown = as_markdown(review(bundle.changes, Words(schema), bundle.findings, bundle.left_out), files_at)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        raise Refused("it tells of changes that no entry can have") from None
    more = [shown.rstrip("\n"), *_beside(others), *_unanswered(questions)]
    return cut("\n\n".join(more), LONGEST - 200) + "\n"


def _beside(others: Sequence[str]) -> list[str]:
    """Whoever merges by this comment must know that it does not tell all."""
    if not others:
        return []
    named = ", ".join(as_code(cut(name, 120)) for name in others[:_MOST_NAMES])
    more = f" and {len(others) - _MOST_NAMES} more" if len(others) > _MOST_NAMES else ""
    files = "1 file" if len(others) == 1 else f"{len(others)} files"
    verb = "changes" if len(others) == 1 else "change"
    return [f"**Not told here:** {files} outside the registry {verb} too: {named}{more}."]


def _unanswered(questions: Sequence[str]) -> list[str]:
    """The questions are ours, from the template; what was answered is not repeated."""
    if not questions:
        return []
    listed = "\n".join(f"- {question}" for question in questions)
    return [f"{say('questions-open').text}\n{listed}"]
