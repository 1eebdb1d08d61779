"""Privacy: no personal data, since what is published in Git stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netreg.check.rule import Hit, rule
from netreg.check.subject import Context, Subject
from netreg.core.nearest import quoted

_MAIL = re.compile(r"(?<![\w.+-])([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
_FUNCTIONS = frozenset(
    "info office secretariat contact mail press media webmaster admin support enquiries registry feedback team".split()
)
_TELEPHONE = re.compile(r"tel:|(?<![\w/.-])\+[0-9][0-9 ()/.-]{7,}[0-9]|(?<![\w/.-])00[1-9][0-9 ()/.-]{8,}[0-9]")


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
        for local, host in _MAIL.findall(text):
            words = re.split(r"[.+_-]", local.casefold())
            if not any(word in _FUNCTIONS for word in words):
                mailbox = f"{local}@{host}"
                yield subject.hit_at(spot.node, mailbox, f"{quoted(mailbox)} may be a person's mailbox.")


@rule(
    "telephone",
    summary="A telephone number stands in the entry.",
    reason="Numbers change hands and often belong to a person; a reader finds the number of an office on its site.",
    fix="Delete it.",
)
def telephone(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in [*subject.spots("text"), *subject.spots("address")]:
        match = _TELEPHONE.search(spot.node.text)
        if match:
            yield subject.hit_at(spot.node, match[0], f"{quoted(match[0])} looks like a telephone number.")
