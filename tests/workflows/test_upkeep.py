"""Housekeeping, the site and releases: the jobs that the calendar, main and a tag start."""

from __future__ import annotations

import io
import json
import re
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
from tests.workflows.runner import PERSON, ROOT, Job, Runner, git

from netreg.cli import main

JSON = dict[str, Any]
DEAD = ["2026-09-03 dead http-404", "2026-10-03 dead http-404", "2026-11-03 dead http-404"]


@pytest.fixture
def linked(host: Runner) -> Runner:
    """The host with entries that cite no address, so that nobody is asked, and one dead link of before."""
    tree = host.folder / "tree"
    git(host.folder, "clone", "--quiet", str(host.folder / "remote.git"), str(tree))
    for path in (tree / "registry").iterdir():
        text = re.sub(r"(?m)^website:.*\n(?: .*\n)*", "", path.read_text(encoding="utf-8"))
        path.write_text(re.sub(r"(?m)^ +url: .*\n", "", text), encoding="utf-8")
    git(tree, "commit", "--quiet", "-am", "Cite no address")
    git(tree, "push", "--quiet", "origin", "main")
    return host


def housekeeping(host: Runner) -> Job:
    """Run the workflow; the second of its jobs."""
    jobs = host.run("housekeeping", "schedule", {})
    assert [job.code for job in jobs] == [0, 0], "".join(job.log for job in jobs)
    return jobs[1]


def keep_list(host: Runner, history: JSON) -> Job:
    """The second job alone, with what the first would have seen."""
    seen = host.folder / "seen"
    seen.mkdir(exist_ok=True)
    (seen / "link-history.json").write_text(json.dumps(history), encoding="utf-8")
    host.artifacts[host.runs + 1, "links"] = seen
    (job,) = host.run("housekeeping", "schedule", {}, only="list")
    return job


def lists(host: Runner) -> list[JSON]:
    """The open issues of ours."""
    return [issue for issue in host.state["issues"] if issue["state"] == "open" and issue["user"] != PERSON]


def test_there_is_one_open_list(linked: Runner) -> None:
    """It is made, left alone while nothing changes, and changed when something does."""
    linked.is_whole = True
    assert "The list: made." in housekeeping(linked).log
    linked.is_whole = False
    (issue,) = lists(linked)
    assert issue["body"].startswith("<!-- netreg:housekeeping -->\nWhat to look at this month")
    assert "The list: left as it is." in housekeeping(linked).log
    state = linked.state
    state["issues"][0]["body"] += "\nDone: 1"
    linked.state = state
    assert "The list: changed." in housekeeping(linked).log
    assert lists(linked) == [issue]


def test_a_second_open_list_is_closed(linked: Runner) -> None:
    """Should there ever be two, the older one stays."""
    housekeeping(linked)
    state = linked.state
    state["issues"].append({**state["issues"][0], "number": 9})
    linked.state = state
    housekeeping(linked)
    assert [issue["number"] for issue in lists(linked)] == [1]


def test_a_list_that_a_person_copied_is_left_alone(linked: Runner) -> None:
    """Only what our own program wrote is changed or closed."""
    housekeeping(linked)
    state = linked.state
    state["issues"].append({**state["issues"][0], "number": 9, "user": PERSON, "author_association": "NONE"})
    linked.state = state
    housekeeping(linked)
    assert linked.state["issues"][1] == state["issues"][1]


def test_the_history_of_links_is_kept_on_its_branch(host: Runner) -> None:
    """A dead link comes onto the list, and the next run finds what this one saw."""
    entry = host.git("show", "main:registry/eucpn.yaml")
    address = re.search(r"url: (https://\S+)", entry)
    assert address
    job = keep_list(host, {address[1]: DEAD})
    assert job.code == 0, job.log
    assert address[1] in lists(host)[0]["body"]
    assert host.git("diff", "--name-only", "main", "upkeep/links") == "docs/data/link-history.json"
    assert DEAD[0] in host.git("show", "upkeep/links:docs/data/link-history.json")
    again = keep_list(host, {address[1]: DEAD})
    assert "The history of links: left as it is." in again.log
    assert host.git("rev-list", "--count", "main..upkeep/links") == "1"


def test_what_was_seen_before_is_recalled(linked: Runner) -> None:
    """The job that asks the links begins with the history that the host keeps, and has no right to change it."""
    keep_list(linked, {"https://gone.example/": DEAD})
    (job,) = linked.run("housekeeping", "workflow_dispatch", {}, only="links")
    assert job.code == 0, job.log
    assert "The history of links: changed." in job.log
    assert json.loads((job.workspace / "docs" / "data" / "link-history.json").read_text(encoding="utf-8")) == {}


def test_a_history_that_is_none_is_not_kept(host: Runner) -> None:
    """What comes from the job that met strangers' servers is read as data."""
    job = keep_list(host, {"https://gone.example/": ["2026-11-03 dead $(touch pwned)"]})
    assert job.code == 2
    assert host.writes() == []


def test_requests_without_an_answer_come_first(linked: Runner) -> None:
    """A maintainer's comment is an answer; our own is not, nor is one of somebody else.

    What maintainers write for themselves waits for nobody, but what they entered by a form for somebody else does.
    """
    state = linked.state
    asked = {"state": "open", "user": PERSON, "labels": [], "author_association": "NONE", "body": "x", "title": "@you"}
    days = {3: "2026-10-01", 4: "2026-10-02", 5: "2026-11-23"}
    state["issues"] = [{**asked, "number": number, "created_at": f"{day}T08:00:00Z"} for number, day in days.items()]
    state["issues"].append({**state["issues"][0], "number": 6, "author_association": "OWNER"})
    mailed = {"number": 7, "author_association": "OWNER", "labels": [{"name": "feedback"}]}
    state["issues"].append({**state["issues"][0], **mailed, "created_at": "2026-10-03T08:00:00Z"})
    bot = {"login": "github-actions[bot]", "type": "Bot"}
    said = ((3, bot, "NONE"), (3, PERSON, "NONE"), (4, PERSON, "MEMBER"))
    state["comments"] = [
        {"id": place, "issue": number, "user": user, "author_association": role, "body": "x"}
        for place, (number, user, role) in enumerate(said)
    ]
    linked.state = state
    housekeeping(linked)
    body = lists(linked)[0]["body"]
    assert re.search(r"(?m)^1\. #3 ", body)
    assert re.search(r"(?m)^2\. #7 ", body)
    assert not re.search("#[456]|@you", body)


def test_the_site_is_built_and_published(host: Runner) -> None:
    """The host's own addresses fill what mkdocs.yml leaves open; the deploying job has rights of its own only."""
    event = {"repository": {"name": "networks", "default_branch": "main"}}
    tree = host.folder / "tree"
    git(host.folder, "clone", "--quiet", str(host.folder / "remote.git"), str(tree))
    for name in ("docs", "CITATION.cff", "CHANGELOG.md", "tests/cases"):
        _copy(name, tree)
    git(tree, "add", ".")
    git(tree, "commit", "--quiet", "-m", "Add the pages")
    git(tree, "push", "--quiet", "origin", "main")
    jobs = host.run("site", "push", event)
    assert [job.code for job in jobs] == [0, 0], jobs[0].log
    built, published = jobs
    assert built.code == 0, built.log
    site = host.artifacts[1, "github-pages"]
    page = (site / "networks" / "eucpn" / "index.html").read_text(encoding="utf-8")
    assert 'href="https://the-registry.github.io/networks/networks/eucpn/"' in page
    assert "https://github.com/the-registry/networks/edit/main/registry/eucpn.yaml" in page
    assert published.outputs["deployment"]["page_url"].startswith("https://")


def _copy(name: str, tree: Path) -> None:
    source = ROOT / name
    if source.is_dir():
        shutil.copytree(source, tree / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("data"))
    elif source.exists():
        shutil.copy(source, tree / name)


def test_a_tag_becomes_a_release(host: Runner) -> None:
    """The first has nothing to compare with; the next tells what changed, and the data are whole and say whence."""
    tree = host.folder / "tree"
    git(host.folder, "clone", "--quiet", str(host.folder / "remote.git"), str(tree))
    _release(host, tree, "v2026.10")
    path = tree / "registry" / "eucpn.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("value: 25, unit: states", "value: 27, unit: states"), encoding="utf-8")
    git(tree, "commit", "--quiet", "-am", "Correct")
    host.is_whole = True
    _release(host, tree, "v2026.11")
    first, second = host.state["releases"]
    assert first["notes"].startswith("The first release")
    assert "27 (2005) instead of 25 (2005)" in second["notes"]
    for release in (first, second):
        assert sorted(release["files"]) == ["register.html", "registry-data.tar.gz"]
    data = (host.artifacts[2, "release"] / "registry-data.tar.gz").read_bytes()
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(host.folder / "unpacked", filter="data")
    assert main(["verify", str(host.folder / "unpacked")]) == 0
    assert "url: 'https://the-registry.github.io/networks/'" in (host.folder / "unpacked/data/CITATION.cff").read_text()
    single = (host.artifacts[2, "release"] / "register.html").read_text(encoding="utf-8")
    assert 'href="https://the-registry.github.io/networks/' in single


def _release(host: Runner, tree: Path, tag: str) -> None:
    git(tree, "tag", tag)
    git(tree, "push", "--quiet", "origin", "main", tag)
    event = {"repository": {"name": "networks", "default_branch": "main"}}
    jobs = host.run("release", "push", event, ref=f"refs/tags/{tag}")
    assert [job.code for job in jobs] == [0, 0], "".join(job.log for job in jobs)
