"""The bench: a row past its bar fails it, and a tool that cannot be had does not."""

from __future__ import annotations

import pytest
from tests import bench
from tests.bench import Cost, Job, Row

OURS, THEIRS = Job(["ours"]), Job(["theirs"])


@pytest.mark.parametrize(
    ("ours", "row", "code", "told"),
    [
        (Cost(0.9, 0), Row("job", OURS, THEIRS, 0.9), 0, "| job | 0.90 | 0.9 | 900 (0) | 1000 (0) | 900.00 | 0 |  |"),
        (
            Cost(1.2, 0),
            Row("job", OURS, THEIRS, 1, 100),
            0,
            "| job | 1.20 | 1 | 1200 (0) | 1000 (0) | 12.00 | 0 | near |",
        ),
        (Cost(1.3, 0), Row("job", OURS, THEIRS, 1), 1, "PAST ITS BAR"),
        (Cost(1.3, 90), Row("job", OURS, THEIRS, 1, of_memory=True), 0, "| job | 0.90 | 1 |"),
        (Cost(0.1, 130), Row("job", OURS, THEIRS, 1, of_memory=True), 1, "PAST ITS BAR"),
        (Cost(9.9, 0), Row("job", OURS, None, 1), 0, "left out"),
    ],
)
def test_a_row_past_its_bar_fails(ours: Cost, row: Row, code: int, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With made-up figures the exit code and the table say what is past its bar by more than a quarter."""
    monkeypatch.setattr(bench, "measure", lambda job: ours if job is OURS else Cost(1.0, 100))
    easy = Row("easy", THEIRS, THEIRS, 1)
    lines: list[str] = []
    assert bench.report([easy, row, easy], 3, lines.append) == code
    said = "\n".join(lines)
    assert told in said
    assert f"of the bar: {'job' if code else 'none'}." in said
