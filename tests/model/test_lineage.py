"""Lineage: who came out of whom, from either side of a relation, and no further than a chain leads."""

from __future__ import annotations

from datetime import date

import pytest

from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.entry import Entry
from netreg.model import build_registry
from netreg.model.lineage import Lineage, events

RELATIONS = {
    "mid": "{type: successor_of, target: old}",
    "mine": "{type: part_of, target: new}",
    "new": "{type: successor_of, target: mid}",
    "old": "{type: cooperates_with, target: other}",
    "other": "{type: part_of, target: council-of-the-eu}",
}


@pytest.fixture
def lineage(schema: Schema) -> Lineage:
    """Three bodies in a row, a part of the last, and one that is tied to none of them."""
    text = "name: {id} network\nacronym: {id}\ngroup: other-european\nrelations: [{tie}]\n"
    documents = [
        parse_document(f"registry/{id_}.yaml", text.format(id=id_, tie=tie).encode()) for id_, tie in RELATIONS.items()
    ]
    return Lineage(build_registry(documents, schema, date(2026, 11, 28)))


def test_a_family_is_told_once(lineage: Lineage) -> None:
    """The older before the younger; who only works with others, or is part of an actor, is in none."""
    assert [[party.id for party in family.members] for family in lineage.families] == [["old", "mid", "new", "mine"]]
    assert lineage.families[0].head.id == "mid"


@pytest.mark.parametrize(
    ("id_", "ids"),
    [
        ("old", ["old", "mid", "new"]),
        ("new", ["old", "mid", "new", "mine"]),
        ("mine", ["new", "mine"]),
        ("other", None),
    ],
)
def test_what_a_network_went_through(lineage: Lineage, id_: str, ids: list[str] | None) -> None:
    """All that it came out of and that came out of it, and its own parts, but not the parts of others."""
    found = lineage.of(lineage.registry.entries[id_])
    assert (found and [party.id for party in found.members]) == ids


def test_only_a_former_name_tells_of_a_renaming(schema: Schema) -> None:
    """One that was only spelt otherwise until some day does not."""
    names = "".join(f"  - {{name: {kind}, kind: {kind}, until: '2010'}}\n" for kind in ("former", "variant", "short"))
    document = parse_document("registry/een.yaml", f"name: N\nother_names:\n{names}".encode())
    assert [(event.kind, event.text) for event in events(Entry(document, schema))] == [
        ("renamed", "Until then: former")
    ]
