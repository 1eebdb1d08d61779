"""What a rule is, the subject it looks at, and how rules are found: every decorated function below ``check/rules``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

from netreg.check.outline import Outline, outlined
from netreg.check.shape_errors import ShapeError, shape_errors
from netreg.core.dates import Date, try_parse
from netreg.core.finding import Level, Place
from netreg.core.load import Node
from netreg.core.schema import Schema
from netreg.entry import Entry, Spot

Over = Literal["entry", "registry", "change", "coverage", "refused", "withheld"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found at one place; an empty ``fix`` and no ``level`` mean the rule's own."""

    place: Place
    message: str
    fix: str = ""
    level: Level | None = None


Check = Callable[..., Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``reason`` is one or two sentences on why it exists, ``fix`` one sentence on what to do.

    ``over`` says what the function receives: one entry, all entries, the entries that a change touches, or one of the
    project's lists, of which the last has no rules but those of any file.
    """

    id: str
    level: Level
    family: str
    summary: str
    reason: str
    fix: str
    over: Over
    run: Check


_known: dict[str, Rule] = {}


def rule(
    id_: str, level: Level = Level.ERROR, *, summary: str, reason: str, fix: str, over: Over = "entry"
) -> Callable[[Check], Check]:
    """Make a function a rule; its module is its family.

    The function yields hits. Over an entry it takes ``(subject, context)``, and may look at nothing outside the file;
    over a list ``(subject, entries, context)``, where ``entries`` are outlines by id; over a change
    ``(outlines, context)`` with the entries that it touches; over the registry ``(judged, entries, context)``: it may
    look at the outlines of all entries and yields hits in those that are judged.
    """

    def register(run: Check) -> Check:
        family = run.__module__.rpartition(".")[2]
        _known[id_] = Rule(id_, level, family, summary, reason, fix, over, run)
        return run

    return register


FAMILIES = "syntax shape identity references provenance countries time privacy text form batch coverage refused".split()
"""The families in the order in which the rules page shows them; a family not named here comes last."""


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """All rules, family by family, in the order in which they stand in their modules."""
    package: Any = importlib.import_module("netreg.check.rules")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    order = {family: number for number, family in enumerate(FAMILIES)}
    return tuple(sorted(_known.values(), key=lambda rule: order.get(rule.family, len(order))))


class Subject(Entry):
    """One file under check: an entry, or a list of the project, whose fields are those of its own schema."""

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
    def outline(self) -> Outline:
        """What rules over the whole need of it."""
        return outlined(self)

    @cached_property
    def dates(self) -> Sequence[tuple[Spot, Date]]:
        """The dates that can be read, with their places."""
        return [(spot, when) for spot in self.spots("date") if (when := try_parse(spot.node.value))]

    @cached_property
    def written(self) -> Sequence[Spot]:
        """The places where people write freely."""
        return [*self.spots("text"), *self.spots("address"), *self.spots("contact")]

    @cached_property
    def prose(self) -> str:
        """All that is written there, a text a line, for one look at all: nearly all entries hold nothing wrong."""
        return "\n".join([spot.node.text for spot in self.written])

    @property
    def named_ids(self) -> Iterator[tuple[Node, str]]:
        """The ids of entries that the file names, with their places; what is no id at all is told by another rule."""
        malformed = {error.node for error in self.shape_errors("id-form")}
        for spot in self.spots("entry-ref"):
            id_ = None if spot.node in malformed else spot.node.string()
            if id_:
                yield spot.node, id_

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
