"""The command that writes the issue forms."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from netreg.cli import main
from netreg.contribute.form import FOLDER, FORM_KEYS


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without forms, whose home is not known."""
    (tmp_path / "registry").mkdir()
    (tmp_path / "schema").symlink_to(project / "schema")
    shutil.copy(project / "mkdocs.yml", tmp_path)
    for name in ("SITE_URL", "REPO_URL", "EDIT_URI", "CONTACT", "ANSWER_DAYS", "PUBLISHER"):
        monkeypatch.delenv(f"NETREG_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_they_are_written_and_then_as_they_should_be(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run has nothing to do."""
    assert main(["forms"]) == 0
    assert len(list((checkout / FOLDER).iterdir())) == len(FORM_KEYS) + 1  # and the file of the chooser
    capsys.readouterr()
    assert main(["forms", "--check"]) == 0
    assert capsys.readouterr().out == f"{len(FORM_KEYS) + 1} files are as the schema asks for.\n"


def test_a_check_writes_nothing(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names what would change."""
    assert main(["forms"]) == 0
    form = checkout / FOLDER / "02-correction.yml"
    form.write_text("name: mine\n", encoding="utf-8")
    assert main(["forms", "--check"]) == 1
    assert form.read_text(encoding="utf-8") == "name: mine\n"
    assert "02-correction.yml is not what the schema asks for." in capsys.readouterr().out


def test_a_form_of_another_is_told(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would stand in the chooser beside ours, and nothing would read its answers."""
    assert main(["forms"]) == 0
    (checkout / FOLDER / "bug.md").write_text("x", encoding="utf-8")
    assert main(["forms", "--check"]) == 1
    assert "bug.md is no form of ours" in capsys.readouterr().out


def test_the_forms_of_the_checkout_are_up_to_date(
    checkout: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who changes the schema runs ``netreg forms``."""
    monkeypatch.chdir(project)
    assert main(["forms", "--check"]) == 0, capsys.readouterr().out
