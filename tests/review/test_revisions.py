"""Revisions: what Git holds comes back exactly, and nothing that anybody wrote there does harm."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from netreg.core.load import Document
from netreg.core.load.bytes import LARGEST
from netreg.core.project import UsageError
from netreg.review import revisions
from netreg.review.revisions import Pair, list_changed, read_pairs

IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def _commit(folder: Path) -> None:
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "--allow-empty", "-m", "next")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two entries, committed."""
    folder = tmp_path / "checkout"
    (folder / "registry").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / "registry" / f"{name}.yaml").write_text(f"name: {name}\n", encoding="utf-8")
    _git(tmp_path, "init", "-q", str(folder))
    _commit(folder)
    return folder


def _changed(folder: Path, base: str, head: str | None = None) -> Iterator[Pair]:
    return read_pairs(folder, list_changed(folder, base, head), in_tree=head is None)


def _texts(pairs: list[Pair]) -> list[tuple[str, str | None, str | None]]:
    return [(pair.id, _text(pair.before), _text(pair.after)) for pair in pairs]


def _text(document: Document | None) -> str | None:
    return document.text if document else None


def test_only_changed_files_come_back(repository: Path) -> None:
    """Changed, new and lost entries, in the order of their ids; other files and folders are none."""
    entries = repository / "registry"
    (entries / "a.yaml").rename(entries / "c.yaml")
    (entries / "b.yaml").write_text("name: other\n", encoding="utf-8")
    (entries / "note.txt").write_text("x", encoding="utf-8")
    (entries / "deep").mkdir()
    (entries / "deep" / "d.yaml").write_text("name: d\n", encoding="utf-8")
    expected = [("a", "name: a\n", None), ("b", "name: b\n", "name: other\n"), ("c", None, "name: a\n")]
    assert _texts(list(_changed(repository, "HEAD"))) == expected
    _commit(repository)
    assert _texts(list(_changed(repository, "HEAD~1", "HEAD"))) == expected
    assert list(_changed(repository, "HEAD")) == []


def test_the_files_as_they_are_count(repository: Path) -> None:
    """Without a second revision, what is staged makes no difference to what lies in the folder."""
    entries = repository / "registry"
    (entries / "a.yaml").write_text("name: staged\n", encoding="utf-8")
    _git(repository, "add", "-A")
    (entries / "a.yaml").write_text("name: newer\n", encoding="utf-8")
    (entries / "b.yaml").unlink()
    assert _texts(list(_changed(repository, "HEAD"))) == [
        ("a", "name: a\n", "name: newer\n"),
        ("b", "name: b\n", None),
    ]


def test_a_project_may_lie_below_the_root(repository: Path) -> None:
    """The registry may be a part of a larger repository."""
    below = repository / "part" / "registry"
    below.mkdir(parents=True)
    (below / "x.yaml").write_text("name: x\n", encoding="utf-8")
    _commit(repository)
    assert _texts(list(_changed(repository / "part", "HEAD~1", "HEAD"))) == [("x", None, "name: x\n")]


@pytest.mark.parametrize(
    "revision", ["", "--output=stolen", "-p", "nowhere", "HEAD..HEAD~1", "HEAD\nHEAD", "a\0b", "HEAD:registry", "^HEAD"]
)
def test_a_revision_is_never_an_option(repository: Path, revision: str) -> None:
    """What Git does not know as a commit is told in a line; it reaches Git as a name and as nothing else."""
    for asked in ((revision,), (revision, "HEAD"), ("HEAD", revision)):
        with pytest.raises(UsageError, match="Git "):
            list(_changed(repository, *asked))
    assert sorted(path.name for path in repository.iterdir()) == [".git", "registry"]


def test_a_shallow_copy_says_what_it_lacks(repository: Path, tmp_path: Path) -> None:
    """A workflow that fetched one commit learns how to fetch more."""
    first = _git(repository, "rev-parse", "HEAD").strip()
    _commit(repository)
    _git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    with pytest.raises(UsageError, match="fetch-depth: 0"):
        list(_changed(tmp_path / "shallow", first))


def test_no_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Git, and a folder that is no repository, each give one line."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="Git says"):
        list(_changed(tmp_path, "HEAD"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="not installed"):
        list(_changed(tmp_path, "HEAD"))


def test_what_is_no_entry_is_refused(repository: Path) -> None:
    """Links, huge files and bytes that are no text come back as files that cannot be read, with the reason."""
    entries = repository / "registry"
    (entries / "a.yaml").unlink()
    (entries / "a.yaml").symlink_to("/etc/passwd")
    (entries / "b.yaml").write_bytes(b"name: \xff\n")
    (entries / "c.yaml").write_bytes(b"x" * (LARGEST * 3))
    (entries / "d.yaml").write_bytes(b"")
    (entries / "e.yaml").write_text("name: behind it\n", encoding="utf-8")
    seen = {pair.id: pair.after for pair in _changed(repository, "HEAD")}
    _commit(repository)
    committed = {pair.id: pair.after for pair in _changed(repository, "HEAD~1", "HEAD")}
    rules = {"a": "stray-file", "b": "encoding", "c": "too-large", "d": "yaml-syntax"}
    for found in (seen, committed):
        assert {id_: side.problems[0].rule for id_, side in found.items() if side and side.problems} == rules
        assert found["e"] is not None
        assert found["e"].text == "name: behind it\n"


def test_a_folder_of_another_project_is_refused(repository: Path) -> None:
    """A submodule with the name of an entry is no entry, and nothing is read from it."""
    head = _git(repository, "rev-parse", "HEAD").strip()
    _git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},registry/z.yaml")
    _git(repository, "commit", "-q", "-m", "next")
    (pair,) = _changed(repository, "HEAD~1", "HEAD")
    assert pair.after is not None
    assert "another project" in pair.after.problems[0].message


def test_any_name_of_a_file_is_shown(repository: Path) -> None:
    """Line breaks, quotes and bytes that are no UTF-8 in a name neither break the list nor the report."""
    for name in (b"\xff.yaml", b"a\nb.yaml", b'"q".yaml', b"-p.yaml"):
        (repository / "registry" / os.fsdecode(name)).write_text("name: x\n", encoding="utf-8")
    ids = {pair.id for pair in _changed(repository, "HEAD")}
    _commit(repository)
    assert ids == {pair.id for pair in _changed(repository, "HEAD~1", "HEAD")} == {"�", "a\nb", '"q"', "-p"}


def test_many_files_do_not_wait_for_each_other(repository: Path) -> None:
    """More names and more contents than a pipe holds pass through it."""
    for number in range(1500):
        text = f"name: n{number}\n" + "# filled up with a comment\n" * 20
        (repository / "registry" / f"n{number:04}.yaml").write_text(text, encoding="utf-8")
    _commit(repository)
    assert len(list(_changed(repository, "HEAD~1", "HEAD"))) == 1500


def test_there_is_an_end_to_what_is_read(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A difference that nobody could review is refused instead of filling the memory."""
    monkeypatch.setattr(revisions, "MOST_BYTES", 10)
    (repository / "registry" / "a.yaml").write_text("name: long enough\n", encoding="utf-8")
    _commit(repository)
    with pytest.raises(UsageError, match="more entries than can be compared"):
        list(_changed(repository, "HEAD~1", "HEAD"))
