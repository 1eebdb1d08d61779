"""The entries and lists of the checkout are sound today."""

from __future__ import annotations

from pathlib import Path

import pytest

from netreg import cli


@pytest.mark.real
def test_the_real_entries_and_lists_are_sound(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check finds no error in them, and every file is in canonical form."""
    monkeypatch.chdir(project)
    assert cli.main(["check"]) == 0, capsys.readouterr().out
    assert cli.main(["format", "--check"]) == 0, capsys.readouterr().out
