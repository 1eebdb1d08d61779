"""A new plain field is a few lines in the schema: everything else follows, and no Python knows its name."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest

from netreg.check import Context, check
from netreg.contribute.edit.new_entry import entry_of, prompts
from netreg.contribute.parse.facts import fact_of, facts
from netreg.core.canonical import canonical_data
from netreg.core.load import Document, parse_document
from netreg.core.schema import Schema
from netreg.export.edition import Edition
from netreg.model import build_registry
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_of
from netreg.review.overview import review
from netreg.review.revisions import Pair
from netreg.review.words import Words
from netreg.site.downloads import data_files

TODAY = date(2026, 11, 23)
MOTTO = {
    "$ref": "#/$defs/line_claim",
    "title": "Motto",
    "description": "The words that it goes by.",
    "x-role": "factual",
    "x-often": ["catchphrase"],
    "examples": ["Together for safe ports"],
}
ENTRY: dict[str, Any] = {
    "name": "Example Network of Harbour Police",
    "group": "other-european",
    "topics": ["maritime-and-ports"],
    "form": {"value": "agreed-network", "sources": ["charter"]},
    "status": {"value": "active", "as_of": "2025-04", "sources": ["charter"]},
    "summary": {"value": " ".join(["Joins the police of ports."] * 8), "sources": ["charter"]},
    "sources": [
        {
            "id": "charter",
            "title": "Charter",
            "author": "Example Network of Harbour Police",
            "kind": "self-presentation",
            "url": "https://harbour-police.example/charter",
            "language": "en",
            "read": {"date": "2026-11-23", "how": "live"},
        }
    ],
}
CLAIM = {"value": MOTTO["examples"][0], "sources": ["charter"]}


@pytest.fixture(scope="module")
def longer(schema: Schema) -> Schema:
    """The schema with one more field, behind the seat."""
    raw = copy.deepcopy(dict(schema.raw))
    fields = list(raw["properties"].items())
    place = [key for key, _ in fields].index("seat") + 1
    raw["properties"] = dict([*fields[:place], ("motto", MOTTO), *fields[place:]])
    return Schema(raw)


def _document(schema: Schema, **more: Any) -> Document:
    return parse_document("registry/example-network.yaml", canonical_data({**ENTRY, **more}, schema).encode())


def test_it_is_checked(longer: Schema) -> None:
    """A sound claim is clean, one without a source is an error, and another word for the field leads to it."""
    assert check([_document(longer, motto=CLAIM)], Context(longer, TODAY)) == []
    (unsourced,) = check([_document(longer, motto={"value": "Safe ports"})], Context(longer, TODAY))
    assert (unsourced.rule, unsourced.message) == (
        "claim-without-source",
        'Nothing tells on whose word "motto" stands.',
    )
    found = check([_document(longer, catchphrase=CLAIM)], Context(longer, TODAY))
    assert [(one.rule, 'Did you mean "motto"?' in one.message) for one in found] == [("unknown-key", True)]


def test_a_correction_can_name_it(longer: Schema) -> None:
    """It is a fact like others, in its place, by the name that its page gives it."""
    known = [fact.dotted for fact in facts(longer)]
    assert known[known.index("seat") + 1] == "motto"
    fact, which = fact_of("Motto", longer)
    assert fact is not None
    assert (fact.dotted, fact.way, which) == ("motto", "claim", "")


def test_a_new_entry_is_asked_for_it(longer: Schema) -> None:
    """`netreg new` has an option and a question for it, behind that for the seat, and puts the answer in its place."""
    asked = prompts(longer)
    known = [prompt.option for prompt in asked]
    assert known[known.index("seat") + 1] == "motto"
    assert entry_of({"motto": str(CLAIM["value"])}, asked, TODAY) == {"motto": {"value": CLAIM["value"]}}


def test_a_change_of_it_is_told(longer: Schema) -> None:
    """The comment on a pull request has a sentence about it."""
    pair = Pair("example-network", _document(longer), _document(longer, motto=CLAIM))
    said = as_markdown(review(tuple(changes_of(pair)), Words(longer), []))
    assert "**Motto**: “Together for safe ports”, new; by “Charter” (own words)" in said


def test_it_is_a_claim_of_the_entry(longer: Schema) -> None:
    """Pages that walk over the claims of an entry meet it with its label, where the schema has it."""
    entry = build_registry([_document(longer, motto=CLAIM, seat=CLAIM)], longer, TODAY).entries["example-network"]
    told = [(dotted, part["title"], claim.value) for dotted, part, claim in entry.claims()]
    assert told[told.index(("seat", "Seat", CLAIM["value"])) + 1] == ("motto", "Motto", CLAIM["value"])


def test_it_is_exported(longer: Schema) -> None:
    """The data have it, and so has the schema beside them."""
    files = dict(data_files(Edition(build_registry([_document(longer, motto=CLAIM)], longer, TODAY))))
    assert json.loads(files["api/v1/networks/example-network.json"])["motto"] == CLAIM
    assert json.loads(files["api/v1/network.schema.json"])["properties"]["motto"] == MOTTO
