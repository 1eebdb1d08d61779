"""The runner: stable order, one list, and no flood."""

from __future__ import annotations

import pytest

from netreg.check import Context, Subject, check
from netreg.check.cases import TODAY
from netreg.check.rules.form import _shown
from netreg.check.runner import MOST
from netreg.core.load import Document, parse_document
from netreg.core.schema import Schema


def _document(name: str, text: str) -> Document:
    return parse_document(f"registry/{name}.yaml", text.encode())


def test_findings_stand_in_the_order_of_the_files(schema: Schema) -> None:
    """Whatever the order of documents and rules, the report is the same."""
    documents = [_document(name, "name: [x]\nseat: y\n") for name in ("b", "a", "c")]
    found = check(documents, Context(schema, TODAY))
    assert found == check(documents[::-1], Context(schema, TODAY))
    assert [finding.place for finding in found] == sorted(finding.place for finding in found)


def test_no_finding_is_told_twice(schema: Schema) -> None:
    """One cause at one place is one finding."""
    found = check([_document("a", "group: x\n")], Context(schema, TODAY))
    assert len(found) == len(set(found))
    assert len([finding for finding in found if finding.rule == "missing-key"]) == 6


def test_a_rule_does_not_flood_the_report(schema: Schema) -> None:
    """Of one rule in one file so many findings are shown, and the last says that there may be more."""
    found = check([_document("a", "".join(f"k{number}: x\n" for number in range(100)))], Context(schema, TODAY))
    unknown = [finding for finding in found if finding.rule == "unknown-key"]
    assert len(unknown) == MOST
    assert unknown[-1].message.endswith("Any further findings of this rule in this file are left out.")


@pytest.mark.parametrize(("start", "begin"), [(0, 0), (15, 0), (16, 1), (33, 18), (99, 40)])
def test_a_long_line_is_shown_around_its_difference(start: int, begin: int) -> None:
    """Sixty signs, fifteen of them in front of the difference."""
    line = "".join(map(chr, range(0x4E00, 0x4E00 + 100)))
    after = "…" if begin + 60 < 100 else ""
    assert _shown(line, start) == f"“{'…' if begin else ''}{line[begin : begin + 60]}{after}”"


@pytest.mark.parametrize(
    ("date", "number"), [("2019-07-02", 1), ("2019-07", 0), ("2019-07-02/2019-09-30", 0), ("/2019-07-02", 0)]
)
def test_a_period_is_no_day_on_which_somebody_looked(date: str, number: int, schema: Schema) -> None:
    """Only a single day is compared with those of other entries."""
    assert len(Subject(_document("a", f"ended: {{value: {date}}}\n"), schema).outline.days) == number


def test_only_what_rests_on_the_one_source_is_counted(schema: Schema) -> None:
    """Not what rests on one that is not listed."""
    document = _document("a", "seat: {value: x, sources: [a, b]}\nsources: [{id: a}]\n")
    single = Subject(document, schema).outline.single
    assert single
    assert single[:2] == (1, "a")


@pytest.mark.parametrize(("text", "number"), [("It now meets twice a year.", 1), ("It met twice a year.", 0)])
def test_a_word_that_rots_is_found_in_the_history_too(text: str, number: int, schema: Schema) -> None:
    """In its words, wherever in the list they stand."""
    found = check([_document("a", f"history: [{{date: '2020', text: {text}}}]\n")], Context(schema, TODAY))
    assert [finding.rule for finding in found].count("undated-word") == number
