"""The history in words: a file keeps what was told before, and never makes it tell anything else."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.review.repository import Repository, entry

from netreg.core.schema import Schema, read_schema
from netreg.export.api import changes_text
from netreg.review import history, revisions
from netreg.review.history import PLACE, _stamp, read_chronicle, read_history


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a schema of its own and three states, of which the last brings countries and loses an entry."""
    made = Repository(tmp_path / "project")
    shutil.copytree(ROOT / "schema", made.root / "schema")
    (made.root / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    member = "participants:\n  countries: [{role: member, value: [AT, DE], complete: true, sources: [own]}]\n"
    made.commit("2026-11-01T12:00:00Z", one=entry(), two=entry("Second Network", "SN"))
    made.commit("2026-11-02T12:00:00Z", one=entry(seat="“Graz” & <Linz>"))
    made.commit("2026-11-03T12:00:00Z", one=entry() + member, two=None)
    return made


def told(repository: Repository) -> str:
    """All that the data, the pages and the feed tell of the history."""
    schema = read_schema(repository.root)
    return changes_text(read_chronicle(repository.root, schema), schema)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the blobs that are read from Git."""
    names: list[str] = []

    def read_blobs(root: Path, asked: list[str]) -> Any:
        names.extend(asked)
        return original(root, asked)

    original = revisions.read_blobs
    monkeypatch.setattr(history, "read_blobs", read_blobs)
    return names


def test_the_file_tells_what_git_tells(repository: Repository, schema: Schema) -> None:
    """With the file, without it and from the history itself the changes are the same, in the same words."""
    plain = changes_text(read_history(repository.root), schema)
    assert [told(repository), told(repository)] == [plain, plain]
    assert (repository.root / PLACE).is_file()
    assert repository.git("status", "--porcelain") == ""


def test_each_commit_is_read_once(repository: Repository, read: list[str]) -> None:
    """A second reading asks Git for no file; after a commit it asks for those of that commit alone."""
    told(repository)
    read.clear()
    told(repository)
    assert read == []
    repository.commit("2026-11-04T12:00:00Z", one=entry(seat="Wels"))
    assert "Seat: “Wels” instead of “Vienna”" in told(repository)
    assert len(read) == 2  # both states of one file


def test_damage_changes_nothing(repository: Repository) -> None:
    """Whatever byte of the file is another, is missing or is one too many, the history is what it was."""
    right, file, chosen = told(repository), repository.root / PLACE, random.Random(12)
    whole = file.read_bytes()
    for number in range(40):
        place = chosen.randrange(len(whole))
        other = bytes([(whole[place] + chosen.randrange(1, 256)) % 256])
        file.write_bytes(whole[:place] + (b"", other, whole[place : place + 1] * 2)[number % 3] + whole[place + 1 :])
        assert told(repository) == right, (number, place)
    for left in (b"", b"\n", whole[: len(whole) // 2], b"\xff" * 99):
        file.write_bytes(left)
        assert told(repository) == right
    assert file.read_bytes() == whole


def test_other_words_are_told_anew(repository: Repository, schema: Schema) -> None:
    """Once the schema calls a field otherwise, the past is told in the new words, though the file has the old ones."""
    told(repository)
    others = Schema(json.loads(json.dumps(schema.raw).replace('"title": "Seat"', '"title": "Home"')), repository.root)
    said = changes_text(read_chronicle(repository.root, others), others)
    assert "Home: ““Graz” & <Linz>” instead of “Vienna”" in said
    assert "Home: " not in told(repository)


def test_a_folder_that_takes_no_file(repository: Repository) -> None:
    """Where nothing can be kept, the history is told all the same."""
    (repository.root / ".cache").write_text("in the way", encoding="utf-8")
    assert "Graz" in told(repository)


def test_the_sets_of_countries_are_part_of_what_is_told(repository: Repository) -> None:
    """With another set the file is told anew, for a sentence may name its countries."""
    before = _stamp(repository.root, read_schema(repository.root))
    assert _stamp(repository.root, read_schema(repository.root)) == before
    path = repository.root / "schema" / "country-sets.json"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert _stamp(repository.root, read_schema(repository.root)) != before
