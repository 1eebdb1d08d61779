"""What is public holds the words of a request, and nothing that people should not have sent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.contribute.conftest import HERE, REQUEST, TODAY, as_github_writes, entry_in, form_of, keys_of
from tests.contribute.test_misread import ask

from netreg.check import Context
from netreg.contribute.intake import Base, Outcome, intake
from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.lists import Refusal

SECRETS = {
    "https://admin:hunter2@eucpn.org/": ("hunter2",),
    "Jane Doe, jane.doe@example.org, +32 2 555 01 67": ("Jane Doe", "jane.doe", "555 01 67"),
    "Dr. Jane Doe, Brussels": ("Jane Doe",),
    "https://eucpn.org/page?access_token=abc123def": ("abc123def",),
}
FIELDS = {
    "correction": ("entry", "fact", "says", "right", "as_of", "source", "source_title", "source_author", "more"),
    "network": ("name", "acronym", "purpose", "summary", "website", "established", "source", "source_title", "more"),
    "status": ("when", "other", "source", "source_author", "source_language", "more"),
    "answer": ("question", "answer", "as_of", "source", "more"),
    "same": ("entry", "twin", "why", "more"),
    "source": ("which", "opened", "copy", "more"),
    "feedback": ("page", "message"),
}
GIVEN = {
    "entry": "eucpn",
    "fact": "Seat",
    "right": "In Malta",
    "change": "Merged",
    "name": "Example Network of Inland Port Police",
    "summary": "Network of forces that police inland ports.",
    "question": "Is it still at work?",
    "answer": "December 2025",
    "source": "https://eucpn.org/news",
    "source_kind": "Own words",
    "role": "Member",
}


def _public(outcome: Outcome) -> str:
    """All that is posted or committed."""
    parts = [outcome.as_markdown(14), outcome.for_reviewer(), str(outcome.as_object(14))]
    return "\n".join([*parts, outcome.proposal.text if outcome.proposal else ""])


@pytest.mark.parametrize("words", SECRETS)
@pytest.mark.parametrize(("form", "field"), [(form, field) for form, fields in FIELDS.items() for field in fields])
def test_no_field_repeats_a_secret(form: str, field: str, words: str, base: Base) -> None:
    """Neither the answer, nor what a reviewer is told, nor a draft holds it, in whichever field it was sent."""
    public = _public(ask(form, base, **{**GIVEN, field: words}))
    assert [secret for secret in SECRETS[words] if secret in public] == []


@pytest.mark.parametrize("words", SECRETS)
def test_left_over_words_repeat_no_secret(words: str, base: Base) -> None:
    """Nor do those in front of a form, below a signature, or in a message without any form."""
    body = as_github_writes(form_of("correction", base.schema), GIVEN)
    mail = replace(REQUEST, by_mail=True, below=words, attachments=(words,))
    for text in (f"{words}\n\n{body}", words):
        public = _public(intake(text, mail, base))
        assert [secret for secret in SECRETS[words] if secret in public] == []


def test_a_mask_says_what_was_there(base: Base) -> None:
    """So that the sender understands what to take out."""
    public = ask("correction", base, fact="Seat", right="Jane Doe, jane.doe@example.org").as_markdown(14)
    assert "[a mailbox]" in public
    assert "[a name]" in public


def test_the_mailbox_of_a_person_is_no_contact(base: Base) -> None:
    """It is asked to be taken out; that of an office is taken."""
    outcome = ask("correction", base, fact="Contact", right="jane.doe@example.org")
    assert outcome.proposal is None
    assert outcome.reply.missing
    assert "jane" not in outcome.as_markdown(14)
    assert ask("correction", base, fact="Contact", right="office@example.org").proposal


def test_the_mailbox_that_bears_the_name_is_a_contact(base: Base) -> None:
    """As to the check: it is drafted, and echoed as it will stand, though everybody can read the request."""
    outcome = ask("correction", base, fact="Contact", right="eucpn@mail.example.org")
    assert outcome.proposal
    assert "`eucpn@mail.example.org`" in outcome.as_markdown(14)
    assert "eucpn@" not in ask("correction", base, entry="enfsi", fact="Contact", right="eucpn@a.org").as_markdown(14)


def test_a_password_is_asked_to_be_taken_out(base: Base) -> None:
    """Also where the address is that of the page and nothing of it would go into the entry."""
    outcome = ask("correction", base, fact="Website", right="https://admin:hunter2@eucpn.org/")
    assert outcome.proposal is None
    assert "secret" in keys_of(outcome)


def test_the_reason_of_a_refusal_is_quoted(base: Base) -> None:
    """A list of ours is no place for a mention, a link or a picture that acts."""
    reason = f"See @octocat [a](https://evil.example) ![i](https://evil.example/x.png) {'and more ' * 30}at the end"
    refusal = Refusal(reason, "2026-11-24", name="Example Network of Harbours")
    outcome = ask("network", replace(base, refused=(refusal,)), name="Example Network of Harbours", summary="A body.")
    assert f"`{reason}`" in outcome.as_markdown(14)


@pytest.fixture
def harbours(schema: Schema) -> Base:
    """A body whose seat rests on a statement of its own secretariat, of 20 May 2026."""
    return Base(read_folder(HERE / "evidence"), Context(schema, TODAY))


def test_a_newer_word_of_the_secretariat_stays_first(harbours: Base) -> None:
    """Its date is that of the evidence, as it is to the page and to the check."""
    given = {"entry": "ENHP", "fact": "Seat", "right": "Madrid, Spain", "source": "https://example.org/c"}
    outcome = ask("correction", harbours, **given, source_kind="Third party", as_of="2024-06")
    assert "understood-earlier" in keys_of(outcome)
    seat = entry_in(outcome)["seat"]
    assert (seat["value"], [other["value"] for other in seat["other"]]) == ("Warsaw, Poland", ["Madrid, Spain"])


@pytest.mark.parametrize("acronym", ["NUL", "CON", "DATA", "index", "COM1"])
def test_a_reserved_id_is_never_proposed(acronym: str, base: Base) -> None:
    """A draft for it could not be checked out, or would take the place of a page of the site."""
    given = {"name": "Example Network of Inland Port Police", "acronym": acronym, "summary": "Forces of ports. " * 9}
    outcome = ask("network", base, **given)
    assert outcome.proposal
    assert outcome.proposal.id == "example-network-of-inland-port-police"
