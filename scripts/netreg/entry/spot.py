"""Spots: the places in an entry that the schema knows, and what stands there: claims, other statements, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Self

from netreg.core.load import Node
from netreg.core.schema import Part
from netreg.entry.evidence import dated

Path = tuple[str | int, ...]


@dataclass(slots=True, eq=False)
class Spot:
    """A place: its path, its node and its part of the schema; not frozen, since an entry has hundreds to be made."""

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

    @property
    def is_sound(self) -> bool:
        """Whether it is a block with all that the schema asks of it."""
        return self.node.kind == "mapping" and all(key in self.node.value for key in self.part.get("required", ()))


@dataclass(slots=True, eq=False)
class Block(Spot):
    """A place that may hold others; a text under a key is an attribute of that name, and empty where there is none.

    A place without keys is none, since such a look at each attribute takes time.
    """

    def __getattr__(self, key: str) -> str:
        text = _text(object.__getattribute__(self, "node"), key)
        if not text and key not in self.part.get("properties", ()):
            raise AttributeError(f"{type(self).__name__} has no {key!r}")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list under a key, such as codes of countries; none where there is no list."""
        node = self.node.get(key)
        return tuple(item.text for item in node.value) if node is not None and node.kind == "sequence" else ()

    @property
    def document(self) -> tuple[str, str] | None:
        """The kind of its number and the number, where it has one."""
        kind, number = self.node.string("document", "type"), self.node.string("document", "number")
        return (kind, number) if kind and number else None


@dataclass(slots=True, eq=False)
class Statement(Block):
    """Something that stands on somebody's word: a claim, a name, a legal act, a relation or an event.

    Dates are EDTF texts as they stand in the file, empty where there is none; ``other`` holds rival and earlier ones.
    """

    other: list[Any] = field(default_factory=list)

    @property
    def leaf(self) -> tuple[str, ...]:
        """The path of the field that it is a value of, whichever value: ``("participants", "counts")``."""
        return tuple(str(step) for step in takewhile(lambda step: isinstance(step, str) and step != "other", self.path))

    @property
    def citations(self) -> tuple[tuple[str, str], ...]:
        """The ids of its sources, the best first, each with the place in it where the statement stands, or nothing."""
        return tuple((cited_id(item), item.string("where") or "") for item in self._cited)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources, the best first."""
        return tuple(map(cited_id, self._cited))

    @property
    def _cited(self) -> Sequence[Node]:
        cited = self.node.get("sources")
        return cited.value if cited and cited.kind == "sequence" else ()

    @property
    def as_of(self) -> str:
        """The date for which its sources say so."""
        return _text(self.node, "as_of")

    @property
    def since(self) -> str:
        """Since when it has been so."""
        return _text(self.node, "from")

    @property
    def until(self) -> str:
        """Until when it was so."""
        return _text(self.node, "until")

    @property
    def likely(self) -> bool:
        """Whether it is our reading of its sources."""
        return _text(self.node, "certainty") == "likely"

    def with_others(self) -> Iterator[Self]:
        """This statement, then its rivals."""
        yield self
        yield from self.other


@dataclass(slots=True, eq=False)
class Claim(Statement):
    """One factual value."""

    @property
    def value(self) -> Any:
        """The value: a text, a number, or a tuple of texts."""
        node = self.node.get("value")
        value = node.plain() if node is not None else None
        return tuple(value) if isinstance(value, list) else value

    @property
    def unit(self) -> str:
        """What a number counts; empty for other values."""
        return _text(self.node, "unit")

    @property
    def is_complete(self) -> bool:
        """Whether its source presents a list of countries as the whole of their role."""
        node = self.node.get("complete")
        return node is not None and node.value is True


@dataclass(slots=True, eq=False)
class Source(Block):
    """A page or document, or what the body wrote to us; ``is_opened`` unless it was only named in a request."""

    is_opened: bool = True

    @property
    def dated(self) -> str:
        """The date that its words are of: when it was published, or when the body wrote to us; may be empty."""
        return dated(self.node)

    @property
    def read_on(self) -> str:
        """The day on which it was read, or named in a request."""
        return self.node.string("read", "date") or ""

    @property
    def read_how(self) -> str:
        """How it was read: a term of its vocabulary."""
        return self.node.string("read", "how") or ""

    @property
    def read_by(self) -> str:
        """Who opened it: ``registry`` or ``reader``; empty for what nobody has opened."""
        return (self.node.string("read", "by") or "registry") if self.is_opened else ""

    @property
    def is_live(self) -> bool:
        """Whether somebody has opened it at its address, and told what stands there."""
        return self.read_how == "live" and self.statement is None

    @property
    def statement(self) -> Mapping[str, Any] | None:
        """Of the body's own word to us: its request, role and date."""
        return self._block("statement")

    @property
    def request(self) -> int:
        """The number of the request by which it came; 0 where it came by none."""
        number = (self.statement or {}).get("request") or self.node.plain().get("request")
        return number if isinstance(number, int) else 0

    @property
    def archived(self) -> Mapping[str, Any] | None:
        """The address and the day of a copy in a web archive."""
        return self._block("archive")

    def _block(self, key: str) -> Mapping[str, Any] | None:
        node = self.node.get(key)
        return node.plain() if node is not None and node.kind == "mapping" else None

    @property
    def is_read_by_us(self) -> bool:
        """Whether somebody of the registry has opened it; a letter to us is no page to open."""
        return self.is_opened and self.statement is None


def cited_id(citation: Node) -> str:
    """The id of the source that a citation names, alone or beside the place in it."""
    return _text(citation, "id") if citation.kind == "mapping" else citation.string() or ""


def _text(node: Node, key: str) -> str:
    """The text under a key; empty where there is none. It is asked too often for the general way of a node."""
    found = node.value.get(key) if node.kind == "mapping" else None
    return found.value if found is not None and isinstance(found.value, str) else ""
