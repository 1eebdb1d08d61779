"""Check: the command that looks at everything, alone or against an older revision."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from netreg import cli

IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committed project with the two entries of a case."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    for path in (project / "tests/cases/id-removed/base").iterdir():
        (tmp_path / "registry" / path.name).write_bytes(path.read_bytes())
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "commit", "-q", "-m", "first")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    return tmp_path


def test_a_removed_entry_is_found_against_a_revision(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was there before must be there still."""
    (checkout / "registry" / "example-forum.yaml").unlink()
    assert cli.main(["check"]) == 0
    assert cli.main(["check", "--base", "HEAD"]) == 1
    assert "error id-removed" in capsys.readouterr().out


def test_new_files_belong_to_the_change(checkout: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Entries that Git does not track yet are looked at by the rules over a change."""
    for path in (project / "tests/cases/same-date-everywhere/bad").glob("*-police.yaml"):
        (checkout / "registry" / path.name).write_bytes(path.read_bytes())
    assert cli.main(["check", "--base", "HEAD", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [finding["rule"] for finding in report["findings"]] == ["same-date-everywhere"]


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "HEAD:registry", ""])
def test_an_unknown_revision_is_wrong_usage(revision: str, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision that Git does not know is told in a line, and never reaches Git as an option."""
    assert cli.main(["check", f"--base={revision}"]) == 2
    assert f'Git knows no revision "{revision}" here.' in capsys.readouterr().err


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_each_format_can_be_chosen(style: str, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same finding in the form that its reader needs."""
    path = checkout / "registry" / "example-forum.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("group:", "groop:"), encoding="utf-8")
    assert cli.main(["check", "--format", style]) == 1
    assert "groop" in capsys.readouterr().out
