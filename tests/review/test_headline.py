"""The headline: the change itself, or how many there are, and never a piece that misleads."""

from __future__ import annotations

import re
from typing import Any

import pytest

from netreg.core.schema import Schema
from netreg.review.compare import compare
from netreg.review.overview import headline, review
from netreg.review.spans import plain
from netreg.review.words import Words

RELATION = {"type": "part_of", "target": "lewp", "sources": ["a"]}


def _first(schema: Schema, before: dict[str, Any], after: dict[str, Any]) -> str:
    said = plain(headline(review(compare("een", before, after), Words(schema)))).removeprefix("een: ")
    return re.split(r"\.(?: [0-9]+ things? to look at\.)?$", said)[0]


def _seat(**said: object) -> dict[str, Any]:
    return {"seat": {"value": "Graz", "sources": ["a"], **said}}


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [
        (_seat(certainty="likely"), _seat(), "Seat: “Graz”; no longer marked as our reading"),
        (_seat(as_of="2019"), _seat(as_of="2026"), "Seat: “Graz”; as of 2026 instead of 2019"),
        (
            {"relations": [RELATION]},
            {"relations": [{**RELATION, "type": "successor_of"}]},
            "Relations: lewp; “Successor of” instead of “Part of”",
        ),
        (
            {"participants": {"countries": {"value": ["AT", "SE"], "sources": ["a"]}}},
            {"participants": {"countries": {"value": ["AT", "RU"], "sources": ["a"]}}},
            "Countries: Russia joins; Sweden is no longer named",
        ),
        (_seat(), _seat(sources=[]), "Seat: “Graz”; no longer by “a” (not listed), so without a source"),
        (_seat(), _seat(value="Linz"), "Seat: “Linz” instead of “Graz”"),
        ({"legal_basis": [{"title": "A"}]}, {"legal_basis": []}, "Legal basis: “A”, deleted"),
        (
            {"legal_basis": [{"title": "Act of Linz", "role": "current"}]},
            {"legal_basis": [{"title": "Linz Act of", "role": "current"}]},
            "Legal basis: title “Linz Act of” instead of “Act of Linz”",
        ),
    ],
)
def test_one_change_is_told(schema: Schema, before: dict[str, Any], after: dict[str, Any], first: str) -> None:
    """A single change is in the headline, its evidence only where nothing else changed."""
    assert _first(schema, before, after) == first


def test_a_long_text_is_only_named(schema: Schema) -> None:
    """A piece of a long rewording would hide the rest of it."""
    long = "one two three four five six seven eight nine ten " * 8
    before, after = ({"summary": {"value": text, "sources": ["a"]}} for text in (long, f"{long} {long.upper()}"))
    assert _first(schema, before, after) == "Description: reworded"


def test_no_rewording_is_cut(schema: Schema) -> None:
    """Part of a difference, or one without its end, would say something else."""
    note = (
        "The list stands in the {} of the questioners, and in neither the {} nor the printed answer of the government."
    )
    long = "preface " * 40
    before, after = (_seat(note=note.format(*two)) for two in (("preface", "reply"), (long.strip(), "reply")))
    assert _first(schema, before, after) == "Seat: “Graz”; note reworded"


@pytest.mark.parametrize(("number", "first"), [(5, "5 sources"), (2, "Sources corrected: “T0” and “T1”")])
def test_what_was_read_again_is_one_line(schema: Schema, number: int, first: str) -> None:
    """Sources that were read again on one day are told at once, by name where they are few."""

    def sources(day: str) -> dict[str, Any]:
        read = {"date": f"2026-11-{day}", "how": "live"}
        return {"sources": [{"id": f"s{index}", "title": f"T{index}", "read": read} for index in range(number)]}

    told = _first(schema, sources("23"), sources("26"))
    assert told.startswith(first)
    assert told.endswith("read on 26 November 2026 instead of 23 November 2026")
