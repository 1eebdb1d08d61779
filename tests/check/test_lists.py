"""The project's own lists are checked as entries are: with a place, and with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from netreg.check import Context, Subject
from netreg.check.cases import TODAY
from netreg.check.runner import LISTS, REFUSED, WITHHELD, check_list, read_lists
from netreg.core.load import parse_document
from netreg.core.schema import Schema

ENTRY = parse_document("registry/een.yaml", b"name: European Example Network\n")
ITEM = "reason: It is so.\n    date: '2026-11-20'"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (WITHHELD, "withheld:\n  - {commit: 90abf2c, date: '2026-11-24'}\n", ("bad-format", 2)),
        (WITHHELD, "withheld:\n  - {commit: Jane Doe, date: soon}\n", ("bad-date", 2)),
        (REFUSED, f"refused:\n  - name: X\n    {ITEM.replace('2026-11-20', 'soon')}\n", ("bad-date", 4)),
        (REFUSED, f"refused:\n  - entry: een\n    {ITEM}\n", ("missing-key", 2)),
        (
            REFUSED,
            f"refused:\n  - entry: een\n    about: Seat\n    value: x\n    {ITEM}\n",
            ("refused-unknown-fact", 3),
        ),
        (REFUSED, "refused: [\n", ("yaml-syntax", 1)),
    ],
)
def test_a_fault_has_its_place(path: str, text: str, found: tuple[str, int], project: Path, schema: Schema) -> None:
    """Of every list, and with the rules that hold for any file."""
    document = parse_document(path, text.encode())
    findings = check_list(project, document, [Subject(ENTRY, schema).outline], Context(schema, TODAY))
    assert found in {(finding.rule, finding.place.line) for finding in findings}
    assert {finding.place.path for finding in findings} == {path}


def test_the_lists_that_a_project_has_are_read(tmp_path: Path) -> None:
    """All of them, in one order, and none is missed where it is not there."""
    assert read_lists(tmp_path) == []
    (tmp_path / "docs" / "data").mkdir(parents=True)
    for path in reversed(LISTS):
        (tmp_path / path).write_text("x: y\n", encoding="utf-8")
    assert [document.path for document in read_lists(tmp_path)] == list(LISTS)
