"""The registry: all entries together, with what only the whole can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from netreg.core import dates
from netreg.core.load import Document
from netreg.core.schema import Schema, Term
from netreg.entry import Entry, Statement
from netreg.entry.country_sets import MATRIX, CountrySet
from netreg.entry.evidence import is_sign_of_life
from netreg.model import phrases
from netreg.model.lineage import Event, Lineage, Party, events
from netreg.model.participation import Cell, Lead, cells, leads, named_countries, occasions
from netreg.model.statements import StatementRow, statement_rows

_ABOVE = frozenset(
    "part_of listed_under set_up_by recognised_by reports_to hosted_by funded_by member_of observer_at".split()
)
"""Types of relation by which the other body stands above the network, or gives it something."""

_NO_SETS: Mapping[str, CountrySet] = {}


@dataclass(frozen=True)
class Tie:
    """A relation as seen from one of its two sides; ``stated_in`` is the entry whose sources prove it.

    From the other side also a role that the entry has in another body. ``type`` is a term of ``relation_type``, or of
    ``leader_role``.
    """

    type: str
    label: str
    party: Party
    relation: Statement
    stated_in: Entry


@dataclass(frozen=True)
class Registry:
    """All entries by id, the schema they follow, the day for which ages are told, and the sets of countries."""

    entries: Mapping[str, Entry]
    schema: Schema
    today: date
    sets: Mapping[str, CountrySet] = field(default_factory=dict)

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
        """The relations of an entry from both sides, in the order of the vocabularies."""
        order = [*self.schema.by_value("relation_type"), *self.schema.by_value("leader_role")]
        mine = [self._tie(entry, relation) for relation in entry.relations]
        return tuple(
            sorted([*mine, *self.ties_to(entry.id)], key=lambda tie: (order.index(tie.type), tie.party.name.casefold()))
        )

    def ties_to(self, id_: str) -> tuple[Tie, ...]:
        """What entries state of a body, by its id: of another entry, or of a known actor."""
        return tuple(self._stated_elsewhere.get(id_, ()))

    def _tie(self, entry: Entry, relation: Statement) -> Tie:
        label = self.term("relation_type", relation.type).title
        return Tie(relation.type, label, self.party(relation), relation, entry)

    @cached_property
    def _stated_elsewhere(self) -> Mapping[str, list[Tie]]:
        found: dict[str, list[Tie]] = defaultdict(list)
        for entry in self.networks:
            party = Party(entry.label, entry.id, is_entry=True)
            ties = [(one, self.term("relation_type", one.type)) for one in entry.relations]
            roles = [(one, self.term("leader_role", one.role)) for one in entry.leadership if one.target != entry.id]
            for item, term in [*ties, *roles]:
                if item.target:
                    found[item.target].append(Tie(term.value, term.inverse, party, item, entry))
        return found

    def party(self, relation: Statement) -> Party:
        """The other side of a relation, or the body that has a role."""
        target = self.entries.get(relation.target)
        if target is not None:
            return Party(target.label, target.id, is_entry=True)
        if relation.target:
            return Party(self.term("actor", relation.target).title, relation.target)
        return Party(relation.name)

    def knows(self, id_: str) -> bool:
        """Whether an id is one of an entry or a known actor: where only a part of the entries is read, not all are."""
        return id_ in self.entries or id_ in self.schema.by_value("actor")

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
            return word if self.is_active(entry) else f"{word}, {self.last_seen(entry)}"
        if entry.ended:
            return f"{word}, {dates.spoken(str(entry.ended.value), between=True)}"
        return f"{word}, {self.last_seen(entry)}"

    def last_seen(self, entry: Entry) -> str:
        """Of what date the evidence for the status is: ``last seen May 2024``, or ``undated``."""
        seen = entry.evidence_of(entry.status) if entry.status else None
        return f"last seen {dates.spoken(seen.text)}" if seen else "undated"

    def role_in_words(self, item: Statement) -> str:
        """A role in a network and who holds it, as in ``Chair: Belgium, Harbour Police``."""
        return f"{self.term('leader_role', item.role).title}: {self.holder(item)}"

    def holder(self, item: Statement) -> str:
        """Who has a role in a network: countries, another body, their authority, and in brackets by what rule."""
        who = ", ".join(filter(None, (phrases.countries(item.texts("countries")), self.party(item).name, item.unit)))
        rule = self.rule(item)
        return f"{who} ({rule})" if who and rule else who or rule

    def rule(self, item: Statement) -> str:
        """By what rule a role is filled, in words; empty where nobody gives one."""
        return phrases.lower_first(self.term("leader_rule", item.rule).title) if item.rule else ""

    @cached_property
    def statements(self) -> tuple[StatementRow, ...]:
        """The statements of the networks, in their order, a row for each source."""
        return tuple(row for entry in self.networks for row in statement_rows(entry))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What is known of each network and each country of the set ``matrix``: row by row, the countries by code."""
        columns = sorted(self.sets[MATRIX].members) if MATRIX in self.sets else []
        return tuple(cell for entry in self.networks for cell in cells(entry, columns, self.sets))

    @cached_property
    def by_country(self) -> Mapping[str, tuple[Cell, ...]]:
        """What is known of each country and each network: those of the matrix, then all others that a source names."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.country].append(cell)
        named = {code for entry in self.networks for code in named_countries(entry, self.sets)}
        beyond = sorted(named - found.keys())
        for entry in self.networks:
            for cell in cells(entry, beyond, self.sets):
                found[cell.country].append(cell)
        return {code: tuple(of_country) for code, of_country in found.items()}

    @cached_property
    def occasions(self) -> tuple[Cell, ...]:
        """Who founded a network or came to it once."""
        return tuple(cell for entry in self.networks for cell in occasions(entry, self.sets))

    @cached_property
    def bodies(self) -> Mapping[str, Party]:
        """By their ids the known actors that have to do with a network, and the entries that stand above another."""
        roles = self.schema.by_value("leader_role").keys() | _ABOVE
        bodies = [
            self.party(ties[0].relation)
            for id_, ties in self._stated_elsewhere.items()
            if self.knows(id_) and (id_ not in self.entries or any(tie.type in roles for tie in ties))
        ]
        return {body.id: body for body in sorted(bodies, key=lambda body: body.name.casefold())}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened to the networks, the oldest first."""
        found = (event for entry in self.networks for event in events(entry))
        return tuple(sorted(found, key=lambda event: event.when.sort_key))

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """Who leads, chairs, serves or houses the networks, in their order."""
        return tuple(lead for entry in self.networks for lead in leads(entry, self.today))

    @cached_property
    def lineage(self) -> Lineage:
        """What came out of what, and what went on in what."""
        return Lineage(self)

    def questions(self) -> Iterator[tuple[Entry, str, str]]:
        """All open questions as (entry, field, text)."""
        for entry in self.networks:
            for question in entry.open_questions:
                yield entry, question.about, question.text


def build_registry(
    documents: Iterable[Document], schema: Schema, today: date, sets: Mapping[str, CountrySet] = _NO_SETS
) -> Registry:
    """The registry of documents in which ``check`` found no error.

    Args:
        documents: the files.
        schema: the schema they follow.
        today: the day for which ages are told.
        sets: the named sets of countries by their ids.

    Raises:
        ValueError: an entry cannot be shown as a whole.
    """
    entries = {document.id: Entry(document, schema) for document in documents}
    for entry in entries.values():
        if not entry.is_sound:
            raise ValueError(f"{entry.document.path} is no sound entry")
    return Registry(entries, schema, today, sets)
