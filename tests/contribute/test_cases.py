"""Cases: requests that were misread once, each with what is right for it in ``cases/expected.yaml``."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.contribute.conftest import HERE, keys_of, table

from netreg.check import Context
from netreg.contribute.intake import Base, Outcome, Request, intake
from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.host.gh import issue_of
from netreg.lists import Refusal

CASES = HERE / "cases"
NAMES = sorted(path.name for path in (CASES / "requests").iterdir())
EVENTS = sorted(path.stem for path in (CASES / "events").iterdir())


@pytest.fixture(scope="module")
def base(schema: Schema) -> Base:
    """A registry of eight entries, of which the requests speak."""
    return Base(read_folder(CASES), Context(schema, date(2026, 11, 28)))


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, Any]]:
    """What is right, by the name of the file."""
    right: dict[str, dict[str, Any]] = table("cases/expected.yaml")
    return right


@pytest.mark.parametrize("name", NAMES)
def test_a_case_gives_what_is_right(name: str, base: Base, expected: dict[str, dict[str, Any]]) -> None:
    """Understood as it is meant, or asked back with the true reason; never something else as done."""
    right = expected[name]
    words = (CASES / "requests" / name).read_text(encoding="utf-8-sig")
    outcome = intake(words, Request(77, date(2026, 11, 20)), base)
    draft, answer = outcome.proposal.text if outcome.proposal else "", outcome.as_markdown(14)
    assert bool(outcome.proposal) is right["ready"], answer
    assert [text for text in right.get("has", ()) if text not in draft] == [], draft
    assert [text for text in right.get("not", ()) if text in draft] == [], draft
    assert set(right.get("says", ())) <= keys_of(outcome), answer
    assert not set(right.get("never", ())) & keys_of(outcome), answer
    assert [text for text in right.get("words", ()) if text not in answer] == [], answer
    assert [text for text in right.get("lacks", ()) if text in answer] == [], answer


def test_each_case_has_its_answer(expected: dict[str, dict[str, Any]]) -> None:
    """And no answer stands without its case."""
    assert sorted(expected) == NAMES


def _of_event(name: str, base: Base) -> Outcome:
    event = json.loads((CASES / "events" / f"{name}.json").read_text(encoding="utf-8"))
    issue = issue_of(event["issue"])
    return intake(issue.body, Request(issue.number, issue.opened), base)


@pytest.mark.parametrize(
    ("name", "words", "lacks"),
    [
        ("event-year-0123", ["`0123` under “Established” is not a date"], ["**Next:** nothing more"]),
        ("where-unseen-sign", ["“Name”, `‹U+202E›"], []),
        ("secret-password-in-address", ["a password"], ["hunter2"]),
        ("secret-mailbox-echoed", ["[a mailbox]"], ["@"]),
    ],
)
def test_an_event_is_answered_with_field_and_word(name: str, words: list[str], lacks: list[str], base: Base) -> None:
    """What is objected to is named, and what is secret is not repeated."""
    answer = _of_event(name, base).as_markdown(14)
    assert [word for word in words if word not in answer] == [], answer
    assert [word for word in lacks if word in answer] == [], answer


def test_a_bad_choice_gets_one_message(base: Base) -> None:
    """And not a second one that the field was left open."""
    outcome = _of_event("where-bad-option-twice", base)
    assert [said.key for said in outcome.reply.missing] == ["choice", "choice"]
    assert "person-adds" not in keys_of(outcome)


def test_accents_are_composed(base: Base) -> None:
    """A name that came in pieces stands as keyboards write it."""
    outcome = _of_event("event-nfd-name", base)
    assert outcome.proposal
    assert "name: Réseau" in outcome.proposal.text


def test_the_reason_of_a_refusal_is_quoted(base: Base) -> None:
    """Mentions, links and pictures in it are dead in the public answer."""
    reason = "See @octocat [a](https://evil.example) ![i](https://evil.example/x.png)"
    refused = Refusal(reason, "2026-11-24", name="European Network of Airport Law Enforcement Units")
    words = (CASES / "reported-again.md").read_text(encoding="utf-8")
    outcome = intake(words, Request(77, date(2026, 11, 20)), Base(base.documents, base.context, (refused,)))
    assert outcome.reply.is_refused
    assert f"`{reason}`" in outcome.as_markdown(14)
