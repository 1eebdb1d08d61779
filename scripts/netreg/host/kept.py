"""What the host keeps of ours, changed only where it says something else: comments, branches, the list of the month."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha1
from pathlib import Path
from typing import Any

from netreg.contribute.form import FORM_KEYS
from netreg.core.mask import masked
from netreg.core.project import UsageError
from netreg.host.gh import Host, HostError, issue_of, object_name
from netreg.review.spans import cut
from netreg.upkeep.link_history import PLACE
from netreg.upkeep.monthly import MARKER, TITLE

BOT = "github-actions[bot]"
"""Who writes for us; no person can take a name with brackets."""

LONGEST = 65_000
"""Characters of a comment at most; the host takes 65,536."""


class Done(StrEnum):
    """What became of a comment, an issue or a file."""

    MADE = "made"
    CHANGED = "changed"
    SAME = "left as it is"
    NONE = "not needed"


def keep_comment(
    host: Host, number: int, marker: str, text: str, official: Collection[str] = (), *, only_change: bool = False
) -> Done:
    """Have one comment with this text under a request or a pull request.

    It is known again by ``marker``, a hidden first line. A text that is too long for the host ends in an ellipsis, what
    nobody should repeat is masked, but for ``official`` mailboxes, and with ``only_change`` no comment is made where
    there is none yet.
    """
    body = masked(cut(f"{marker}\n{text}", LONGEST), official)
    ours = _comment(host, number, marker)
    if ours is None:
        if only_change:
            return Done.NONE
        host.send("POST", f"issues/{number}/comments", {"body": body})
        return Done.MADE
    if same_text(ours["body"], body):
        return Done.SAME
    host.send("PATCH", f"issues/comments/{int(ours['id'])}", {"body": body})
    return Done.CHANGED


def drop_comment(host: Host, number: int, marker: str) -> None:
    """Have no comment of ours with this marker, nor any older state of it."""
    ours = _comment(host, number, marker)
    if ours is not None:
        host.send("DELETE", f"issues/comments/{int(ours['id'])}", {})


def _comment(host: Host, number: int, marker: str) -> Any:
    return next((item for item in host.get_all(f"issues/{number}/comments") if is_ours(item, marker)), None)


def is_ours(item: Any, marker: str) -> bool:
    """Whether a comment or an issue was written by us with this marker; a person who copies the marker is not us."""
    return by_bot(item) and str(item.get("body") or "").replace("\r\n", "\n").startswith(f"{marker}\n")


def by_bot(item: Any) -> bool:
    """Whether our own program wrote it."""
    user = item.get("user") or {}
    return bool(user.get("login") == BOT and user.get("type") == "Bot")


def same_text(one: Any, other: str) -> bool:
    """Whether two texts are the same once the host has stored them."""
    return str(one or "").replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch at the host; its name is made of our own words and numbers."""

    host: Host
    name: str

    @property
    def ref(self) -> str:
        """Its full name."""
        return f"refs/heads/{self.name}"

    def tip(self) -> str:
        """Its newest commit; empty where there is no such branch."""
        refs = self.host.get(f"git/matching-refs/heads/{self.name}")  # also those that only begin so
        return next((object_name(ref["object"]["sha"]) for ref in refs if ref.get("ref") == self.ref), "")

    def reset(self, base: str) -> None:
        """Have it begin anew at a commit, where it is there."""
        if self.tip() not in ("", base):
            self.host.send("PATCH", f"git/{self.ref}", {"sha": base, "force": True})

    def blob(self, path: str) -> str:
        """The name of a file's content on it; empty where there is no such file."""
        try:
            return object_name(self.host.get(f"contents/{path}?ref={self.name}")["sha"])
        except HostError as error:
            if error.status == "HTTP 404":
                return ""
            raise

    def put(self, path: str, text: str, *, base: str, message: str) -> Done:
        """Have a file say this, in a commit that holds nothing else; a branch that is not there begins at ``base``."""
        if not self.tip():
            self.host.send("POST", "git/refs", {"ref": self.ref, "sha": base})
        data, there = text.encode("utf-8"), self.blob(path)
        if there == sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest():
            return Done.SAME
        given = {"message": message, "content": base64.b64encode(data).decode("ascii"), "branch": self.name}
        self.host.send("PUT", f"contents/{path}", {**given, "sha": there} if there else given)
        return Done.CHANGED if there else Done.MADE


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
