"""A request: its words in the fields of a form, and everything that they are judged against."""

from __future__ import annotations

import re
from collections import UserDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from netreg.check import Context, Subject
from netreg.check.outline import Outline
from netreg.check.standing import ProjectCheck
from netreg.contribute.ask.form import ROLES, Form
from netreg.contribute.match.duplicates import Detector
from netreg.contribute.parse.facts import unclear_date
from netreg.contribute.parse.values import plain
from netreg.contribute.parse.written_dates import date_of, moment_of, since_of
from netreg.contribute.read.body import Answers
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, keep
from netreg.core.escape import one_line
from netreg.core.load import Document
from netreg.core.schema import Schema, Term
from netreg.lists.refused import Refusal

_AROUND_A_ROLE = re.compile(
    r"^(?:an?|the) | (?:of|in|for|at) (?:the|this|our) (?:network|body|group|forum|organisation|association)$"
)
"""What people write around their role in a mail: *a member of the network*."""


@dataclass(frozen=True, slots=True)
class Request:
    """Where the words came from: the number of the request, if it has one, the day it was sent, and whether by mail.

    ``attachments`` are names of files that came along, ``below`` is what stands under the signature of a mail.
    ``sender_host`` is the host that a mail says it comes from; ``proof`` is how a maintainer made sure that the body
    itself wrote, a term of the schema, and empty where nobody has.
    """

    number: int | None
    sent: date
    by_mail: bool = False
    attachments: tuple[str, ...] = ()
    below: str = ""
    sender_host: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Base:
    """What requests are judged against: all entries, the schema and today's date, and what was refused before.

    ``site`` is the address of the registry, which is no source of its own; empty while nobody knows it.
    """

    documents: Sequence[Document]
    context: Context
    refused: tuple[Refusal, ...] = ()
    site: str = ""

    @property
    def schema(self) -> Schema:
        """The schema of entries."""
        return self.context.schema

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """The entries by id as the checks see them; the same ones are judged again and again."""
        return MappingProxyType({document.id: Subject(document, self.schema) for document in self.documents})

    @cached_property
    def outlines(self) -> Sequence[Outline]:
        """What rules over the whole need of each entry."""
        return [subject.outline for subject in self.subjects.values()]

    @cached_property
    def detector(self) -> Detector:
        """Finds the entries that somebody may mean."""
        return Detector(self.outlines)


@dataclass(frozen=True)
class StandingBase(Base):
    """The same of a project as it stands: of an entry that no request is about, what the cache knows is enough."""

    files: ProjectCheck = field(kw_only=True)

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """The entries by id, each read when somebody asks for it."""
        return _Subjects(self.files, self.schema)

    @cached_property
    def outlines(self) -> Sequence[Outline]:
        """What rules over the whole need of each entry."""
        return [self.files.outline(path) for path in self.files.entries.values()]


class _Subjects(UserDict[str, Any]):
    def __init__(self, files: ProjectCheck, schema: Schema) -> None:
        super().__init__(files.entries)  # the path of a file that was not read yet stands for its entry
        self._files, self._schema = files, schema

    def __getitem__(self, id_: str) -> Subject:
        if isinstance(self.data[id_], str):
            self.data[id_] = Subject(self._files.document(self.data[id_]), self._schema)
        found: Subject = self.data[id_]
        return found


@dataclass(frozen=True)
class FilledForm:
    """A form that somebody filled in: its answers, where they came from, and what they are judged against."""

    form: Form
    answers: Answers
    request: Request
    base: Base

    @property
    def schema(self) -> Schema:
        """The schema of entries."""
        return self.base.schema

    def label(self, id_: str) -> Ours:
        """The label of a field of the form."""
        return Ours(self.form.field(id_).label)

    def said(self, id_: str) -> str:
        """What was typed into a field, on one line and without markup."""
        return one_line(plain(self.answers.text(id_)))

    def kept(self, *ids: str) -> Reply:
        """What was typed into fields, as words for a person to read."""
        return sum((keep(self.label(id_), self.answers.text(id_)) for id_ in ids), Reply())

    def needed(self, id_: str) -> Reading[str]:
        """What was typed into a field that must not be empty, as it was typed."""
        text = self.answers.text(id_).strip()
        return Reading(text) if text else Reading("", ask("field", label=self.label(id_)))

    def date(self, id_: str, parse: Callable[[str], str] = date_of) -> Reading[str]:
        """The date in a field; empty where there is none, or none that is understood."""
        said = self.said(id_)
        when = parse(said)
        if when or not said:
            return Reading(when)
        if date_of(said):
            return Reading("", ask("moment", said=said, label=self.label(id_)))
        return Reading("", Reply(missing=(unclear_date(said, self.label(id_)),)))

    def moment_or_since(self, id_: str) -> Reading[tuple[str, str]]:
        """The single date in a field, or the date since which something holds; one of the two is empty."""
        since = since_of(self.said(id_))
        moment = Reading("") if since else self.date(id_, moment_of)
        return Reading((moment.value, since), moment.told)

    def choice(self, id_: str) -> Reading[str]:
        """The choice made; what was typed by hand and is none of the choices is asked about."""
        strange = self.answers.strange.get(id_, "")
        options = {option.casefold(): option for option in self.form.field(id_).options}
        typed = _AROUND_A_ROLE.sub("", one_line(strange).strip("\"'“”() .").casefold())
        if not strange or typed in options:
            return Reading(options[typed] if strange else self.answers.choice(id_))
        choices = Ours("; ".join(options.values()))
        return Reading("", ask("choice", said=strange, label=self.label(id_), choices=choices))

    def terms(self, id_: str) -> Reading[tuple[Term, ...]]:
        """The terms chosen in a field."""
        chosen = self.answers.chosen.get(id_, ())
        found = tuple(term for term in self.form.field(id_).terms if term.title in chosen)
        return Reading(found, self.choice(id_).told)

    def term(self, id_: str) -> Reading[Term | None]:
        """The one term chosen in a field."""
        found = self.terms(id_)
        return Reading(found.value[0] if len(found.value) == 1 and not found.told.missing else None, found.told)

    @property
    def role(self) -> str:
        """The role in which somebody writes: independent, member or secretariat; empty where it is not said."""
        return next((role for role, title in ROLES.items() if title == self.choice("role").value), "")
