"""The data files: valid JSON, the same bytes for the same entries, and nothing lost from the files."""

from __future__ import annotations

import json
import posixpath
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import INVENTED

from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.export.release import data_files
from netreg.model import Registry, build_registry

TODAY = date(2026, 11, 23)
SMALL = Path(__file__).resolve().parent.parent / "model"


def built(folder: Path, schema: Schema, today: date = TODAY) -> Registry:
    """The registry of a folder, read anew."""
    return build_registry(read_folder(folder), schema, today)


@pytest.fixture(scope="module", params=["invented", pytest.param("real", marks=pytest.mark.real)])
def place(request: pytest.FixtureRequest, project: Path) -> Path:
    """Where entries are: those made up for tests, and those of the checkout."""
    return INVENTED if request.param == "invented" else project


@pytest.fixture(scope="module")
def registry(place: Path, schema: Schema) -> Registry:
    """The registry of those entries."""
    return built(place, schema)


@pytest.fixture(scope="module")
def files(registry: Registry) -> dict[str, str]:
    """The data files by their paths."""
    return dict(data_files(registry))


@pytest.fixture(scope="module")
def small(schema: Schema) -> dict[str, Any]:
    """The data of a few small entries, by path, as a reader of JSON sees them."""
    return {path: json.loads(text) for path, text in data_files(built(SMALL, schema))}


def test_one_file_for_each_entry(registry: Registry, files: dict[str, str]) -> None:
    """Each entry has its file, withdrawn ones too, beside the file of all and the schema."""
    names = {f"api/v1/networks/{id_}.json" for id_ in registry.entries}
    assert set(files) == {*names, "api/v1/networks.json", "api/v1/network.schema.json"}
    assert len(list(data_files(registry))) == len(files)


def test_paths_stay_below_the_root(files: dict[str, str]) -> None:
    """No file can be written outside the site."""
    for path in files:
        assert path == posixpath.normpath(path)
        assert not path.startswith(("/", ".."))


def test_files_are_plain_json(files: dict[str, str]) -> None:
    """Each file is JSON without the words NaN and Infinity, in readable UTF-8, with a line end at its end."""

    def refuse(word: str) -> None:
        pytest.fail(f"{word} is no JSON")

    for path, text in files.items():
        json.loads(text, parse_constant=refuse)
        assert text.encode("utf-8").decode("utf-8") == text, path
        assert text.endswith("}\n"), path
        assert "\\u0" not in text, path


def test_the_same_bytes_twice(place: Path, schema: Schema, files: dict[str, str]) -> None:
    """Entries read anew in another order and on another day give the same files in the same order."""
    documents = reversed(read_folder(place))
    again = list(data_files(build_registry(documents, schema, date(2031, 1, 1))))
    assert again == list(files.items())


def test_an_entry_comes_back_whole(registry: Registry, files: dict[str, str]) -> None:
    """What a file says stands in its data as it is, in the order of the file, after the id."""
    for id_, entry in registry.entries.items():
        data = json.loads(files[f"api/v1/networks/{id_}.json"])
        data.pop("relations_stated_elsewhere", None)
        assert next(iter(data)) == "id"
        assert data.pop("id") == id_
        assert data == entry.raw
        assert list(data) == list(entry.raw)


def test_all_networks_are_the_single_files_together(registry: Registry, files: dict[str, str]) -> None:
    """The file of all holds the very entries of the single files, by id, with version and licence."""
    everything = json.loads(files["api/v1/networks.json"])
    assert (everything["version"], everything["licence"]) == (1, "CC0-1.0")
    assert [network["id"] for network in everything["networks"]] == sorted(registry.entries)
    for network in everything["networks"]:
        assert network == json.loads(files[f"api/v1/networks/{network['id']}.json"])


def test_the_schema_is_the_one_of_the_checkout(project: Path, files: dict[str, str]) -> None:
    """The published schema says what the file in the checkout says, in its order."""
    own = (project / "schema" / "network.schema.json").read_text(encoding="utf-8")
    published = files["api/v1/network.schema.json"]
    assert json.loads(published) == json.loads(own)
    assert json.dumps(json.loads(published)) == json.dumps(json.loads(own))


def test_relations_of_others_are_named(small: dict[str, Any]) -> None:
    """An entry tells which others state a tie to it, and how it reads from its own side."""
    assert small["api/v1/networks/river.json"]["relations_stated_elsewhere"] == [
        {"type": "cooperates_with", "stated_in": "harbour", "label": "Cooperates with"},
        {"type": "merged_into", "stated_in": "canal", "label": "Absorbed"},
    ]
    assert "relations_stated_elsewhere" not in small["api/v1/networks/harbour.json"]


def test_what_a_body_hosts_follows_from_leadership(small: dict[str, Any]) -> None:
    """Version 1 still tells that a body hosts another, in the words of the relation that said so before."""
    assert small["api/v1/networks/lake.json"]["relations_stated_elsewhere"] == [
        {"type": "hosted_by", "stated_in": "river", "label": "Hosts"},
    ]


def test_a_withdrawn_entry_says_so(small: dict[str, Any]) -> None:
    """The data of a withdrawn entry keep its id and tell why, and where to look instead."""
    assert small["api/v1/networks/bay.json"] == {
        "id": "bay",
        "entry": {"withdrawn": "2026-11-01", "reason": "The same network as the River Network", "see": "river"},
        "name": "European Bay Police Network",
    }
