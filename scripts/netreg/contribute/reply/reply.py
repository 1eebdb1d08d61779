"""The report of what became of a request: what was understood, what is missing, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from netreg.contribute.reply.messages import Ours, Said, say
from netreg.core.escape import block

_ROOM = 40_000
"""Signs of quotations at most, so that the whole stays below what GitHub takes in a comment."""

_MOST = 40
"""Messages under one heading at most."""

THANKS = "Thank you. This answer was written by a program; a person reads your message too."


@dataclass
class Report:
    """Collects what there is to say, heading by heading.

    ``sources`` are understood too and come last; ``kept`` holds words that fit nowhere, each with its label.
    """

    understood: list[Said] = field(default_factory=list)
    sources: list[Said] = field(default_factory=list)
    missing: list[Said] = field(default_factory=list)
    seen_before: list[Said] = field(default_factory=list)
    for_a_person: list[Said] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    is_refused: bool = False
    is_done: bool = False
    needs_a_person: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether a draft can be made of it without anybody's help."""
        return not (self.missing or self.is_refused or self.is_done or self.needs_a_person)

    def ask(self, said: Said) -> None:
        """Note something that is missing, once."""
        if said not in self.missing:
            self.missing.append(said)

    def ask_a_person(self, said: Said) -> None:
        """Note something that only a person can do, so that there is no draft."""
        self.for_a_person.append(said)
        self.needs_a_person = True

    def keep(self, label: str, text: str) -> None:
        """Keep words that fit no field."""
        if text.strip() and (label, text) not in self.kept:
            self.kept.append((label, text))

    def next_step(self, days: int, *, by_mail: bool) -> Said:
        """The one sentence that a contributor must not miss."""
        return say(self._next(by_mail), days=Ours(days))

    def _next(self, by_mail: bool) -> str:
        if self.is_refused:
            return "next-refused"
        if self.missing:
            return "next-missing-mail" if by_mail else "next-missing"
        if self.is_done:
            return "next-nothing"
        return "next-person" if self.needs_a_person else "next-ready"


def as_markdown(report: Report, days: int, *, by_mail: bool = False) -> str:
    """The report as a comment; no line of it begins with words of a stranger."""
    parts = [THANKS]
    parts += _part("We understood", [*report.understood, *report.sources])
    parts += _part("Asked before, or here already", report.seen_before)
    parts += _part("Missing", report.missing)
    parts += _part("Left to a person", [] if report.is_refused else report.for_a_person)
    parts += _quotations("**Your words that fit no field**, for a person to read", report.kept)
    parts.append(report.next_step(days, by_mail=by_mail).text)
    return "\n\n".join(parts) + "\n"


def for_reviewer(report: Report, role: str) -> str:
    """What a draft does not hold and its reviewer has to know."""
    parts = [f"The sender writes as: {role or 'not said'}."]
    parts += _part("Asked before, or here already", report.seen_before)
    parts += _part("Left to you", report.for_a_person)
    return "\n\n".join([*parts, *_quotations("**Words that fit no field**", report.kept)])


def _part(title: str, said: Sequence[Said]) -> Iterator[str]:
    lines = list(dict.fromkeys(f"- {one.text}" for one in said))[:_MOST]
    if lines:
        yield f"**{title}**\n\n" + "\n".join(lines)


def _quotations(title: str, kept: Sequence[tuple[str, str]]) -> Iterator[str]:
    if kept:
        yield title
    for label, text in kept[:_MOST]:
        head = f"{label}:\n\n" if label else ""
        yield head + block(text, _ROOM // min(len(kept), _MOST))
