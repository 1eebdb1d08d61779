"""The project's own lists are checked as entries are: with a place, and with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contribute.conftest import TODAY

from netreg.check import Context
from netreg.check.list_check import LISTS, REFUSED, WITHHELD, check_list, read_lists
from netreg.core.load import read_folder
from netreg.core.load.document import parse_document
from netreg.core.schema import Schema

ITEM = "reason: It is so.\n    date: '2026-11-20'"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (WITHHELD, "withheld:\n  - {commit: 90abf2c, date: '2026-11-24'}\n", ("bad-format", 2)),
        (WITHHELD, "withheld:\n  - {commit: Jane Doe, date: soon}\n", ("bad-date", 2)),
        (REFUSED, f"refused:\n  - name: X\n    {ITEM.replace('2026-11-20', 'soon')}\n", ("bad-date", 4)),
        (REFUSED, f"refused:\n  - entry: eucpn\n    {ITEM}\n", ("missing-key", 2)),
        (
            REFUSED,
            f"refused:\n  - entry: eucpn\n    about: Seat\n    value: x\n    {ITEM}\n",
            ("refused-unknown-fact", 3),
        ),
        (REFUSED, "refused: [\n", ("yaml-syntax", 1)),
    ],
)
def test_a_fault_has_its_place(path: str, text: str, found: tuple[str, int], project: Path, schema: Schema) -> None:
    """Of every list, and with the rules that hold for any file."""
    document = parse_document(path, text.encode())
    findings = check_list(project, document, read_folder(project), Context(schema, TODAY))
    assert found in {(finding.rule, finding.place.line) for finding in findings}
    assert {finding.place.path for finding in findings} == {path}


def test_the_lists_of_the_project_are_clean(project: Path, schema: Schema) -> None:
    """And all of them are read."""
    lists = read_lists(project)
    assert [document.path for document in lists] == list(LISTS)
    for document in lists:
        assert check_list(project, document, read_folder(project), Context(schema, TODAY)) == []
