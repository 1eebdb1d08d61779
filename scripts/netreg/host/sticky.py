"""Sticky comments: one of each sort on a request, found again and changed only when it says something else."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from netreg.host.gh import Host
from netreg.review.spans import cut

BOT = "github-actions[bot]"
"""Who writes for us; no person can take a name with brackets."""

LONGEST = 65_000
"""Characters of a comment at most; the host takes 65,536."""


class Done(StrEnum):
    """What became of a comment or an issue."""

    MADE = "made"
    CHANGED = "changed"
    SAME = "left as it is"
    NONE = "not needed"


def keep_comment(host: Host, number: int, marker: str, text: str, *, only_change: bool = False) -> Done:
    """Have one comment with this text under a request.

    Args:
        host: where.
        number: the request.
        marker: a hidden line by which the comment is found again; it becomes the first line.
        text: what the comment says; what is too long for the host ends in an ellipsis.
        only_change: make no comment where there is none yet.
    """
    body = cut(f"{marker}\n{text}", LONGEST)
    ours = next((item for item in host.get_all(f"issues/{number}/comments") if is_ours(item, marker)), None)
    if ours is None:
        if only_change:
            return Done.NONE
        host.send("POST", f"issues/{number}/comments", {"body": body})
        return Done.MADE
    if same_text(ours["body"], body):
        return Done.SAME
    host.send("PATCH", f"issues/comments/{int(ours['id'])}", {"body": body})
    return Done.CHANGED


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
