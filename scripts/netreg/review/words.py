"""Words: how the fields, values, items and sources of an entry are named, with the labels of the schema."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from netreg.core.schema import Part, Schema
from netreg.entry.evidence import is_opened
from netreg.review.change import COUNTRIES, LEADERSHIP, SAID_IN, Change, Cited, items, same, without
from netreg.review.spans import Span, Spans, code, joined, quoted, several, spans, theirs

if TYPE_CHECKING:  # what hardly any change needs is loaded by the change that does
    from netreg.entry import Entry
    from netreg.entry.country_sets import CountrySet
    from netreg.model.participation import Cell

WHEN = ("as_of", "from", "until", "certainty")
LEADS = {"as_of": "as of ", "from": "from ", "until": "until "}
_DESIGNATED = {
    "other_names": ("name", "kind", "language"),
    "legal_basis": ("title",),
    "relations": ("type", "target", "name"),
    LEADERSHIP: ("countries", "target", "name", "rule", "value"),
    "identifiers": ("scheme", "value"),
    "history": ("date", "event", "text"),
    "open_questions": ("about", "text"),
    "sources": ("id",),
}
"""The keys by which an item of each list is named; its other keys qualify it."""

_GLUE = {"relations": (" ", " "), "identifiers": (" ", " "), "history": (": ", ": "), "other_names": (", ", ", ")}
_SHORT = 70
LONG = 1300
"""More characters than the schema allows to any text, so that nothing new goes unseen."""

JOIN = (Span(" joins"), Span(" join"))
"""What one country does, and several, that are new in a role; said of nothing in an entry that is new as a whole."""

_MANY = 60
"""Items of a value at most, more than any list of countries has."""


class Words:
    """Says what stands in an entry; ``schema`` gives labels and vocabularies.

    ``numbers`` are those of sources by their ids, where they are listed beside the statements that cite them;
    ``official`` are the mailboxes that a body is reached at, which may be told.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.numbers: Mapping[str, int] = {}
        self.official: Collection[str] = ()
        self._titles: dict[tuple[int, str], dict[str, str]] = {}
        self._labels: dict[str, str] = {}

    @cached_property
    def sets(self) -> Mapping[str, CountrySet]:
        """The named sets of countries by their ids; none where the project has no such list."""
        from netreg.entry.country_sets import read_country_sets

        return read_country_sets(self.schema.project) if self.schema.project else {}

    def numbered(self, entry: Any) -> Words:
        """The same words for one entry whose sources are listed with numbers."""
        sources = entry.get("sources") if isinstance(entry, dict) else None
        listed = [item for item in sources if isinstance(item, dict)] if isinstance(sources, list) else []
        numbers = {str(item.get("id")): number for number, item in enumerate(listed, start=1)}
        return self.varied(numbers=numbers)

    def varied(self, **others: Any) -> Words:
        """The same words with other numbers of sources, or official mailboxes; what was looked up stays known."""
        words = copy(self)
        vars(words).update(others)
        return words

    # Fields and terms

    def field(self, path: str, statement: Any = None) -> str:
        """The label of a field; for a count with what is counted, for who leads it the role."""
        if path == LEADERSHIP and isinstance(statement, dict) and "role" in statement:
            return self.term(self.part(path, "role"), statement["role"])
        if path not in self._labels:
            label = self.schema.label(path).rpartition(": ")[2] if path else "Entry"
            self._labels[path] = label[:1].upper() + label[1:]  # a field of an older release has none
        unit = statement.get("unit") if isinstance(statement, dict) else None
        return self._labels[path] + (f" of {self.term(self.part(path, 'unit'), unit)}" if unit is not None else "")

    def field_of(self, change: Change) -> str:
        """The label of the field that changes; without what is counted where just that is another."""
        return self.field(change.field, None if change.is_other_unit else change.statement)

    def part(self, path: str, *below: str) -> Part:
        """The part of the schema at a dotted path, behind the items of lists."""
        part = self.schema.root
        for key in (*path.split("."), *below):
            part = self.schema.child(self.schema.child(part, 0) if "items" in part else part, key)
        return part

    def term(self, part: Part, value: Any, key: str = "title") -> str:
        """The title of a term, or what else the schema says of it; the value itself where it is none."""
        options = part.get("oneOf", ())
        known = self._titles.get((id(options), key))
        if known is None:
            known = {str(one["const"]): one.get(key, one["title"]) for one in options if "const" in one}
            self._titles[id(options), key] = known
        return known.get(str(value), str(value))

    def kind_of_source(self, kind: str) -> Span:
        """On whose word a source of this kind stands, in short."""
        return theirs(self.term(self.part("sources", "kind"), kind, "x-short"), 40)

    # Values

    def value(self, path: str, claim: Any, *, counted: bool = False, verb: Sequence[Span] = ()) -> Spans:
        """The value of a claim; its unit, which the label gives, only where it is to be ``counted``."""
        if isinstance(claim, dict) and path in SAID_IN:
            return self.countries(claim, verb) if path == COUNTRIES else self._designated(path, claim)
        if not isinstance(claim, dict) or "value" not in claim:
            return self.said(self.part(path), claim)
        said = self.said(self.part(path, "value"), claim["value"])
        if claim.get("qualifier") is not None:
            said = spans(theirs(self.term(self.part(path, "qualifier"), claim["qualifier"]), 40), " ", said)
        unit = claim.get("unit") if counted else None
        return said if unit is None else spans(said, " ", theirs(self.term(self.part(path, "unit"), unit), 60))

    def claim(self, path: str, claim: Any, *, counted: bool = False, verb: Sequence[Span] = ()) -> Spans:
        """A value with its dates and certainty in brackets; ``counted`` adds the unit, ``verb`` what countries do."""
        said = self.value(path, claim, counted=counted, verb=verb)
        found = list(filter(claim.get, WHEN)) if isinstance(claim, dict) else []
        if not found:
            return said
        return spans(said, " (", joined([self.qualifier(path, key, claim[key]) for key in found], last=", "), ")")

    def qualifier(self, path: str, key: str, value: Any) -> Spans:
        """A date or a certainty that goes with a statement."""
        if key == "certainty":
            return spans(self.term(self.part(path, key), value).lower())
        return spans("" if key == "as_of" else LEADS[key], spoken_date(str(value)))

    def said(self, part: Part, value: Any) -> Spans:
        """Any value in words: terms by their titles, dates as spoken, addresses as code, texts in quotes."""
        if isinstance(value, list):
            below = self.schema.child(part, 0)
            return several([self.said(below, item) for item in value], _MANY)
        if isinstance(value, dict):
            if part.get("x-kind") == "source-ref":
                where = filter(None, (value.get("where"),))
                return spans(code(value.get("id")), *(spans(" (", quoted(one, 80), ")") for one in where))
            each = [(key, self.said(self.schema.child(part, key), item)) for key, item in value.items()]
            return several([spans(theirs(key, 40), ": ", said) for key, said in each], 8)
        if isinstance(value, int) and not isinstance(value, bool):
            return spans(f"{value:,}" if abs(value) >= 10_000 else str(value))
        text = str(value).lower() if isinstance(value, bool) or value is None else str(value)
        if "oneOf" in part and (title := self.term(part, text)) != text:
            return (Span(title),)
        kind = part.get("x-kind")
        if kind == "date":
            return (spoken_date(text, between=part.get("title") == "Value"),)
        if kind == "country":
            from netreg.model.phrases import country

            name = country(text)
            return (theirs(name, 60) if name != text else code(text),)
        is_code = kind in ("address", "source-ref", "field-path") or "pattern" in part
        return (code(text, official=self.official) if is_code else quoted(text, LONG),)

    # Countries and who leads

    def countries(self, claim: dict[str, Any], verb: Sequence[Span], most: int = _MANY) -> Spans:
        """Who takes part and as what, as in ``Norway as observer``; ``verb`` is what one does, and several."""
        who = self.who(*(items(claim.get(key)) for key in ("sets", "except", "value")))
        is_one = len(who) == 1 and "sets" not in claim
        complete = ", marked as complete" if claim.get("complete") is True and most == _MANY else ""
        told = verb[not is_one] if verb else ""
        return spans(several(who, most), told, self.role(claim, is_one=is_one), complete)

    def who(self, sets: Sequence[Any], beyond: Sequence[Any], codes: Iterable[Any]) -> list[Spans]:
        """Sets by their titles, without what is ``beyond``, and countries in the order of their names."""
        of_set, of_country = (self.schema.child(self.part(COUNTRIES, key), 0) for key in ("sets", "value"))
        told = [self.said(of_set, one) for one in sets]
        if told and beyond:
            told = [spans(joined(told), " without ", joined(self.who((), (), beyond)))]
        return [*told, *sorted((self.said(of_country, code) for code in codes), key=lambda one: one[0].text)]

    def role(self, claim: Any, *, is_one: bool) -> Spans:
        """As what countries take part, in quotes where that is no noun; nothing in an older release."""
        role = claim.get("role") if isinstance(claim, dict) else None
        title = self.term(self.part(COUNTRIES, "role"), role, "title" if is_one else "x-short").lower()
        return () if role is None else spans(" as ", quoted(title, 40) if " " in title else theirs(title, 40))

    def codes(self, claim: Any) -> frozenset[str]:
        """The codes of the countries that a claim names, alone or in sets."""
        from netreg.core.load.node import tree
        from netreg.entry import Claim
        from netreg.entry.country_sets import codes

        return codes(Claim((), tree(claim), {}), self.sets) if isinstance(claim, dict) else frozenset()

    def decided_by(self, change: Change) -> Iterator[Cell]:
        """The countries of which something else is known than before, by one change in who takes part."""
        from netreg.entry.country_sets import MATRIX
        from netreg.model.participation import cells

        columns = sorted(self.sets[MATRIX].members) if self.sets else ()
        both = (cells(self._deciding(state), columns, self.sets) for state in change.states or ())
        named = self.codes(change.before)
        for was, now in zip(*both, strict=True):
            is_other = was.verdict is not now.verdict
            if is_other and (was.country in named or _rests_on(was, change.before) or _rests_on(now, change.after)):
                yield now

    def _deciding(self, state: Mapping[str, Any]) -> Entry:
        from netreg.core.load import Document
        from netreg.core.load.node import tree
        from netreg.entry import Entry

        deciding = {key: state[key] for key in ("participants", "sources") if key in state}
        return Entry(Document("", "", "", tree(deciding), ()), self.schema)

    # Items of lists

    def item(self, path: str, item: Any) -> Spans:
        """By what an item of a list is known, as in ``Hosted by “X”``."""
        if not isinstance(item, dict):
            return self.said(self.part(path), item)
        if "value" in item or path in SAID_IN:
            return self.claim(path, item)
        if path == "sources":
            return self.source(item)
        if path == "open_questions":
            checked = item.get("checked")
            told = () if checked is None else spans(" (checked: ", self.said(self.part(path, "checked"), checked), ")")
            return spans(quoted(item.get("text", ""), LONG), told)
        return self._designated(path, item)

    def _designated(self, path: str, item: dict[str, Any]) -> Spans:
        said: list[Spans] = []
        for key in _DESIGNATED.get(path, ()):
            # A relation may lead to an actor, which the schema names.
            part = self.schema.definition("actor") if key == "target" else {}
            title = self.term(part, item.get(key))
            if item.get(key) is not None:
                said.append(spans(title) if title != str(item[key]) else self.said(self.part(path, key), item[key]))
        service = item.get("unit") if path == LEADERSHIP else None
        known = joined(said, *_GLUE.get(path, (", ", ", ")))
        return known if service is None else spans(known, " (", theirs(service), ")")

    def extras(self, path: str, item: Any) -> Spans:
        """What else an item says beside what it is known by: its date, number, role and certainty; in brackets."""
        if not isinstance(item, dict):
            return ()
        named = (*_DESIGNATED.get(path, ()), "sources", "note", "value", "unit", "other")
        said = [self._extra(path, key, item[key]) for key in item if key not in named and item[key] is not None]
        return spans(" (", joined(said, last=", "), ")") if said else ()

    def _extra(self, path: str, key: str, value: Any) -> Spans:
        if key in WHEN:
            return spans(LEADS[key] if key == "as_of" else "", self.qualifier(path, key, value))
        if key == "document" and isinstance(value, dict):
            return self.document(path, value)
        return self.said(self.part(path, key), value)

    def document(self, path: str, document: dict[str, Any]) -> Spans:
        """A number of a document with its kind, as in ``CELEX 32009D0902``."""
        kind, number = document.get("type", ""), document.get("number", "")
        return spans(theirs(self.term(self.part(path, "document", "type"), kind), 40), " ", code(number, 80))

    # Sources

    def source(self, source: dict[str, Any]) -> Spans:
        """A listed source: title, author, kind, date, where to read it, and what whoever opens it must know.

        That is its language, who told us, and whether anybody has read it.
        """
        given = {key: value for key, value in source.items() if value is not None and value != ""}
        told: dict[str, Callable[[Any], Spans]] = {
            "author": lambda author: spans(theirs(author, 120)),
            "copy_by": lambda who: spans("copy by ", theirs(who, 60)),
            "kind": lambda kind: spans(self.kind_of_source(str(kind))),
            "published": lambda when: spans(spoken_date(str(when))),
            "document": lambda one: self.document("sources", one) if isinstance(one, dict) else (),
            "url": lambda url: spans(code(url, 240)),
            "language": lambda which: spans("in ", code(which, 20)) if which != "en" else (),
            "statement": lambda one: _statement(one) if isinstance(one, dict) else (),
            "archive": lambda copy: spans("archived: ", self.said(self.part("sources", "archive"), copy)),
            "opened_by_person": lambda day: spans("opened by a person on ", spoken_date(str(day))),
            "read": lambda read: () if self.is_opened(read) else spans("nobody has opened it yet"),
        }
        said = [spans(quoted(source.get("title", source.get("id", "")), 300))]
        said += [tell(given[key]) for key, tell in told.items() if key in given]
        return joined([piece for piece in said if piece], last=", ")

    def is_opened(self, read: Any) -> bool:
        """Whether somebody of the registry has opened a source that says this of its reading."""
        return not isinstance(read, dict) or is_opened(read.get("how"), self.schema)

    def cited(self, sources: Sequence[Cited], most: int = 12) -> Spans:
        """Sources as evidence: their titles, or numbers, and on whose word each stands."""
        said: list[Spans] = []
        for source in sources:
            if source.id not in self.numbers and not source.title:
                said.append(spans(quoted(source.id, 60), " (not listed)"))
                continue
            number = self.numbers.get(source.id)
            name = quoted(source.title, _SHORT) if number is None else str(number)
            place = spans("; ", quoted(source.where, 80)) if source.where else ()
            said.append(spans(name, " (", self.kind_of_source(source.kind), place, ")"))
        return spans("source ", several(said, 12)) if self.numbers else several(said, most)


def _statement(told: dict[str, Any]) -> Spans:
    request, role = theirs(told.get("request", "unknown"), 20), quoted(told.get("role", "no role"), 80)
    return spans("request ", request, ", ", role, ", ", spoken_date(str(told.get("date"))))


def spoken_date(text: str, *, between: bool = False) -> Span:
    """A date as people say it; what is none in quotes."""
    from netreg.core import dates

    try:
        return Span(dates.spoken(text, between=between))
    except dates.BadDate:
        return quoted(text, 40)


def _rests_on(cell: Cell, claim: Any) -> bool:
    return any(same(without(one.node.plain(), ("other",)), claim) for one in cell.claims)
