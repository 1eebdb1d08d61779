"""What is drafted is told: each value, date, number and address that an entry gains stands in the answer as a reader
of the page would say it; and each objection names its field, and the sign or word that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.contribute.conftest import HERE, entry_in
from tests.contribute.test_misread import ask

from netreg.contribute.intake import Base, Outcome
from netreg.core.dates import spoken
from netreg.core.schema import Schema
from netreg.model import phrases

BODIES = HERE / "bodies"
_OURS = (
    *("id", "read", "request", "sources", "kind", "author", "title", "type"),
    *("language", "statement", "other_names", "event", "text"),
)
"""Keys that are ours, or whose words the answer has in a sentence: what they hold is no value of the body."""


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of an entry with the keys that they stand under, but for those of ours."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from () if name in _OURS and name != "sources" else _leaves(below, name)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, key) if isinstance(item, dict) or key not in _OURS else ()
    else:
        yield key, str(value)


def _ways(text: str, schema: Schema) -> set[str]:
    """How a text of an entry may be told: as it is, as a date, a country, a term, or without a scheme."""
    lists = (name for name, part in schema.raw["$defs"].items() if "const" in part.get("oneOf", [{}])[0])
    terms = {term.title for name in lists for term in schema.terms(name) if term.value == text}
    try:
        days = {spoken(text), spoken(text, between=True)}
    except ValueError:
        days = set()
    bare = text.partition("://")[2].rstrip("/")
    return {way.casefold() for way in {text, phrases.country(text), *terms, *days, bare} if way}


@pytest.mark.parametrize("name", sorted(path.stem for path in BODIES.glob("*.md")))
def test_all_that_a_draft_says_is_told(
    name: str, base: Base, schema: Schema, answered: Callable[[str], Outcome]
) -> None:
    """So that the sender sees it as it will stand, before anybody has to ask."""
    outcome = answered((BODIES / f"{name}.md").read_text(encoding="utf-8"))
    if outcome.proposal is None:
        return
    now = base.subjects.get(outcome.proposal.id)
    before = set(_leaves(now.root.plain())) if now and now.root else set()
    told = outcome.as_markdown(14).casefold()
    for key, text in set(_leaves(entry_in(outcome))) - before:
        assert any(way[:150] in told for way in _ways(text, schema)), f"{key}: {text}"


SIGNS = {
    "\u202e": "‹U+202E›",
    "\ue000": "‹U+E000›",
    "<b>x</b>": "<b>",
    "Euro\u0440ol": "Euroроl",
    "currently 3": "currently",
}
FIELDS = {
    "network": {"name": "Name", "acronym": "Acronym", "purpose": "In a few words", "summary": "Description"},
    "correction": {"right": "Seat"},
}


def _can(field: str, sign: str) -> bool:
    """Whether a rule looks for it there: undated words are found in texts only."""
    return field not in ("name", "acronym") or "currently" not in sign


@pytest.mark.parametrize(
    ("form", "field", "sign"),
    [(form, field, sign) for form, fields in FIELDS.items() for field in fields for sign in SIGNS if _can(field, sign)],
)
def test_an_objection_names_its_field(form: str, field: str, sign: str, base: Base) -> None:
    """And the sign or the word; one message a field."""
    given = {"name": "Example Network of Inland Port Police", "summary": "It is a network of forces. " * 9}
    more = {"acronym": "ENIPP", "purpose": "Polices ports", "fact": "Seat", "right": "In Malta"}
    answers = {**given, **more}
    answers[field] = f"{answers[field]} {sign}"
    outcome = ask(form, base, **answers)
    label = FIELDS[form][field]
    about = [one.text for one in (*outcome.reply.missing, *outcome.reply.for_a_person) if f"“{label}”" in one.text]
    assert len(about) == 1, outcome.as_markdown(14)
