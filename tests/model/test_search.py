"""The search puts the entry that is meant first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from netreg.core.canonical import canonical_data
from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.model import Registry, build_registry
from netreg.model.search import AKIN, OWN, SAME, WEIGHTS, Field, Rank, SearchDocument, SearchIndex, _quality, search

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


@pytest.mark.parametrize(("blanks", "rank"), [(196, Rank.NAME), (197, Rank.BEGINNING)])
def test_two_hundred_signs_of_a_question_are_read(registry: Registry, blanks: int, rank: Rank) -> None:
    """A word that ends at the last of them is whole, and of a longer question the rest is cut off."""
    assert [match.rank for match in search(f"{' ' * blanks}SCOC", registry)] == [rank]


def _document(id_: str, name: str, line: str = "", words: str = "", now: str = "", once: str = "") -> SearchDocument:
    parts = (tuple(text.split()) for text in (words, "", now, once))
    return SearchDocument(id_, name, {}, ((name, ""),), line, "Active", True, 0, (), {}, *parts)


FILL = [_document(f"fill-{number}", f"Filler {number}") for number in range(6)]


@pytest.mark.parametrize(
    ("query", "documents", "found"),
    [
        # The purpose counts more than a topic.
        ("lantern", [_document("a", "Alpha", words="lantern"), _document("z", "Zulu", line="Lanterns")], ["z", "a"]),
        # The word itself in a name outweighs one like it in the purpose, also with a country of the past.
        (
            "customs norway",
            [_document("a", "Alpha", line="Customers", now="NO"), _document("z", "Zulu of Customs", once="NO")],
            ["z", "a"],
        ),
        # A word that three of nine have tells something, so that both words have to fit, or either does.
        (
            "rivers ports",
            [_document("p", "Ports"), *(_document(f"r{number}", f"Rivers {number}") for number in range(3)), *FILL[1:]],
            ["p", "r0", "r1", "r2"],
        ),
        # One that three of eight have does not.
        (
            "rivers ports",
            [_document("p", "Ports"), *(_document(f"r{number}", f"Rivers {number}") for number in range(3)), *FILL[2:]],
            ["p"],
        ),
        # From five letters on a word is found inside another.
        ("lantern", [_document("a", "Magiclanterns")], ["a"]),
        ("lamp", [_document("a", "Magiclamps")], []),
        # A slip is one of a word in a name, where a name is as near as another text.
        ("darter", [_document("a", "Carter"), _document("b", "Bakery", words="barter")], ["a"]),
        ("harrbour", [_document("a", "Harbour"), _document("b", "Bakery")], ["a"]),
    ],
)
def test_what_counts_more_comes_first(query: str, documents: list[SearchDocument], found: list[str]) -> None:
    """Where a word stands, how well it fits, and how few have it, decide what is found and in which order."""
    assert [match.document.id for match in SearchIndex(documents).search(query)] == found
