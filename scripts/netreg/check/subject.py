"""A subject: one entry file as the rules see it, whatever is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from netreg.check.rule import Hit
from netreg.check.shape_errors import ShapeError, shape_errors
from netreg.core.finding import Place
from netreg.core.load import Document, Node
from netreg.core.names import normal_form, word_key
from netreg.core.schema import Part, Schema

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in an entry that the schema knows: its path, its node and its part of the schema."""

    path: Path
    node: Node
    part: Part

    @property
    def field(self) -> str:
        """The top-level field it belongs to."""
        return str(self.path[0]) if self.path else ""

    @property
    def dotted(self) -> str:
        """The path without list positions, as in ``participants.counts.value``."""
        return ".".join(str(step) for step in self.path if isinstance(step, str))


@dataclass(frozen=True)
class Subject:
    """One file under check. Every view is tolerant: what is malformed is left out and reported by the shape rules."""

    document: Document
    schema: Schema

    @property
    def id(self) -> str:
        """The entry's id, from its file name."""
        return self.document.id

    @property
    def root(self) -> Node | None:
        """The tree, or None where the file cannot be read."""
        return self.document.root

    @property
    def is_withdrawn(self) -> bool:
        """Whether the entry is a tombstone."""
        return bool(self.root and self.root.get("entry"))

    def spots(self, kind: str) -> list[Spot]:
        """All places of one ``x-kind``, such as ``claim``, ``date`` or ``text``, in the order of the file."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Spot]]:
        found: dict[str, list[Spot]] = defaultdict(list)
        if self.root is not None:
            for spot in _walk((), self.root, self.schema.root, self.schema):
                found[spot.part["x-kind"]].append(spot)
        return found

    def shape_errors(self, rule: str) -> list[ShapeError]:
        """The schema's errors that one rule words; the entry is validated once for all rules."""
        return self._shape_errors.get(rule, [])

    @cached_property
    def _shape_errors(self) -> Mapping[str, list[ShapeError]]:
        if self.root is None:
            return {}
        unquoted = [
            ShapeError(spot.node, "quotes", True, spot.part, spot.path)
            for spot in self.spots("date")
            if isinstance(spot.node.value, str) and not spot.node.style  # no schema can see the quotes
        ]
        found = dict(shape_errors(self.root, self.schema))
        return {**found, "unquoted-date": [*found.get("unquoted-date", []), *unquoted]}

    @cached_property
    def sources(self) -> Mapping[str, Node]:
        """The nodes of the listed sources by id; the first wins."""
        found: dict[str, Node] = {}
        for spot in self.spots("source"):
            id_ = spot.node.string("id")
            if id_ is not None:
                found.setdefault(id_, spot.node)
        return found

    @property
    def named_ids(self) -> Iterator[tuple[Node, str]]:
        """The ids of entries that the file names, with their places; what is no id at all is told by another rule."""
        malformed = {error.node for error in self.shape_errors("id-form")}
        for spot in self.spots("entry-ref"):
            id_ = None if spot.node in malformed else spot.node.string()
            if id_:
                yield spot.node, id_

    def items(self, field: str) -> Sequence[Node]:
        """The items of a list at the top of the entry, whatever they are; none where there is no list."""
        found = self.root.get(field) if self.root else None
        return found.value if found is not None and found.kind == "sequence" else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All names of the entry: title, short name, acronym and other names."""
        own = (self.root.string(key) for key in ("name", "short_name", "acronym")) if self.root else ()
        others = (item.string(key) for item in self.items("other_names") for key in ("name", "acronym"))
        return tuple(filter(None, (*own, *others)))

    @cached_property
    def normal_names(self) -> tuple[str, ...]:
        """The same in the form in which they are compared."""
        return tuple(map(normal_form, self.names))

    @cached_property
    def name_words(self) -> tuple[str, ...]:
        """The words of its title, in which plurals and the order of words make no difference."""
        return word_key((self.root.string("name") if self.root else None) or "")

    @cached_property
    def statements(self) -> list[Spot]:
        """Everything that must stand on somebody's word: claims, and the items of factual lists."""
        return [*self.spots("claim"), *self.spots("item")]

    def place(self, node: Node | None, *, at_key: bool = False) -> Place:
        """Where a node stands, or its key; the start of the file for none."""
        if at_key and node and node.key:
            node = node.key
        if node is None:
            return Place(self.document.path)
        end = node.end_column if node.end_line == node.line else node.column + 1
        return Place(self.document.path, node.line, node.column, max(end, node.column + 1))

    def hit_at(self, node: Node, words: str, message: str) -> Hit:
        """A hit at words inside a text; at its beginning where they cannot be found on one line."""
        for number in range(node.line, node.end_line + 1):
            start = self._lines[number - 1].find(words, node.column - 1 if number == node.line else 0)
            if start >= 0:
                return Hit(Place(self.document.path, number, start + 1, start + 1 + len(words)), message)
        return self.hit(node, message)

    @cached_property
    def _lines(self) -> list[str]:
        return [*self.document.text.split("\n"), ""]

    def hit(self, node: Node | None, message: str, fix: str = "", *, at_key: bool = False) -> Hit:
        """A hit at a node."""
        return Hit(self.place(node, at_key=at_key), message, fix)


def names_of(subject: Subject) -> Iterator[str]:
    """All names of an entry: title, short name, acronym and other names."""
    yield from subject.names


def _walk(path: Path, node: Node, part: Part, schema: Schema) -> Iterator[Spot]:
    if "x-kind" in part:
        yield Spot(path, node, part)
    for key, child in node.items():
        below = schema.child(part, key)
        if below:
            yield from _walk((*path, key), child, below, schema)


@dataclass(frozen=True)
class Context:
    """What rules may know beside the entries: the schema, today's date, and what a change touches.

    ``changed`` and ``base_ids`` are None where no older revision is compared.
    """

    schema: Schema
    today: date
    changed: frozenset[str] | None = None
    base_ids: frozenset[str] | None = None
    ids: frozenset[str] = field(default_factory=frozenset)
