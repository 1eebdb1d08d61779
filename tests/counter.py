"""Count what a piece of work passes through: `python3 scripts/dev.py bench --count`.

A reader follows a correction through these functions, so their number is held down. Python 3.11 counts each
comprehension as a function, which later ones do not: compare numbers of one Python only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "scripts" / "netreg"
TODAY = date(2026, 11, 24)

# Where the work begins; the one place to adapt when modules move.
PARTS = {
    "as_markdown": "netreg.review.as_markdown",
    "Base": "netreg.contribute.request",
    "changes_in": "netreg.review.collect",
    "Context": "netreg.check",
    "intake": "netreg.contribute.intake",
    "Pair": "netreg.review.revisions",
    "parse_document": "netreg.core.load",
    "read_folder": "netreg.core.load",
    "read_schema": "netreg.core.schema",
    "Request": "netreg.contribute.request",
    "review": "netreg.review.overview",
    "Words": "netreg.review.words",
}

ENTRY = """name: European Example Network
acronym: EEN
group: other-european
topics: [drugs]
status: {{value: active, as_of: "2024", sources: [own]}}
seat: {{value: {seat}, sources: [own]}}
sources:
  - id: own
    title: About us
    author: European Example Network
    kind: self-presentation
    url: https://own.example/
    language: en
    read: {{date: "2026-11-23", how: live}}
"""

ANSWERS = {
    "Network": "enfsi",
    "Fact": "Seat",
    "The page says": "Berlin",
    "Right is": "The Hague",
    "As of": "2025",
    "Where others can read it": "https://enfsi.eu/contact",
    "Whose words": "Own words",
    "I write as": "Independent",
    "Before you send": "- [x] What I write may be published under CC0 1.0: everybody may use it for everything.\n"
    "- [x] I name no living persons and give no personal mailboxes and no telephone numbers.",
}


@dataclass(frozen=True)
class Passed:
    """The functions that ran, each once, and how often a function was called."""

    functions: frozenset[CodeType]
    calls: int

    @property
    def modules(self) -> frozenset[str]:
        """Their files, as paths below the package."""
        return frozenset(Path(code.co_filename).relative_to(PACKAGE).as_posix() for code in self.functions)

    @property
    def rooms(self) -> frozenset[str]:
        """The folders of the package; the modules beside them are one."""
        return frozenset(name.rpartition("/")[0].partition("/")[0] for name in self.modules)


def passed(piece: Callable[[], object]) -> Passed:
    """Run a piece of work and count the functions of the package that it passes through."""
    called: list[CodeType] = []
    ours = str(PACKAGE)

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(ours):
            called.append(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        piece()
    finally:
        sys.setprofile(before)
    return Passed(frozenset(called), len(called))


def part(name: str) -> Any:
    """A function or class of the package by its name in the table."""
    return getattr(import_module(PARTS[name]), name)


def one_change() -> Callable[[], str]:
    """One value of an entry differs: find it between two states that were read, and tell it as a comment."""
    states = [
        part("parse_document")("registry/een.yaml", ENTRY.format(seat=seat).encode()) for seat in ("Wien", "Graz")
    ]
    words = part("Words")(part("read_schema")(ROOT))
    changes_in, review, as_markdown, pair = part("changes_in"), part("review"), part("as_markdown"), part("Pair")

    def piece() -> str:
        told: str = as_markdown(review(changes_in([pair("een", *states)]), words, ()))
        assert "Graz" in told
        return told

    return piece


def one_correction() -> Callable[[], str]:
    """The seat of an entry is corrected: from the body of the request to the draft, in a small registry."""
    body = "\n\n".join(f"### {question}\n\n{answer}" for question, answer in ANSWERS.items())
    context = part("Context")(part("read_schema")(ROOT), TODAY)
    base = part("Base")(part("read_folder")(ROOT / "tests" / "contribute"), context, ())
    intake, request = part("intake"), part("Request")(12, TODAY)

    def piece() -> str:
        outcome = intake(body, request, base)
        assert outcome.proposal is not None, outcome.as_markdown(14)
        text: str = outcome.proposal.text
        assert "The Hague" in text
        return text

    return piece


# What is counted, and through how many functions it may pass at most.
PIECES = (("one changed value found and told", one_change, 120), ("one correction, body to draft", one_correction, 250))


def main() -> int:
    """Print a line for each piece of work; 1 when one passes through more than it may."""
    above = False
    for name, prepared, most in PIECES:
        piece = prepared()
        piece()  # what is made once and kept, as the patterns of a vocabulary, is no part of the way
        through = passed(piece)
        number = len(through.functions)
        above |= number > most
        print(
            f"{name}: {number} functions (at most {most}{': TOO MANY' if number > most else ''}) in "
            f"{len(through.modules)} modules, {len(through.rooms)} rooms; {through.calls} calls"
        )
    return int(above)
