"""Privacy: no personal data, since what is published in Git stays."""

from __future__ import annotations

from collections.abc import Iterator

from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.finding import Level
from netreg.core.mask import mailboxes, official_in, persons
from netreg.core.mask import telephone as telephone_in
from netreg.core.nearest import quoted


@rule(
    "personal-mailbox",
    summary="A mailbox that may be a person's stands in the entry.",
    reason="An address that names a person is personal data, and Git never forgets it.",
    fix="Delete it, or give the functional mailbox of the body (info@, office@, secretariat@).",
)
def personal_mailbox(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.written if any(mailboxes(subject.prose)) else ():
        text = spot.node.text
        if "://" in text and spot.part["x-kind"] != "text":
            text = text.partition("://")[2].partition("/")[2]  # what stands before the host is no mailbox
        official = set(official_in(text, subject.names)) if spot.part["x-kind"] == "contact" else ()
        for mailbox in mailboxes(text):
            if mailbox not in official:
                yield subject.hit_at(spot.node, mailbox, f"{quoted(mailbox)} may be a person's mailbox.")


@rule(
    "telephone",
    summary="A telephone number stands in the entry.",
    reason="Numbers change hands and often belong to a person; a reader finds the number of an office on its site.",
    fix="Delete it.",
)
def telephone(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.written:
        if number := telephone_in(spot.node.text):
            yield subject.hit_at(spot.node, number, f"{quoted(number)} looks like a telephone number.")


@rule(
    "person-named",
    Level.WARNING,
    summary="A text names a person.",
    reason="The registry tells what bodies do, not who sits in them; names are personal data, and outdated first.",
    fix="Name the function, as in: the chair, the Polish police.",
)
def person_named(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("text") if any(persons(subject.prose)) else ():
        for name in persons(spot.node.text):
            yield subject.hit_at(spot.node, name, f"{quoted(name)} is the name of a person.")
