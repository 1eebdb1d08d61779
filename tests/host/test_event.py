"""Events: read as data, bounded, and refused where they are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from netreg.core.project import UsageError
from netreg.host.gh import LARGEST, Host, PullRequest, issue_of, pull_request_of, read_event

ISSUE: dict[str, Any] = {
    "number": 3,
    "body": None,
    "created_at": "2026-11-20T23:30:00-05:00",
    "user": {"type": "User"},
    "labels": [],
}
PULL = {"number": 3, "head": {"sha": "a" * 40, "repo": None}}


def test_an_issue_without_words_has_an_empty_body() -> None:
    """And its day is the one in universal time."""
    issue = issue_of(ISSUE)
    assert (issue.body, issue.opened.isoformat(), issue.is_open) == ("", "2026-11-21", True)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "3"},
        {"number": 0},
        {"number": True},
        {"number": 10**12},
        {"created_at": "yesterday"},
        {"labels": [{}]},
        {"labels": 3},
    ],
)
def test_an_issue_that_is_none_is_refused(change: dict[str, Any]) -> None:
    """A number is a number, a day a day."""
    with pytest.raises(UsageError):
        issue_of({**ISSUE, **change})


def test_whose_account_is_gone_is_a_person() -> None:
    """The host then tells of no user; one such issue must not stop the monthly list."""
    assert not issue_of({**ISSUE, "user": None}).author_is_bot


def test_a_pull_request_of_a_fork_that_is_gone_is_one_all_the_same() -> None:
    """Its commits lie at our own repository, so nothing has to be known of the other."""
    assert pull_request_of(PULL) == PullRequest(3, "a" * 40)


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_beyond_the_calendar_is_none(time: str) -> None:
    """In universal time it lies in a year that no calendar has; it is refused in one line."""
    with pytest.raises(UsageError, match="tells of no issue"):
        issue_of({**ISSUE, "created_at": time})


@pytest.mark.parametrize("sha", ["A" * 40, "a" * 39, "a" * 41, "../" + "a" * 37, None, 5])
def test_a_commit_is_forty_signs(sha: object) -> None:
    """Whatever else stands there goes no further."""
    with pytest.raises(UsageError):
        pull_request_of({**PULL, "head": {"sha": sha, "repo": None}})


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '"x"'])
def test_a_file_that_holds_no_event_is_refused(text: str, tmp_path: Path) -> None:
    """In one line that quotes nothing of it."""
    (tmp_path / "event.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="holds no event"):
        read_event(tmp_path / "event.json")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """The largest request there can be fits, however it is written."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps({"issue": {"body": "\u202e" * (256 * 1024)}}), encoding="ascii")
    assert path.stat().st_size < LARGEST
    assert read_event(path)
    with path.open("r+b") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(UsageError):
        read_event(path)


@pytest.mark.parametrize("name", ["a", "a/b/c", "../b", "a/b?x", "-a/b", "a/", "a b/c", "a/b\n"])
def test_a_repository_has_a_plain_name(name: str) -> None:
    """It becomes part of every address that is asked."""
    with pytest.raises(ValueError, match="not the name"):
        Host(name)


@pytest.mark.parametrize("path", ["issues/1 --input=/etc/passwd", "issues/1\n", "issues/{owner}", "a;b", ""])
def test_an_address_is_made_of_plain_signs(path: str) -> None:
    """Whatever else is a fault of ours, and is not asked."""
    with pytest.raises(ValueError, match="names and numbers"):
        Host("a/b").get(path)
