"""Diff: the command that tells what changes in meaning."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.review import cases

from netreg import cli

IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose newest commit sets a new number of states, entered."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    _git(tmp_path, "init", "-q", "-b", "main")
    for side in ("before", "after"):
        data = (cases.CASES / "count" / side / "enrp.yaml").read_bytes()
        (tmp_path / "registry" / "enrp.yaml").write_bytes(data)
        _git(tmp_path, "add", "-A")
        _git(tmp_path, "commit", "-q", "-m", side)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("style", "file"), [("text", "expected.txt"), ("markdown", "expected.md")])
def test_two_revisions(checkout: Path, capsys: pytest.CaptureFixture[str], style: str, file: str) -> None:
    """The same words as the case has them, from Git."""
    assert cli.main(["diff", "HEAD~1", "HEAD", "--format", style]) == 0
    assert capsys.readouterr().out == (cases.CASES / "count" / file).read_text("utf-8")


def test_the_files_as_they_are(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a second revision the folder is compared; a change is no failure, and none is told too."""
    assert cli.main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "No entry changes.\n"
    (checkout / "registry" / "enrp.yaml").unlink()
    assert cli.main(["diff", "HEAD"]) == 0
    assert "The entry is gone" in capsys.readouterr().out


def test_what_came_to_the_base_meanwhile_is_not_told(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The comparison begins where the two parted; two dots compare them as they stand, and so do strangers."""
    _git(checkout, "checkout", "-q", "-b", "side", "HEAD~1")
    (checkout / "README").write_text("x", encoding="utf-8")
    _git(checkout, "add", "-A")
    _git(checkout, "commit", "-q", "-m", "side")
    _git(checkout, "checkout", "-q", "--orphan", "other")
    _git(checkout, "commit", "-q", "-m", "other")
    said = []
    for given in (("main", "side"), ("main..side",), ("main", "other"), ("main",)):
        assert cli.main(["diff", *given]) == 0
        said.append(capsys.readouterr().out.split("\n")[0])
    assert said[0].startswith("No entry changes; 1 file outside")
    assert all(line.startswith("ENRP") for line in said[1:])


def test_json_has_a_version(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Readers of changes.json learn the version of the format and which revisions were compared."""
    assert cli.main(["diff", "HEAD~1", "HEAD", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["version"], data["base"], data["head"]) == (1, "HEAD~1", "HEAD")
    assert [change["kind"] for change in data["changes"]] == ["claim-changed", "listed-source-added"]


def test_findings_are_taken_from_a_report(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What netreg check found can be told in the same comment."""
    cli.main(["check", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    (checkout / "findings.json").write_text(json.dumps(report), encoding="utf-8")
    assert cli.main(["diff", "HEAD", "--findings", "findings.json", "--format", "markdown"]) == 0
    assert "The check finds" in capsys.readouterr().out.split("\n")[0]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{"path": "x"}]}', "[" * 100_000])
def test_what_is_no_report_is_wrong_usage(checkout: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """A file that is something else is refused in one line, and so is one that is not there."""
    (checkout / "findings.json").write_text(text, encoding="utf-8")
    assert cli.main(["diff", "HEAD", "--findings", "findings.json"]) == 2
    assert "is no report of netreg check" in capsys.readouterr().err
    assert cli.main(["diff", "HEAD", "--findings", "nowhere.json"]) == 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://x.example/)", "https://x.example/ y", "x"])
def test_links_lead_to_the_web_only(checkout: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    """The address of the folder is checked, since it becomes a part of the comment."""
    assert cli.main(["diff", "HEAD", f"--files-at={address}"]) == 2
    assert "--files-at" in capsys.readouterr().err


def test_an_unknown_revision_is_wrong_usage(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision that Git does not know is told in a line."""
    assert cli.main(["diff", "nowhere"]) == 2
    assert capsys.readouterr().err == 'netreg: Git knows no revision "nowhere" here.\n'


def test_lines_are_as_wide_as_the_screen(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """COLUMNS sets the width, as for the other commands; a wide screen makes no lines that nobody can follow."""
    for columns, longest in (("60", 60), ("300", 100)):
        monkeypatch.setenv("COLUMNS", columns)
        assert cli.main(["diff", "HEAD~1", "HEAD"]) == 0
        assert longest - 20 < max(map(len, capsys.readouterr().out.splitlines())) <= longest
