"""The command of the workflows, outside of them."""

from __future__ import annotations

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
