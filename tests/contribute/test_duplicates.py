"""Duplicates: pairs of names among those of many bodies, told apart or together."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from tests.contribute.conftest import table

from netreg.check import Subject
from netreg.contribute.duplicates import Detector
from netreg.core.load import Document, parse_document
from netreg.core.schema import Schema


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Entries of nothing but names, each a part of one file."""
    text = Path(__file__).with_name("names.yaml").read_text(encoding="utf-8")
    parts = re.split(r"^([a-z0-9-]+):$\n", text, flags=re.MULTILINE)[1:]
    return [
        parse_document(f"registry/{id_}.yaml", textwrap.dedent(body).encode())
        for id_, body in zip(parts[::2], parts[1::2], strict=True)
    ]


@pytest.fixture(scope="module")
def detector(documents: list[Document], schema: Schema) -> Detector:
    """The detector over these entries."""
    return Detector(Subject(document, schema).outline for document in documents)


@pytest.fixture(scope="module")
def pairs() -> dict[str, list[dict[str, str]]]:
    """The pairs by what they are: ``same`` or ``other``."""
    data: dict[str, list[dict[str, str]]] = table("duplicates.yaml")
    return data


def _found(pair: dict[str, str], detector: Detector) -> bool:
    found = detector.look_alikes(pair["name"], pair.get("acronym", ""), pair.get("website", ""))
    return pair["id"] in [likeness.id for likeness in found]


@pytest.mark.parametrize(("kind", "wanted"), [("same", True), ("other", False)])
def test_of_forty_pairs_thirty_eight_are_told_right(
    kind: str, wanted: bool, detector: Detector, pairs: dict[str, list[dict[str, str]]]
) -> None:
    """In another spelling or language it is found; a neighbour in name is not taken for it."""
    assert len(pairs[kind]) == 40
    wrong = [pair for pair in pairs[kind] if _found(pair, detector) is not wanted]
    assert len(wrong) <= 2, wrong


def test_pairs_name_entries(documents: list[Document], pairs: dict[str, list[dict[str, str]]]) -> None:
    """A pair whose entry is gone would prove nothing."""
    ids = {document.id for document in documents}
    assert {pair["id"] for kind in pairs.values() for pair in kind} <= ids


def test_every_entry_is_found_by_its_own_names(documents: list[Document], detector: Detector) -> None:
    """By name and by acronym, whatever stands beside it in the registry."""
    for document in documents:
        if document.root is None or document.root.get("entry"):
            continue
        for key in ("name", "acronym", "short_name"):
            name = document.root.string(key)
            assert name is None or _found({"name": name, "id": document.id}, detector), name


@pytest.mark.parametrize("name", ["", " ", "the of", "🙂", "x" * 5000, "European Network", "network", "(", "a:", ":"])
def test_a_name_that_says_nothing_is_like_nothing(name: str, detector: Detector) -> None:
    """Words that every network has in its name are no likeness."""
    assert detector.look_alikes(name, "", "http://[::1") == []


def test_a_slip_of_the_keyboard_is_near(detector: Detector) -> None:
    """What is offered where nothing is alike."""
    assert detector.near("ENFSY")[0] == "enfsi"


_SHARED = "https://home.example.eu"


def _on_one_host(second: str, schema: Schema) -> Detector:
    """Two bodies, the first at the front page of a host, the second at another address."""
    at = 'name: {}\nwebsite: {{value: "{}", sources: [a]}}\n'.format
    return _of(schema, first=at("Alpha Board", _SHARED), second=at("Beta Circle", second))


def _of(schema: Schema, **texts: str) -> Detector:
    """The detector over entries of these texts, by their ids."""
    documents = [parse_document(f"registry/{id_}.yaml", text.encode()) for id_, text in texts.items()]
    return Detector(Subject(document, schema).outline for document in documents)


@pytest.mark.parametrize(
    ("second", "asked", "found"),
    [
        ("https://other.example.org", f"{_SHARED}/about", ["first"]),
        (f"{_SHARED}/networks/beta", f"{_SHARED}/about", []),
        (f"{_SHARED}/networks/beta", f"{_SHARED}/networks/beta/", ["second"]),
        (f"{_SHARED}/networks/beta", f"{_SHARED}/", ["first"]),
    ],
)
def test_a_host_shows_a_body_where_it_belongs_to_one(second: str, asked: str, found: list[str], schema: Schema) -> None:
    """On a host that several share only the same page does."""
    detector = _on_one_host(second, schema)
    assert [likeness.id for likeness in detector.look_alikes("Gamma", website=asked)] == found


@pytest.mark.parametrize(
    ("first", "asked", "is_found"),
    [
        ("Amber Birch Cedar Dahlia Elder Fennel", "Zinnia Fennel Elder Dahlia Cedar Birch Amber", True),
        ("Amber Birch Cedar Dahlia Elder", "Zinnia Elder Dahlia Cedar Birch Amber", False),
        ("Trotter Walnut", "Walnut Rotter", True),
        ("Potter Walnut", "Walnut Otter", False),
        ("European Union Group Network", "Network Group of the Union", False),
        ("Amber Birch Cedar\nacronym: EPAC/EACN", "Birch Amber Zinnia (EPAC EACN)", True),
        ("Amber Birch Cedar\nacronym: EPAC/EACN", "Birch Amber Zinnia", False),
        ("Amber Birch Customs", "Zollwache Birch Amber", True),
        ("Amber Water Border", "Wassergrenzwache Amber", True),
    ],
)
def test_how_much_two_names_must_share(first: str, asked: str, is_found: bool, schema: Schema) -> None:
    """Six rare words outweigh a new one and five do not; with one acronym fewer do; a sort of body is no name.

    A slip is mended in a word of six letters, and a word of five may be another one. Four letters are enough for the
    beginning of a compound, and five inside of it.
    """
    detector = _of(schema, first=f"name: {first}\n", second="name: Quince Rowan\n", third="name: Sorrel Thistle\n")
    assert ([likeness.id for likeness in detector.look_alikes(asked)] == ["first"]) is is_found


@pytest.mark.parametrize(
    ("acronym", "asked", "is_acronym"),
    [
        ("ENVICRIMENETWORK", "Envi Crime Network", True),
        ("ENVICRIMENETWORKS", "Envi Crime Networks", False),
        ("EU PACE", "EUPACE", True),
        ("EU PA CE", "EUPACE", False),
    ],
)
def test_an_acronym_is_known_in_any_spelling(acronym: str, asked: str, is_acronym: bool, schema: Schema) -> None:
    """Of sixteen letters at most, in one word or two, it stands for the body; what is longer is a second name."""
    detector = _of(schema, first=f"name: Amber Birch\nacronym: {acronym}\n", second="name: Quince Rowan\n")
    assert [likeness.id for likeness in detector.look_alikes(asked)] == ["first"]
    (found,) = detector.look_alikes("Amber Birch")
    assert found.title == (acronym if is_acronym else "Amber Birch")
