"""The registry: all entries together, with what only the whole can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from netreg.core import dates
from netreg.core.load import Document
from netreg.core.schema import Schema, Term
from netreg.entry import Entry, Statement
from netreg.entry.country_sets import MATRIX, CountrySet, read_country_sets
from netreg.entry.evidence import is_sign_of_life
from netreg.model.leads import Lead, leads
from netreg.model.participation import Cell, cells


@dataclass(frozen=True)
class Party:
    """The other side of a tie: an entry, a known actor, or only a name. ``id`` is empty where it has none."""

    name: str
    id: str = ""
    is_entry: bool = False


@dataclass(frozen=True)
class Tie:
    """A relation as seen from one of its two sides; ``stated_in`` is the entry whose sources prove it."""

    label: str
    party: Party
    relation: Statement
    stated_in: Entry


@dataclass(frozen=True)
class Registry:
    """All entries by id, the schema they follow, and the day for which ages are told."""

    entries: Mapping[str, Entry]
    schema: Schema
    today: date

    @cached_property
    def networks(self) -> tuple[Entry, ...]:
        """The entries that stand, by group, degree of form (highest first) and name; tombstones are left out."""
        standing = [entry for entry in self.entries.values() if not entry.withdrawn]
        return tuple(sorted(standing, key=self._order))

    def _order(self, entry: Entry) -> tuple[int, int, str]:
        group = self.term("group", entry.group).step
        return (group, -self.step(entry), entry.title.casefold())

    def step(self, entry: Entry) -> int:
        """The step on the scale of formalisation, from 1; 0 where the entry gives none."""
        return self.term("form", str(entry.form.value)).step if entry.form else 0

    def term(self, vocabulary: str, value: str) -> Term:
        """A term of a vocabulary of the schema."""
        return self.schema.term(vocabulary, value)

    def ties(self, entry: Entry) -> tuple[Tie, ...]:
        """The relations of an entry from both sides, in the order of the vocabulary."""
        order = {term.value: term.step for term in self.schema.terms("relation_type")}
        mine = [self._tie(entry, relation) for relation in entry.relations]
        theirs = self._stated_elsewhere.get(entry.id, [])
        return tuple(sorted([*mine, *theirs], key=lambda tie: (order[tie.relation.type], tie.party.name.casefold())))

    def _tie(self, entry: Entry, relation: Statement) -> Tie:
        label = self.term("relation_type", relation.type).title
        return Tie(label, self.party(relation), relation, entry)

    @cached_property
    def _stated_elsewhere(self) -> Mapping[str, list[Tie]]:
        found: dict[str, list[Tie]] = defaultdict(list)
        for entry in self.networks:
            for relation in entry.relations:
                if relation.target in self.entries:
                    label = self.term("relation_type", relation.type).inverse
                    party = Party(entry.label, entry.id, is_entry=True)
                    found[relation.target].append(Tie(label, party, relation, entry))
        return found

    def party(self, relation: Statement) -> Party:
        """The other side of a relation."""
        target = self.entries.get(relation.target)
        if target is not None:
            return Party(target.label, target.id, is_entry=True)
        if relation.target:
            return Party(self.term("actor", relation.target).title, relation.target)
        return Party(relation.name)

    def is_active(self, entry: Entry) -> bool:
        """Whether an entry meets the criterion of active: a recent sign of life, or a legal basis in force."""
        if entry.status is None or entry.status.value != "active":
            return False
        return entry.rests_on_law or is_sign_of_life(entry.evidence_of(entry.status), self.today)

    def status_in_words(self, entry: Entry) -> str:
        """The status for a line in a list, as in ``Active`` or ``Merged, by July 2015``."""
        if entry.status is None:
            return "Withdrawn"
        word = self.term("status", str(entry.status.value)).title
        if entry.status.value == "active":
            return word if self.is_active(entry) else self._last_seen(entry, word)
        if entry.ended:
            return f"{word}, {dates.spoken(str(entry.ended.value), between=True)}"
        return self._last_seen(entry, word)

    def _last_seen(self, entry: Entry, word: str) -> str:
        seen = entry.evidence_of(entry.status) if entry.status else None
        return f"{word}, last seen {dates.spoken(seen.text)}" if seen else f"{word}, undated"

    @cached_property
    def country_sets(self) -> Mapping[str, CountrySet]:
        """The named sets of countries by their ids; none for a schema that was read from no project."""
        return read_country_sets(self.schema.project) if self.schema.project else {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What is known of each network and each country of the set ``matrix``: row by row, the countries by code."""
        columns = sorted(self.country_sets[MATRIX].members) if self.country_sets else []
        return tuple(cell for entry in self.networks for cell in cells(entry, columns, self.country_sets))

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """Who leads, chairs, serves or houses the networks, in their order."""
        return tuple(lead for entry in self.networks for lead in leads(entry, self.today))

    def questions(self) -> Iterator[tuple[Entry, str, str]]:
        """All open questions as (entry, field, text)."""
        for entry in self.networks:
            for question in entry.open_questions:
                yield entry, question.about, question.text


def build_registry(documents: Iterable[Document], schema: Schema, today: date) -> Registry:
    """The registry of documents in which ``check`` found no error.

    Raises:
        ValueError: an entry cannot be shown as a whole.
    """
    entries = {document.id: Entry(document, schema) for document in documents}
    for entry in entries.values():
        if not entry.is_sound:
            raise ValueError(f"{entry.document.path} is no sound entry")
    return Registry(entries, schema, today)
