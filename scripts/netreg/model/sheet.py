"""A sheet: one entry in words, with its sources numbered in the order in which a reader meets them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from netreg.core import dates
from netreg.core.nearest import listed
from netreg.core.schema import Part, Schema, Term
from netreg.entry import Claim, Entry, Source, Statement
from netreg.model import Registry, Tie, phrases


@dataclass(frozen=True)
class FactLine:
    """One value of a fact as it is shown; ``rival`` where it is not the headline."""

    text: str
    claim: Claim
    rival: bool = False
    age: str = ""
    period: str = ""
    href: str = ""
    criterion: str = ""


@dataclass(frozen=True)
class FactRow:
    """A fact: its dotted path in the schema, its label and its values, the headline first."""

    field: str
    label: str
    lines: tuple[FactLine, ...]


@dataclass(frozen=True)
class Chip:
    """The sources of one kind behind a statement: the word for the kind, and (number, source) pairs."""

    word: str
    kind: str
    marks: tuple[tuple[int, Source], ...]


class Footnotes:
    """Numbers the sources of an entry as they are asked for."""

    def __init__(self, entry: Entry, schema: Schema) -> None:
        self._entry = entry
        self._schema = schema
        self._numbers: dict[str, int] = {}

    def chips(self, item: Statement) -> tuple[Chip, ...]:
        """The chips behind a statement, grouped by whose word it is, numbered as they stand on the page."""
        grouped: dict[tuple[str, str], list[Source]] = {}
        for source in self._entry.cited(item):
            word = self._kind(source.kind).short + (" copy" if source.copy_by else "")
            grouped.setdefault((word, source.kind), []).append(source)
        return tuple(Chip(word, kind, tuple(map(self._marked, sources))) for (word, kind), sources in grouped.items())

    def _kind(self, kind: str) -> Term:
        return self._schema.term("source_kind", kind)

    def _marked(self, source: Source) -> tuple[int, Source]:
        return self._number(source.id), source

    def _number(self, id_: str) -> int:
        return self._numbers.setdefault(id_, len(self._numbers) + 1)

    def numbered(self) -> list[tuple[int, Source]]:
        """All sources with their numbers; what nothing on the page cites comes last."""
        for source in self._entry.sources:
            self._number(source.id)
        by_id = self._entry.source_by_id
        return [(number, by_id[id_]) for id_, number in self._numbers.items()]

    def basis(self, item: Statement) -> str:
        """On whose word a statement rests, in words: ``an official document and two third parties``."""
        counts: dict[str, int] = {}
        for source in self._entry.cited(item):
            counts[source.kind] = counts.get(source.kind, 0) + 1
        return listed(self._counted(kind, number) for kind, number in counts.items())

    def _counted(self, kind: str, number: int) -> str:
        one, more = self._kind(kind).counted
        return one if number == 1 else more.format(_NUMBERS[number] if number < len(_NUMBERS) else number)


_NUMBERS = "no one two three four five six seven eight nine".split()


class Sheet:
    """What a page and the terminal show of an entry; its footnotes are numbered as it is read."""

    def __init__(self, registry: Registry, entry: Entry) -> None:
        self.registry = registry
        self.entry = entry
        self.schema = registry.schema
        self.notes = Footnotes(entry, self.schema)

    @property
    def group(self) -> Term:
        """The group of the entry."""
        return self.registry.term("group", self.entry.group)

    @property
    def topics(self) -> list[Term]:
        """The topics of the entry."""
        return [self.registry.term("topic", topic) for topic in self.entry.topics]

    @cached_property
    def facts(self) -> list[FactRow]:
        """The facts in the order of the schema, without those that have a place of their own."""
        found = groupby(self.entry.claims(), key=lambda found: found[0])
        rows = (self._row(field, [(part, claim) for _field, part, claim in claims]) for field, claims in found)
        return list(filter(None, rows))

    def _row(self, field: str, claims: list[tuple[Part, Claim]]) -> FactRow | None:
        part = claims[0][0]
        if "x-place" in part:
            return None
        lines = (self._line(item, claim, part) for part, claim in claims for item in claim.with_others())
        return FactRow(field, part["title"], tuple(lines))

    def _line(self, item: Claim, headline: Claim, part: Part) -> FactLine:
        what = self.schema.child(self.schema.child(part, 0) if "items" in part else part, "value")
        kind = what.get("x-kind")
        return FactLine(
            phrases.value(item, part, self.schema),
            item,
            rival=item is not headline,
            # A date does not grow old.
            age=phrases.age(self.entry, item, self.registry.today) if kind != "date" and _needs_age(item) else "",
            period=phrases.period(item),
            href=phrases.linkable(str(item.value)) if kind == "address" else "",
            criterion=self._criterion(item, what) if item is headline and what.get("x-ordered") else "",
        )

    def _criterion(self, claim: Claim, what: Part) -> str:
        return next((term.criterion for term in self.schema.vocabulary(what) if term.value == claim.value), "")

    @property
    def ties(self) -> list[tuple[str, list[Tie]]]:
        """The relations from both sides, by their labels."""
        found = self.registry.ties(self.entry)
        return [(label, list(group)) for label, group in groupby(found, key=lambda tie: tie.label)]

    @property
    def history(self) -> list[Statement]:
        """What happened, the oldest first."""
        return sorted(self.entry.history, key=lambda event: dates.parse(event.date).sort_key)

    def document(self, document: tuple[str, str]) -> str:
        """A number of a document with the register that knows it."""
        kind, number = document
        return f"{self.registry.term('document_type', kind).title} {number}" if kind != "other" else number

    @property
    def legend(self) -> str:
        """What the words behind a statement mean, and when the sources were read."""
        words = [term.short for term in self.schema.terms("source_kind")]
        whose = (
            f"The words before a number tell whose words they are: {', '.join(words[:-1])} or {words[-1]}; "
            "copy, that they were read on somebody else's server."
        )
        read = [source for source in self.entry.sources if source.is_read_by_us]
        if not read:
            return whose
        days = sorted({source.read_on for source in read})
        when = dates.spoken(days[0]) if len(days) == 1 else f"{dates.spoken(days[0])} to {dates.spoken(days[-1])}"
        where = " in stored copies; no address was opened" if {one.read_how for one in read} == {"stored-copy"} else ""
        return f"{whose} Read on {when}{where}."

    def about_source(self, source: Source) -> str:
        """Author, date, language, number, copy and reading of a source, in one line."""
        letter = source.statement or {}
        parts = [source.author, dates.spoken(source.dated) if source.dated else "undated"]
        if letter:
            parts.append(f"request {letter['request']}, sent as {letter['role']}")
        if source.document and source.document[1] not in source.title:
            parts.append(self.document(source.document))
        if source.language != "en":
            parts.append(f"in {phrases.language(source.language)}")
        copy = f"Copy at {source.copy_by}" if source.copy_by else ""
        return "".join(f"{part}. " for part in (", ".join(parts), copy, phrases.reading(source)) if part).rstrip()


def _needs_age(claim: Claim) -> bool:
    """A value with a period of its own tells its time already, unless its evidence has a date as well."""
    return bool(claim.as_of) or not (claim.since or claim.until)


_FIELDS = {"topic": "topics", "kind": "kinds", "country": "countries"}
"""The fields of axes that are called otherwise: an axis is named for one term."""


def terms_of(entry: Entry, axis: str) -> tuple[str, ...]:
    """The terms of an entry on an axis such as ``form``, ``topic`` or ``country``; of a claim the headline alone."""
    found = getattr(entry, _FIELDS.get(axis, axis))
    value = found.value if isinstance(found, Claim) else found
    return value if isinstance(value, tuple) else (str(value),) if value else ()
