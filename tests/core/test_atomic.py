"""Writing a file wholly or not at all, and what a killed write leaves behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from netreg.core.atomic import LEFT_OVER, replace_file, write_file
from netreg.core.load import read_folder
from netreg.core.project import UsageError


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A registry with an entry and with what a killed write of it left beside it."""
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "a.yaml").write_text("name: A\n", encoding="utf-8")
    left = tmp_path / "registry" / ".a.yaml.abcd1_34.tmp"
    left.write_text("name: half", encoding="utf-8")
    return left


def test_what_a_killed_write_left_is_no_file_of_the_registry(left: Path) -> None:
    """The check overlooks it, and any other stray file it does not."""
    (left.parent / ".a.tmp").touch()
    assert [document.path for document in read_folder(left.parent.parent)] == ["registry/.a.tmp", "registry/a.yaml"]


def test_git_does_not_take_what_a_killed_write_left(left: Path, project: Path) -> None:
    """The project's own list of what is ignored names it."""
    subprocess.run(["git", "init", "-q", left.parent.parent], check=True)
    (left.parent.parent / ".gitignore").write_bytes((project / ".gitignore").read_bytes())
    shown = subprocess.run(
        ["git", "status", "--short", "-uall"], cwd=left.parent, capture_output=True, text=True, check=True
    ).stdout
    assert "a.yaml\n" in shown
    assert ".tmp" not in shown


def test_the_next_write_of_the_file_sweeps_it(left: Path) -> None:
    """What was left of other files may be another write that still goes on."""
    other = left.with_name(".b.yaml.abcd1_34.tmp")
    other.touch()
    replace_file(left.with_name("a.yaml"), "name: B\n")
    assert sorted(path.name for path in left.parent.iterdir()) == [other.name, "a.yaml"]


def test_a_write_that_breaks_off_leaves_the_file_and_nothing_beside_it(
    left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told in a sentence."""
    path = left.with_name("a.yaml")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match=r"a\.yaml cannot be written: No space left on device"):
        write_file(path, "name: B\n")
    assert path.read_text(encoding="utf-8") == "name: A\n"
    assert not [item for item in left.parent.iterdir() if LEFT_OVER.fullmatch(item.name)]
