"""Understanding: what people write, and the value that it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from netreg.contribute.parse.facts import fact_of, fact_words, facts, own_form, shown
from netreg.contribute.parse.values import term_of, terms_of
from netreg.core.schema import Schema


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("Active", "active"),
        ("actve", None),
        ("still active", None),
        ("Active, dormant", None),
        ("“Dormant”.", "dormant"),
        ("alive and kicking", None),
        ("inactive", None),
        ("deactive", None),
        ("not active", None),
        ("", None),
    ],
)
def test_terms(said: str, term: str | None, schema: Schema) -> None:
    """By title or word, and by nothing else."""
    found = term_of(said, schema.terms("status"))
    assert (found.value if found else None) == term


def test_lists_of_terms(schema: Schema) -> None:
    """With commas, line ends or and; what is no term is told."""
    terms, strange = terms_of(
        "States, police and customs\nBorder and coast guards, wizards", schema.terms("participant_kind")
    )
    assert [term.value for term in terms] == ["states", "police", "customs", "border-and-coast-guards"]
    assert strange == ["wizards"]


def test_every_fact_is_known_by_the_words_of_its_page(schema: Schema) -> None:
    """What the page fills into a form is what intake reads."""
    for fact in facts(schema):
        assert fact_of(fact_words(fact.dotted, schema), schema) == (fact, "")
        assert fact_of(fact.dotted, schema) == (fact, "")
    assert fact_of(fact_words("participants.counts", schema, "contact points"), schema)[1] == "contact points"


@pytest.mark.parametrize(
    ("said", "path"), [("founded", "established"), ("HQ", "seat"), ("number", "participants.counts")]
)
def test_facts_are_known_by_everyday_words(said: str, path: str, schema: Schema) -> None:
    """The same words that the checks understand in a file."""
    fact, _ = fact_of(said, schema)
    assert fact
    assert fact.dotted == path


@pytest.mark.parametrize(
    ("said", "path", "which"),
    [
        ("  participants :  number ( states )", "participants.counts", "states"),
        ("PARTICIPANTS.COUNTS", "participants.counts", ""),
        ("number-of-members", "participants.counts", ""),
        ("Legal-basis", "legal_basis", ""),
        ("Seat ()", "seat", ""),
        ("Seat (a (b))", "seat", "a (b)"),
    ],
)
def test_dress_makes_no_difference_to_a_name(said: str, path: str, which: str, schema: Schema) -> None:
    """Case, blanks, hyphens, and brackets for the item of a list."""
    fact, found = fact_of(said, schema)
    assert fact
    assert (fact.dotted, found) == (path, which)


@pytest.mark.parametrize(
    "said", ["Secretary (name)", "Budget (seat)", "Phone", "Seet", "the seat", "seats", "", "()", "("]
)
def test_what_is_no_name_of_a_fact_is_none(said: str, schema: Schema) -> None:
    """Neither a slip of the keyboard nor what stands in brackets, or a remark would choose what is changed."""
    assert fact_of(said, schema)[0] is None


def test_a_field_of_its_own_vocabulary_needs_no_table(schema: Schema) -> None:
    """Which form the values of a fact have is read from the schema, whatever the fact is called."""
    raw = json.loads(json.dumps(schema.raw))
    raw["properties"] = {
        "mood": {"title": "Mood", **_claim({"$ref": "#/$defs/status"})},
        "moods": {"title": "Moods", **_claim({"type": "array", "items": {"$ref": "#/$defs/status"}})},
        "born": {"title": "Born", **_claim({"$ref": "#/$defs/date"})},
        "motto": {"title": "Motto", "$ref": "#/$defs/line"},
    }
    other = Schema(raw)
    assert [(fact.label, fact.way, own_form(fact, other)) for fact in facts(other)] == [
        ("Mood", "claim", "term"),
        ("Moods", "claim", "kinds"),
        ("Born", "claim", "date"),
        ("Motto", "plain", ""),
    ]
    mood, moods, *_ = facts(other)
    assert shown(mood, {"value": "active"}, other) == "Active"
    assert shown(moods, {"value": ["active", "gone"]}, other) == "Active, gone"


def _claim(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "x-kind": "claim", "properties": {"value": value}}
