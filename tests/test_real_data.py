"""Real data: a test that opens them is found out, in whatever way it gets there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import opened_real_data

LIST = "docs/data/refused.yaml"


def _linked(project: Path, folder: Path) -> None:
    (folder / "names").symlink_to(project / "docs" / "data")
    (folder / "names" / "refused.yaml").read_text(encoding="utf-8")


def _linked_file(project: Path, folder: Path) -> None:
    (folder / "other.txt").symlink_to(project / LIST)
    (folder / "other.txt").read_text(encoding="utf-8")


def _in_another_python(project: Path, _: Path) -> None:
    subprocess.run([sys.executable, "-c", f"open({str(project / LIST)!r})"], env={}, check=True)


def _in_a_shell(project: Path, _: Path) -> None:
    command = ["sh", "-c", f'cd "$1" && exec "$2" -c \'open("{LIST}")\'', "sh", str(project), sys.executable]
    subprocess.run(command, check=True)


WAYS: dict[str, Callable[[Path, Path], object]] = {
    "read": lambda project, _: (project / LIST).read_bytes(),
    "list": lambda project, _: list((project / "registry").iterdir()),
    "scan": lambda project, _: list((project / "registry").glob("*")),
    "link": _linked,
    "link to a file": _linked_file,
    "another Python": _in_another_python,
    "a shell": _in_a_shell,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_opening_real_data_is_written_down(way: Callable[[Path, Path], object], project: Path, tmp_path: Path) -> None:
    """A file, a folder, by a link or by a process of another: each is named, with the line that opened it."""
    assert opened_real_data() == ""
    way(project, tmp_path)
    assert opened_real_data().startswith(("registry, by ", f"{LIST}, by "))
    assert opened_real_data() == ""


def test_other_files_are_nobodys_business(project: Path, tmp_path: Path) -> None:
    """Made-up entries, the schema, hand-written pages and folders of the same names are read freely."""
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "x.yaml").write_text("name: x\n", encoding="utf-8")
    for path in ("schema/network.schema.json", "docs/method.md", "tests/invented/registry/enlip.yaml"):
        (project / path).read_bytes()
    list((project / "docs").iterdir())
    list((tmp_path / "registry").iterdir())
    assert opened_real_data() == ""


def test_a_test_that_opens_real_data_fails(project: Path, tmp_path: Path) -> None:
    """It is told which file and which line; the same test marked ``real`` passes, and so does one that opens none."""
    for name in ("tests/conftest.py", "tests/watch/sitecustomize.py", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((project / name).read_bytes())
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "x.yaml").write_text("name: x\n", encoding="utf-8")
    (tmp_path / "scripts").symlink_to(project / "scripts")
    (tmp_path / "tests" / "test_it.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 failed, 2 passed" in done.stdout
    assert "registry/x.yaml, by tests/test_it.py:7" in done.stdout


TESTS = """from pathlib import Path
import pytest

def test_one():
    'What it opens is found out, although it hides every mistake.'
    try:
        Path("registry/x.yaml").read_text()
    except BaseException:
        pass

@pytest.mark.real
def test_two():
    'It may.'
    Path("registry/x.yaml").read_text()

def test_three():
    'It opens nothing.'
"""
