"""The command of the workflows, outside of them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from netreg.cli import main

STEPS = ("comment", "answer", "propose", "requests", "recall", "remember", "housekeeping", "notes")


@pytest.fixture(autouse=True)
def _no_job(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no workflow runs."""
    monkeypatch.chdir(project)
    for name in ("GITHUB_EVENT_PATH", "GITHUB_REPOSITORY", "GITHUB_REF_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("step", ["comment", "answer", "propose", "requests", "notes"])
def test_outside_a_workflow_a_step_says_what_is_missing(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And where to read what it is for."""
    assert main(["host", step]) == 2
    assert "is not set; this step runs in a workflow. See docs/going-live.md." in capsys.readouterr().err


def test_every_step_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Each stands in the help with what it does."""
    with pytest.raises(SystemExit):
        main(["host", "--help"])
    shown = capsys.readouterr().out
    assert all(f"\n    {step}" in shown for step in STEPS)


def test_without_a_step_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is that of wrong usage."""
    with pytest.raises(SystemExit) as stopped:
        main(["host"])
    assert stopped.value.code == 2
    assert "usage: netreg host" in capsys.readouterr().err


def test_a_tag_that_is_none_of_ours_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its name would reach Git."""
    monkeypatch.setenv("GITHUB_REF_NAME", "--output=/tmp/x")
    assert main(["host", "notes"]) == 2
    assert "is no tag of a release" in capsys.readouterr().err


def test_a_host_without_its_program_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where gh is not installed, nothing else is tried."""
    monkeypatch.setenv("GITHUB_REPOSITORY", "a/b")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["host", "requests"]) == 1
    assert "the program gh is not installed" in capsys.readouterr().err


@pytest.fixture
def released(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A project with a release on a branch that was merged; what Git says in it."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    monkeypatch.chdir(tmp_path)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "x")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "x@example.org")

    def git(*args: str) -> str:
        done = subprocess.run(["git", *args], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    git("init", "--quiet", "--initial-branch=main")
    git("commit", "--quiet", "--allow-empty", "-m", "Begin")
    git("checkout", "--quiet", "-b", "side")
    git("commit", "--quiet", "--allow-empty", "-m", "Release")
    for tag in ("v2026.9", "vnext"):
        git("tag", tag)
    git("checkout", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "-m", "Go on")
    git("merge", "--quiet", "--no-ff", "-m", "Merge", "side")
    (tmp_path / "registry" / "lake.yaml").write_text("name: Lake\n", encoding="utf-8")
    git("add", "registry")
    git("commit", "--quiet", "-m", "Add")
    git("tag", "v2026.10")
    return git


def notes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tag: str) -> str:
    """What a release says, or what is wrong."""
    monkeypatch.setenv("GITHUB_REF_NAME", tag)
    main(["host", "notes"])
    said = capsys.readouterr()
    return said.out + said.err


def test_the_release_before_is_found_wherever_it_lies(
    released: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind a merge too, by the order of versions, and without other tags that begin like one."""
    assert "Lake" in notes(monkeypatch, capsys, "v2026.10")
    assert notes(monkeypatch, capsys, "v2026.9").startswith("The first release")


def test_a_failure_of_git_is_not_the_first_release(
    released: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the release before cannot be read, that is said."""
    tip = released("rev-parse", "v2026.10^1")
    Path(".git", "objects", tip[:2], tip[2:]).unlink()
    said = notes(monkeypatch, capsys, "v2026.10")
    assert "first release" not in said
    assert said.startswith("netreg: ")
