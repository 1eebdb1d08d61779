"""The outcome of a request: a proposal, where one can be made, and the reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from netreg.check import check_one
from netreg.check.rule import all_rules
from netreg.contribute.reply.messages import Ours, Reading, Reply, Said, ask, hand_over, messages, say
from netreg.contribute.request import Base
from netreg.core.escape import block, one_line
from netreg.core.finding import Finding, Level
from netreg.core.load import Document, parse_document
from netreg.core.mask import found as found_in
from netreg.core.mask import masked, official_in
from netreg.core.schema import Schema
from netreg.entry import Entry

_ROOM, _MOST = 40_000, 40
"""Signs of quotations at most, so that the whole stays below what GitHub takes in a comment, and messages a heading."""

THANKS = "Thank you. This answer was written by a program; a person reads your message too."

GAP = "missing-key"
"""The rule whose findings a person closes: what a new entry needs and a reporter need not know."""

TWIN = "duplicate-entry"
"""The rule of which intake has mostly said more before: which entry it is like, and by what."""

_AT_A_WORD = frozenset(
    "bidi-control control-character confusable-name html unsafe-link future-date undated-word".split()
)
"""Rules that object to a word, which the answer shows; a mailbox or a number is never repeated."""

_OTHER, _LENGTH = "finding-other", "finding-bad-format"


@dataclass(frozen=True)
class Proposal:
    """An entry as it would stand; ``id`` is derived, never taken from a request as it is."""

    id: str
    text: str
    is_new: bool

    @property
    def path(self) -> str:
        """The file, in the project."""
        return f"registry/{self.id}.yaml"

    @cached_property
    def document(self) -> Document:
        """The file as it would be read."""
        return parse_document(self.path, self.text.encode("utf-8"))

    def official(self, schema: Schema) -> frozenset[str]:
        """The mailboxes of the body itself in its contact."""
        entry = Entry(self.document, schema)
        return frozenset(box for spot in entry.spots("contact") for box in official_in(spot.node.text, entry.names))


def judge(proposal: Proposal, base: Base, told: Reply, official: Collection[str]) -> Reading[tuple[Finding, ...]]:
    """What the checks find in a proposal, and what there is to say of what they did not find in the entry before.

    A gap of a new entry is no objection. What the sender can mend is asked for; the rest is for a person. ``told`` is
    what was said already, ``official`` are the mailboxes of the body itself in the proposal.
    """
    now = base.subjects[proposal.id].document if proposal.id in base.subjects else None
    before = check_one(now, base.outlines, base.context) if now else []
    after = check_one(proposal.document, base.outlines, base.context)
    new = _beyond(after, before)
    objected = _objections([(one, _worded(one, proposal.document, base.schema)) for one in new], told)
    # What would be masked in public and that no rule has objected to, such as a person's name, has to go too.
    kinds = {*found_in(one_line(proposal.text), official)} - {*found_in(one_line(now.text if now else ""))}
    if kinds and not objected.missing and not any(said.key == "secret" for said in told.missing):
        objected += ask("secret", kinds=Ours(" and ".join(sorted(kinds))))
    return Reading(tuple(after), objected)


def _beyond(found: Sequence[Finding], known: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that were not there before; of two alike one may be new."""
    left = Counter((finding.rule, finding.message) for finding in known)
    for finding in found:
        left[finding.rule, finding.message] -= 1
        if left[finding.rule, finding.message] < 0:
            yield finding


def _objections(found: Sequence[tuple[Finding, Said]], told: Reply) -> Reply:
    errors = [said for one, said in found if one.level is Level.ERROR and one.rule != GAP]
    remarks = [said for one, said in found if one.level is Level.WARNING and one.rule != TWIN]
    if any(said.key in ("too-long", "too-many") for said in told.missing):  # which names the field
        errors = [said for said in errors if said.key != _LENGTH]
    others, asked = ([said for said in errors if (said.key == _OTHER) is is_other] for is_other in (True, False))
    reply = Reply(missing=tuple(asked), for_a_person=tuple(others), needs_a_person=bool(others))
    if any(one.rule == TWIN for one, _ in found) and not any(said.key == "alike" for said in told.seen_before):
        reply += hand_over(f"finding-{TWIN}")
    return reply + Reply(for_a_person=tuple(remarks))


def _worded(finding: Finding, document: Document, schema: Schema) -> Said:
    """A finding in words for the sender: the field, the word that it is about unless it is secret, and why."""
    about = Ours(next(known.summary for known in all_rules() if known.id == finding.rule))
    key = f"finding-{finding.rule}" if f"finding-{finding.rule}" in messages() else _OTHER
    items = document.root.items() if document.root else ()
    begun = [str(name) for name, node in items if node.key and node.key.line <= finding.place.line]
    line, start = document.text.split("\n")[finding.place.line - 1], finding.place.column - 1
    word = f"{line[:start].rpartition(' ')[2]}{line[start:].partition(' ')[0]}".strip("\"'{}[],")
    label = Ours(schema.label(begun[-1]) if begun else "")
    return say(key, about=about, label=label, word=word if finding.rule in _AT_A_WORD else "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request; ``proposal`` is None where something is missing or a person has to decide.

    ``role`` is how the sender writes: independent, member or secretariat; empty where that is not said. ``findings`` is
    all that the checks find in the entry as it would stand, ``official`` the mailboxes of the body itself in it.
    """

    form: str
    entry: str
    proposal: Proposal | None
    reply: Reply
    role: str = ""
    findings: tuple[Finding, ...] = ()
    official: Collection[str] = ()

    def as_markdown(self, days: int, *, by_mail: bool = False, privacy: str = "") -> str:
        """The reply as a comment, no line of which begins with words of a stranger.

        Within so many days a person answers. Who writes by mail cannot change the message; ``privacy`` is the address
        of the page on what is not for the public, empty while there is none.
        """
        reply = self.reply
        parts = [
            *(THANKS, *_part("We understood", (*reply.understood, *reply.sources), self.official)),
            *_part("Asked before, or here already", reply.seen_before),
            *_part("Missing", reply.missing),
            *_part("Left to a person", () if reply.is_refused else reply.for_a_person),
            *_quotations("**Your words that fit no field**, for a person to read", reply.kept),
        ]
        return "\n\n".join([*parts, self._next(days, by_mail, privacy).text]) + "\n"

    def for_reviewer(self) -> str:
        """What the request says and a proposal does not hold: in which role, what is left to do, and other words."""
        parts = [f"The sender writes as: {self.role or 'not said'}."]
        parts += _part("Asked before, or here already", self.reply.seen_before)
        parts += _part("Left to you", self.reply.for_a_person)
        return "\n\n".join([*parts, *_quotations("**Words that fit no field**", self.reply.kept)])

    def as_object(self, days: int, *, by_mail: bool = False) -> dict[str, object]:
        """All of it as plain data."""
        reply, proposal = self.reply, self.proposal or Proposal("", "", is_new=False)
        told = {"understood": (*reply.understood, *reply.sources), "missing": reply.missing}
        told |= {"seen_before": reply.seen_before, "for_a_person": reply.for_a_person}
        return {
            "form": self.form,
            "entry": self.entry,
            "ready": self.proposal is not None,
            "path": proposal.path if self.proposal else "",
            "new": proposal.is_new,
            "text": proposal.text,
            **{heading: [said.naming(self.official) for said in all_said] for heading, all_said in told.items()},
            "left_over": [{"label": str(label), "text": masked(text)} for label, text in reply.kept],
            "next": self._next(days, by_mail).text,
        }

    def _next(self, days: int, by_mail: bool, privacy: str = "") -> Said:
        """The one sentence that a contributor must not miss."""
        if self.reply.is_private:
            where = Ours(f": {privacy}" if privacy else "")
            return say("next-private-mail" if by_mail else "next-private", days=Ours(days), where=where)
        reply, missing = self.reply, "next-missing-mail" if by_mail else "next-missing"
        steps = {"next-refused": reply.is_refused, missing: reply.missing, "next-nothing": reply.is_done}
        other = "next-person" if reply.needs_a_person else "next-ready"
        return say(next((key for key, holds in steps.items() if holds), other), days=Ours(days))


def _part(title: str, said: Sequence[Said], official: Collection[str] = ()) -> Iterator[str]:
    lines = list(dict.fromkeys(f"- {one.naming(official)}" for one in said))[:_MOST]
    if lines:
        yield f"**{title}**\n\n" + "\n".join(lines)


def _quotations(title: str, kept: Sequence[tuple[str, str]]) -> Iterator[str]:
    if kept:
        yield title
    for label, text in kept[:_MOST]:
        head = f"{label}:\n\n" if label else ""
        yield head + block(masked(text), _ROOM // min(len(kept), _MOST))
