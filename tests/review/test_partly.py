"""Partly: reading only what differs tells the same as reading both states as a whole."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.review import cases
from tests.strategies import entries, files

from netreg.core.canonical import canonical_data
from netreg.core.load import parse_document
from netreg.core.schema import Schema, read_schema
from netreg.review.change import Change
from netreg.review.collect import changes_of
from netreg.review.revisions import Pair, read_both

PATH = "registry/x.yaml"
SCHEMA: Schema = read_schema(ROOT)


def _partly(before: str, after: str) -> tuple[Change, ...]:
    return _told(Pair("x", *read_both(PATH, before.encode(), after.encode())))


def _wholly(before: str, after: str) -> tuple[Change, ...]:
    return _told(Pair("x", *(parse_document(PATH, side.encode()) for side in (before, after))))


def _told(pair: Pair) -> tuple[Change, ...]:
    """The changes without the states of the whole entry, of which one way reads a part only."""
    return tuple(change._replace(states=None) for change in changes_of(pair))


@pytest.mark.parametrize("case", [path for path in cases.CASES.iterdir() if path.is_dir()], ids=lambda path: path.name)
def test_the_cases_are_told_alike(case: Path) -> None:
    """Every case with two states of an entry gives the same changes in either way."""
    before, after = cases.read(case)
    for id_ in before.keys() & after.keys():
        assert _partly(before[id_], after[id_]) == _wholly(before[id_], after[id_])


def _edited(entry: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    edited = copy.deepcopy(entry)
    for key in data.draw(st.lists(st.sampled_from(sorted(entry)), max_size=3)):
        edited[key] = data.draw(st.sampled_from(["x", {"value": "y", "sources": ["about"]}, [{"id": "about"}], 3]))
    return edited


@given(st.data())
def test_a_real_entry_is_told_alike(data: st.DataObject) -> None:
    """Whatever fields of a sound entry change, in canonical form both ways agree."""
    root = parse_document(PATH, (cases.CASES / "count/before/enrp.yaml").read_bytes()).root
    assert root is not None
    before = root.plain()
    texts = [canonical_data(side, SCHEMA) for side in (before, _edited(before, data))]
    assert _partly(*texts) == _wholly(*texts)


@given(entries(), entries())
def test_any_entries_in_canonical_form_are_told_alike(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Entries of any shape in canonical form give changes of the same fields in both ways."""
    texts = [canonical_data(side, SCHEMA) for side in (before, after)]
    assert [change.field for change in _partly(*texts)] == [change.field for change in _wholly(*texts)]


@given(files(), files())
def test_any_two_texts_that_differ_give_a_change(one: tuple[str, list[str]], other: tuple[str, list[str]]) -> None:
    """In any style, with comments anywhere: no difference passes in silence, and no layout makes it raise."""
    if one[0] != other[0]:
        assert _partly(one[0], other[0])


@pytest.mark.parametrize(
    "text",
    [
        'name: "A\nacronym: B\ngroup: C"\ntopics: [x]\n',
        "name: [A,\nacronym, B]\ntopics: [x]\n",
        "--- \nname: A\ntopics: [x]\n",
        "{name: A,\ntopics: [x]}\n",
        "- name: A\n- topics: [x]\n",
        "name: A\nname: B\ntopics: [x]\n",
        "name: A\n...\ntopics: [x]\n",
        "name: |\n  A\n\ntopics: [x]  # A\n",
        "&a name: A\ntopics: [x]\n",
    ],
)
def test_an_unusual_layout_is_read_as_a_whole(text: str) -> None:
    """Quotes, brackets and marks that reach over the margin are no fields, and a broken file stays broken."""
    other = text.replace("[x", "[y")
    assert _partly(text, other) == _wholly(text, other)
    assert _partly(text, text.replace("A", "Z")) == _wholly(text, text.replace("A", "Z"))


def test_what_was_broken_before_hides_nothing() -> None:
    """Where a piece that stays as it is cannot be read, what changes elsewhere is told all the same."""
    (change,) = _partly("name: A\ntopics: [x", "name: Z\ntopics: [x")
    assert (change.before, change.after) == ("A", "Z")
