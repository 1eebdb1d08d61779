"""The data files: JSON as its schemas say, the same bytes for the same entries, and nothing lost from the files."""

from __future__ import annotations

import json
import posixpath
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator
from tests.conftest import INVENTED, ROOT

from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.entry.country_sets import read_country_sets
from netreg.export.api import SCHEMA_OF, api_files, entry_text
from netreg.export.edition import Edition
from netreg.model import Registry, build_registry
from netreg.review.change import Change, Kind
from netreg.review.history import Gap, History, Revision
from netreg.review.overview import EntryChanges

TODAY = date(2026, 11, 23)
SMALL = Path(__file__).resolve().parent.parent / "model"


def built(folder: Path, schema: Schema, today: date = TODAY) -> Registry:
    """The registry of a folder, read anew."""
    return build_registry(read_folder(folder), schema, today, read_country_sets(ROOT))


def texts(registry: Registry) -> dict[str, str]:
    """The texts of the API of a registry, with the history of one change."""
    entries = {id_: entry_text(registry, registry.entries[id_]) for id_ in sorted(registry.entries)}
    change = Change(Kind.ENTRY_ADDED, "river", "River", after={"name": "River"})
    one = Revision("ab" * 20, datetime(2026, 11, 1, tzinfo=UTC), (EntryChanges("river", "River", (change,)),))
    return dict(api_files(Edition(registry, History((one,), Gap.NONE), "cd" * 20), entries))


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
    """The texts of the API by their paths."""
    return texts(registry)


@pytest.fixture(scope="module")
def small(schema: Schema) -> dict[str, Any]:
    """The data of a few small entries, by path, as a reader of JSON sees them."""
    return {path: json.loads(text) for path, text in texts(built(SMALL, schema)).items()}


def test_one_file_for_each_entry(registry: Registry, files: dict[str, str]) -> None:
    """Each entry has its file, withdrawn ones too, beside the file of all, the index, the history and the schemas."""
    names = {f"api/v1/networks/{id_}.json" for id_ in registry.entries}
    schemas = {f"api/v1/{name}" for name in SCHEMA_OF.values()}
    assert set(files) == {*names, *schemas, *(f"api/v1/{name}.json" for name in ("index", "networks", "changes"))}


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
    """Entries read anew in another order give the same files in the same order."""
    documents = reversed(read_folder(place))
    again = texts(build_registry(documents, schema, TODAY, read_country_sets(ROOT)))
    assert list(again.items()) == list(files.items())


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
    """The file of all holds the very entries of the single files, by id, with version, day and licence."""
    everything = json.loads(files["api/v1/networks.json"])
    assert (everything["version"], everything["licence"]) == (1, "CC0-1.0")
    assert (everything["edition"], everything["date"], everything["commit"]) == ("2026.11", "2026-11-23", "cd" * 20)
    assert [network["id"] for network in everything["networks"]] == sorted(registry.entries)
    for network in everything["networks"]:
        assert network == json.loads(files[f"api/v1/networks/{network['id']}.json"])


def test_the_schema_accepts_its_file(files: dict[str, str]) -> None:
    """Each file is as the schema published beside it says, and no file is without one."""
    schemas = {name: json.loads(files[f"api/v1/{name}"]) for name in SCHEMA_OF.values()}
    fast = {name: jsonschema_rs.Draft202012Validator(schema) for name, schema in schemas.items()}
    for path, text in files.items():
        if path.endswith(".schema.json"):
            Draft202012Validator.check_schema(json.loads(text))
            continue
        name = SCHEMA_OF[re.sub("/[^/]+.json$", "/{id}.json", path.removeprefix("api/v1/"))]
        assert fast[name].is_valid(json.loads(text)), path


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("networks/river.json", {"id": "River Network"}),
        ("networks/river.json", {"id": None}),
        ("networks/river.json", {"nonsense": 1}),
        ("networks/river.json", {"relations_stated_elsewhere": [{"type": "likes", "stated_in": "a", "label": "b"}]}),
        ("networks.json", {"networks": [{"name": "No id"}]}),
        ("index.json", {"figures": {"networks": "many"}}),
        ("changes.json", {"changes": [{}]}),
    ],
)
def test_the_schema_refuses_what_is_wrong(small: dict[str, Any], path: str, change: dict[str, Any]) -> None:
    """What no file may hold is refused, so the schemas say something; a second validator agrees."""
    schema = small["api/v1/" + SCHEMA_OF[path.replace("river", "{id}")]]
    assert Draft202012Validator(schema).is_valid(small[f"api/v1/{path}"])
    wrong = {key: value for key, value in (small[f"api/v1/{path}"] | change).items() if value is not None}
    assert not jsonschema_rs.is_valid(schema, wrong)
    assert not Draft202012Validator(schema).is_valid(wrong)


def test_the_schema_of_data_is_that_of_entries(project: Path, files: dict[str, str]) -> None:
    """The published schema says of each field what the schema of the checkout says, in its order."""
    own = json.loads((project / "schema" / "network.schema.json").read_text(encoding="utf-8"))
    published = json.loads(files["api/v1/network.schema.json"])
    assert published["$defs"] == own["$defs"]
    fields = list(published["properties"].items())
    assert fields[1:-1] == list(own["properties"].items())
    assert [fields[0][0], fields[-1][0]] == ["id", "relations_stated_elsewhere"]


def test_the_index_counts(registry: Registry, files: dict[str, str]) -> None:
    """The index tells the day, the commit, how many rows there are, and the figures."""
    index = json.loads(files["api/v1/index.json"])
    assert (index["edition"], index["date"], index["commit"]) == ("2026.11", "2026-11-23", "cd" * 20)
    assert index["tables"]["networks"] == index["figures"]["networks"] == len(registry.networks)
    assert index["tables"]["statements"] == len(registry.statements)


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
