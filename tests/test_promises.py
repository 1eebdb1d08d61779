"""What files written by hand promise is what the settings say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netreg.site.settings import read_settings

FILES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/hand-over.md")


@pytest.mark.parametrize("name", FILES)
def test_the_answer_time_is_the_one_of_the_settings(name: str, project: Path) -> None:
    """Pages and forms take it from mkdocs.yml; these files cannot."""
    told = re.findall(r"answer(?:\s+comes)?\s+within\s+([0-9]+)\s+days", (project / name).read_text(encoding="utf-8"))
    assert told
    assert set(told) == {str(read_settings(project).answer_days)}


def test_every_guide_names_only_files_that_there_are(project: Path) -> None:
    """A guide that sends somebody to a file that moved costs them an hour."""
    for path in [*project.glob("*.md"), *project.glob("docs/*.md"), *project.glob("docs/decisions/*.md")]:
        named = re.findall(r"`((?:docs|scripts|tests|schema|\.github|\.ci)/[A-Za-z0-9_./-]+)`", path.read_text("utf-8"))
        missing = [name for name in named if not (project / name).exists() and name not in MADE]
        assert not missing, f"{path.name}: {missing}"


MADE = ("docs/data/link-history.json", "docs/imprint.md", ".github/CODEOWNERS")
"""Files that come to be when they are needed, or that only whoever brings the registry to a host can write."""


def test_every_command_of_a_guide_is_one(project: Path) -> None:
    """As far as a name goes."""
    from netreg.cli import COMMANDS

    for path in [*project.glob("*.md"), *project.glob("docs/*.md")]:
        text = path.read_text(encoding="utf-8")
        named = re.findall(r"(?:^|[`(/ ])netreg ([a-z]+)\b", text)
        assert set(named) <= {*COMMANDS, "forms"}, path.name
