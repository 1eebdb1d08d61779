"""A stand-in for the program ``gh``: a host in a JSON file and a bare Git repository, which writes down every call.

It grants only what the token says, in the form ``contents=read,issues=write``, as a job's permissions do.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FOLDER = Path(os.environ.get("STAND_IN", "."))
"""Holds the state, the calls so far and the bare repository; tests that start no program set it."""

BOT = {"login": "github-actions[bot]", "type": "Bot"}
NOW = "2026-11-24T10:00:00Z"
JSON = dict[str, Any]


class Refusal(Exception):
    """The host says no, with a status."""


def git(*args: str, given: bytes = b"", index: str = "") -> str:
    """What Git says about the bare repository, with an index of its own where one is named."""
    who = {f"GIT_{role}_{part}": "x" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", "-C", str(FOLDER / "remote.git"), *args],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, **who, **({"GIT_INDEX_FILE": index} if index else {})},
    )
    if done.returncode:
        raise Refusal("404")
    return done.stdout.decode().strip()


def comments(state: JSON, given: JSON, number: str) -> Any:
    return [item for item in state["comments"] if item["issue"] == int(number)]


def comment(state: JSON, given: JSON, number: str) -> Any:
    if len(given["body"]) > 65536:
        raise Refusal("422")
    made = {"id": 100 + len(state["comments"]), "issue": int(number), "user": BOT, **given}
    state["comments"].append(made)
    return made


def change_comment(state: JSON, given: JSON, id_: str) -> Any:
    found = next(item for item in state["comments"] if item["id"] == int(id_))
    return found.update(given)


def delete_comment(state: JSON, given: JSON, id_: str) -> Any:
    state["comments"] = [item for item in state["comments"] if item["id"] != int(id_)]


def add_labels(state: JSON, given: JSON, number: str) -> Any:
    _one(state["issues"], number)["labels"] += [{"name": name} for name in given["labels"]]


def issues(state: JSON, given: JSON) -> Any:
    return [item for item in state["issues"] if item["state"] == "open"]


def issue(state: JSON, given: JSON, number: str) -> Any:
    return _one(state["issues"], number)


def open_issue(state: JSON, given: JSON) -> Any:
    made = {"number": _next(state), "user": BOT, "state": "open", "labels": [], "created_at": NOW, **given}
    state["issues"].append(made)
    return made


def change_issue(state: JSON, given: JSON, number: str) -> Any:
    return _one(state["issues"], number).update(given)


def pulls(state: JSON, given: JSON) -> Any:
    branch = given["head"].partition(":")[2]
    return [pull for pull in state["pulls"] if pull["state"] == "open" and pull["head"]["ref"] == branch]


def pull(state: JSON, given: JSON, number: str) -> Any:
    return _one(state["pulls"], number)


def open_pull(state: JSON, given: JSON) -> Any:
    tip = git("rev-parse", f"refs/heads/{given['head']}")
    head = {"ref": given["head"], "sha": tip, "repo": {"full_name": state["repository"]}}
    made = {**given, "number": _next(state), "user": BOT, "state": "open", "head": head}
    state["pulls"].append(made)
    return made


def refs(state: JSON, given: JSON, start: str) -> Any:
    listed = git("for-each-ref", "--format=%(refname) %(objectname)", f"refs/heads/{start}*").split("\n")
    return [{"ref": line.split()[0], "object": {"sha": line.split()[1]}} for line in listed if line]


def make_ref(state: JSON, given: JSON) -> Any:
    git("update-ref", given["ref"], given["sha"], "0" * 40)


def move_ref(state: JSON, given: JSON, name: str) -> Any:
    git("update-ref", f"refs/heads/{name}", given["sha"])


def content(state: JSON, given: JSON, path: str) -> Any:
    return {"sha": git("rev-parse", "--verify", f"refs/heads/{given['ref']}:{path}")}


def put_content(state: JSON, given: JSON, path: str) -> Any:
    ref = f"refs/heads/{given['branch']}"
    before = git("ls-tree", "--format=%(objectname)", ref, "--", path)
    if given.get("sha", "") != before:
        raise Refusal("409")
    blob = git("hash-object", "-w", "--stdin", given=base64.b64decode(given["content"]))
    index = str(FOLDER / "index")
    git("read-tree", ref, index=index)
    git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", index=index)
    tree = git("write-tree", index=index)
    git("update-ref", ref, git("commit-tree", tree, "-p", ref, "-m", given["message"]))


def blob(state: JSON, given: JSON, sha: str) -> Any:
    return {"content": base64.encodebytes(git("cat-file", "blob", sha).encode()).decode()}


def status(state: JSON, given: JSON, sha: str) -> Any:
    state["statuses"].append({"sha": git("rev-parse", "--verify", f"{sha}^{{commit}}"), **given})


def _one(items: list[JSON], number: str) -> JSON:
    found = [item for item in items if item["number"] == int(number)]
    if not found:
        raise Refusal("404")
    return found[0]


def _next(state: JSON) -> int:
    return 1 + max((item["number"] for kind in ("issues", "pulls") for item in state[kind]), default=0)


Route = tuple[str, str, str, Callable[..., Any]]
ROUTES: tuple[Route, ...] = (
    ("GET issues", "", "issues=read", issues),
    ("POST issues", "", "issues=write", open_issue),
    ("GET issues", "/([0-9]+)", "issues=read", issue),
    ("PATCH issues", "/([0-9]+)", "issues=write", change_issue),
    ("GET issues", "/([0-9]+)/comments", "issues=read pull-requests=read", comments),
    ("POST issues", "/([0-9]+)/comments", "issues=write pull-requests=write", comment),
    ("PATCH issues", "/comments/([0-9]+)", "issues=write pull-requests=write", change_comment),
    ("DELETE issues", "/comments/([0-9]+)", "issues=write pull-requests=write", delete_comment),
    ("POST issues", "/([0-9]+)/labels", "issues=write pull-requests=write", add_labels),
    ("GET pulls", "", "pull-requests=read", pulls),
    ("POST pulls", "", "pull-requests=write", open_pull),
    ("GET pulls", "/([0-9]+)", "pull-requests=read", pull),
    ("GET git", "/matching-refs/heads/(.+)", "contents=read", refs),
    ("POST git", "/refs", "contents=write", make_ref),
    ("PATCH git", "/refs/heads/(.+)", "contents=write", move_ref),
    ("GET git", "/blobs/([0-9a-f]{40})", "contents=read", blob),
    ("GET contents", "/(.+)", "contents=read", content),
    ("PUT contents", "/(.+)", "contents=write", put_content),
    ("POST statuses", "/([0-9a-f]{40})", "statuses=write", status),
)


def answer(method: str, address: str, given: JSON, state: JSON, token: str) -> Any:
    """What the host answers; 403 without the right, 404 where it knows nothing.

    One of several rights named for a route is enough.
    """
    parts = urlsplit(address)
    asked = {**given, **{key: values[0] for key, values in parse_qs(parts.query).items()}}
    if int(asked.get("page", 1)) > 1:
        return []
    path = parts.path.removeprefix(f"repos/{state['repository']}/")
    for head, pattern, rights, serve in ROUTES:
        verb, _, start = head.partition(" ")
        match = re.fullmatch(re.escape(start) + pattern, path)
        if verb == method and match:
            if not any(_granted(right, token) for right in rights.split()):
                raise Refusal("403")
            return serve(state, asked, *match.groups())
    raise Refusal("404")


def _granted(right: str, token: str) -> bool:
    scope, _, level = right.partition("=")
    return any(f"{scope}={enough}" in token.split(",") for enough in {"read": ("read", "write")}.get(level, (level,)))


def release(args: list[str], state: JSON, token: str) -> Any:
    """Publish a release with the files that are named last."""
    if not _granted("contents=write", token):
        raise Refusal("403")
    options = dict(pairwise(args))
    files = [arg for arg in args[1:] if arg.startswith("/") and arg != options["--notes-file"]]
    git("rev-parse", "--verify", f"refs/tags/{args[0]}")
    notes = Path(options["--notes-file"]).read_text(encoding="utf-8")
    state["releases"].append(
        {"tag": args[0], "notes": notes, "files": {Path(file).name: Path(file).stat().st_size for file in files}}
    )


def served(args: list[str], given: bytes, token: str) -> Any:
    """Serve one call, and write it down.

    Raises:
        Refusal: the host says no.
    """
    with (FOLDER / "calls.jsonl").open("a", encoding="utf-8") as calls:
        calls.write(json.dumps({"args": args, "stdin": given.decode()}) + "\n")
    path = FOLDER / "state.json"
    state: JSON = json.loads(path.read_text(encoding="utf-8"))
    found = _served(args, json.loads(given or b"{}"), state, token)
    path.write_text(json.dumps(state, indent=1), encoding="utf-8")
    return found


def main(args: list[str]) -> int:
    """Serve one call as a program."""
    given = sys.stdin.buffer.read() if "--input" in args else b""
    try:
        print(json.dumps(served(args, given, os.environ.get("GH_TOKEN", ""))))
    except Refusal as refusal:
        print(f"gh: no (HTTP {refusal})", file=sys.stderr)
        return 1
    return 0


def _served(args: list[str], given: JSON, state: JSON, token: str) -> Any:
    if args[:2] == ["release", "create"]:
        return release(args[2:], state, token)
    fixed: Mapping[int, str] = {0: "api", 1: "--method", 3: "--header", 4: "X-GitHub-Api-Version: 2022-11-28"}
    if any(args[place] != word for place, word in fixed.items()) or args[6:] not in ([], ["--input", "-"]):
        raise Refusal("400")
    return answer(args[2], args[5], given, state, token)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
