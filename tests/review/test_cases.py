"""What a reviewer gets to read: each case in three forms, to the letter, and shorter than the difference."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.review import cases

from netreg.core.schema import Schema
from netreg.review.as_json import as_json
from netreg.review.as_markdown import LONGEST, as_markdown
from netreg.review.as_text import as_text
from netreg.review.overview import Review

SMALL = 1300
"""Characters that a comment may have, however little differs."""

ALL = sorted(path for path in cases.CASES.iterdir() if path.is_dir())
RENDERED: dict[str, Callable[[Review], str]] = {
    "expected.txt": as_text,
    "expected.md": as_markdown,
    "expected.json": as_json,
}


Seen = Callable[[Path], Review]


@pytest.fixture(scope="module")
def seen(schema: Schema) -> Seen:
    """What a reviewer gets to see of a case, worked out once for all forms."""
    return cache(lambda case: cases.seen(*_sides(case), schema))


def _sides(case: Path) -> tuple[cases.Texts, cases.Texts]:
    return _thirty() if case.name == "thirty-at-once" else cases.read(case)


def _thirty() -> tuple[cases.Texts, cases.Texts]:
    return cases.thirty((cases.CASES / "count" / "before" / "enrp.yaml").read_text("utf-8"))


@pytest.mark.parametrize("form", RENDERED)
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_case_reads_as_written(case: Path, form: str, seen: Seen, update: bool) -> None:
    """Text, Markdown and JSON of a case are its expected files to the letter."""
    said = RENDERED[form](seen(case))
    if update:
        (case / form).write_text(said, encoding="utf-8", newline="")
    assert said == (case / form).read_text("utf-8")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_comment_is_shorter_than_the_difference(case: Path, seen: Seen) -> None:
    """Who reads the comment reads less than who reads the lines that differ, the evidence for them left aside.

    Of a small edit that evidence, which stands elsewhere in the file, may make it longer.
    """
    before, after = _sides(case)
    if before != after and not case.name.startswith("hostile"):
        assert len(as_markdown(seen(case))) < max(len(cases.difference(before, after)), SMALL)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_the_first_line_sums_up(case: Path, seen: Seen) -> None:
    """The first line stands alone in a notification: one bold sentence or a few, within the limit."""
    comment = as_markdown(seen(case))
    first = comment.split("\n", 1)[0]
    assert re.fullmatch(r"\*\*.+[.]\*\*", first)
    assert len(first) < 400
    assert len(comment) < LONGEST
