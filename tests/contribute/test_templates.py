"""Pull-request templates: short, and with questions that can be told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = "PULL_REQUEST_TEMPLATE"
NAMES = ("code", "correction", "new-network", "source-check", "status-change")


def _questions(text: str) -> list[str]:
    return [line.removeprefix("### ") for line in text.split("\n") if line.startswith("### ")]


@pytest.fixture(scope="module")
def github(project: Path) -> Path:
    """The folder of what is for GitHub."""
    return project / ".github"


def test_the_default_is_the_contributors(github: Path) -> None:
    """GitHub's editor shows no other: eight lines at most, with the source and the relation to the network."""
    text = (github / "pull_request_template.md").read_text(encoding="utf-8")
    assert len(text.rstrip("\n").split("\n")) <= 8
    assert any("read it" in question for question in _questions(text))
    assert any("member" in question and "secretariat" in question for question in _questions(text))
    assert "CC0" in text


def test_the_folder_has_one_for_each_kind_of_change(github: Path) -> None:
    """They are opened by their names."""
    assert sorted(path.stem for path in (github / FOLDER).iterdir()) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_questions_are_headings_that_stand_once(name: str, github: Path) -> None:
    """So that the comment can name those that were left empty."""
    text = (github / FOLDER / f"{name}.md").read_text(encoding="utf-8")
    questions = _questions(text)
    assert len(questions) >= 3
    assert len(set(questions)) == len(questions)
    assert all(f"### {question}\n\n" in f"{text}\n" for question in questions)
