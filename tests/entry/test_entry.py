"""An entry is read once: claims, sources and evidence, in files that are sound and in files that are not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from netreg.core.canonical import canonical_data
from netreg.core.load import parse_document
from netreg.core.load.node import tree
from netreg.core.schema import Schema
from netreg.entry import Claim, Entry
from netreg.entry.country_sets import CountrySet
from netreg.entry.evidence import dated, evidence_of, is_closed, is_opened, needs_source

LETTER = {"id": "letter", "statement": {"request": 7, "role": "secretariat", "date": "2026-05-20"}}
PAPER = {"id": "paper", "kind": "third-party", "published": "2020"}
BARE = {"id": "bare", "kind": "third-party"}


def _entry(schema: Schema, text: str) -> Entry:
    return Entry(parse_document("registry/een.yaml", text.encode()), schema)


def _of(schema: Schema, **fields: Any) -> Entry:
    return _entry(schema, canonical_data({"name": "European Example Network", **fields}, schema))


# Evidence


@pytest.mark.parametrize(
    ("claim", "when"),
    [
        ({"as_of": "2015", "sources": ["letter", "paper"]}, "2015"),
        ({"sources": ["paper", "letter"]}, "2026-05-20"),
        ({"sources": ["letter"]}, "2026-05-20"),
        ({"sources": ["paper", "bare"]}, "2020"),
        ({"as_of": "soon", "sources": ["paper"]}, "2020"),
        ({"sources": ["bare"]}, None),
        ({"sources": ["gone"]}, None),
        ({}, None),
    ],
)
def test_evidence_is_of_one_date(schema: Schema, claim: dict[str, Any], when: str | None) -> None:
    """A claim's own date, else the newest publication or statement to us; nodes and plain data give the same."""
    sources = {source["id"]: source for source in (LETTER, PAPER, BARE)}
    entry = _of(schema, seat={"value": "Vienna", **claim}, sources=list(sources.values()))
    assert entry.seat is not None
    found = entry.evidence_of(entry.seat)
    assert (found.text if found else None) == when
    nodes = [entry.source_by_id[id_].node for id_ in entry.seat.sources if id_ in sources]
    assert evidence_of(entry.seat.as_of, map(dated, nodes)) == found
    assert (
        evidence_of(claim.get("as_of"), [dated(sources[id_]) for id_ in claim.get("sources", ()) if id_ in sources])
        == found
    )


@pytest.mark.parametrize(
    "source", [{}, {"published": 2020}, {"published": ""}, {"statement": "2026-05-20"}, {"statement": {"date": None}}]
)
def test_a_malformed_source_has_no_date(source: dict[str, Any]) -> None:
    """Whatever stands where a date belongs, nothing fails and nothing is guessed."""
    assert dated(source) == dated(tree(source)) == ""


# What the vocabularies decide


def test_terms_decide_what_depends_on_them(schema: Schema) -> None:
    """Which status is an end, which name needs a source and which source was opened is said in the schema."""
    words = [*(term.value for name in ("status", "name_kind", "read_how") for term in schema.terms(name)), "x", None, 3]
    assert {word for word in words if is_closed(word, schema)} == {"merged", "replaced", "ended"}
    assert {word for word in words if needs_source(word, schema)} == {"official", "former", "later"}
    assert {word for word in words if not is_opened(word, schema)} == {"reported"}


@pytest.mark.parametrize(("status", "closed"), [("ended", True), ("dormant", False), ("endd", False)])
def test_a_body_is_closed_by_its_status(schema: Schema, status: str, closed: bool) -> None:
    """The status decides; without one nothing is known to have ended."""
    assert _of(schema, status={"value": status}).is_closed is closed
    assert not _of(schema).is_closed


@pytest.mark.parametrize(
    ("act", "rests"),
    [
        ({"role": "founding"}, True),
        ({"role": "current"}, True),
        ({"role": "current", "until": "2020"}, False),
        ({"role": "context"}, False),
        ({}, False),
    ],
)
def test_a_body_rests_on_law_in_force(schema: Schema, act: dict[str, str], rests: bool) -> None:
    """An act that has ended, or that only names the body, carries nobody."""
    assert _of(schema, legal_basis=[{"title": "Charter", **act}]).rests_on_law is rests


def test_a_letter_and_a_named_source_are_not_read_by_us(schema: Schema) -> None:
    """A statement to us is no page to open, and what a request only names nobody has opened."""
    reads = [{"date": "2026-05-20", "how": how} for how in ("live", "reported")]
    entry = _of(schema, sources=[{"id": "a", "read": reads[0]}, {"id": "b", "read": reads[1]}, LETTER])
    assert [source.is_read_by_us for source in entry.sources] == [True, False, False]


# Claims


def test_claims_stand_in_the_order_of_the_schema(schema: Schema) -> None:
    """Each headline claim comes with its field, those of lists and blocks too; rivals stay with their claim."""
    entry = _of(
        schema,
        seat={"value": "Vienna", "other": [{"value": "Graz"}, {"value": "Linz"}]},
        participants={"counts": [{"value": 2, "unit": "states"}, {"value": 3, "unit": "units"}]},
        status={"value": "active"},
    )
    said = [(dotted, part["title"], claim.value) for dotted, part, claim in entry.claims()]
    assert said == [
        ("status", "Status", "active"),
        ("participants.counts", "Number", 2),
        ("participants.counts", "Number", 3),
        ("seat", "Seat", "Vienna"),
    ]
    assert entry.seat is not None
    assert [claim.value for claim in entry.seat.with_others()] == ["Vienna", "Graz", "Linz"]
    assert entry.counts == entry.at("participants.counts")
    assert len(list(entry.statements())) == 6


BROKEN = {
    "a list": "- x\n",
    "a word": "x\n",
    "nothing": "",
    "no YAML": "name: [\n",
    "bare values": "name: N\nseat: Vienna\nstatus: active\n",
    "wrong shapes": "name: N\nsources: {id: a}\nother_names: x\nhistory: [x, [y], {date: 5}]\nparticipants: [x]\n",
    "numbers": "name: 5\nacronym: [x]\ntopics: {a: b}\nlegal_basis: [{title: 5}]\nseat: {value: 5, sources: x}\n",
    "one wrong shape": "name: N\ntopics: drugs\n",
    "deep": "name: N\nseat: {value: {a: b}, other: {value: x}, sources: [[a], {b: c}]}\nhistory: [{}]\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_entry_is_read_as_far_as_it_goes(schema: Schema, text: str) -> None:
    """Every question has an answer, whatever stands in the file, and a reader is not shown the half of it."""
    entry = _entry(schema, text)
    for dotted in schema.leaves:
        entry.at(dotted)
    for statement in entry.statements():
        entry.evidence_of(statement)
    for source in entry.sources:
        assert (source.dated, source.is_read_by_us) is not None
    assert isinstance(entry.names, tuple)
    assert isinstance(entry.title, str)
    assert not entry.rests_on_law
    assert all(isinstance(claim, Claim) for _, _, claim in entry.claims())
    assert not entry.is_sound


def test_names_are_all_that_somebody_may_type(schema: Schema) -> None:
    """Title, short name and acronym come first, then the other names with their acronyms."""
    other = [{"name": "Circle", "kind": "former", "acronym": "C"}, {"name": [5]}, {"acronym": "D"}]
    entry = _of(schema, short_name="Example", acronym="EEN", other_names=other)
    assert entry.names == ("European Example Network", "Example", "EEN", "Circle", "C", "D")
    assert (entry.title, entry.label) == ("Example", "Example")


def test_what_no_schema_knows_is_no_attribute(schema: Schema) -> None:
    """A slip in the name of a field is found at once."""
    entry = _of(schema, seat={"value": "Vienna"})
    with pytest.raises(AttributeError, match="colour"):
        entry.colour  # noqa: B018
    with pytest.raises(AttributeError, match="colour"):
        next(entry.statements()).colour  # noqa: B018


def test_no_field_hides_behind_a_question(schema: Schema) -> None:
    """A field of the schema is reached by its name, so none is called as something that every entry can be asked."""
    assert set(schema.leaf_names) & set(dir(Entry)) == {"withdrawn"}  # its block as a whole answers there
    assert set(Entry.__annotations__) <= set(schema.leaf_names)


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        ("2019-01-01", "2020-01-31", False),
        ("2019-01-01", "2020-02-01", True),
        ("2021-05-05", "2021-05-06", True),
        ("2022-06-30", "2023-01-01", True),
        ("2022-07-01", "2023-01-01", False),
    ],
)
def test_a_set_of_countries_held_from_its_first_day_to_its_last(first: str, last: str, held: bool) -> None:
    """Both of them count."""
    named = CountrySet("x", "X", frozenset(), date(2020, 2, 1), date(2022, 6, 30))
    assert named.overlaps(date.fromisoformat(first), date.fromisoformat(last)) is held
