"""Since when questions have been open, from a repository made for the test."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from netreg.upkeep.monthly import days_of_questions

_ONE = "name: A\nopen_questions:\n  - about: seat\n    text: Where is it?\n"
_TWO = f"{_ONE}  - about: ended\n    text: >-\n      Does it still\n      meet?\n"


def git(folder: Path, *args: str, day: str = "2026-01-01") -> None:
    """Run Git as somebody on a day, without any settings of the machine."""
    who = {"NAME": "A", "EMAIL": "a@example.org", "DATE": f"{day}T12:00:00Z"}
    named = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *args], cwd=folder, env={**os.environ, **named, **plain}, check=True, capture_output=True)


def write(folder: Path, name: str, text: str, day: str = "") -> None:
    """Write an entry, and commit it on a day."""
    (folder / "registry").mkdir(exist_ok=True)
    (folder / "registry" / name).write_text(text, encoding="utf-8")
    if day:
        git(folder, "add", ".")
        git(folder, "commit", "-m", "x", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which one question came in May and one in July."""
    folder = tmp_path / "work"
    folder.mkdir()
    git(folder, "init", "-b", "main")
    write(folder, "a.yaml", _ONE, "2026-05-01")
    write(folder, "a.yaml", _TWO, "2026-07-01")
    return folder


def test_the_day_on_which_a_question_was_written(repository: Path) -> None:
    """Each question has the day of its own line, folded or not."""
    assert days_of_questions(repository) == {
        ("a", "Where is it?"): date(2026, 5, 1),
        ("a", "Does it still meet?"): date(2026, 7, 1),
    }


def test_a_change_of_form_makes_no_question_young(repository: Path) -> None:
    """Spaces do not count."""
    write(repository, "a.yaml", _ONE.replace("text: Where", "text:  Where"), "2026-09-01")
    assert days_of_questions(repository)[("a", "Where is it?")] == date(2026, 5, 1)


def test_what_is_not_committed_has_no_day(repository: Path) -> None:
    """A question in a changed or a new file is not known yet."""
    write(repository, "a.yaml", _ONE.replace("Where", "In which town"))
    write(repository, "b.yaml", _ONE)
    assert days_of_questions(repository) == {}


def test_odd_entries_do_no_harm(repository: Path) -> None:
    """A file that is no entry, or cannot be read, is left out."""
    for name, text in {
        "b.yaml": "open_questions: 5\n",
        "c.yaml": "{",
        "d.yaml": "open_questions: [{}, 1, {text: 2}]\n",
    }.items():
        write(repository, name, text, "2026-08-01")
    assert len(days_of_questions(repository)) == 2


def test_a_shallow_copy_knows_no_days(repository: Path, tmp_path: Path) -> None:
    """Where the older states are missing, every line would seem to be of the newest."""
    git(tmp_path, "clone", "--depth", "1", repository.as_uri(), "shallow")
    assert days_of_questions(tmp_path / "shallow") == {}


def test_without_git_there_are_no_days(tmp_path: Path) -> None:
    """A folder that is no repository is no defect."""
    write(tmp_path, "a.yaml", _ONE)
    assert days_of_questions(tmp_path) == {}
