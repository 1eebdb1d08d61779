"""Review rules: one function each, and evidence of one date wherever it is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from netreg.core.schema import Schema
from netreg.review.change import Change, Kind
from netreg.review.compare import compare
from netreg.review.hints import hints
from netreg.review.overview import EntryChanges, areas
from netreg.review.rules import RULES, rule
from netreg.review.sentence import sentence
from netreg.review.spans import Span, Spans, bounded, plain, several, spans
from netreg.review.words import Words


def _source(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_.title(), "author": "A", "kind": "third-party", **more}


TOLD_US = _source("told", kind="statement-to-registry", statement={"request": 7, "date": "2026-05-20"})
PAPER = _source("paper", published="2020")
UNDATED = _source("undated")


def _hints(schema: Schema, before: list[str], after: list[str]) -> dict[str, str]:
    """The hints where a status rests on other sources than before."""
    states = [
        {"name": "N", "status": {"value": "active", "sources": cited}, "sources": [TOLD_US, PAPER, UNDATED]}
        for cited in (before, after)
    ]
    return {hint.sort: plain(hint.text) for hint in hints(compare("n", *states), Words(schema))}


def test_a_statement_to_us_dates_the_evidence(schema: Schema) -> None:
    """The day on which a body wrote to us is newer than a paper of 2020: the evidence is neither gone nor older."""
    assert "older-evidence" not in _hints(schema, ["paper"], ["told"])
    assert _hints(schema, ["told"], ["paper"])["older-evidence"] == "its evidence is older than before"
    assert _hints(schema, ["told"], ["undated"])["older-evidence"] == "its evidence had a date and has none now"


@pytest.mark.parametrize(("length", "shown"), [(60, "x" * 60), (61, f"{'x' * 59}…")])
def test_the_title_of_a_dropped_source_has_sixty_signs(schema: Schema, length: int, shown: str) -> None:
    """A longer one is cut, so that the hint stays a line."""
    dropped = {"id": "told", "title": "x" * length, "author": "A", "kind": "third-party"}
    states = [
        {"name": "N", "seat": {"value": "Bonn", "sources": cited}, "sources": [dropped, PAPER]}
        for cited in (["told", "paper"], ["paper"])
    ]
    (hint,) = [hint for hint in hints(compare("n", *states), Words(schema)) if hint.sort == "source-dropped"]
    assert plain(hint.text) == f"no longer rests on “{shown}”"


def test_a_new_rule_is_one_function(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decorated, it sees the kinds of change that it names, and its hint is told; nothing else has to know it."""
    monkeypatch.setitem(RULES, Kind.CLAIM_CLEARED, [])
    monkeypatch.setitem(RULES, Kind.CLAIM_SET, [])

    @rule("shouting", "claim-set claim-cleared")
    def shouting(change: Change, _words: Words) -> Spans:
        return spans("speaks loudly") if str(change.statement["value"]).isupper() else ()

    claims = [{"value": value, "sources": ["a"]} for value in ("VIENNA", "Graz")]
    changes = [
        Change(Kind.CLAIM_SET, "n", "N", "seat", None, claims[0]),
        Change(Kind.CLAIM_SET, "n", "N", "seat", None, claims[1]),
        Change(Kind.CLAIM_CLEARED, "n", "N", "seat", claims[0], None),
    ]
    assert [(hint.sort, plain(hint.text)) for hint in hints(changes, Words(schema))] == [
        ("shouting", "speaks loudly")
    ] * 2


def test_a_rule_may_ask_for_another_value_or_the_same(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks at other values is not asked where only a date differs, and the other way round."""
    monkeypatch.setitem(RULES, Kind.CLAIM_CHANGED, [])
    for is_other in (True, False, None):
        rule(str(is_other), "claim-changed", other_value=is_other)(lambda _change, _words: spans("seen"))
    was, other, later = ({"value": value, "as_of": year} for value, year in (("a", "1"), ("b", "1"), ("a", "2")))
    seen = [hints([Change(Kind.CLAIM_CHANGED, "n", "N", "seat", was, now)], Words(schema)) for now in (other, later)]
    assert [[hint.sort for hint in found] for found in seen] == [["True", "None"], ["False", "None"]]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_change_has_a_sentence(kind: Kind, schema: Schema) -> None:
    """Whatever changes can be told, however little is known of it."""
    assert plain(sentence(Change(kind, "n", "N", "history", {"text": "a"}, {"text": "b"}), Words(schema)))


@pytest.mark.parametrize(("length", "shown"), [(110, "x" * 110), (111, f"{'x' * 109}…")])
def test_the_title_of_a_source_that_is_there_already_is_cut(schema: Schema, length: int, shown: str) -> None:
    """At a hundred and ten signs, for the sentence names another source before."""
    was, now = ({"id": "a", "title": title, "author": "A"} for title in ("x" * length, "New"))
    change = Change(Kind.LISTED_SOURCE_ADDED, "n", "N", "sources", was, now)
    assert plain(sentence(change, Words(schema))).endswith(f"the address of “{shown}”, which is listed already")


@pytest.mark.parametrize(
    ("number", "told"), [(2, "0 and 1"), (3, "0, 1 and 2"), (4, "0, 1, 2 and 3"), (5, "0, 1, 2 and 2 more")]
)
def test_of_many_the_first_three_are_told(number: int, told: str) -> None:
    """A fourth takes no more room than the words that it is left out."""
    assert plain(several([spans(str(one)) for one in range(number)])) == told


def test_nothing_is_no_piece_of_a_sentence() -> None:
    """Whoever asks whether there is something to say finds nothing in it."""
    assert spans("", spans(""), [Span("")]) == ()


@pytest.mark.parametrize(("longest", "told"), [(3, "abc…"), (4, "abc…"), (5, "abcd…"), (6, "abcdef")])
def test_a_bounded_sentence_ends_in_an_ellipsis(longest: int, told: str) -> None:
    """It has no more signs than it may, but for the ellipsis where there is room for nothing else."""
    assert plain(bounded(spans("abc", "def"), longest)) == told


def test_the_parts_that_change_leave_out_what_became_of_the_entry(schema: Schema) -> None:
    """That stands beside them; another change of the whole is told among them."""
    moved = Change(Kind.ENTRY_MOVED, "n", "N", "", {}, {})
    seat = Change(Kind.CLAIM_SET, "n", "N", "seat", None, {"value": "x" * 99, "sources": []})
    other = Change(Kind.COMMENTS_CHANGED, "n", "N", "", None, None)
    assert plain(areas(EntryChanges("n", "N", (moved, seat, other)), Words(schema))) == "seat and comments"
