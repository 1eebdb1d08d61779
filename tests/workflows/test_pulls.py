"""Pull requests: the check has no rights, and what it leaves becomes one comment, kept up to date."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.commonmark import acting, links
from tests.workflows.runner import Job, Runner

JSON = dict[str, Any]
Pull = Callable[..., JSON]


def check(host: Runner, event: JSON) -> Job:
    """Run the job without rights."""
    (job,) = host.run("check", "pull_request", event, ref=f"refs/pull/{event['number']}/merge", only="registry")
    return job


def comment(host: Runner, finished: JSON) -> Job:
    """Run the job that comments."""
    (job,) = host.run("comment", "workflow_run", finished)
    return job


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


def test_a_change_is_summed_up_and_told_in_a_comment(host: Runner, pull: Pull, finished: Pull) -> None:
    """The summary needs no right; the comment says the same, with links to the state it is about."""
    event = pull(count(host, 27))
    job = check(host, event)
    assert job.code == 0, job.log
    assert "27 (2005) instead of 25 (2005)" in job.summary
    assert host.calls() == []
    done = comment(host, finished(event))
    assert done.code == 0, done.log
    (told,) = comments(host)
    assert told.startswith("<!-- netreg:review -->\n")
    assert "27 (2005) instead of 25 (2005)" in told
    head = event["pull_request"]["head"]
    assert f"https://github.com/{head['repo']['full_name']}/blob/{head['sha']}/registry/eucpn.yaml" in told
    assert host.writes() == ["POST issues/7/comments"]


def test_a_push_changes_the_comment_and_the_same_again_does_not(host: Runner, pull: Pull, finished: Pull) -> None:
    """There is one comment, whatever happens, and no call without need."""
    for number in (27, 28, 28):
        event = pull(count(host, number))
        check(host, event)
        comment(host, finished(event))
    (told,) = comments(host)
    assert "28 (2005) instead of 25 (2005)" in told
    assert host.writes()[:2] == ["POST issues/7/comments", "PATCH issues/comments/100"]
    state = host.state
    comment(host, finished(event, run=5))
    assert host.state["comments"] == state["comments"]


def test_findings_are_annotations_and_part_of_the_comment(host: Runner, pull: Pull, finished: Pull) -> None:
    """The check is red, points to the line, and the comment still comes."""
    event = pull(entry(host, "value: active", "value: actve"))
    job = check(host, event)
    assert job.code == 1
    assert "::error file=registry/eucpn.yaml,line=" in job.log
    assert "The check finds 1 error" in job.summary
    assert comment(host, finished(event, conclusion="failure")).code == 0
    assert "unknown-term" in comments(host)[0] or "Did you mean" in comments(host)[0]


def test_questions_left_open_are_named(host: Runner, pull: Pull, finished: Pull) -> None:
    """What the description does not answer is asked for in the template's words; what it answers is not repeated."""
    body = "### What changes, and why?\r\n\r\nThe members page says 27. ![x](javascript:1)\r\n"
    event = pull(count(host, 27), body=body)
    check(host, event)
    comment(host, finished(event))
    told = comments(host)[0]
    assert "- Where can others read it? A link, or the number of a document." in told
    assert "What changes, and why?" not in told
    assert "javascript" not in told


def test_a_change_of_code_alone_gets_no_comment(host: Runner, pull: Pull, finished: Pull) -> None:
    """A comment that says nothing is noise."""
    event = pull({"README.md": "Hello\n"})
    assert check(host, event).code == 0
    assert "not needed" in comment(host, finished(event)).log
    assert host.writes() == []


def test_files_outside_the_registry_are_named(host: Runner, pull: Pull, finished: Pull) -> None:
    """Whoever merges by the comment learns that it does not tell all."""
    more = {".github/workflows/check.yml": "on: push\n", "docs/`x` @everybody.md": "x\n"}
    event = pull({**count(host, 27), **more})
    check(host, event)
    comment(host, finished(event))
    told = comments(host)[0]
    assert "**Not told here:** 2 files outside the registry change too: `.github/workflows/check.yml`, " in told
    assert "@everybody" not in re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", told)
    event = pull(count(host, 28))
    check(host, event)
    comment(host, finished(event))
    assert "Not told here" not in comments(host)[0]


def test_a_merge_queue_and_a_push_are_checked_without_a_pull_request(host: Runner) -> None:
    """The same job runs there, and has nothing to hand over."""
    for name in ("merge_group", "push"):
        (job,) = host.run("check", name, {}, only="registry")
        assert job.code == 0, job.log
    assert host.artifacts == {}


def test_runs_of_other_events_start_no_comment(host: Runner, pull: Pull, finished: Pull) -> None:
    """Neither a push, nor a run that was cancelled."""
    event = pull(count(host, 27))
    check(host, event)
    assert host.run("comment", "workflow_run", finished(event, conclusion="cancelled")) == []
    told = finished(event)
    told["workflow_run"]["event"] = "push"
    assert host.run("comment", "workflow_run", told) == []


# What a pull request can put into the folder


def _text(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return change


def _edit(name: str, **values: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        data = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps({**data, **values}), encoding="utf-8")

    return change


def _link(folder: Path) -> None:
    (folder / "findings.json").unlink()
    (folder / "findings.json").symlink_to("/etc/passwd")


def _folder(folder: Path) -> None:
    (folder / "changes.json").unlink()
    (folder / "changes.json").mkdir()


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


CHANGE = {"kind": "claim-changed", "entry": "x", "name": "x", "field": "seat", "before": 1, "after": 2}
CHANGE |= {"was_on": [], "is_on": [], "kept": False, "also": []}
HOSTILE: dict[str, Callable[[Path], None]] = {
    "an extra file": _text("comment.md", "# Approved by the maintainers"),
    "a hidden file": _text(".netrc", "x"),
    "a link": _link,
    "a folder": _folder,
    "nothing": _gone,
    "no JSON": _text("findings.json", "{"),
    "not a number": _text("findings.json", '{"entries": NaN, "findings": []}'),
    "deep": _text("changes.json", "[" * 100_000),
    "large": _text("changes.json", '{"version": 1, "left_out": 0, "changes": []}' + " " * 300_000),
    "a list": _text("findings.json", "[]"),
    "more fields": _edit("pull-request.json", comment="# Approved"),
    "another version": _edit("changes.json", version=2),
    "a number as text": _edit("pull-request.json", number="7"),
    "a number below one": _edit("pull-request.json", number=-7),
    "a truth as number": _edit("pull-request.json", number=True),
    "a path as number": _edit("pull-request.json", number="7/../../issues/1"),
    "another commit": _edit("pull-request.json", head="0" * 40),
    "another kind": _edit("changes.json", changes=[{**CHANGE, "kind": "approved"}]),
    "a change without sources": _edit("changes.json", changes=[{**CHANGE, "is_on": 5}]),
    "an entry that is a number": _edit("changes.json", changes=[{**CHANGE, "kind": "entry-added", "after": 5}]),
    "a rule with a command": _edit("findings.json", findings=[{"rule": "::error::"}]),
    "more than any entry has": _edit("changes.json", changes=[CHANGE] * 6000),
}


@pytest.mark.parametrize("spoil", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_folder_that_is_not_ours_is_refused(
    spoil: Callable[[Path], None], host: Runner, pull: Pull, finished: Pull
) -> None:
    """The job ends in one line of our own words, and nothing is written anywhere."""
    event = pull(count(host, 27))
    spoil(hand_over(host, event))
    job = comment(host, finished(event, run=1))
    assert job.code == 1
    last = job.log.splitlines()[-1]
    assert last.startswith("netreg: nothing is said, since what the check left is not to be trusted: ")
    assert "Approved" not in job.log
    assert "Traceback" not in job.log
    assert host.writes() == []


def hand_over(host: Runner, event: JSON) -> Path:
    """The folder as our own job leaves it, without running that job."""
    folder = host.folder / "left"
    folder.mkdir()
    head = event["pull_request"]["head"]["sha"]
    pull = {"version": 1, "number": event["number"], "head": head}
    changes = {"version": 1, "left_out": 0, "changes": [CHANGE]}
    findings: JSON = {"entries": 0, "findings": []}
    for name, data in (("pull-request", pull), ("changes", changes), ("findings", findings)):
        (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    host.artifacts[1, "review"] = folder
    return folder


def test_the_folder_as_it_should_be_is_accepted(host: Runner, pull: Pull, finished: Pull) -> None:
    """So the refusals above are about what was spoilt."""
    event = pull(count(host, 27))
    hand_over(host, event)
    job = comment(host, finished(event, run=1))
    assert job.code == 0, job.log
    assert host.writes() == ["POST issues/7/comments"]


@pytest.mark.parametrize("number", [8, 9])
def test_a_number_of_another_pull_request_is_not_believed(
    number: int, host: Runner, pull: Pull, finished: Pull
) -> None:
    """The host says which commit a pull request has; a number that does not fit, or does not exist, gets nothing."""
    pull(count(host, 26), number=8)
    event = pull(count(host, 27))
    _edit("pull-request.json", number=number)(hand_over(host, event))
    comment(host, finished(event, run=1))
    assert host.writes() == []


def test_an_older_state_and_a_closed_pull_request_are_not_commented_on(
    host: Runner, pull: Pull, finished: Pull
) -> None:
    """The run of the newest state comments, and nobody needs a comment on what is done."""
    event = pull(count(host, 27))
    hand_over(host, event)
    host.runs = 1
    pull(count(host, 28))
    job = comment(host, finished(event, run=1))
    assert (job.code, host.writes()) == (0, [])
    host.state = {**host.state, "pulls": [{**event["pull_request"], "state": "closed"}]}
    assert "not needed" in comment(host, finished(event, run=1)).log
    assert host.writes() == []


WILD = (
    "</details> # Approved\n@everybody #1 ![x](https://evil.example/x.png) <img src=x> "
    "`${{ github.token }}` $(id) \u202e\0 "
)


def test_words_in_the_folder_are_shown_and_do_nothing(host: Runner, pull: Pull, finished: Pull) -> None:
    """Findings, names and values are data; headings, mentions, pictures and HTML stay words."""
    event = pull(count(host, 27))
    folder = hand_over(host, event)
    cited = {"id": WILD, "title": WILD, "author": WILD, "kind": WILD, "published": WILD, "how": WILD}
    wild = {**CHANGE, "entry": WILD, "name": WILD, "field": "seat", "before": {"value": WILD}, "after": {WILD: WILD}}
    _edit("changes.json", changes=[{**wild, "was_on": [cited], "is_on": [{**cited, "id": "b"}]}])(folder)
    found = {"path": WILD, "line": 1, "column": 1, "end_column": 0, "level": "error", "rule": "x"}
    _edit("findings.json", findings=[{**found, "message": WILD, "fix": WILD}])(folder)
    job = comment(host, finished(event, run=1))
    assert job.code == 0, job.log
    assert job.log.splitlines()[-1] == "The comment: made."
    (told,) = comments(host)
    assert_neutral(told)


def assert_neutral(told: str) -> None:
    """Outside pieces of code nothing of ``WILD`` acts."""
    bare = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", told)
    for sign in ("@everybody", "#1 ", "![", "<img", "\0", "\u202e", "https://evil"):
        assert sign not in bare, sign
    assert bare.count("</details>") == bare.count("<details>")
    assert not re.search("^# Approved", told, re.MULTILINE)
    assert acting(told) == []
    assert all(one.startswith("https://github.com/somebody/networks/blob/") for one in links(told))
