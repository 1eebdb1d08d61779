"""The first lines of the comment: what a maintainer must see stands in the headline or as the first thing to look at.

Pull requests that touch other files than entries are in ``test_outside``.
"""

from __future__ import annotations

import re

import pytest
from tests.review import cases
from tests.review.repository import entry

from netreg.core.schema import Schema
from netreg.review.as_markdown import as_markdown
from netreg.review.overview import review
from netreg.review.words import Words

COUNT = """participants:
  counts:
    - {value: 31, unit: states, as_of: "2024", sources: [own]}
"""
WEBSITE = 'website: {value: "https://enlets.eu", sources: [own]}\n'
SUMMARY = "summary: {value: A network of dog handlers in nine states, sources: [own]}\n"
PAPER = """  - id: paper
    title: A paper
    author: A newspaper
    kind: third-party
    url: https://paper.example/
    published: "2025"
"""
WHOLE = entry().replace("sources:\n", COUNT + WEBSITE + SUMMARY + "sources:\n", 1) + PAPER
NINE = [f"n{number}" for number in range(9)]


def _first_lines(before: cases.Texts, after: cases.Texts, schema: Schema) -> str:
    """The headline and the first hint, without marks."""
    comment = as_markdown(review(cases.changes(before, after), Words(schema), [])).split("\n")
    hints = [line for line in comment[1:] if line.startswith("- ")] if "Look at this first:" in comment else []
    return re.sub(r"[*\\`]", "", "\n".join([comment[0], *hints[:1]]))


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("value: 31,", "value: 310,", "is a digit too many?"),
        ("enlets.eu", "enIets.eu", "only looks like enlets.eu"),
        (
            "A network of dog handlers in nine states",
            "Our dogs are the best in nine states",
            "the body, not of it: “our”",
        ),
        ('status: {value: active, as_of: "2024"', 'status: {value: ended, as_of: "2024"', "Ended"),
        ('as_of: "2024", sources: [own]}\nseat', 'as_of: "2026-11", sources: [own]}\nseat', "newer date, same sources"),
        ("Vienna, sources: [own]", "Graz, sources: [paper]", "rests on third parties only"),
        ("Vienna, sources: [own]", "Vienna, sources: []", "has none left"),
        ("seat: {value: Vienna, sources: [own]}\n", "", "deleted; should it not stay"),
        ("name: European Example Network\nacr", "name: European Sample Network\nacr", "old name is not filed"),
        ("acronym: EEN", "acronym: ENE", "old acronym is not filed"),
        ("url: https://own.example/", "url: https://casino.example/", "casino.example"),
        ("kind: third-party", "kind: official-document", "counts as official document now"),
        ("A network of dog handlers", "Ask jo@mail.example, dog handlers", "holds personal data: a mailbox"),
        ("https://own.example/", "https://jo:pw@own.example/", "holds a password"),
        ("group: other-european", "group: eu-official", "Group"),
        ("topics: [drugs]", "topics: [drugs, fraud]", "Topics"),
        ("name: European Example Network\nacr", "name: [\nacr", "nothing in the file could be compared"),
        ("name: European", "entry: {withdrawn: '2026-11-01', reason: x}\nname: European", "entries that were wrong"),
    ],
)
def test_one_entry(schema: Schema, old: str, new: str, seen: str) -> None:
    """What one edit does to an entry is seen without scrolling."""
    assert old in WHOLE
    assert seen in _first_lines({"een": WHOLE}, {"een": WHOLE.replace(old, new, 1)}, schema)


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ({"een": WHOLE}, {}, "an entry is never removed"),
        ({"een": WHOLE}, {"een-net": WHOLE}, "an id never changes"),
        ({}, {"een": WHOLE}, "New entry: “European Example Network” (EEN)"),
        (dict.fromkeys(NINE, WHOLE), dict.fromkeys(NINE, WHOLE + "\n\n"), "9 entries change in form only"),
        (
            dict.fromkeys([*NINE, "n9"], WHOLE),
            dict.fromkeys([*NINE, "n9"], WHOLE.replace("Vienna", "Graz")),
            "nobody reads well what changes in so many entries at once",
        ),
        (
            dict.fromkeys(NINE, WHOLE),
            dict.fromkeys(NINE, WHOLE.replace('"2024"', '"2026"')),
            "9 entries change, all corrected",
        ),
        (
            dict.fromkeys(NINE, WHOLE),
            {**dict.fromkeys(NINE, WHOLE.replace("Vienna", "Graz")), "n0": WHOLE + "\n\n", "n9": WHOLE},
            "10 entries change: 1 in form only (EEN), 8 corrected and 1 new (EEN).",
        ),
    ],
)
def test_whole_entries(schema: Schema, before: cases.Texts, after: cases.Texts, seen: str) -> None:
    """So is what becomes of whole entries, and of many."""
    assert seen in _first_lines(before, after, schema)
