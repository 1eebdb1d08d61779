"""An entry: what one file says, read through the schema, whatever is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from netreg.core.dates import Date
from netreg.core.load import Document, Node
from netreg.core.names import name_key, word_key
from netreg.core.schema import Part, Schema
from netreg.entry.evidence import evidence_of, is_closed, is_in_force, is_opened
from netreg.entry.spot import Block, Claim, Path, Source, Spot, Statement


class Entry:
    """One file of the registry. Every view is tolerant: what is malformed is left out.

    Each field of the schema is an attribute under its own name, those of a block such as ``participants`` too: a claim
    or None, a text, or a tuple of claims, statements, sources or texts. Those that the code asks for by name stand
    below with their types; a field that it does not ask for needs no line here.
    """

    name: str
    short_name: str
    acronym: str
    group: str
    topics: tuple[str, ...]
    other_names: tuple[Statement, ...]
    form: Claim | None
    status: Claim | None
    established: Claim | None
    ended: Claim | None
    purpose: Claim | None
    summary: Claim | None
    tasks: tuple[Claim, ...]
    kinds: Claim | None
    range: Claim | None
    counts: tuple[Claim, ...]
    countries: tuple[Claim, ...]
    leadership: tuple[Statement, ...]
    seat: Claim | None
    governance: Claim | None
    legal_basis: tuple[Statement, ...]
    website: Claim | None
    relations: tuple[Statement, ...]
    history: tuple[Statement, ...]
    open_questions: tuple[Block, ...]
    sources: tuple[Source, ...]

    def __init__(self, document: Document, schema: Schema) -> None:
        self.document = document
        self.schema = schema

    def __getattr__(self, name: str) -> Any:
        known = {} if name == "schema" else self.schema.leaf_names
        if name not in known and name not in Entry.__annotations__:
            raise AttributeError(f"an entry has no field {name!r}")
        value = self.__dict__[name] = self.at(known.get(name, name))
        return value

    def at(self, dotted: str) -> Any:
        """What stands in a field such as ``participants.counts``; None where the schema has no such field."""
        path, part = tuple(dotted.split(".")), self.schema.leaves.get(dotted)
        if part is None:
            return None
        node = self.root.get(*path) if self.root else None
        if "items" not in part:
            return self._value(path, part, node)
        items = node.value if node is not None and node.kind == "sequence" else ()
        below = self.schema.child(part, 0)
        return tuple(filter(None, (self._value((*path, number), below, item) for number, item in enumerate(items))))

    def _value(self, path: Path, part: Part, node: Node | None) -> Any:
        if "properties" not in part:
            return (node.string() or "") if node else ""
        spot = self._at.get(path)
        return spot if spot is not None and node is not None and node.kind == "mapping" else None

    @property
    def id(self) -> str:
        """Its id, from the file name."""
        return self.document.id

    @property
    def root(self) -> Node | None:
        """The tree, or None where the file cannot be read."""
        return self.document.root

    @property
    def title(self) -> str:
        """The name everybody uses: the short name, else the full one."""
        return self.short_name or self.name

    @property
    def label(self) -> str:
        """The shortest name that is still unmistakable, for running text and tables."""
        return self.short_name or self.acronym or self.name

    @property
    def raw(self) -> Mapping[str, Any]:
        """The file as plain data, made anew, since it is as large as the tree."""
        return self.root.plain() if self.root and self.root.kind == "mapping" else {}

    @cached_property
    def withdrawn(self) -> Mapping[str, Any] | None:
        """When and why the entry was withdrawn, and what to read instead; None for one that stands."""
        node = self.root.get("entry") if self.root else None
        return node.plain() if node is not None and node.kind == "mapping" else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the entry is a tombstone, however it is written."""
        return bool(self.root and self.root.get("entry"))

    # Places.

    def spots(self, kind: str) -> Sequence[Spot]:
        """All places of one ``x-kind``, such as ``date`` or ``text``, in the order of the file."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Spot]]:
        found: dict[str, list[Spot]] = defaultdict(list)
        if self.root is not None:
            self._walk(found, (), self.root, self.schema.root)
        return found

    def _walk(
        self, found: dict[str, list[Spot]], path: Path, node: Node, part: Part, above: Statement | None = None
    ) -> None:
        if "x-kind" in part:
            above = self._noted(found, path, node, part, above)
        if node.kind == "mapping":
            fields = self.schema.below(part)
            for key, child in node.value.items():
                if not (below := fields.get(key)):
                    continue
                kind = below.get("x-kind")
                if child.kind != "scalar" or kind in _CLASSES:
                    self._walk(found, (*path, key), child, below, above)
                elif kind:  # most places, which have nothing below them
                    found[kind].append(Spot((*path, key), child, below))
        elif node.kind == "sequence" and (below := self.schema.resolve(part.get("items"))):
            for number, child in enumerate(node.value):
                self._walk(found, (*path, number), child, below, above)

    def _noted(
        self, found: dict[str, list[Spot]], path: Path, node: Node, part: Part, above: Statement | None
    ) -> Statement | None:
        """Make a spot of a place; what stands above all that is below it is given back."""
        kind = part["x-kind"]
        spot = _CLASSES.get(kind, Block)(path, node, part)
        found[kind].append(spot)
        if isinstance(spot, Source):
            spot.is_opened = is_opened(node.string("read", "how"), self.schema)
        if not isinstance(spot, Statement):
            return above
        if above is not None:
            above.other.append(spot)
        return spot

    @cached_property
    def _at(self) -> Mapping[Path, Spot]:
        return {spot.path: spot for spots in self._by_kind.values() for spot in spots}

    @cached_property
    def is_sound(self) -> bool:
        """Whether all of it can be shown: it has a name, and nothing has another shape than the schema asks for."""
        root = self.root
        blocks = (spots for spots in self._by_kind.values() if spots[0].part.get("type") == "object")
        if root is None or not self.name or not all(spot.is_sound for spots in blocks for spot in spots):
            return False
        nodes = ((root.get(*dotted.split(".")), part) for dotted, part in self.schema.leaves.items())
        return all(node is None or node.kind == _SHAPES.get(part.get("type", ""), node.kind) for node, part in nodes)

    # What it says.

    def claims(self) -> Iterator[tuple[str, Part, Claim]]:
        """The headline claims in the order of the schema, each with its field and the field's part of the schema."""
        for dotted, part in self.schema.leaves.items():
            found = self.at(dotted)
            for claim in found if isinstance(found, tuple) else (found,):
                if isinstance(claim, Claim):
                    yield dotted, part, claim

    def statements(self) -> Iterator[Statement]:
        """Everything that stands on somebody's word: claims with their rivals, then the items of factual lists."""
        for spot in (*self.spots("claim"), *self.spots("item")):
            assert isinstance(spot, Statement)
            yield spot

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """The sources by their ids; of two with one id the first."""
        found = [spot for spot in self.spots("source") if isinstance(spot, Source)]
        return {source.id: source for source in reversed(found) if source.id}

    def cited(self, statement: Statement) -> tuple[Source, ...]:
        """The sources of one of this entry's statements, as far as they are listed."""
        return tuple(self.source_by_id[id_] for id_ in statement.sources if id_ in self.source_by_id)

    def evidence_of(self, statement: Statement) -> Date | None:
        """The date that the evidence for a statement is of; None where it is undated."""
        return evidence_of(statement.as_of, (source.dated for source in self.cited(statement)))

    @property
    def accounts(self) -> Iterator[Claim]:
        """Each account of who takes part, with those that stand beside it."""
        return (claim for headline in self.countries for claim in headline.with_others())

    @property
    def rests_on_law(self) -> bool:
        """Whether a legal basis in force is listed."""
        return any(map(is_in_force, self.legal_basis))

    @property
    def is_closed(self) -> bool:
        """Whether the body is no more, to judge by its status."""
        return self.status is not None and is_closed(self.status.value, self.schema)

    # By what it is known. These look at a few nodes and not at the whole, since all entries are asked for them.

    def items(self, field: str) -> Sequence[Node]:
        """The items of a list at the top of the entry, whatever they are; none where there is no list."""
        found = self.root.get(field) if self.root else None
        return found.value if found is not None and found.kind == "sequence" else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All names of the entry: title, short name, acronym and other names."""
        others = (item.string(key) for item in self.items("other_names") for key in ("name", "acronym"))
        return tuple(filter(None, (self.name, self.short_name, self.acronym, *others)))

    @cached_property
    def name_keys(self) -> tuple[str, ...]:
        """The same in the form in which they are compared."""
        return tuple(map(name_key, self.names))

    @cached_property
    def name_words(self) -> tuple[str, ...]:
        """The words of its title, in which plurals and the order of words make no difference."""
        return word_key(self.name)


_CLASSES: Mapping[str, type[Block]] = {"claim": Claim, "item": Statement, "source": Source}
_SHAPES = {"array": "sequence", "object": "mapping", "string": "scalar"}
"""The kind of node for each type of the schema."""
