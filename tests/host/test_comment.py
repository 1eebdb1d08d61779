"""The comment on a pull request: what main's rules find in its commit, and how many of the findings are errors."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.host.test_public import TODAY
from tests.review.repository import Repository, entry

from netreg.core.project import Project
from netreg.host.comment import told


def test_a_folder_among_the_entries_is_an_error(tmp_path: Path) -> None:
    """Whatever lies in it is no entry; errors are counted, and no other findings."""
    repository = Repository(tmp_path)
    (tmp_path / "schema").symlink_to(ROOT / "schema")
    main = repository.commit("2026-11-01T12:00:00Z", een=entry())
    (tmp_path / "registry" / "more").mkdir()
    (tmp_path / "registry" / "more" / "een.yaml").write_text(entry(), encoding="utf-8")
    head = repository.commit("2026-11-02T12:00:00Z", een=entry(seat="The new seat is in Graz"))
    repository.git("reset", "--hard", "--quiet", main)
    reviewed = told(Project(tmp_path, TODAY), head)
    assert "`registry/more:1` error: This is a folder or a link, not an entry." in reviewed.text
    assert f"The check finds {reviewed.errors} errors" in reviewed.text
    assert reviewed.text.count("` error: ") == reviewed.errors
