"""Refused requests: the list of the checkout, and whether a request is on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.contribute.conftest import REFUSED

from netreg.check.runner import REFUSED as PATH
from netreg.contribute.parse.facts import facts
from netreg.core.load import parse_document, read_document
from netreg.core.schema import Schema
from netreg.lists import read_refused, refused_change, refused_network

_EXAMPLE = """\
refused:
  - name: Example Society of Retired Detectives
    acronym: ESRD
    reason: It is a circle of private persons.
    date: "2026-11-24"
    request: 12
  - {entry: eucpn, about: established, value: "2009", reason: It is another year., date: "2026-11-24"}
"""


def _errors(project: Path, data: object) -> list[str]:
    schema = json.loads((project / "schema" / "refused.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.real
def test_the_list_follows_its_schema(project: Path, schema: Schema) -> None:
    """And names only entries and facts that there are."""
    document = read_document(project / PATH, PATH)
    assert document.root
    assert _errors(project, document.root.plain()) == []
    dotted = {fact.dotted for fact in facts(schema)}
    for refusal in read_refused(project):
        assert not refusal.entry or (project / "registry" / f"{refusal.entry}.yaml").exists()
        assert not refusal.about or refusal.about in dotted


@pytest.mark.real
def test_the_example_in_the_file_is_right(project: Path) -> None:
    """Somebody will copy it."""
    lines = (project / PATH).read_text(encoding="utf-8").split("\n")
    example = "\n".join(line.removeprefix("# ") for line in lines if line.startswith(("# refused:", "#   ")))
    root = parse_document("refused.yaml", example.encode()).root
    assert root
    assert len(root.plain()["refused"]) == 2
    assert _errors(project, root.plain()) == []


@pytest.mark.parametrize(
    "item",
    [
        {"reason": "x", "date": "2026"},
        {"name": "x", "date": "2026"},
        {"name": "x", "entry": "y", "about": "z", "value": "v", "reason": "x", "date": "2026"},
        {"name": "x", "reason": "x", "date": "2026", "request": 0},
    ],
)
def test_half_a_refusal_is_refused(item: dict[str, object], project: Path) -> None:
    """It would tell nobody why."""
    assert _errors(project, {"refused": [item]})


def test_it_is_read(tmp_path: Path) -> None:
    """In the order of the file; no file means none."""
    assert read_refused(tmp_path) == ()
    (tmp_path / "docs" / "data").mkdir(parents=True)
    (tmp_path / PATH).write_text(_EXAMPLE, encoding="utf-8")
    first, second = read_refused(tmp_path)
    assert (first.name, first.request, second.entry, second.value) == (
        "Example Society of Retired Detectives",
        12,
        "eucpn",
        "2009",
    )


@pytest.mark.parametrize("text", ["", "refused: 3", "refused: [{name: x}]", "refused: [{reason: x}]", "[", "a: b"])
def test_a_broken_list_is_told(text: str, tmp_path: Path) -> None:
    """Silence would let everybody ask again."""
    (tmp_path / "docs" / "data").mkdir(parents=True)
    (tmp_path / PATH).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"refused\.yaml"):
        read_refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "acronym", "is_known"),
    [
        ("Example society of RETIRED detectives", "", True),
        ("Society of Retired Example Detective", "", True),
        ("ESRD", "", True),
        ("European Society for Road Driving", "ESRD", False),
        ("Example Society of Detectives", "", False),
    ],
)
def test_networks(name: str, acronym: str, is_known: bool) -> None:
    """In another spelling too; an acronym alone is not enough where the name is another."""
    assert bool(refused_network(name, acronym, REFUSED)) is is_known


@pytest.mark.parametrize(
    ("entry", "about", "value", "is_known"),
    [
        ("eucpn", "established", "2010", True),
        ("eucpn", "established", "2011", False),
        ("eucpn", "ended", "2010", False),
        ("enfsi", "established", "2010", False),
    ],
)
def test_changes(entry: str, about: str, value: str, is_known: bool) -> None:
    """The same value for the same fact of the same entry."""
    assert bool(refused_change(entry, about, value, REFUSED)) is is_known
