"""A request: its words in the fields of a form, what they are judged against, and the entry that they are about."""

from __future__ import annotations

import re
from collections import UserDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from netreg.check import Context, Subject
from netreg.check.outline import Outline
from netreg.check.standing import ProjectCheck
from netreg.contribute.duplicates import SURE, Detector, Likeness
from netreg.contribute.form import ROLES, Form
from netreg.contribute.parse.facts import unclear_date
from netreg.contribute.parse.references import address_of
from netreg.contribute.parse.values import plain
from netreg.contribute.parse.written_dates import date_of, moment_of, since_of
from netreg.contribute.read.body import Answers
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, keep, say
from netreg.core.dates import spoken
from netreg.core.escape import as_code, one_line
from netreg.core.load import Document
from netreg.core.mask import masked
from netreg.core.schema import Schema, Term
from netreg.entry import Entry
from netreg.lists import Refusal, refused_change

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


def find_entry(filled: FilledForm, field: str = "entry") -> Reading[Entry | None]:
    """The entry that a request names, which is a mapping and was not withdrawn; None where it is not clear which."""
    said = filled.said(field)
    if not said:
        return Reading(None, ask("entry") if field == "entry" else filled.needed(field).told)
    id_ = id_in(said, filled)
    found = Reading(id_) if id_ else _id_alike(said, filled)
    if not found.value:
        return Reading(None, found.told)
    entry = filled.base.subjects[found.value]
    if entry.root is None or entry.root.kind != "mapping":
        return Reading(None, hand_over("person-unreadable"))
    if entry.is_withdrawn:
        return Reading(None, ask("entry-withdrawn", said=said))
    known, words = (re.findall(r"\w+", text.casefold()) for text in (f"{entry.id} {entry.document.text}", said))
    return Reading(entry, filled.kept(field) if not address_of(said) and set(words) - set(known) else Reply())


def id_in(said: str, filled: FilledForm) -> str:
    """An id that stands there as it is: alone, in brackets behind a name, or in the address of a page of ours."""
    bracket = re.search(r"\(([a-z0-9-]{1,60})\)$", said)
    page = _PAGE.search(said)
    words = (said, *(match[1] for match in (bracket, page) if match))
    return next((word for word in words if word in filled.base.subjects), "")


_PAGE = re.compile(r"(?:/networks/|/registry/|^registry/)([a-z0-9-]{1,60})(?:/|\.yaml|\.json|[?#]|$)")
"""Where an id stands in the addresses of a page, of the same page as data, and of its file."""


def _id_alike(said: str, filled: FilledForm) -> Reading[str]:
    """The one entry with this name, acronym or website; otherwise those that may be meant are offered."""
    detector = filled.base.detector
    found = detector.look_alikes(said, website=address_of(said))
    sure = {likeness.id for likeness in found if likeness.score >= SURE} or _ids_in_parts(said, filled)
    if len(sure) == 1:
        return Reading(next(iter(sure)))
    both = [_ids_in_parts(part, filled, whole=True) for part in _TWO.split(said[:_LONGEST])]
    if all(both) and len(set().union(*both)) > 1 and len(both) > 1:
        return Reading("", ask("entry-two", said=said))
    near = sorted(sure) or [likeness.id for likeness in found] or detector.near(said)
    choices = Ours(", ".join(f"`{id_}`" for id_ in near))
    return Reading("", ask("entry-unsure", said=said, choices=choices) if near else ask("entry-unknown", said=said))


_TWO = re.compile(r" +(?:and|&|et|und) +|, +|(?<=\w) ?[/+] ?(?=\w)")
_JOINT = re.compile(r" +[-–—/|] +|: +|, +")
_GENERAL = frozenset("the network forum group platform eu european centre center committee".split())
_LONGEST = 300


def _ids_in_parts(said: str, filled: FilledForm, *, whole: bool = False) -> set[str]:
    """The entries that parts of the words name, as in *ENFSI network* and *EUCPN – Crime Prevention Network*."""
    parts = _JOINT.split(said[:_LONGEST])
    parts += [" ".join(word for word in part.split() if word.casefold() not in _GENERAL) for part in parts[:1]]
    found = (filled.base.detector.same(part) for part in dict.fromkeys(parts) if part and (whole or part != said))
    return set().union(*found)


def refused_before(refusal: Refusal | None) -> Reply:
    """That the same was asked before, and why it was not done."""
    if refusal is None:
        return Reply()
    said = say("refused", date=Ours(spoken(refusal.date)), reason=Ours(as_code(masked(refusal.reason))))
    return Reply(seen_before=(said,), is_refused=True)


def refused_value(filled: FilledForm, entry: Entry, about: str, values: Iterable[str]) -> Reply:
    """That one of these values was refused before for the same fact."""
    known = (refused_change(entry.id, about, value, filled.base.refused) for value in values)
    return refused_before(next(filter(None, known), None))


def alike(found: Likeness) -> Reply:
    """That an entry looks like the body that a request is about, and by which name, acronym or address."""
    return Reply(seen_before=(say("alike", title=found.title, id=Ours(found.id), by=found.by),))


def name_of_another(filled: FilledForm, entry: Entry, name: str) -> Reply:
    """Leave it to a person where a new name is that of another entry."""
    found = filled.base.detector.look_alikes(name)
    others = [alike(one) for one in found if one.score >= SURE and one.id != entry.id]
    return sum(others, hand_over("person-alike") if others else Reply())
