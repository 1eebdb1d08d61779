"""Tables: the registry as rows and columns, each of which stands in every format.

A cell is a text, a whole number, a yes or no, or None where there is nothing; dates are texts, so that one query means
the same to every engine. No column is named with a word of SQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from netreg.core.dates import Date
from netreg.core.schema import Part, Schema
from netreg.entry import Claim
from netreg.entry.evidence import bounds
from netreg.model import Registry
from netreg.model.phrases import country
from netreg.model.statements import address

Cells = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """A column: its name, what stands in it, and its type, as Frictionless calls it: string, integer or boolean."""

    name: str
    about: str
    type: str = "string"


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row is, its columns, and the first of them by which a row is told from all others.

    ``refers`` maps columns that name a row of another table to that table.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: Mapping[tuple[str, ...], str]
    rows: Callable[[Registry], Iterable[Cells]]


@dataclass(frozen=True)
class Filled:
    """A table with its rows."""

    table: Table
    rows: Sequence[Cells]


def filled(registry: Registry) -> tuple[Filled, ...]:
    """All tables with their rows, one that others refer to before them."""
    return tuple(Filled(one, [tuple(map(_cell, row)) for row in one.rows(registry)]) for one in tables(registry.schema))


def tables(schema: Schema) -> tuple[Table, ...]:
    """All tables; that of the networks has a column for each field that the schema gives one value."""
    networks = Table("networks", "A network, with the first value of each field.", (), ("id",), {}, _networks)
    return (Table(**vars(networks) | {"columns": (*_network_columns(schema), *_COUNTED)}), *_OTHERS)


def _cell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


# The networks


def _single(schema: Schema) -> Iterator[tuple[str, Part]]:
    """The fields that hold one value, and the topics, but for those that only a withdrawn or confirmed entry has."""
    for path, part in schema.leaves.items():
        if path == "topics" or ("items" not in part and not path.startswith(("entry.", "confirmed."))):
            yield path, part


def _network_columns(schema: Schema) -> Iterator[Column]:
    yield Column("id", "The id of the network, which never changes.")
    for path, part in _single(schema):
        name = path.rpartition(".")[2]
        yield Column(_NAMES.get(name, name), f"{part['title']}. {part['description']}")


_NAMES = {"group": "network_group", "where": "passage"}
"""What is called otherwise than in an entry, since the word means something to SQL."""

_COUNTED = (
    Column("status_as_of", "Of what date the evidence for the status is; nothing where it is undated."),
    Column("is_active", "Whether it meets the criterion of active, on the day of the edition.", "boolean"),
    Column("countries", "How many countries of the matrix are known to take part.", "integer"),
    Column("statements", "How many statements with a source there are.", "integer"),
    Column("sources", "How many sources are listed.", "integer"),
    Column("questions", "How many questions are open.", "integer"),
)


def _networks(registry: Registry) -> Iterator[Cells]:
    paths = [path for path, _ in _single(registry.schema)]
    countries = Counter(cell.entry.id for cell in registry.cells if cell.role)
    claims = Counter(claim.partition("#")[0] for claim in {row.claim for row in registry.statements if row.source})
    for entry in registry.networks:
        seen = entry.evidence_of(entry.status) if entry.status else None
        yield (
            entry.id,
            *(_first(entry.at(path)) for path in paths),
            _text(seen),
            registry.is_active(entry),
            countries[entry.id],
            claims[entry.id],
            len(entry.sources),
            len(entry.open_questions),
        )


def _first(found: Any) -> str:
    value = found.value if isinstance(found, Claim) else found
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _text(when: Date | None) -> str:
    return when.text if when else ""


# The statements, and what rests on them

_NETWORK = Column("network", "The id of the network.")
_CLAIM = Column("claim", "The address of the statement: the network, # and its place; its anchor on the page as well.")
_AS_OF = Column("as_of", "Of what date that is, as exactly as it is known, in EDTF.")
_EARLIEST = Column("earliest", "The first day that the evidence may be of; nothing where it is undated.")
_LATEST = Column("latest", "The last day that the evidence may be of.")
_LIKELY = Column("likely", "Whether it is the registry's reading of its sources.", "boolean")
_SINCE = Column("since", "Since when it has been so.")
_UNTIL = Column("until", "Until when it was so.")

_STATEMENTS = (
    _CLAIM,
    Column("citation", "1 for the best source of the statement, 2 for the next; 0 where it needs none.", "integer"),
    _NETWORK,
    Column("path", "The field, as in participants.counts."),
    Column("headline", "Whether it is the first value of the field; others are rival or earlier ones.", "boolean"),
    Column("role", "As what it is meant: the role of a country or a leader, the kind of a name, a relation, an event."),
    Column("value", "The value; where there are several, each after its key."),
    Column("unit", "What a number counts."),
    Column("qualifier", "How a source qualifies a number: more-than, at-least, about, at-most."),
    Column("complete", "Whether the source gives the list of countries as the whole of their role.", "boolean"),
    Column("number", "The number of the document, after its kind."),
    Column("as_of", "The date for which the sources say so, in EDTF."),
    _SINCE,
    _UNTIL,
    _EARLIEST,
    _LATEST,
    Column("certainty", "likely where it is the registry's reading of its sources."),
    Column("source", "The id of the source, within the network."),
    Column("kind", "Whose words the source holds."),
    Column("author", "Who says so."),
    Column("published", "When the source was published, in EDTF."),
    Column("read_on", "When the source was read."),
    Column("read_how", "How the source was read."),
    Column("passage", "Where in the source it stands."),
)
_ROW = attrgetter(*("where" if column.name == "passage" else column.name for column in _STATEMENTS))


def _cells(registry: Registry) -> Iterator[Cells]:
    for cell in registry.cells:
        claims = [address(cell.entry, claim) for claim in cell.claims[:2]]
        yield (
            *(cell.entry.id, cell.country, country(cell.country), cell.verdict.value, cell.role),
            *(cell.is_past, cell.likely, *_when(cell), *claims, *[None] * (2 - len(claims))),
        )


def _when(item: Any) -> Cells:
    """Of what date a cell or a lead is, with its first and last day."""
    return (_text(item.when), *(bounds(item.when) or (None, None)))


def _leads(registry: Registry) -> Iterator[Cells]:
    for lead in registry.leads:
        item = lead.item
        said = ", ".join(lead.countries), item.unit, item.target, item.name, item.rule
        yield (
            *(address(lead.entry, item), lead.entry.id, lead.role, lead.tense.value, lead.is_rival),
            *(*said, *_when(lead), item.likely),
        )


def _relations(registry: Registry) -> Iterator[Cells]:
    for entry in registry.networks:
        for item in entry.relations:
            name = registry.party(item).name
            yield address(entry, item), entry.id, item.type, item.target, name, item.since, item.until, item.likely


def _sources(registry: Registry) -> Iterator[Cells]:
    for entry in registry.networks:
        for one in entry.source_by_id.values():
            said = one.title, one.author, one.kind, one.copy_by, one.url, " ".join(one.document or ()), one.language
            yield entry.id, one.id, *said, one.dated, one.read_on, one.read_how, (one.archived or {}).get("url")


def _questions(registry: Registry) -> Iterator[Cells]:
    for entry in registry.networks:
        for number, question in enumerate(entry.open_questions):
            yield f"{entry.id}#open_questions.{number}", entry.id, question.about, question.text


_OF_NETWORK: Mapping[tuple[str, ...], str] = {("network",): "networks"}
_OTHERS = (
    Table(
        "sources",
        "A source of a network.",
        (
            _NETWORK,
            Column("source", "The id of the source, within the network."),
            Column("title", "Its title."),
            Column("author", "Whose words it holds."),
            Column("kind", "What sort of author that is."),
            Column("copy_by", "Who keeps the copy, where it was read on somebody else's server."),
            Column("url", "Its address."),
            Column("number", "The number of the document, after its kind."),
            Column("language", "Its language, by ISO 639."),
            Column("published", "When it was published, in EDTF."),
            Column("read_on", "When it was read."),
            Column("read_how", "How it was read: live, or in a copy."),
            Column("archive", "The address of a copy in a web archive."),
        ),
        ("network", "source"),
        _OF_NETWORK,
        _sources,
    ),
    Table(
        "statements",
        "A statement on the word of one source; of what stands on nobody's word one row without a source.",
        _STATEMENTS,
        ("claim", "citation"),
        {**_OF_NETWORK, ("network", "source"): "sources"},
        lambda registry: map(_ROW, registry.statements),
    ),
    Table(
        "participation",
        "What is known of a network and a country of the matrix.",
        (
            _NETWORK,
            Column("country", "The country by ISO 3166-1, or XK."),
            Column("country_name", "Its English name."),
            Column("verdict", "takes-part, not-a-member or not-known."),
            Column("role", "As what it takes part."),
            Column("past", "Whether that is over.", "boolean"),
            _LIKELY,
            _AS_OF,
            _EARLIEST,
            _LATEST,
            Column("claim", "The address of the statement that decides."),
            Column("rival", "The address of one that disagrees, so that nothing is known."),
        ),
        ("network", "country"),
        _OF_NETWORK,
        _cells,
    ),
    Table(
        "leads",
        "A role in a network and who holds it.",
        (
            _CLAIM,
            _NETWORK,
            Column("role", "The role, as chair or secretariat."),
            Column("tense", "today, last-known, undated or past, on the day of the edition."),
            Column("rival", "Whether another account goes before it.", "boolean"),
            Column("countries", "The countries that hold it."),
            Column("unit", "The authority of that country."),
            Column("target", "The id of the body that holds it."),
            Column("name", "The name of the body, where it has no id."),
            Column("rule", "The rule by which the post is filled."),
            _AS_OF,
            _EARLIEST,
            _LATEST,
            _LIKELY,
        ),
        ("claim",),
        _OF_NETWORK,
        _leads,
    ),
    Table(
        "relations",
        "A tie between a network and another body.",
        (
            _CLAIM,
            _NETWORK,
            Column("type", "What sort of tie it is."),
            Column("target", "The id of the other body: a network, or a known actor."),
            Column("name", "The name of the other body."),
            _SINCE,
            _UNTIL,
            _LIKELY,
        ),
        ("claim",),
        _OF_NETWORK,
        _relations,
    ),
    Table(
        "questions",
        "A question on a network that is open.",
        (
            Column("question", "The address of the question."),
            _NETWORK,
            Column("about", "The field that it is about."),
            Column("text", "The question."),
        ),
        ("question",),
        _OF_NETWORK,
        _questions,
    ),
)
"""All but that of the networks, those that others refer to first."""
