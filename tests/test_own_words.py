"""Our own words: what a test can hold of it without the texts of others at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netreg.core.load import read_folder

RUN = 8


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of eight words of a text, whatever their case and punctuation."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def _entries(project: Path) -> Iterator[dict[str, Any]]:
    for document in read_folder(project):
        assert document.root is not None
        raw = document.root.plain()
        if "summary" in raw:
            yield {"id": document.id, **raw}


@pytest.fixture(scope="module")
def entries(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """All entries that have a description."""
    return list(_entries(request.config.rootpath))


@pytest.fixture(scope="module")
def names(entries: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    """The runs in names of bodies and of legal acts, which nobody can say in words of one's own."""
    bodies = [name for entry in entries for name in (entry["name"], *_all(entry, "other_names", "name"))]
    acts = [title for entry in entries for title in _all(entry, "legal_basis", "title")]
    return {run for text in (*bodies, *acts) for run in runs(text)}


def _all(entry: dict[str, Any], field: str, key: str) -> list[str]:
    return [item[key] for item in entry.get(field, ())]


@pytest.mark.real
def test_no_description_is_taken_from_a_title(entries: list[dict[str, Any]], names: set[tuple[str, ...]]) -> None:
    """A description takes no run of eight words from the title of a source, names aside."""
    for entry in entries:
        foreign = {run for title in _all(entry, "sources", "title") for run in runs(title)}
        taken = (runs(entry["summary"]["value"]) & foreign) - names
        assert not taken, f"{entry['id']}: {taken}"


@pytest.mark.parametrize(("text", "number"), [("one two three four five six seven", 0), ("a b c d e f g, H!", 1)])
def test_a_run_has_eight_words(text: str, number: int) -> None:
    """Seven words in a row are nobody's; the eighth makes a run, whatever stands between the words."""
    assert len(runs(text)) == number
