"""The search puts the entry that is meant first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from netreg.core.canonical import canonical_data
from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.model import Registry, build_registry
from netreg.model.search import AKIN, OWN, SAME, WEIGHTS, Field, Rank, _quality, search

ENTRIES: dict[str, dict[str, Any]] = {
    "quay": {"name": "Quay Forum", "other_names": [{"name": "Harbour Police", "kind": "former"}]},
    "port": {"name": "Harbour Police of the Great European Ports"},
    "dock": {"name": "Harbour Police of Ports"},
    "angling": {"name": "Anglers’ Watch", "other_names": [{"name": "Harbour Police of All", "kind": "variant"}]},
    "centre": {"name": "Sea-Crime Organisation Centre", "acronym": "SCOC"},
}


@pytest.fixture(scope="module")
def registry(schema: Schema) -> Registry:
    """Bodies whose names share words."""
    texts = {id_: canonical_data({"group": "eu-bodies", **data}, schema) for id_, data in ENTRIES.items()}
    return build_registry(
        (parse_document(f"registry/{id_}.yaml", text.encode()) for id_, text in texts.items()),
        schema,
        date(2026, 11, 23),
    )


def test_inside_one_rank_own_and_short_names_come_first(registry: Registry) -> None:
    """Of names that begin alike an own one goes before another, and a short one before a long one."""
    found = [(match.document.id, match.rank) for match in search("Harbour Police of", registry)]
    assert found == [
        ("quay", Rank.OTHER_NAME),
        ("dock", Rank.BEGINNING),
        ("port", Rank.BEGINNING),
        ("angling", Rank.BEGINNING),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "sea crime organization center",
        "Seacrime Organisation Centre",
        "SEA-CRIME ORGANISATION CENTER",
        "séa crime organisation centre",
    ],
)
def test_spelling_makes_no_difference(registry: Registry, words: str) -> None:
    """Case, accents, hyphens, joined words and American spelling all lead to the name."""
    assert [(match.document.id, match.rank) for match in search(words, registry)] == [("centre", Rank.NAME)]


def test_a_plural_finds_the_singular(registry: Registry) -> None:
    """Who types one thing too many still gets there."""
    assert [match.document.id for match in search("quays forums", registry)] == ["quay"]


def test_a_word_weighs_by_the_share_of_networks_that_it_fits(schema: Schema) -> None:
    """Of two words in names, one in three of four networks and one in all of them weigh three each, and no more."""
    names = ("Forum Ports Rivers", "Group Ports Rivers", "Panel Ports Rivers", "Table Ports")
    texts = [canonical_data({"group": "eu-bodies", "name": name}, schema).encode() for name in names]
    documents = [parse_document(f"registry/n{number}.yaml", text) for number, text in enumerate(texts)]
    found = search("rivers ports", build_registry(documents, schema, date(2026, 11, 23)))
    in_names = OWN * SAME * WEIGHTS[Field.NAMES]
    assert [match.score for match in found] == [2 * (3 + 3) * in_names] * 3


@pytest.mark.parametrize(
    ("term", "word", "is_akin"),
    [
        ("customs", "customer", True),
        ("customs", "custodian", False),
        ("custom", "customarily", False),
        ("customar", "customarily", True),
    ],
)
def test_words_of_one_root_are_akin(term: str, word: str, is_akin: bool) -> None:
    """Six letters at the beginning have to be the same, and at most four may follow them in the longer one."""
    assert (_quality(term, word) == AKIN) is is_akin
