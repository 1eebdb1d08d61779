"""Words: how the fields, values, items and sources of an entry are named, with the labels of the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from netreg.core.schema import Part, Schema
from netreg.review.change import REPORTED, Change, Cited
from netreg.review.spans import Bit, Bits, bits, code, joined, quoted, several, theirs

_KINDS = {
    "self-presentation": "own words",
    "official-document": "official",
    "third-party": "third party",
    "statement-to-registry": "told to us",
}
WHEN = ("as_of", "from", "until", "certainty")
_DESIGNATED = {
    "other_names": ("name", "kind", "language"),
    "legal_basis": ("title",),
    "relations": ("type", "target", "name"),
    "history": ("date", "event", "text"),
    "open_questions": ("about", "text"),
    "sources": ("id",),
}
"""The keys by which an item of each list is named; its other keys qualify it."""

_SHORT = 70
LONG = 1300
"""More characters than the schema allows to any text, so that nothing new goes unseen."""

_MANY = 60
"""Items of a value at most, more than any list of countries has."""


class Words:
    """Says what stands in an entry; ``schema`` gives labels and vocabularies.

    ``numbers`` are those of sources by their ids, where they are listed beside the statements that cite them.
    """

    def __init__(self, schema: Schema, numbers: Mapping[str, int] | None = None) -> None:
        self.schema = schema
        self.numbers = numbers or {}
        self._titles: dict[int, dict[str, str]] = {}
        self._labels: dict[str, str] = {}

    def numbered(self, entry: Any) -> Words:
        """The same words for one entry whose sources are listed with numbers."""
        sources = entry.get("sources") if isinstance(entry, dict) else None
        listed = [item for item in sources if isinstance(item, dict)] if isinstance(sources, list) else []
        return Words(self.schema, {str(item.get("id")): number for number, item in enumerate(listed, start=1)})

    def field(self, path: str, statement: Any = None) -> str:
        """The label of a field; for a count with what is counted."""
        title = self._label(path).rpartition(": ")[2] if path else "Entry"
        unit = statement.get("unit") if isinstance(statement, dict) else None
        if unit is None:
            return title
        return f"{title} of {self.term(self.part(path, 'unit'), unit)}"

    def field_of(self, change: Change) -> str:
        """The label of the field that changes; without what is counted where just that is another."""
        return self.field(change.field, None if change.is_other_unit else change.statement)

    def name_of(self, path: str) -> str:
        """The label of a field inside a sentence."""
        return self._label(path).rpartition(": ")[2].lower()

    def _label(self, path: str) -> str:
        known = self._labels.get(path)
        if known is None:
            known = self._labels[path] = self.schema.label(path)
        return known

    def part(self, path: str, *below: str) -> Part:
        """The part of the schema at a dotted path, behind the items of lists."""
        part = self.schema.root
        for key in (*path.split("."), *below):
            part = self.schema.child(self.schema.child(part, 0) if "items" in part else part, key)
        return part

    def term(self, part: Part, value: Any) -> str:
        """The title of a term; the value itself where it is none."""
        return self._terms(part).get(str(value), str(value))

    def _terms(self, part: Part) -> dict[str, str]:
        options = part.get("oneOf", ())
        known = self._titles.get(id(options))
        if known is None:
            known = self._titles[id(options)] = {
                str(option["const"]): option["title"] for option in options if "const" in option
            }
        return known

    def value(self, path: str, claim: Any) -> Bits:
        """The value of a claim, without its unit, which the label gives."""
        if not isinstance(claim, dict) or "value" not in claim:
            return self.said(self.part(path), claim)
        return self.said(self.part(path, "value"), claim["value"])

    def amount(self, path: str, claim: Any) -> Bits:
        """The value of a claim with what it counts."""
        unit = claim.get("unit") if isinstance(claim, dict) else None
        counted = () if unit is None else bits(" ", theirs(self.term(self.part(path, "unit"), unit), 60))
        return bits(self.value(path, claim), counted)

    def said(self, part: Part, value: Any) -> Bits:
        """Any value in words: terms by their titles, dates as spoken, addresses as code, texts in quotes."""
        if isinstance(value, list):
            below = self.schema.child(part, 0)
            return several([self.said(below, item) for item in value], _MANY)
        if isinstance(value, dict):
            below_each = ((key, self.said(self.schema.child(part, key), item)) for key, item in value.items())
            return several([bits(theirs(key, 40), ": ", below) for key, below in below_each], 8)
        if isinstance(value, int) and not isinstance(value, bool):
            return bits(f"{value:,}" if abs(value) >= 10_000 else str(value))
        return (self._scalar(part, value),)

    def _scalar(self, part: Part, value: Any) -> Bit:
        text = str(value).lower() if isinstance(value, bool) or value is None else str(value)
        title = self._terms(part).get(text)
        kind = part.get("x-kind")
        if title:
            return Bit(title)
        if kind == "date":
            return spoken_date(text, between=part.get("title") == "Value")
        if kind in ("address", "source-ref", "field-path") or "pattern" in part:
            return code(text)
        return quoted(text, LONG)

    def when(self, path: str, claim: Any) -> Bits:
        """For when a claim holds and how sure it is, in brackets with a space before; or nothing."""
        if not isinstance(claim, dict):
            return ()
        said = [self.qualifier(path, key, claim[key]) for key in WHEN if claim.get(key) is not None]
        return bits(" (", joined(said, last=", "), ")") if said else ()

    def qualifier(self, path: str, key: str, value: Any) -> Bits:
        """A date or a certainty that goes with a statement."""
        if key == "certainty":
            return bits(self.term(self.part(path, key), value).lower())
        lead = {"as_of": "", "from": "from ", "until": "until "}[key]
        return bits(lead, spoken_date(str(value)))

    def claim(self, path: str, claim: Any, *, counted: bool = False) -> Bits:
        """A value with its date and certainty; ``counted`` adds the unit."""
        return bits(self.amount(path, claim) if counted else self.value(path, claim), self.when(path, claim))

    def item(self, path: str, item: Any) -> Bits:
        """By what an item of a list is known, as in ``Hosted by “X”``."""
        if not isinstance(item, dict):
            return self.said(self.part(path), item)
        if "value" in item:
            return self.claim(path, item)
        if path == "sources":
            return self.source(item)
        if path == "open_questions":
            return quoted_question(item)
        keys = [key for key in _DESIGNATED.get(path, ()) if item.get(key) is not None]
        said = [self._named(path, key, item[key]) for key in keys]
        return joined(said, *_GLUE.get(path, (", ", ", ")))

    def _named(self, path: str, key: str, value: Any) -> Bits:
        """One of the values by which an item is known; the target of a relation by its name where it is an actor."""
        title = self._terms(self.schema.definition("actor")).get(str(value)) if key == "target" else None
        return bits(title) if title else self.said(self.part(path, key), value)

    def extras(self, path: str, item: Any) -> Bits:
        """What else an item says beside what it is known by: its date, number, role and certainty; in brackets."""
        if not isinstance(item, dict):
            return ()
        named = (*_DESIGNATED.get(path, ()), "sources", "note", "value", "unit", "other")
        said = [self._extra(path, key, item[key]) for key in item if key not in named and item[key] is not None]
        return bits(" (", joined(said, last=", "), ")") if said else ()

    def _extra(self, path: str, key: str, value: Any) -> Bits:
        if key in WHEN:
            lead = "as of " if key == "as_of" else ""
            return bits(lead, self.qualifier(path, key, value))
        if key == "document" and isinstance(value, dict):
            return self.document(path, value)
        return self.said(self.part(path, key), value)

    def document(self, path: str, document: dict[str, Any]) -> Bits:
        """A number of a document with its kind, as in ``CELEX 32009D0902``."""
        kind, number = document.get("type", ""), document.get("number", "")
        return bits(theirs(self.term(self.part(path, "document", "type"), kind), 40), " ", code(number, 80))

    def source(self, source: dict[str, Any]) -> Bits:
        """A listed source: title, author, kind, date and where to read it."""
        said = [bits(quoted(source.get("title", source.get("id", "")), 300))]
        said += [bits(theirs(source[key], 120)) for key in ("author",) if source.get(key)]
        if source.get("copy_by"):
            said.append(bits("copy by ", theirs(source["copy_by"], 60)))
        said.append(bits(kind_in_words(str(source.get("kind", "")))))
        if source.get("published") is not None:
            said.append(bits(spoken_date(str(source["published"]))))
        if isinstance(source.get("document"), dict):
            said.append(self.document("sources", source["document"]))
        if source.get("url") is not None:
            said.append(bits(code(source["url"], 240)))
        said += self._read(source)
        return joined([piece for piece in said if piece], last=", ")

    def _read(self, source: dict[str, Any]) -> Iterator[Bits]:
        """What whoever opens a source must know: its language, who told us, and whether anybody has read it."""
        if source.get("language") not in (None, "en"):
            yield bits("in ", code(source["language"], 20))
        if isinstance(told := source.get("statement"), dict):
            yield bits("request ", theirs(told.get("request", "unknown"), 20))
            yield bits(quoted(told.get("role", "no role"), 80))
            yield bits(spoken_date(str(told.get("date"))))
        if isinstance(read := source.get("read"), dict) and read.get("how") == REPORTED:
            yield bits("nobody has opened it yet")

    def cited(self, sources: Sequence[Cited], most: int = 12) -> Bits:
        """Sources as evidence: their titles and on whose word each stands."""
        said = several([self._cited(source) for source in sources], 12 if self.numbers else most)
        return bits("source ", said) if self.numbers else said

    def _cited(self, source: Cited) -> Bits:
        if source.id in self.numbers:
            return bits(f"{self.numbers[source.id]} (", kind_in_words(source.kind), ")")
        if not source.title:
            return bits(quoted(source.id, 60), " (not listed)")
        return bits(quoted(source.title, _SHORT), " (", kind_in_words(source.kind), ")")


_GLUE = {"relations": (" ", " "), "history": (": ", ": "), "other_names": (", ", ", ")}


def kind_in_words(kind: str) -> Bit:
    """On whose word a source of this kind stands."""
    return Bit(_KINDS[kind]) if kind in _KINDS else theirs(kind, 40)


def quoted_question(item: dict[str, Any]) -> Bits:
    """An open question in its own words."""
    return bits(quoted(item.get("text", ""), LONG))


def spoken_date(text: str, *, between: bool = False) -> Bit:
    """A date as people say it; what is none in quotes."""
    from netreg.core import dates

    try:
        return Bit(dates.spoken(text, between=between))
    except dates.BadDate:
        return quoted(text, 40)
