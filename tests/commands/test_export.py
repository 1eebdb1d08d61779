"""``netreg export``: the data files as the site offers them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from netreg import cli


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one good entry, entered."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    good = project / "tests/cases/tag/good/example-network.yaml"
    (tmp_path / "registry" / good.name).write_bytes(good.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    return tmp_path


def test_all_files_are_written(checkout: Path) -> None:
    """One file for all, one for each network, and the schema."""
    assert cli.main(["export", "data"]) == 0
    networks = json.loads((checkout / "data/api/v1/networks.json").read_text(encoding="utf-8"))["networks"]
    one = json.loads((checkout / "data/api/v1/networks/example-network.json").read_text(encoding="utf-8"))
    assert networks == [one]
    assert (checkout / "data/api/v1/network.schema.json").exists()


def test_writing_again_gives_the_same_bytes(checkout: Path) -> None:
    """The same entries give the same files, over older ones."""
    assert cli.main(["export", "data"]) == 0
    first = (checkout / "data/api/v1/networks.json").read_bytes()
    assert cli.main(["export", "data"]) == 0
    assert (checkout / "data/api/v1/networks.json").read_bytes() == first


def test_a_registry_with_errors_is_not_exported(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the check refuses is told with its place, and leaves no file behind."""
    path = checkout / "registry/example-network.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: active", "value: actve"), encoding="utf-8")
    assert cli.main(["export", "data"]) == 1
    said = capsys.readouterr().err
    assert "registry/example-network.yaml:" in said
    assert said.endswith("The registry is not exported.\n")
    assert not (checkout / "data").exists()


def test_a_folder_that_cannot_be_written_is_said(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where the folder should be gives one line."""
    (checkout / "data").write_text("", encoding="utf-8")
    assert cli.main(["export", "data"]) == 2
    assert "cannot be written" in capsys.readouterr().err
