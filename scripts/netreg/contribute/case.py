"""A case: one request with everything that is needed to judge it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from netreg.check import Context, Subject
from netreg.contribute.body import Answers
from netreg.contribute.duplicates import Detector
from netreg.contribute.form import ROLES, SPEAKS_FOR_IT
from netreg.contribute.messages import Ours, say
from netreg.contribute.refused import Refusal
from netreg.contribute.report import Report
from netreg.contribute.understand import date_of, one_line
from netreg.contribute.value import unclear_date
from netreg.load import Document
from netreg.schema import Schema, Term


@dataclass(frozen=True, slots=True)
class Request:
    """Where the words came from: the number of the request, if it has one, the day it was sent, and whether by mail."""

    number: int | None
    sent: date
    by_mail: bool = False
    attachments: tuple[str, ...] = ()


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
        said = self.said(id_)
        when = date_of(said)
        if said and not when:
            self.report.ask(unclear_date(said, self.label(id_)))
        return when

    def term(self, id_: str) -> Term | None:
        """The term chosen in a field."""
        assert self.answers.form is not None
        chosen = self.choice(id_)
        return next((term for term in self.answers.form.field(id_).terms if term.title == chosen), None)

    def choice(self, id_: str) -> str:
        """The choice made, or the only choice that a text of one's own names; the rest is noted as missing."""
        strange = self.answers.strange.get(id_, "")
        if not strange:
            return self.answers.choice(id_)
        assert self.answers.form is not None
        options = self.answers.form.field(id_).options
        named = [option for option in options if re.search(rf"\b{re.escape(option)}\b", strange[:200], re.IGNORECASE)]
        if len(named) == 1:
            return named[0]
        choices = Ours("; ".join(options))
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
