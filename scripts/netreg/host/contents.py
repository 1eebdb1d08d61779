"""One file on one branch at the host: the commit holds this file and nothing else."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha1

from netreg.host.event import object_name
from netreg.host.gh import Host, HostError
from netreg.host.sticky import Done


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch by its name, which is made of our own words and numbers."""

    name: str


def tip_of(host: Host, branch: Branch) -> str:
    """The newest commit of a branch; empty where there is no such branch."""
    wanted = f"refs/heads/{branch.name}"
    refs = host.get(f"git/matching-refs/heads/{branch.name}")  # also those that only begin so
    return next((object_name(ref["object"]["sha"]) for ref in refs if ref.get("ref") == wanted), "")


def put_file(host: Host, branch: Branch, path: str, text: str, *, base: str, message: str) -> Done:
    """Have a file say this on a branch; a branch that is not there yet begins at ``base``.

    A second call with the same text changes nothing.
    """
    if not tip_of(host, branch):
        host.send("POST", "git/refs", {"ref": f"refs/heads/{branch.name}", "sha": base})
    there = blob_at(host, branch, path)
    data = text.encode("utf-8")
    if there == blob_name(data):
        return Done.SAME
    given = {"message": message, "content": base64.b64encode(data).decode("ascii"), "branch": branch.name}
    host.send("PUT", f"contents/{path}", {**given, "sha": there} if there else given)
    return Done.CHANGED if there else Done.MADE


def reset(host: Host, branch: Branch, base: str) -> None:
    """Have a branch that is there begin anew at a commit."""
    tip = tip_of(host, branch)
    if tip and tip != base:
        host.send("PATCH", f"git/refs/heads/{branch.name}", {"sha": base, "force": True})


def blob_at(host: Host, branch: Branch, path: str) -> str:
    """The name of a file's content on a branch; empty where there is no such file."""
    try:
        return object_name(host.get(f"contents/{path}?ref={branch.name}")["sha"])
    except HostError as error:
        if error.status == "HTTP 404":
            return ""
        raise


def blob_name(data: bytes) -> str:
    """The name by which Git knows a content."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
