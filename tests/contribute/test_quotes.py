"""Quotations: a reply is read in its newest layer, whichever program wrote it and in whichever language."""

from __future__ import annotations

from typing import Any

import pytest
from tests.contribute.conftest import TODAY, entry_in, form_of, table

from netreg.contribute.form import copy_text
from netreg.contribute.intake import Base, Outcome, Request, intake

QUOTES: list[dict[str, str]] = table("quotes.yaml")
_FORM = {"entry": "eucpn", "fact": "Seat", "right": "Orléans", "as_of": "2026-01", "source": "https://eucpn.org/x"}
_GREETING = "Dear colleagues,\n\nplease find the answer below.\n\n"
_SIGNED = "\n\nKind regards\nJane Roe\nPermanent Secretariat"


def _name(quote: dict[str, str]) -> str:
    return f"{quote['program']}, {quote['language']}"


def _form(base: Base, **answers: str) -> str:
    given = {**_FORM, "source_kind": "Own words", "role": "Member", **answers}
    return copy_text(form_of("correction", base.schema), given).partition("Before you send")[0]


def _replied(above: str, quote: dict[str, str], below: str, base: Base) -> Outcome:
    marked = "\n".join(f"> {line}" for line in below.split("\n")) if quote["below"] == "marks" else below
    return intake(f"{above}\n\n{quote['head']}\n{marked}", Request(77, TODAY, by_mail=True), base)


def _seat(outcome: Outcome) -> Any:
    return entry_in(outcome)["seat"]["value"]


def test_ten_programs_and_five_languages_are_there() -> None:
    """Each with the public file in which its way of quoting stands."""
    assert len({quote["program"].split()[0] for quote in QUOTES}) >= 10
    assert len({quote["language"] for quote in QUOTES}) >= 5
    assert all("/" in quote["source"] for quote in QUOTES)


@pytest.mark.parametrize("quote", QUOTES, ids=_name)
def test_a_line_above_a_quoted_form_corrects_it(quote: dict[str, str], base: Base) -> None:
    """Greetings, and a signature behind a closing formula, say nothing of their own."""
    assert _seat(_replied(f"{_GREETING}Right is: Lille{_SIGNED}", quote, _form(base), base)) == "Lille"


@pytest.mark.parametrize("quote", QUOTES, ids=_name)
def test_words_above_a_quoted_form_are_left_to_a_person(quote: dict[str, str], base: Base) -> None:
    """The old value below is not taken in their stead."""
    outcome = _replied("The seat moved to Lille.", quote, _form(base), base)
    assert (outcome.proposal, outcome.reply.needs_a_person) == (None, True)


@pytest.mark.parametrize("quote", QUOTES, ids=_name)
def test_a_blank_form_that_is_quoted_counts_for_nothing(quote: dict[str, str], base: Base) -> None:
    """Nobody is asked about what only stands below."""
    blank = copy_text(form_of("correction", base.schema))
    outcome = _replied(_form(base, right="Lille"), quote, blank, base)
    assert _seat(outcome) == "Lille"
    assert not outcome.reply.missing
