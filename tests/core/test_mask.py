"""Mask: what people should not have sent is not repeated, and nothing else is touched."""

from __future__ import annotations

import pytest

from netreg.core.mask import found, mailboxes, masked, persons, telephone

MASKED = {
    "Its chair is Mr John Doe (john.doe@example.org, +32 2 555 01 23).": (
        "Its chair is [a name] ([a mailbox], [a telephone number])."
    ),
    "Jane Doe, jane.doe@example.org, +32 2 555 01 67": "[a name], [a mailbox], [a telephone number]",
    "Jane Doe <jane@example.org>": "[a name] <[a mailbox]>",
    "Ask j.doe@example.org, says Jane Doe": "Ask [a mailbox], says Jane Doe",
    "write to jane.doe@example.org; Jane Doe answers": "write to [a mailbox]; [a name] answers",
    "jane.doe (at) example.org": "[a mailbox]",
    r"jane.doe\uff20example.org, j.roe\x40example.org": "[a mailbox], [a mailbox]",
    "jane.doe&#64;example.org, j.roe&commat;example.org": "[a mailbox], [a mailbox]",
    "https://example.org/?to=jane.doe%40example.org": "https://example.org/?to=[a mailbox]",
    "mailto:jane.doe@example.org": "mailto:[a mailbox]",
    "press-office@example.org and jane@example.org": "press-office@example.org and [a mailbox]",
    "Is “john.doe@exam… a person's?": "Is “[a mailbox] a person's?",
    "jane\u200b.doe@example.org": "[a mailbox]",
    "https://admin:hunter2@enlets.eu/a": "https://[a password]@enlets.eu/a",
    "https://admin@enlets.eu/": "https://[a password]@enlets.eu/",
    "https://x.example/?id=3&token=abc123#top": "https://x.example/?id=3&token=[a password]#top",
    "tel:025550123 or 0032 2 555 01 23": "[a telephone number] or [a telephone number]",
    "Prof. Dr. Ursula von der Berg leads it.": "[a name] leads it.",
    "Mme Zoé Łukasz-O’Neill, M. Žižek and Frau Öz": "[a name], [a name] and [a name]",
    "Ms J. A. Doe": "[a name]",
}
KEPT = (
    "info@example.org",
    "Its secretariat@enfsi.eu answers.",
    "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32009D0902",
    "COM(2012) 717 of 28 November 2012",
    "Council Decision 2009/902/JHA, OJ L 321, 8.12.2009, p. 44",
    "The Professor of law, the MS and DR Congo",
    "https://web.archive.org/web/20260101000000/https://example.org/",
    "at 00:01 on 2026-11-28",
    "1 + 1",
    "@ENLETS",
)


@pytest.mark.parametrize("text", MASKED)
def test_what_must_not_be_repeated_is_masked(text: str) -> None:
    """A mailbox, a number, a secret, a name with its title or beside its mailbox."""
    assert masked(text) == MASKED[text]
    assert found(text)
    assert found(masked(text)) == ()


@pytest.mark.parametrize("text", KEPT)
def test_everything_else_stays(text: str) -> None:
    """Functional mailboxes, numbers of documents and addresses are no personal data."""
    assert masked(text) == text
    assert found(text) == ()


def test_the_kinds_are_told() -> None:
    """Each kind once, in words."""
    text = "Mr John Doe (john.doe@example.org, jd@example.org, +32 2 555 01 23), https://a:b@example.org"
    assert set(found(text)) == {"a name", "a mailbox", "a telephone number", "a password"}
    assert len(found(text)) == 4


def test_the_rules_see_what_is_masked() -> None:
    """Mailboxes, numbers and names as they are written, for whoever has to point at them."""
    assert list(mailboxes("john.doe@example.org, info@example.org")) == ["john.doe@example.org"]
    assert telephone("call +32 2 555 01 23 now") == "+32 2 555 01 23"
    assert telephone("call us") == ""
    assert list(persons("Dr Jane Doe and the others")) == ["Dr Jane Doe"]
