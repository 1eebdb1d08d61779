"""What an entry says: claims and dated items, each with its sources. Dates are EDTF texts as they stand in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from netreg.core.dates import Date
from netreg.entry.evidence import IN_FORCE, evidence_of


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Something that stands on somebody's word: ``sources`` are ids of the same entry, the best first."""

    sources: tuple[str, ...] = ()
    as_of: str = ""
    since: str = ""
    until: str = ""
    likely: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim(Sourced):
    """One factual value; ``unit`` only for counts; ``other`` holds rival and earlier values."""

    value: Any
    unit: str = ""
    other: tuple[Claim, ...] = ()

    def with_others(self) -> Iterator[Claim]:
        """This claim, then its rivals."""
        yield self
        yield from self.other


@dataclass(frozen=True, kw_only=True)
class Name(Sourced):
    """Another name of the body."""

    name: str
    kind: str
    acronym: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class LegalAct(Sourced):
    """A text that the body rests on."""

    title: str
    role: str
    date: str = ""
    document: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Relation(Sourced):
    """A tie as the entry states it: ``target`` is an id, else ``name`` says who."""

    type: str
    target: str = ""
    name: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Event(Sourced):
    """Something that happened."""

    date: str
    event: str
    text: str


@dataclass(frozen=True)
class Question:
    """What was looked for and not found; ``about`` is a dotted field path."""

    about: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A page or document. ``document`` is (kind of number, number); ``read_how`` is a term of its vocabulary."""

    id: str
    title: str
    author: str
    kind: str
    language: str
    read_on: str
    read_how: str
    url: str = ""
    copy_by: str = ""
    document: tuple[str, str] | None = None
    statement: Mapping[str, Any] | None = None
    published: str = ""
    note: str = ""

    @property
    def dated(self) -> str:
        """The date that its words are of: when it was published, or when the body wrote to us; may be empty."""
        return self.published or str((self.statement or {}).get("date", ""))

    @property
    def is_read_by_us(self) -> bool:
        """Whether somebody of the registry has opened it; a letter to us is no page to open."""
        return self.statement is None and self.read_how != "reported"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One network as its file tells it, checked; absent fields are None or empty."""

    id: str
    name: str
    group: str = ""
    topics: tuple[str, ...] = ()
    short_name: str = ""
    acronym: str = ""
    other_names: tuple[Name, ...] = ()
    form: Claim | None = None
    status: Claim | None = None
    established: Claim | None = None
    ended: Claim | None = None
    purpose: Claim | None = None
    summary: Claim | None = None
    tasks: tuple[Claim, ...] = ()
    kinds: Claim | None = None
    range: Claim | None = None
    counts: tuple[Claim, ...] = ()
    countries: Claim | None = None
    seat: Claim | None = None
    secretariat: Claim | None = None
    governance: Claim | None = None
    legal_basis: tuple[LegalAct, ...] = ()
    website: Claim | None = None
    relations: tuple[Relation, ...] = ()
    history: tuple[Event, ...] = ()
    open_questions: tuple[Question, ...] = ()
    sources: tuple[Source, ...] = ()
    withdrawn: Mapping[str, Any] | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def title(self) -> str:
        """The name everybody uses: the short name, else the full one."""
        return self.short_name or self.name

    @property
    def label(self) -> str:
        """The shortest name that is still unmistakable, for running text and tables."""
        return self.short_name or self.acronym or self.name

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """The sources by their ids."""
        return {source.id: source for source in self.sources}

    def cited(self, item: Sourced) -> tuple[Source, ...]:
        """The sources of one of this entry's statements."""
        return tuple(self.source_by_id[id_] for id_ in item.sources)

    def evidence_of(self, item: Sourced) -> Date | None:
        """The date that the evidence for a statement is of; None where it is undated."""
        return evidence_of(item.as_of, (source.dated for source in self.cited(item)))

    def statements(self) -> Iterator[Sourced]:
        """Everything in the entry that stands on a source, rival values included."""
        for spec in fields(self):
            value = getattr(self, spec.name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Claim):
                    yield from item.with_others()
                elif isinstance(item, Sourced):
                    yield item

    def at(self, dotted: str) -> Any:
        """What stands in a field of claims: one, a tuple of them, or None."""
        from netreg.model.build import claims_in

        raw: Any = self.raw
        for key in dotted.split("."):
            raw = raw.get(key, {})
        return claims_in(raw)

    @property
    def rests_on_law(self) -> bool:
        """Whether a legal basis in force is listed."""
        return any(act.role in IN_FORCE and not act.until for act in self.legal_basis)
