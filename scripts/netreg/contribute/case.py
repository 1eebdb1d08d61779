"""A case: one request with everything that is needed to judge it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from netreg.check import Context, Subject
from netreg.contribute.ask.form import ROLES, SPEAKS_FOR_IT
from netreg.contribute.match.duplicates import Detector
from netreg.contribute.parse.fact_value import unclear_date
from netreg.contribute.parse.written_dates import date_of, moment_of, since_of
from netreg.contribute.read.body import Answers
from netreg.contribute.reply.messages import Ours, say
from netreg.contribute.reply.reply import Report
from netreg.core.dates import spoken
from netreg.core.escape import one_line
from netreg.core.load import Document
from netreg.core.schema import Schema, Term
from netreg.lists.refused import Refusal

_ARTICLE = re.compile(r"^(?:an?|the) ")
_OF_IT = re.compile(r" (?:of|in|for|at) (?:the|this|our) (?:network|body|group|forum|organisation|association)$")
"""What people write around their role: *a member of the network*."""


@dataclass(frozen=True, slots=True)
class Request:
    """Where the words came from: the number of the request, if it has one, the day it was sent, and whether by mail.

    ``attachments`` are names of files that came along, ``below`` is what stands under the signature of a mail.
    """

    number: int | None
    sent: date
    by_mail: bool = False
    attachments: tuple[str, ...] = ()
    below: str = ""


@dataclass(frozen=True)
class Base:
    """What requests are judged against: all entries, the schema and today's date, and what was refused before."""

    documents: Sequence[Document]
    context: Context
    refused: tuple[Refusal, ...] = ()

    @property
    def schema(self) -> Schema:
        """The schema of entries."""
        return self.context.schema

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """The entries by id."""
        return MappingProxyType({document.id: document for document in self.documents})

    @cached_property
    def detector(self) -> Detector:
        """Finds the entries that somebody may mean."""
        return Detector(Subject(document, self.schema) for document in self.documents)


@dataclass(frozen=True)
class Case:
    """The answers of one request and the report on them, which grows while they are understood."""

    answers: Answers
    request: Request
    base: Base
    report: Report = field(default_factory=Report)

    @property
    def schema(self) -> Schema:
        """The schema of entries."""
        return self.base.schema

    def label(self, id_: str) -> Ours:
        """The label of a field of the form."""
        assert self.answers.form is not None
        return Ours(self.answers.form.field(id_).label)

    def refuse(self, refusal: Refusal) -> None:
        """Note that the same was asked before, and why it was not done."""
        self.report.is_refused = True
        said = say("refused", date=Ours(spoken(refusal.date)), reason=Ours(refusal.reason))
        self.report.seen_before.append(said)

    def said(self, id_: str) -> str:
        """What was typed into a field, on one line."""
        return one_line(self.answers.text(id_))

    def needed(self, id_: str, key: str = "field") -> str:
        """What was typed into a field that must not be empty; otherwise it is noted as missing."""
        text = self.said(id_)
        if not text:
            self.report.ask(say(key, **({"label": self.label(id_)} if key == "field" else {})))
        return text

    def date(self, id_: str) -> str:
        """The date in a field; empty where there is none, and noted as missing where it is not understood."""
        return self._date(id_, date_of(self.said(id_)), "date")

    def moment(self, id_: str) -> str:
        """The single date in a field, likewise."""
        return self._date(id_, moment_of(self.said(id_)), "moment")

    def moment_or_since(self, id_: str) -> tuple[str, str]:
        """The single date in a field, or the date since which something holds; one of the two is empty."""
        since = since_of(self.said(id_))
        return ("", since) if since else (self.moment(id_), "")

    def _date(self, id_: str, when: str, key: str) -> str:
        said = self.said(id_)
        if said and not when:
            is_span = key == "moment" and date_of(said)
            self.report.ask(
                say(key, said=said, label=self.label(id_)) if is_span else unclear_date(said, self.label(id_))
            )
        return when

    def term(self, id_: str) -> Term | None:
        """The term chosen in a field."""
        assert self.answers.form is not None
        chosen = self.choice(id_)
        return next((term for term in self.answers.form.field(id_).terms if term.title == chosen), None)

    def choice(self, id_: str) -> str:
        """The choice made; what was typed by hand and is no choice is noted as missing."""
        strange = self.answers.strange.get(id_, "")
        if not strange:
            return self.answers.choice(id_)
        assert self.answers.form is not None
        options = {option.casefold(): option for option in self.answers.form.field(id_).options}
        typed = _OF_IT.sub("", _ARTICLE.sub("", one_line(strange).strip("\"'“”() .").casefold()))
        if typed in options:
            return options[typed]
        choices = Ours("; ".join(options.values()))
        self.report.ask(say("choice", said=strange, label=self.label(id_), choices=choices))
        return ""

    @cached_property
    def role(self) -> str:
        """The role in which somebody writes: independent, member or secretariat; empty where it is not said."""
        chosen = self.choice("role")
        return next((role for role, title in ROLES.items() if title == chosen), "")

    @property
    def speaks_for_it(self) -> bool:
        """Whether the word of the sender counts where there is no page."""
        return self.role in SPEAKS_FOR_IT
