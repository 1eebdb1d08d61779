"""The schema: the single source of fields, labels, help texts, vocabularies, criteria and examples.

Everything that people read about a field is taken from ``schema/network.schema.json`` through this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

Part = Mapping[str, Any]

_ANYTHING: Part = {}


class Term(NamedTuple):
    """One term of a closed vocabulary, with the criterion that decides; ``short`` is for narrow columns.

    What else depends on the term stands in the schema beside it: ``needs_source`` (a name of this kind stands on
    somebody's word), ``is_closed`` (a body of this status is no more), ``is_opened`` (a source read in this way was
    opened by somebody of the registry), ``counted`` (the words for one such thing, and for several with ``{}``),
    ``takes_part`` (a country in this role takes part; other roles tell nothing of that), ``holder`` (the body that
    fills a post by this rule), ``titles`` and ``register`` (how a text of this kind is known: the pattern with which
    its title begins, and the type of document that settles it).
    """

    value: str
    title: str
    criterion: str
    step: int
    short: str = ""
    inverse: str = ""
    eurovoc: tuple[str, ...] = ()
    needs_source: bool = False
    is_closed: bool = False
    is_opened: bool = True
    counted: tuple[str, ...] = ()
    takes_part: bool = False
    holder: str = ""
    titles: str = ""
    register: str = ""


class Schema:
    """The network schema with its references resolved on demand.

    A *part* is a resolved subschema: keys beside a ``$ref`` win over those of its target. ``project`` is the root of
    the project that it was read from, whose other tables stand beside it; None for one that was not read from a file.
    """

    def __init__(self, raw: Mapping[str, Any], project: Path | None = None) -> None:
        self.raw = raw
        self.project = project
        self._resolved: dict[int, Part] = {}
        self._below: dict[int, tuple[Part, Mapping[str, Part]]] = {}
        self._terms: dict[str, tuple[Term, ...]] = {}
        self._closed: dict[int, tuple[object, tuple[Term, ...]]] = {}
        self._by_value: dict[str, dict[str, Term]] = {}

    @cached_property
    def root(self) -> Part:
        """The part that describes a whole entry."""
        return self.raw

    @property
    def fields(self) -> Mapping[str, Any]:
        """The top-level fields in canonical order, unresolved."""
        fields: Mapping[str, Any] = self.raw["properties"]
        return fields

    def resolve(self, part: Any) -> Part:
        """Follow the references of a subschema; an absent or boolean one is an empty part."""
        if not isinstance(part, dict):
            return _ANYTHING
        found = self._resolved.get(id(part))
        if found is None:
            found = self._resolved[id(part)] = self._merged(part)
        return found

    def _merged(self, part: Mapping[str, Any]) -> Part:
        while "$ref" in part:
            part = self._beside(part)
        fields = part.get("properties", _ANYTHING)
        if False in fields.values():
            part = {**part, "properties": {key: value for key, value in fields.items() if value is not False}}
        return part

    def definition(self, name: str) -> Mapping[str, Any]:
        """The unresolved subschema ``$defs/<name>``."""
        found: Mapping[str, Any] = self.raw["$defs"][name]
        return found

    def child(self, part: Part, key: str | int) -> Part:
        """The part below a mapping's key or of a list's items."""
        if isinstance(key, int):
            return self.resolve(part.get("items"))
        return self.below(part).get(key, _ANYTHING)

    def below(self, part: Part) -> Mapping[str, Part]:
        """The parts of the fields of a mapping, in canonical order."""
        fields = part.get("properties", _ANYTHING)
        found = self._below.get(id(fields))
        if found is None:  # the fields are kept with them, so that nothing else gets their number
            found = self._below[id(fields)] = fields, {key: self.resolve(field) for key, field in fields.items()}
        return found[1]

    def at(self, path: tuple[str | int, ...]) -> Part:
        """The part at a path into an entry; empty where the schema knows no such place."""
        part = self.root
        for key in path:
            part = self.child(part, key)
        return part

    def order(self, part: Part) -> tuple[str, ...]:
        """The keys of a mapping in canonical order."""
        return tuple(part.get("properties", ()))

    def terms(self, name: str) -> tuple[Term, ...]:
        """The vocabulary ``$defs/<name>`` in its order."""
        if name not in self._terms:
            self._terms[name] = tuple(_terms(self.definition(name)))
        return self._terms[name]

    def by_value(self, name: str) -> Mapping[str, Term]:
        """The terms of a vocabulary by their values, in its order."""
        if name not in self._by_value:
            self._by_value[name] = {term.value: term for term in self.terms(name)}
        return self._by_value[name]

    def term(self, name: str, value: str) -> Term:
        """One term of a vocabulary; a KeyError where the vocabulary has no such term."""
        return self.by_value(name)[value]

    def vocabulary(self, part: Part) -> tuple[Term, ...]:
        """The terms of which the value of a part, or of a claim, is one, or a list; empty where any value will do."""
        if "value" in part.get("properties", _ANYTHING):
            part = self.child(part, "value")
        if "items" in part:
            part = self.child(part, 0)
        options = part.get("oneOf", ())
        if not options or not all("const" in option for option in options):
            return ()
        if id(options) not in self._closed:  # kept with the options, so that nothing else comes by their id
            self._closed[id(options)] = options, tuple(_terms(part))
        return self._closed[id(options)][1]

    @cached_property
    def leaves(self) -> Mapping[str, Part]:
        """The fields that hold something by their dotted paths, in canonical order.

        Blocks are opened, but for those with an ``x-kind`` of their own; lists are not.
        """
        return dict(self._leaves("", self.root))

    def _leaves(self, prefix: str, part: Part) -> Iterator[tuple[str, Part]]:
        for key in self.order(part):
            below = self.child(part, key)
            if "properties" in below and "x-kind" not in below:
                yield from self._leaves(f"{prefix}{key}.", below)
            else:
                yield f"{prefix}{key}", below

    @cached_property
    def leaf_names(self) -> Mapping[str, str]:
        """The dotted paths of these fields by their last names; of two with one name the one on top."""
        return {dotted.rpartition(".")[2]: dotted for dotted in sorted(self.leaves, key=lambda path: -path.count("."))}

    def has_field(self, dotted: str) -> bool:
        """Whether a dotted path such as ``participants.counts`` names a place in an entry."""
        part = self.root
        for key in dotted.split("."):
            if "items" in part:
                part = self.child(part, 0)
            if key not in part.get("properties", ()):
                return False
            part = self.child(part, key)
        return True

    def label(self, dotted: str) -> str:
        """The title of the field at a dotted path, for people."""
        part, labels = self.root, []
        for key in dotted.split("."):
            part = self.child(self.child(part, 0) if "items" in part else part, key)
            labels.append(str(part.get("title", key)))
        return ": ".join(labels)

    @cached_property
    def for_validation(self) -> dict[str, Any]:
        """The same schema written out, for speed: references replaced by what they mean, vocabularies as ``enum``.

        It accepts and refuses the same entries; a test holds the two against each other.
        """
        entry = {key: value for key, value in self.raw.items() if key != "$defs"}
        expanded: dict[str, Any] = self._expanded(entry)
        return expanded

    def _expanded(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self._expanded(item) for item in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return self._expanded(self._beside(part))
        options = part.get("oneOf")
        if isinstance(options, list) and all("const" in option for option in options):
            part = {key: value for key, value in part.items() if key != "oneOf"}
            part["enum"] = [option["const"] for option in options]
        return {key: self._expanded(value) for key, value in part.items()}

    def _beside(self, part: Mapping[str, Any]) -> dict[str, Any]:
        """What a reference means, with the keys beside it; properties on both sides are joined."""
        target = self.definition(part["$ref"].rpartition("/")[2])
        beside = {key: value for key, value in part.items() if key != "$ref"}
        if "properties" in target and "properties" in beside:
            beside["properties"] = {**target["properties"], **beside["properties"]}
        return {**target, **beside}


def _terms(vocabulary: Mapping[str, Any]) -> Iterator[Term]:
    for step, option in enumerate(vocabulary["oneOf"], start=1):
        yield Term(
            option["const"],
            option["title"],
            option["description"],
            step,
            option.get("x-short", option["title"]),
            option.get("x-inverse", ""),
            tuple(option.get("x-eurovoc", ())),
            option.get("x-needs-source", False),
            option.get("x-closed", False),
            option.get("x-opened", True),
            tuple(option.get("x-counted", ())),
            option.get("x-cell") == "takes-part",
            option.get("x-holder", ""),
            option.get("x-titles", ""),
            option.get("x-register", ""),
        )


@lru_cache(maxsize=8)
def read_schema(root: Path, name: str = "network") -> Schema:
    """The schema ``schema/<name>.schema.json`` of the project at ``root``; by default that of entries.

    An OSError or ValueError where the file is missing or no JSON.
    """
    text = (root / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    return Schema(json.loads(text), root)
