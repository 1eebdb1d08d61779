"""What the host keeps of ours, found again and changed only where it says something else: comments, branches, files."""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha1
from typing import Any

from netreg.core.mask import masked
from netreg.host.gh import Host, HostError, object_name
from netreg.review.spans import cut

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
