"""The folder between the two jobs: what is written comes back, and what is too much is left out and counted."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netreg.core.finding import Finding, Level, Place
from netreg.core.load.document import parse_document
from netreg.core.schema import Schema
from netreg.host.artifact import CHANGES, LARGEST, NAMES, Bundle, Refused, read_bundle, write_bundle
from netreg.host.comment import comment_text
from netreg.host.event import PullRequest
from netreg.host.sticky import LONGEST
from netreg.review.as_markdown import as_markdown
from netreg.review.change import Change, Cited, Kind
from netreg.review.compare import compare
from netreg.review.overview import review
from netreg.review.words import Words

PULL = PullRequest(7, "a" * 40, "somebody/networks")


def _changes(project: Path) -> list[Change]:
    """Every entry of the small registry as new, and then as changed."""
    found: list[Change] = []
    for path in sorted((project / "tests/contribute/registry").iterdir()):
        document = parse_document(f"registry/{path.name}", path.read_bytes())
        assert document.root
        data = document.root.plain()
        found += compare(document.id, None, data)
        found += compare(document.id, {**data, "status": {"value": "dormant", "sources": ["x"]}}, data)
    return found


def test_what_is_written_comes_back(tmp_path: Path, project: Path) -> None:
    """Number, commit, findings and every field of every change."""
    findings = [Finding(Place("registry/x.yaml", 3, 4, 9), "unknown-term", Level.ERROR, "No.", "Do.")]
    changes = _changes(project)
    assert {"entry-added", "status-changed"} <= {change.kind.value for change in changes}
    write_bundle(tmp_path / "review", PULL, findings, changes)
    assert read_bundle(tmp_path / "review") == Bundle(7, "a" * 40, tuple(findings), tuple(changes))


def test_a_folder_without_a_pull_request_is_for_the_summary_alone(tmp_path: Path) -> None:
    """It is not one that a comment could be made of."""
    write_bundle(tmp_path / "review", None, [], [])
    assert sorted(path.name for path in (tmp_path / "review").iterdir()) == sorted(NAMES[1:])
    with pytest.raises(Refused):
        read_bundle(tmp_path / "review")


def test_what_does_not_fit_is_counted(tmp_path: Path, schema: Schema) -> None:
    """No file grows beyond what the other side takes, and the comment says how much is missing."""
    many = [Change(Kind.CLAIM_SET, f"e{number}", "é" * 500, "seat", None, "x" * 500) for number in range(400)]
    findings = [Finding(Place("é" * 900), "rule", Level.INFO, "m" * 900, "f" * 900)] * 900
    write_bundle(tmp_path / "review", PULL, findings, many)
    bundle = read_bundle(tmp_path / "review")
    assert 0 < len(bundle.changes) < 400
    assert bundle.left_out == 400 - len(bundle.changes)
    assert all((tmp_path / "review" / name).stat().st_size <= LARGEST for name in NAMES)
    told = comment_text(bundle, schema)
    assert f"{bundle.left_out} more changes" in told
    assert len(told) < LONGEST


def _first_line(folder: Path, schema: Schema, changes: Sequence[Change]) -> str:
    write_bundle(folder, PULL, [], changes)
    return comment_text(read_bundle(folder), schema).partition("\n")[0]


def test_what_weighs_most_is_carried_first(tmp_path: Path, schema: Schema) -> None:
    """A status that changes behind hundreds of readings and new values is told, and the first line says what is not."""
    new = [Change(Kind.CLAIM_SET, f"e{number}", "N", "seat", None, {"value": "x" * 900}) for number in range(400)]
    ended = Change(Kind.STATUS_CHANGED, "z", "Z", "status", {"value": "active"}, {"value": "ended"})
    first = _first_line(tmp_path / "review", schema, [*new, ended])
    told = read_bundle(tmp_path / "review")
    assert (told.changes[0].entry, told.changes[-1].entry) == ("e0", "z")
    assert f" {told.left_out} more changes do not fit here; netreg diff shows all." in first
    assert ", all " not in first


def test_readings_of_many_sources_take_little_room(tmp_path: Path, schema: Schema) -> None:
    """Sixteen hundred sources that were read again come through, as they would be told without the folder."""

    def sources(day: str) -> dict[str, Any]:
        read = {"date": f"2026-11-{day}", "how": "live"}
        return {"sources": [{"id": f"s{number}", "title": f"T{number} " * 20, "read": read} for number in range(12)]}

    changes = [one for number in range(138) for one in compare(f"e{number}", sources("23"), sources("26"))]
    write_bundle(tmp_path / "review", PULL, [], changes)
    bundle = read_bundle(tmp_path / "review")
    assert (len(bundle.changes), bundle.left_out) == (138 * 12, 0)
    assert comment_text(bundle, schema) == as_markdown(review(changes, Words(schema), ()))


def test_no_entry_has_too_many_sources(tmp_path: Path) -> None:
    """As many readings as a file has room for come through or are counted, and are not taken for an attack."""

    def sources(day: str) -> dict[str, Any]:
        return {"sources": [{"id": f"s{number}", "read": day} for number in range(9000)]}

    write_bundle(tmp_path / "review", PULL, [], compare("a", sources("23"), sources("26")))
    bundle = read_bundle(tmp_path / "review")
    assert len(bundle.changes) + bundle.left_out == 9000


def test_an_entry_that_is_gone_takes_a_line(tmp_path: Path) -> None:
    """Nobody is told what it said, so that is not carried."""
    gone = {"name": "A", "acronym": "B", "summary": {"value": "x" * 300_000}}
    write_bundle(tmp_path / "review", PULL, [], [Change(Kind.ID_LOST, "a", "B", "", gone)])
    (read,) = read_bundle(tmp_path / "review").changes
    assert read.before == {"name": "A", "acronym": "B"}


def test_nothing_is_called_form_while_something_is_missing(tmp_path: Path, schema: Schema) -> None:
    """Whoever reads that only the form changes merges."""
    form = Change(Kind.FORM_ONLY, "a", "A")
    long = Change(Kind.CLAIM_SET, "b", "B", "seat", None, {"value": "x" * 300_000})
    firsts = [
        _first_line(tmp_path / str(len(told)), schema, told) for told in ([long], [form, long], [form] * 2 + [long])
    ]
    for first in firsts:
        assert "1 more change does not fit here" in first
        assert not re.search("stands out|says? the same|No entry", first)


def test_names_that_no_entry_has_come_through_shortened(tmp_path: Path) -> None:
    """A file name or a key of a thousand signs is told, not taken for an attack."""
    cited = Cited("i" * 900, "t", "a", "k" * 900, "p" * 900)
    wild = Change(Kind.CLAIM_SET, "e" * 900, "n" * 9000, "f" * 900, None, "x", (cited,) * 200, (cited,))
    write_bundle(tmp_path / "review", PULL, [], [wild])
    (read,) = read_bundle(tmp_path / "review").changes
    assert (len(read.entry), len(read.name), len(read.field), len(read.was_on)) == (200, 2000, 200, 100)


def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    """What is no file is refused before it is opened."""
    write_bundle(tmp_path / "review", PULL, [], [])
    (tmp_path / "review" / CHANGES).unlink()
    os.mkfifo(tmp_path / "review" / CHANGES)
    with pytest.raises(Refused, match="no file"):
        read_bundle(tmp_path / "review")


def test_half_a_sign_in_a_name_is_no_obstacle(tmp_path: Path) -> None:
    """A file name that is no text comes through with a mark in its place."""
    write_bundle(tmp_path / "review", PULL, [], [Change(Kind.FORM_ONLY, "a\udcff", "a\udcff")])
    assert read_bundle(tmp_path / "review").changes[0].entry == "a?"


def test_the_schema_knows_every_field() -> None:
    """A field that a change gains has to be agreed on with the other side."""
    from netreg.host import artifact

    change = artifact._SCHEMAS[CHANGES]["properties"]["changes"]["items"]["properties"]
    assert set(change) == {field.name for field in fields(Change)} | {"also"}
    assert set(change["is_on"]["items"]["properties"]) == set(Cited._fields)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "sources", "text", "date", "other"]), inner, max_size=3)
    ),
    max_leaves=8,
)
_FIELDS = st.sampled_from(
    ["", "seat", "history", "relations", "participants.counts", "open_questions", "no.such", "name"]
)
_CITED = st.lists(st.builds(Cited, st.text(max_size=3)), max_size=2).map(tuple)
_CHANGE = st.builds(
    Change, st.sampled_from(Kind), st.just("x"), st.text(max_size=5), _FIELDS, _ANYTHING, _ANYTHING, _CITED, _CITED
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_CHANGE, max_size=4))
def test_changes_of_any_shape_are_told_or_refused(schema: Schema, changes: list[Change]) -> None:
    """What passes the schema may still be nonsense; it ends in a comment or in a refusal, never in a defect."""
    with suppress(Refused):
        assert len(comment_text(Bundle(7, "a" * 40, (), tuple(changes)), schema)) < LONGEST
