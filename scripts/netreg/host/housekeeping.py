"""The one open issue of the month, the requests that wait for an answer, and the links' history kept at the host."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from netreg.contribute.ask.form import FORM_KEYS
from netreg.core.project import UsageError
from netreg.host.contents import Branch, blob_at, put_file, tip_of
from netreg.host.event import issue_of
from netreg.host.gh import Host
from netreg.host.sticky import LONGEST, Done, by_bot, is_ours, same_text
from netreg.upkeep.link_history import PLACE
from netreg.upkeep.monthly import MARKER, TITLE

BRANCH = Branch("upkeep/links")
"""Keeps the newest history of links; nobody has to merge it."""

_PEOPLE = ("OWNER", "MEMBER", "COLLABORATOR")
_MOST_REQUESTS = 200
_LARGEST = 1_000_000


def keep_issue(host: Host, body: str, *, is_empty: bool) -> Done:
    """Have at most one open issue with this list; a list of nothing closes it.

    Raises:
        UsageError: the list is none of ours.
    """
    if not body.startswith(f"{MARKER}\n") or len(body) > LONGEST:
        raise UsageError("the list is not one of netreg housekeeping --json.")
    found = _open_lists(host)
    for extra in found[0 if is_empty else 1 :]:
        _close(host, extra)
    if is_empty:
        return Done.CHANGED if found else Done.NONE
    return _changed(host, found[0], body) if found else _opened(host, body)


def _open_lists(host: Host) -> list[Mapping[str, Any]]:
    """Our open issues, the oldest first."""
    found = [item for item in _open_issues(host) if is_ours(item, MARKER)]
    return sorted(found, key=lambda item: int(item["number"]))


def _open_issues(host: Host) -> list[Mapping[str, Any]]:
    return [item for item in host.get_all("issues?state=open") if "pull_request" not in item]


def _opened(host: Host, body: str) -> Done:
    host.send("POST", "issues", {"title": TITLE, "body": body})
    return Done.MADE


def _changed(host: Host, issue: Mapping[str, Any], body: str) -> Done:
    if same_text(issue.get("body"), body):
        return Done.SAME
    host.send("PATCH", f"issues/{int(issue['number'])}", {"body": body})
    return Done.CHANGED


def _close(host: Host, issue: Mapping[str, Any]) -> None:
    host.send("PATCH", f"issues/{int(issue['number'])}", {"state": "closed", "state_reason": "completed"})


def read_list(path: Path) -> tuple[str, bool]:
    """The body of the list that ``netreg housekeeping --json`` wrote, and whether nothing is on it.

    Raises:
        UsageError: the file holds no such list.
    """
    try:
        found = json.loads(_bytes(path))
        return str(found["body"]), not found["items"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise UsageError(f"{path.name} holds no list of netreg housekeeping --json.") from None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}.") from None
    if len(data) > _LARGEST:
        raise UsageError(f"{path.name} is too large for a list.")
    return data


# Requests


def waiting_requests(host: Host, today: date, answer_days: int) -> list[dict[str, object]]:
    """Open requests that no maintainer has answered in time: number and day, and nothing that was written.

    What a maintainer opens counts where it was written with a form, as for somebody who wrote a mail.
    """
    late = [item for item in _open_issues(host) if _is_late(item, today - timedelta(days=answer_days))]
    waiting = [item for item in late[:_MOST_REQUESTS] if not _is_answered(host, int(item["number"]))]
    return [{"number": int(item["number"]), "createdAt": str(item["created_at"])} for item in waiting]


def _is_late(item: Mapping[str, Any], latest: date) -> bool:
    issue = issue_of(item)
    is_own = item.get("author_association") in _PEOPLE and not issue.labels & FORM_KEYS
    return not by_bot(item) and not is_own and issue.opened <= latest


def _is_answered(host: Host, number: int) -> bool:
    comments = host.get_all(f"issues/{number}/comments")
    return any(comment.get("author_association") in _PEOPLE and not by_bot(comment) for comment in comments)


# The history of links


def recall(host: Host, path: Path) -> Done:
    """Put the history that the host keeps in a file; where it keeps none, the file stays as it is.

    Raises:
        UsageError: the file cannot be written.
    """
    blob = blob_at(host, BRANCH, PLACE) if tip_of(host, BRANCH) else ""
    if not blob:
        return Done.NONE
    data = base64.b64decode(host.get(f"git/blobs/{blob}")["content"])
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be written: {error.strerror}.") from None
    return Done.CHANGED


def remember(host: Host, text: str, base: str) -> Done:
    """Keep a history at the host, on a branch of its own that begins at ``base``."""
    return put_file(host, BRANCH, PLACE, text, base=base, message="Remember which links answered")
