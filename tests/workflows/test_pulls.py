"""Pull requests: the check has no rights, and one comment is computed by main's code, whatever the change is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.commonmark import acting, links
from tests.workflows.runner import REPOSITORY, Job, Runner, git

from netreg.host.comment import told

JSON = dict[str, Any]
Pull = Callable[..., JSON]


def comment(host: Runner, event: JSON) -> str:
    """Run the job that comments; what it printed."""
    (job,) = host.run("comment", "pull_request_target", event)
    assert job.code == 0, job.log
    return job.log


def entry(host: Runner, old: str, new: str) -> dict[str, str]:
    """A change of one entry."""
    text = host.git("show", "main:registry/eucpn.yaml") + "\n"
    assert old in text
    return {"registry/eucpn.yaml": text.replace(old, new, 1)}


def count(host: Runner, number: int) -> dict[str, str]:
    """Another number of states."""
    return entry(host, "value: 25, unit: states", f"value: {number}, unit: states")


def comments(host: Runner) -> list[str]:
    """The comments at the host."""
    return [one["body"] for one in host.state["comments"]]


def said(host: Runner) -> str:
    """The only comment, without its mark."""
    (comment,) = comments(host)
    mark, _, rest = comment.partition("\n")
    assert mark == "<!-- netreg:review -->"
    return rest


# The two jobs, as they stand


def test_a_pull_request_is_checked_without_rights_and_gets_its_comment(host: Runner, pull: Pull) -> None:
    """The check is red, points to the line and sums up; the comment says the same and more, and waits for no check."""
    host.is_whole = True
    event = pull(entry(host, "value: active", "value: actve"))
    (checked,) = host.run("check", "pull_request", event, ref="refs/pull/7/head", only="registry")
    assert checked.code == 1
    assert "::error file=registry/eucpn.yaml,line=" in checked.log
    assert "**EUCPN" in checked.summary
    assert host.calls() == []
    assert comment(host, event).endswith("The comment: made.\n")
    assert "The check finds 1 error" in said(host)
    assert "Did you mean" in said(host)
    assert host.writes() == ["POST issues/7/comments"]


def test_a_merge_queue_and_a_push_are_checked_too(host: Runner) -> None:
    """The same job runs there, and hands nothing over."""
    for name in ("merge_group", "push"):
        (job,) = host.run("check", name, {}, only="registry")
        assert job.code == 0, job.log
    assert host.artifacts == {}


# What the comment says


def test_a_push_changes_the_comment_and_the_same_again_does_not(host: Runner, pull: Pull) -> None:
    """There is one comment, whatever happens, and no call without need."""
    for number in (27, 28):
        event = pull(count(host, number))
        comment(host, event)
    assert "28 (2005) instead of 25 (2005)" in said(host)
    assert host.writes() == ["POST issues/7/comments", "PATCH issues/comments/100"]
    assert "left as it is" in comment(host, event)


def test_links_lead_to_our_own_repository(host: Runner, pull: Pull) -> None:
    """It has the commits of every pull request; what the event says of a fork goes nowhere, even if that is gone."""
    event = pull(count(host, 27))
    event["pull_request"]["head"]["repo"] = {"full_name": "evil/networks](https://evil.example"}
    state = host.state
    state["pulls"][0]["head"]["repo"] = None
    host.state = state
    comment(host, event)
    head = event["pull_request"]["head"]["sha"]
    assert f"(https://github.com/{REPOSITORY}/blob/{head}/registry/eucpn.yaml)" in said(host)
    assert "evil" not in said(host)


def test_what_main_has_learnt_meanwhile_is_not_told(host: Runner, pull: Pull, tmp_path: Path) -> None:
    """Compared is the state at which the branch left main; the check takes the other entries as main has them now."""
    event = pull(count(host, 27))
    newer = {"registry/enfsi.yaml": host.git("show", "main:registry/eucpn.yaml").replace("EUCPN", "ENFSI")}
    pull({**newer, "docs/new.md": "x\n"}, number=8)
    host.git("update-ref", "refs/heads/main", "refs/pull/8/head")
    comment(host, event)
    assert said(host).startswith("**EUCPN: ")
    assert "1 file" not in said(host)
    assert "enfsi" not in said(host).partition("\n")[0]


def test_questions_left_open_are_named(host: Runner, pull: Pull) -> None:
    """What the description does not answer is asked for in the template's words; what it answers is not repeated."""
    body = "### What changes, and why?\r\n\r\nThe members page says 27. ![x](javascript:1)\r\n"
    comment(host, pull(count(host, 27), body=body))
    assert "- Where can others read it? A link, or the number of a document." in said(host)
    assert "What changes, and why?" not in said(host)
    assert "javascript" not in said(host)


def test_a_draft_of_ours_is_asked_nothing(host: Runner, pull: Pull) -> None:
    """Its description is ours; what is open in it stands there."""
    event = pull(count(host, 27))
    state = host.state
    state["pulls"][0]["user"] = {"login": "github-actions[bot]", "type": "Bot"}
    host.state = state
    comment(host, event)
    assert said(host).startswith("**EUCPN: ")
    assert "still open" not in said(host)


@pytest.mark.parametrize(
    "name", [".github/workflows/check.yml", "scripts/netreg/cli.py", "mkdocs.yml", "schema/network.schema.json"]
)
def test_a_change_beside_the_entries_gets_its_comment(name: str, host: Runner, pull: Pull) -> None:
    """Its first line names the file, with or without an entry beside; nothing is asked about it."""
    comment(host, pull({name: "{}\n"}))
    first = said(host).partition("\n")[0]
    assert "1 file outside the registry: " in first
    assert name in first
    assert "still open" not in said(host)
    comment(host, pull({name: "{}\n", **count(host, 27)}))
    first = said(host).partition("\n")[0]
    assert "EUCPN" in first
    assert name in first


def test_a_change_of_nothing_gets_its_comment(host: Runner, pull: Pull) -> None:
    """Silence could mean anything."""
    comment(host, pull({}))
    assert said(host).startswith("**No entry changes.")


def test_a_list_is_read_as_the_pull_request_has_it(host: Runner, pull: Pull) -> None:
    """A list that names what is no entry is an error of this change, and main's own list is not blamed."""
    refused = "refused:\n  - {entry: nowhere, about: seat, value: x, reason: It is not so., date: '2026-11-20'}\n"
    comment(host, pull({"docs/data/refused.yaml": refused}))
    assert "`docs/data/refused.yaml:2` error: " in said(host)
    comment(host, pull({"docs/data/refused.yaml": None}))
    assert "docs/data/refused.yaml:" not in said(host)


def test_an_error_that_a_change_brings_to_another_entry_is_told(host: Runner, pull: Pull) -> None:
    """Though that file stays as it is."""
    before = host.git("show", "main:registry/enfsi.yaml")
    source = re.search(r"(?m)^  - id: (\S+)$", before)
    assert source
    tie = f"relations:\n  - {{type: cooperates_with, target: eucpn, sources: [{source[1]}]}}\n"
    pull({"registry/enfsi.yaml": before.replace("sources:\n  - id", f"{tie}sources:\n  - id", 1) + "\n"}, number=8)
    host.git("update-ref", "refs/heads/main", "refs/pull/8/head")
    comment(host, pull({"registry/eucpn.yaml": None}))
    assert "`registry/enfsi.yaml:" in said(host)


# What does not happen


def test_a_state_that_is_no_longer_the_newest_is_left_alone(host: Runner, pull: Pull) -> None:
    """After a push the run of the new state comments; one that began before the push says nothing."""
    old = pull(count(host, 27))
    new = pull(count(host, 28))
    assert "not needed" in comment(host, old)
    host.git("update-ref", "refs/pull/7/head", old["pull_request"]["head"]["sha"])  # Git lags behind
    assert "not needed" in comment(host, new)
    assert host.writes() == []


def test_a_push_while_the_comment_is_computed_wins(host: Runner, pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pull request is looked at once more before anything is written."""
    event = pull(count(host, 27))

    def slowly(*args: Any) -> Any:
        pull(count(host, 28))
        return told(*args)

    monkeypatch.setattr("netreg.host.comment.told", slowly)
    assert "not needed" in comment(host, event)
    assert host.writes() == []


def test_a_closed_pull_request_is_left_alone(host: Runner, pull: Pull) -> None:
    """Nobody needs a comment on what is done."""
    event = pull(count(host, 27))
    host.state = {**host.state, "pulls": [{**event["pull_request"], "state": "closed"}]}
    assert "not needed" in comment(host, event)
    assert host.writes() == []


def test_an_event_or_a_host_that_tells_of_nothing_ends_in_one_line(host: Runner, pull: Pull) -> None:
    """A number of words, a pull request that is not there, and a ref that does not come."""
    event = pull(count(host, 27))
    made = event["pull_request"]
    host.git("update-ref", "-d", "refs/pull/7/head")
    wrong = {
        "the event tells of no pull request.": {"pull_request": {**made, "number": "7/../../issues/1"}},
        "did not answer GET pulls/9": {"pull_request": {**made, "number": 9}},
        "did not answer git fetch refs/pull/7/head": event,
    }
    for words, one in wrong.items():
        (job,) = host.run("comment", "pull_request_target", one)
        assert job.code in (1, 2)
        assert words in job.log.splitlines()[-1]
        assert "Traceback" not in job.log
    assert host.writes() == []


# What a pull request can hold


def _commit(tree: Path, *, files: bool = True) -> None:
    """Commit what lies in the tree, or what the index alone holds."""
    if files:
        git(tree, "add", "--all", "--force")
    git(tree, "commit", "--quiet", "-m", "Change")


WILD = "</details> # Approved\\n@everybody #1 ![x](https://evil.example/x.png) <img src=x> `${{ github.token }}` $(id) "


def _hostile_entry(tree: Path) -> None:
    path = tree / "registry" / "eucpn.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("name: European", f'name: "{WILD}"\nwild: European', 1)
    path.write_text(text.replace("value: active", f'value: "{WILD}"', 1), encoding="utf-8")
    path.with_name("bomb.yaml").write_text("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", encoding="utf-8")
    path.with_name("deep.yaml").write_text("[" * 100_000, encoding="utf-8")
    path.with_name("tag.yaml").write_text("!!python/object/apply:os.system ['touch pwned']\n", encoding="utf-8")
    path.with_name("bytes.yaml").write_bytes(b"\xff\xfe\x00" * 100)
    path.with_name("huge.yaml").write_bytes(b"name: x\n" * 5_000_000)
    _commit(tree)


def _links_and_projects(tree: Path) -> None:
    for name in ("registry/link.yaml", "registry/eucpn.yaml", "docs/data/refused.yaml"):
        (tree / name).unlink(missing_ok=True)
        (tree / name).symlink_to("/etc/passwd")
    (tree / "registry" / "folder").mkdir()
    (tree / "registry" / "folder" / "x.yaml").write_text("name: x\n", encoding="utf-8")
    (tree / "registry" / "notes.txt").write_text("x\n", encoding="utf-8")
    (tree / ".gitattributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    git(tree, "add", "--all", "--force")
    head = git(tree, "rev-parse", "HEAD")
    for name in ("registry/other.yaml", "other"):
        git(tree, "update-index", "--add", "--cacheinfo", f"160000,{head},{name}")
    _commit(tree, files=False)


def _strange_paths(tree: Path) -> None:
    odd = ["-rf", "--upload-pack=touch pwned", "$(touch pwned)", "`id`", "a\nb.md", "\u202etxt.exe", "x" * 200]
    odd += ["@everybody #1.md", "::error::pwned", "registry/@everybody.yaml", "registry/con.yaml", "registry/A b.yaml"]
    for name in [*odd, os.fsdecode(b"registry/\xff.yaml"), os.fsdecode(b"\xff\xfe")]:
        (tree / name).write_text("name: x\n", encoding="utf-8")
    _commit(tree)


def _blobs_of(tree: Path, number: int, place: str) -> None:
    """So many paths that all hold the same, without a file on disk."""
    blob = git(tree, "hash-object", "-w", "mkdocs.yml")
    lines = "".join(f"100644 {blob}\t{place.format(one)}\n" for one in range(number))
    git(tree, "update-index", "--add", "--index-info", given=lines)
    _commit(tree, files=False)


def _ten_thousand_files(tree: Path) -> None:
    _blobs_of(tree, 10_000, "docs/many/{}.md")


def _ten_thousand_entries(tree: Path) -> None:
    _blobs_of(tree, 10_000, "registry/e{}.yaml")


def _long_entries(tree: Path) -> None:
    (tree / "mkdocs.yml").write_text("name: x\n" * 40_000, encoding="utf-8")
    _blobs_of(tree, 130, "registry/e{}.yaml")


def _tree_of_trees(tree: Path) -> None:
    """Ten names for one tree, and that again ten times: ten billion paths in eleven objects."""
    blob = git(tree, "hash-object", "-w", "mkdocs.yml")
    inner = git(tree, "mktree", given="".join(f"100644 blob {blob}\tf{one}\n" for one in range(10)))
    for _ in range(9):
        inner = git(tree, "mktree", given="".join(f"040000 tree {inner}\td{one}\n" for one in range(10)))
    top = git(tree, "ls-tree", "HEAD") + f"\n040000 tree {inner}\tzz\n"
    commit = git(tree, "commit-tree", git(tree, "mktree", given=top), "-p", "HEAD", "-m", "Grow")
    git(tree, "update-ref", "HEAD", commit)


def _no_common_past(tree: Path) -> None:
    git(tree, "update-ref", "HEAD", git(tree, "commit-tree", git(tree, "write-tree"), "-m", "Begin anew"))


HOSTILE: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "entries": (_hostile_entry, ("EUCPN", "gives a name to a part", "256 KiB", "UTF-8")),
    "links and projects": (
        _links_and_projects,
        ("link to another file", "folder of another project", "a folder or a link, not", "notes.txt"),
    ),
    "paths": (_strange_paths, ("outside the registry",)),
    "many files": (_ten_thousand_files, ("10000 files outside the registry",)),
    "many entries": (_ten_thousand_entries, ("too large to be told here: it changes 10,000 files of data",)),
    "long entries": (_long_entries, ("too large to be told here: it changes 130 files of data",)),
    "trees": (_tree_of_trees, ("too large to be told here: it changes more files than can be listed",)),
    "no past": (_no_common_past, ("No entry changes",)),
}


@pytest.mark.parametrize(("make", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_somebody_sends_is_read_as_data(
    make: Callable[[Path], None], expected: tuple[str, ...], host: Runner, pull: Pull
) -> None:
    """The job stays green, writes one comment in which nothing acts, and leaves nothing in its folder."""
    (job,) = host.run("comment", "pull_request_target", pull({}, make=make))
    assert job.code == 0, job.log
    assert job.log == "The comment: made.\n"
    assert host.writes() == ["POST issues/7/comments"]
    for words in expected:
        assert re.search(words, said(host)), said(host)[:2000]
    assert_neutral(said(host))
    assert left_behind(job) == []


def left_behind(job: Job) -> list[str]:
    """Files that the check-out of main did not bring, and branches, tags and hooks that it did not make."""
    files = git(
        job.workspace, "status", "--porcelain", "--ignored", "--", ":!.venv", ":!scripts/__pycache__"
    ).splitlines()
    refs = git(job.workspace, "for-each-ref", "--format=%(refname)").split()
    return files + [ref for ref in refs if ref != "refs/netreg/fetched"]


def assert_neutral(text: str) -> None:
    """Outside pieces of code nothing of what was sent acts."""
    assert len(text) < 65_536
    bare = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text)
    for sign in ("@everybody", "#1 ", "![", "<img", "\0", "\u202e", "https://evil"):
        assert sign not in bare, sign
    assert bare.count("</details>") == bare.count("<details>")
    assert not re.search("^(# Approved|::error)", text, re.MULTILINE)
    assert acting(text) == []
    assert all(one.startswith(f"https://github.com/{REPOSITORY}/blob/") for one in links(text))


def test_what_somebody_should_not_have_sent_is_not_repeated(host: Runner, pull: Pull) -> None:
    """Neither in a value, nor in a finding, nor in a list or a path beside the entries."""
    secret = "jane.doe@example.org, +32 2 555 01 67"
    more = {"docs/data/refused.yaml": f"refused:\n  - {{name: x, reason: '{secret}', date: '2026-11-20'}}\n"}
    comment(host, pull({**entry(host, "value: active", f'value: "{secret}"'), f"docs/{secret}.md": "x\n", **more}))
    assert "jane.doe" not in said(host)
    assert "555 01 67" not in said(host)


def test_git_is_given_no_token_and_runs_no_hook(host: Runner, pull: Pull, tmp_path: Path) -> None:
    """Neither the settings of the check-out nor those of the machine make it run something or stop for a question."""
    event = pull(count(host, 27))
    seen = tmp_path / "seen"
    spy = host.programs / "git"
    spy.write_text(f'#!/bin/sh\necho "$GH_TOKEN|$*" >> {seen}\nexec {_real_git()} "$@"\n', encoding="utf-8")
    spy.chmod(0o755)
    comment(host, event)
    fetches = [line for line in seen.read_text(encoding="utf-8").splitlines() if " fetch " in line]
    (asked,) = fetches
    assert asked.startswith("|-c core.hooksPath=/dev/null ")
    assert asked.endswith(" origin +refs/pull/7/head:refs/netreg/fetched")
    assert {"--no-tags", "--no-recurse-submodules", "--no-auto-gc", "--no-write-fetch-head"} <= set(asked.split())


def _real_git() -> str:
    import shutil

    found = shutil.which("git")
    assert found
    return found
