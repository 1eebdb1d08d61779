"""What the tests of contributions share: a small registry, and a request written as GitHub writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from netreg.check import Context
from netreg.contribute.form import Form, FormField, all_forms
from netreg.contribute.intake import intake
from netreg.contribute.reply.outcome import Outcome
from netreg.contribute.request import Base, Request
from netreg.core.load import read_document, read_folder
from netreg.core.schema import Schema
from netreg.lists import Refusal

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 24)
REQUEST = Request(12, TODAY)
REFUSED = (
    Refusal(
        "It is a circle of private persons and serves no cooperation between services.",
        "2026-10-02",
        name="Example Society of Retired Detectives",
        acronym="ESRD",
    ),
    Refusal(
        "2010 is the year in which its site went online.",
        "2026-10-03",
        entry="eucpn",
        about="established",
        value="2010",
    ),
)


@pytest.fixture(scope="session")
def base(schema: Schema) -> Base:
    """A registry of five entries on a fixed day, with two refused requests."""
    return Base(read_folder(HERE), Context(schema, TODAY), REFUSED)


@pytest.fixture(scope="session")
def answered(base: Base) -> Callable[[str], Outcome]:
    """What comes of a body, worked out once for all tests that look at it."""
    return cache(lambda text: intake(text, REQUEST, base))


def table(path: str) -> Any:
    """A table of cases as plain data, by its path in this folder."""
    document = read_document(HERE / path, path)
    assert document.root, path
    return document.root.plain()


def entry_in(outcome: Outcome) -> Any:
    """The entry as it would stand, as plain data."""
    assert outcome.proposal, outcome.as_markdown(14)
    root = outcome.proposal.document.root
    assert root
    return root.plain()


def keys_of(outcome: Outcome) -> set[str]:
    """The messages of an answer."""
    reply = outcome.reply
    return {said.key for said in (*reply.missing, *reply.understood, *reply.for_a_person, *reply.seen_before)}


def form_of(key: str, schema: Schema) -> Form:
    """One form by its key, as ``forms.yaml`` has it."""
    return {form.key: form for form in all_forms(schema)}[key]


def as_github_writes(form: Form, answers: Mapping[str, str], *, ticked: bool = True) -> str:
    """The body of a request in which a form was filled in."""
    return "\n\n".join(f"### {field.label}\n\n{_answer(field, answers, ticked)}" for field in form.fields)


def _answer(field: FormField, answers: Mapping[str, str], ticked: bool) -> str:
    if field.kind == "checkboxes":
        return "\n".join(f"- [{'x' if ticked else ' '}] {option}" for option in field.options)
    return answers.get(field.id, "") or "_No response_"
