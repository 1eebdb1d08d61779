"""The cases of review: folders with two states of some entries and what is said about the difference."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path

from netreg.core.load import Document, parse_document
from netreg.core.schema import Schema
from netreg.review.change import Change
from netreg.review.collect import changes_in
from netreg.review.overview import Review, review
from netreg.review.revisions import Pair
from netreg.review.words import Words

CASES = Path(__file__).resolve().parent / "cases"
Texts = dict[str, str]


def read(case: Path) -> tuple[Texts, Texts]:
    """The entries of both sides by their ids."""
    before, after = ({path.stem: path.read_text("utf-8") for path in (case / side).glob("*.yaml")} for side in _SIDES)
    return before, after


_SIDES = ("before", "after")


def pairs(before: Texts, after: Texts) -> Iterator[Pair]:
    """The entries that differ, as Git would find them."""
    for id_ in sorted({*before, *after}):
        if before.get(id_) != after.get(id_):
            yield Pair(id_, _document(id_, before), _document(id_, after))


def _document(id_: str, texts: Texts) -> Document | None:
    return parse_document(f"registry/{id_}.yaml", texts[id_].encode()) if id_ in texts else None


def changes(before: Texts, after: Texts) -> tuple[Change, ...]:
    """What changed between two states of the registry."""
    return changes_in(pairs(before, after))


def seen(before: Texts, after: Texts, schema: Schema) -> Review:
    """The same as a reviewer gets it."""
    return review(changes(before, after), Words(schema))


def difference(before: Texts, after: Texts) -> str:
    """What the code host shows without us: the lines that differ, with three lines around them."""
    found: list[str] = []
    for id_ in sorted({*before, *after}):
        old, new = (side.get(id_, "").splitlines(keepends=True) for side in (before, after))
        name = f"registry/{id_}.yaml"
        lines = list(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"))
        if lines:
            found += [f"diff --git a/{name} b/{name}\n", "index 0123456..789abcd 100644\n", *lines]
    return "".join(found)


def thirty(text: str) -> tuple[Texts, Texts]:
    """Thirty entries of which each says something else of its numbers, and some of more."""
    before = {f"network-{number:02}": text.replace("ENRP", f"N{number:02}") for number in range(1, 31)}
    return before, {id_: _later(entry, number) for number, (id_, entry) in enumerate(before.items(), start=1)}


def _later(entry: str, number: int) -> str:
    text = entry.replace("    - value: 39", f"    - value: {40 + number}").replace('as_of: "2019"\n', 'as_of: "2026"\n')
    text = text.replace('status: {value: active, as_of: "2024-11"', 'status: {value: active, as_of: "2026-11"')
    if number % 10 == 0:
        text = text.replace("sources: [about, declaration-2008]", "sources: [about]")
    if number == 7:
        text = text.replace("target: europol", "name: Danube Commission")
    return text


def parsed(text: str) -> object:
    """JSON, read."""
    return json.loads(text)
