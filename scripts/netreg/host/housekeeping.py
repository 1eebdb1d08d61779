"""The one open issue of the month, the requests that wait for an answer, and the links' history kept at the host."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from netreg.contribute.ask.form import FORM_KEYS
from netreg.core.mask import masked
from netreg.core.project import UsageError
from netreg.host.gh import Host, issue_of
from netreg.host.kept import LONGEST, Branch, Done, by_bot, is_ours, same_text
from netreg.upkeep.link_history import PLACE
from netreg.upkeep.monthly import MARKER, TITLE

BRANCH = "upkeep/links"
"""Keeps the newest history of links; nobody has to merge it."""

_PEOPLE = ("OWNER", "MEMBER", "COLLABORATOR")
_MOST_REQUESTS = 200


def keep_issue(host: Host, body: str, *, is_empty: bool) -> Done:
    """Have at most one open issue with this list; a list of nothing closes it, and one that is not ours is refused."""
    if not body.startswith(f"{MARKER}\n") or len(body) > LONGEST:
        raise UsageError("the list is not one of netreg housekeeping --json.")
    body = masked(body)
    ours = sorted((item for item in _open_issues(host) if is_ours(item, MARKER)), key=_number)  # the oldest stays
    for extra in ours[0 if is_empty else 1 :]:
        host.send("PATCH", f"issues/{_number(extra)}", {"state": "closed", "state_reason": "completed"})
    if is_empty:
        return Done.CHANGED if ours else Done.NONE
    if not ours:
        host.send("POST", "issues", {"title": TITLE, "body": body})
        return Done.MADE
    if same_text(ours[0].get("body"), body):
        return Done.SAME
    host.send("PATCH", f"issues/{_number(ours[0])}", {"body": body})
    return Done.CHANGED


def _open_issues(host: Host) -> list[Mapping[str, Any]]:
    return [item for item in host.get_all("issues?state=open") if "pull_request" not in item]


def _number(item: Mapping[str, Any]) -> int:
    return int(item["number"])


def waiting_requests(host: Host, today: date, answer_days: int) -> list[dict[str, object]]:
    """Open requests that no maintainer has answered in time: number and day, and nothing that was written.

    What a maintainer opens counts where it was written with a form, as for somebody who wrote a mail.
    """
    late = [item for item in _open_issues(host) if _days(item, today) >= answer_days]
    waiting = [item for item in late[:_MOST_REQUESTS] if not _is_answered(host, _number(item))]
    return [{"number": _number(item), "createdAt": str(item["created_at"])} for item in waiting]


def _days(item: Mapping[str, Any], today: date) -> int:
    """How long a request has waited for us; -1 for what asks nothing of us."""
    issue = issue_of(item)
    is_own = item.get("author_association") in _PEOPLE and not issue.labels & FORM_KEYS
    return -1 if by_bot(item) or is_own else (today - issue.opened).days


def _is_answered(host: Host, number: int) -> bool:
    comments = host.get_all(f"issues/{number}/comments")
    return any(comment.get("author_association") in _PEOPLE and not by_bot(comment) for comment in comments)


def recall(host: Host, path: Path) -> Done:
    """Put the history that the host keeps in a file; where it keeps none, the file stays as it is."""
    branch = Branch(host, BRANCH)
    blob = branch.blob(PLACE) if branch.tip() else ""
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
    return Branch(host, BRANCH).put(PLACE, text, base=base, message="Remember which links answered")
