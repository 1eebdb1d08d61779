"""Sentences: a source with what must be known of it, and other names without a word on sources they need not have."""

from __future__ import annotations

import pytest

from netreg.core.schema import Schema
from netreg.review.change import Change, Kind
from netreg.review.sentence import sentence
from netreg.review.spans import plain
from netreg.review.words import Words


def _said(schema: Schema, kind: Kind, field: str, before: object, after: object) -> str:
    return plain(sentence(Change(kind, "x", "X", field, before, after), Words(schema)))


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({"language": "en"}, "third party"),
        ({"language": "de"}, "third party, in de"),
        ({"copy_by": "x" * 60}, f"copy by {'x' * 60}, third party"),
        ({"copy_by": "x" * 61}, f"copy by {'x' * 59}…, third party"),
        ({"read": {"date": "2026-11-24", "how": "reported"}}, "third party, nobody has opened it yet"),
        (
            {"statement": {"request": 31, "role": "secretariat", "date": "2026-11-24"}},
            "third party, request 31, “secretariat”, 24 November 2026",
        ),
    ],
)
def test_a_new_source(schema: Schema, more: dict[str, object], end: str) -> None:
    """Its language where it is not English, who told us, and that nobody has opened it."""
    source = {"id": "a", "title": "T", "kind": "third-party", **more}
    assert _said(schema, Kind.LISTED_SOURCE_ADDED, "sources", None, source) == f"Source added: “T”, {end}"


@pytest.mark.parametrize(("length", "shown"), [(70, "x" * 70), (71, f"{'x' * 59}…")])
def test_a_long_value_that_did_not_change_is_told_in_short(schema: Schema, length: int, shown: str) -> None:
    """From seventy-one signs on its beginning is enough to know which statement is meant."""
    was, now = ({"value": "x" * length, "as_of": year} for year in ("2019", "2026"))
    assert f"“{shown}”; as of 2026" in _said(schema, Kind.CLAIM_CHANGED, "seat", was, now)


@pytest.mark.parametrize("more", [0, 1])
def test_so_much_of_a_role_and_of_a_number_is_told(more: int, schema: Schema) -> None:
    """Forty signs of a role that only an older release knows, and eighty of the number of an act."""
    role, number = "r" * (40 + more), "1" * (80 + more)
    told = [f"{one[:-2]}…" if more else one for one in (role, number)]
    claim = {"role": role, "value": ["AT"]}
    act = {"title": "T", "document": {"type": "celex", "number": number}}
    assert f" as {told[0]}" in _said(schema, Kind.CLAIM_SET, "participants.countries", None, claim)
    assert f"CELEX {told[1]}" in _said(schema, Kind.LEGAL_ACT_ADDED, "legal_basis", None, act)


@pytest.mark.parametrize(
    ("codes", "told"), [(["AT", "BE", "CH", "DK"], "Switzerland"), (["AT", "BE", "CH", "DK", "ES"], " and 2 more")]
)
def test_of_many_countries_three_are_enough_to_know_a_list(codes: list[str], told: str, schema: Schema) -> None:
    """Where only its date is another; a fourth takes no more room than the words that it is left out."""
    was, now = ({"role": "member", "value": codes, "as_of": year} for year in ("2019", "2026"))
    said = _said(schema, Kind.ALTERNATIVE_CHANGED, "participants.countries", was, now)
    assert told in said


@pytest.mark.parametrize(
    ("kind", "field", "item", "said"),
    [
        (Kind.EVENT_REMOVED, "history", {"text": "T", "note": "N"}, "History: “T”, note “N”, deleted"),
        (Kind.LEGAL_ACT_REMOVED, "legal_basis", {"title": "T", "note": "N"}, "Legal basis: “T”, note “N”, deleted"),
        (Kind.NAME_REMOVED, "other_names", {"name": "T", "note": "N"}, "Other names: “T”, note “N”, deleted"),
        (Kind.LISTED_SOURCE_REMOVED, "sources", {"title": "T", "note": "N"}, "Source deleted: “T”, note “N”"),
    ],
)
def test_what_is_deleted_takes_its_note_along(
    schema: Schema, kind: Kind, field: str, item: dict[str, str], said: str
) -> None:
    """A note may turn round what it stands beside, so it is told of what is gone too."""
    assert _said(schema, kind, field, item, None) == said


def test_a_promotion_tells_the_note_of_what_it_deletes(schema: Schema) -> None:
    """The value that gave way is gone with all that was said of it."""
    was, now = {"value": "Graz", "note": "N"}, {"value": "Linz"}
    said = _said(schema, Kind.ALTERNATIVE_PROMOTED, "seat", was, now)
    assert "instead of “Graz”, note “N”, which is deleted" in said


def test_names_that_need_no_source_are_those_of_the_check(schema: Schema) -> None:
    """A translation or a variant is told without a word on sources; a former name without one is not."""
    kinds = {term.value for term in schema.terms("name_kind")}
    free = {term.value for term in schema.terms("name_kind") if not term.needs_source}
    names = {kind: {"name": "T", "kind": kind} for kind in kinds}
    said = {kind: _said(schema, Kind.NAME_ADDED, "other_names", None, name) for kind, name in names.items()}
    assert {kind for kind in kinds if "without a source" not in said[kind]} == free
