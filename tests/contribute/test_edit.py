"""Edits: one fact changes, everything else stays, and what stood there before is kept."""

from __future__ import annotations

from typing import Any

import pytest

from netreg.contribute.edit.draft import Draft
from netreg.contribute.parse.facts import contains
from netreg.contribute.request import Base
from netreg.core.load import Document, parse_document
from netreg.core.schema import Schema

SOURCE = {
    "title": "Page",
    "author": "Somebody",
    "kind": "third-party",
    "url": "https://news.example.org/page/",
    "language": "en",
    "read": {"date": "2026-11-24", "how": "live"},
}


@pytest.fixture
def document(base: Base) -> Document:
    """An entry with remarks in several places."""
    return base.subjects["eucpn"].document


def _plain(draft: Draft) -> Any:
    root = parse_document("registry/eucpn.yaml", draft.text().encode()).root
    assert root
    return root.plain()


def test_without_an_edit_nothing_changes(base: Base, schema: Schema) -> None:
    """Byte by byte."""
    for document in base.documents:
        assert Draft(document, schema).text() == document.text


def test_the_earlier_value_is_kept_with_its_sources(document: Document, schema: Schema) -> None:
    """And earlier ones behind it."""
    draft = Draft(document, schema)
    draft.set_claim(("established",), {"value": "2003", "sources": ["about"]})
    assert _plain(draft)["established"] == {
        "value": "2003",
        "sources": ["about"],
        "other": [
            {"value": "2001-05-28", "sources": ["dec-2001"]},
            {"value": "2009", "sources": ["about"], "note": "the year of the second decision"},
        ],
    }


def test_a_rival_value_that_turns_out_right_comes_to_the_front(document: Document, schema: Schema) -> None:
    """With the sources it had, and it no longer stands among the others."""
    draft = Draft(document, schema)
    draft.set_claim(("established",), {"value": "2009", "sources": ["dec-2001"]})
    claim = _plain(draft)["established"]
    assert (claim["value"], claim["sources"]) == ("2009", ["about", "dec-2001"])
    assert [other["value"] for other in claim["other"]] == ["2001-05-28"]


@pytest.mark.parametrize("beside", [True, False])
def test_a_value_stands_once(beside: bool, document: Document, schema: Schema) -> None:
    """One that is confirmed stays where it stands beside the first, and gains the source."""
    draft = Draft(document, schema)
    draft.set_claim(("established",), {"value": "2009", "sources": ["dec-2001"]}, beside=beside)
    claim = _plain(draft)["established"]
    values = [claim["value"], *(other["value"] for other in claim["other"])]
    assert values == (["2001-05-28", "2009"] if beside else ["2009", "2001-05-28"])
    confirmed = claim["other"][0] if beside else claim
    assert confirmed["sources"] == ["about", "dec-2001"]


def test_a_value_beside_joins_the_others(document: Document, schema: Schema) -> None:
    """Behind those that stand there, with its own sources."""
    draft = Draft(document, schema)
    draft.set_claim(("established",), {"value": "2005", "sources": ["about"]}, beside=True)
    claim = _plain(draft)["established"]
    assert [claim["value"], *(other["value"] for other in claim["other"])] == ["2001-05-28", "2009", "2005"]


@pytest.mark.parametrize(("other", "kept"), [("{value: Graz}", {"value": "Graz"}), ("Graz", "Graz")])
def test_what_a_hasty_hand_wrote_beside_a_value_is_kept(other: str, kept: object, schema: Schema) -> None:
    """Behind the earlier value, also where it is no list."""
    draft = Draft(parse_document("registry/eucpn.yaml", f"seat: {{value: Linz, other: {other}}}\n".encode()), schema)
    draft.set_claim(("seat",), {"value": "Wels"})
    assert _plain(draft)["seat"] == {"value": "Wels", "other": [{"value": "Linz"}, kept]}


@pytest.mark.parametrize(("as_of", "kept"), [("2025", "2025"), ("2010", "2013"), (None, "2013")])
def test_the_same_value_gains_a_source_and_the_later_date(
    as_of: str | None, kept: str, document: Document, schema: Schema
) -> None:
    """Older evidence does not make a fact older."""
    draft = Draft(document, schema)
    dated = {"as_of": as_of} if as_of else {}
    draft.set_claim(("seat",), {"value": "In Belgium", "sources": ["dec-2001"], **dated})
    assert _plain(draft)["seat"] == {
        "value": "In Belgium",
        "as_of": kept,
        "sources": ["about", "dec-2001"],
    }


def test_a_fact_that_is_not_there_is_added_in_its_place(document: Document, schema: Schema) -> None:
    """Blocks around it are made."""
    draft = Draft(document, schema)
    draft.set_claim(("participants", "range"), {"value": "eu-states", "sources": ["about"]})
    draft.set_claim(("governance",), {"value": "A board decides.", "sources": ["about"]})
    text = draft.text()
    assert text.index("range:") < text.index("counts:") < text.index("seat:") < text.index("governance:")


def test_numbers_are_told_apart_by_their_units(document: Document, schema: Schema) -> None:
    """A number of states leaves that of contact points alone; a new unit is a new line."""
    draft = Draft(document, schema)
    for unit, value in (("states", 27), ("persons", 9)):
        count = {"value": value, "unit": unit, "as_of": "2025", "sources": ["about"]}
        draft.set_claim(("participants", "counts"), count, key="unit")
    counts = _plain(draft)["participants"]["counts"]
    assert [(claim["unit"], claim["value"]) for claim in counts] == [
        ("states", 27),
        ("contact-points", 60),
        ("persons", 9),
    ]


@pytest.mark.parametrize("url", ["http://www.news.example.org/page", "https://news.example.org/page/#top"])
def test_a_source_is_listed_once(url: str, document: Document, schema: Schema) -> None:
    """The same page under another address is the same source."""
    draft = Draft(document, schema)
    first = draft.cite(SOURCE)
    assert draft.cite({**SOURCE, "url": url}) == first
    assert draft.cite({**SOURCE, "url": "https://news.example.org/page?id=2"}) == f"{first}-2"


def test_a_citation_keeps_the_place_in_its_source(document: Document, schema: Schema) -> None:
    """A source that is cited already is not cited again, and a new one brings its own place along."""
    draft = Draft(document, schema)
    cited = ["about", draft.cite({**SOURCE, "where": "third sentence"})]
    draft.set_claim(("participants", "kinds"), {"value": ["states"], "sources": cited})
    kinds, listed = _plain(draft)["participants"]["kinds"], _plain(draft)["sources"]
    assert kinds["sources"] == [{"id": "about", "where": "opening"}, {"id": "news-example", "where": "third sentence"}]
    assert all("where" not in source for source in listed)


def test_a_document_is_known_by_its_number(document: Document, schema: Schema) -> None:
    """Whatever its title says."""
    given = {key: value for key, value in SOURCE.items() if key != "url"}
    known = {"type": "celex", "number": "32001d0427"}
    assert Draft(document, schema).cite({**given, "document": known}) == "dec-2001"


def test_an_item_is_added_once_and_by_its_date(document: Document, schema: Schema) -> None:
    """A second time only its sources are joined."""
    draft = Draft(document, schema)
    for year, source in (("2009", "about"), ("2001", "about"), ("2015", "about"), ("2009", "dec-2001")):
        item = {"date": year, "event": "evaluated", "text": "It is evaluated.", "sources": [source]}
        draft.add_item("history", item)
    history = _plain(draft)["history"]
    assert [(event["date"], event["sources"]) for event in history] == [
        ("2001", ["about"]),
        ("2009", ["about", "dec-2001"]),
        ("2015", ["about"]),
    ]


@pytest.mark.parametrize("order", [(0, 0, 0), (2, 1, 0)])
def test_a_remark_outlives_the_question_it_is_about(order: tuple[int, ...], document: Document, schema: Schema) -> None:
    """Also when the last question is gone."""
    draft = Draft(document, schema)
    for position in order:
        draft.drop_question(position)
        assert "# asked in 2025 too" in draft.text()
    assert "open_questions" not in _plain(draft)


def test_the_document_stays_as_it_was(document: Document, schema: Schema) -> None:
    """A draft is a copy."""
    before = document.root.plain() if document.root else None
    Draft(document, schema).set_plain("name", "Another")
    assert document.root
    assert document.root.plain() == before


def test_a_file_that_is_no_entry_is_refused(schema: Schema) -> None:
    """There is nothing to change in it."""
    for data in (b"- a\n", b"name: [", b""):
        with pytest.raises(ValueError, match=r"registry/x\.yaml"):
            Draft(parse_document("registry/x.yaml", data), schema)


@pytest.mark.parametrize(
    ("qualifier", "old", "is_in"),
    [
        *(("at-least", 24, False), ("at-least", 25, True), ("at-least", 26, True)),
        *(("at-most", 24, True), ("at-most", 25, True), ("at-most", 26, False)),
        *(("more-than", 25, False), ("more-than", 26, True), ("", 25, False)),
    ],
)
def test_a_bound_agrees_with_a_number_inside_it(qualifier: str, old: int, is_in: bool) -> None:
    """*At least 25* is less exact than 26, and no other value."""
    assert contains({"value": 25, "qualifier": qualifier}, {"value": old}) is is_in
