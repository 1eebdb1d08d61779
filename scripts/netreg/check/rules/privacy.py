"""Privacy: no personal data, since what is published in Git stays."""

from __future__ import annotations

from collections.abc import Iterator

from netreg.check.rule import Hit, rule
from netreg.check.subject import Context, Subject
from netreg.core.mask import mailboxes
from netreg.core.mask import telephone as telephone_in
from netreg.core.nearest import quoted


@rule(
    "personal-mailbox",
    summary="A mailbox that may be a person's stands in the entry.",
    reason="An address that names a person is personal data, and Git never forgets it.",
    fix="Delete it, or give the functional mailbox of the body (info@, office@, secretariat@).",
)
def personal_mailbox(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in [*subject.spots("text"), *subject.spots("address")]:
        text = spot.node.text
        if spot.part["x-kind"] == "address":
            text = text.partition("://")[2].partition("/")[2]  # what stands before the host is no mailbox
        for mailbox in mailboxes(text):
            yield subject.hit_at(spot.node, mailbox, f"{quoted(mailbox)} may be a person's mailbox.")


@rule(
    "telephone",
    summary="A telephone number stands in the entry.",
    reason="Numbers change hands and often belong to a person; a reader finds the number of an office on its site.",
    fix="Delete it.",
)
def telephone(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in [*subject.spots("text"), *subject.spots("address")]:
        if number := telephone_in(spot.node.text):
            yield subject.hit_at(spot.node, number, f"{quoted(number)} looks like a telephone number.")
