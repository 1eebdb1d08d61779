"""The schema's errors, found by jsonschema and sorted by the rule that words them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from netreg.load import Node
from netreg.schema import Part, Schema

_BY_KEYWORD = {
    "additionalProperties": "unknown-key",
    "required": "missing-key",
    "minProperties": "missing-key",
    "enum": "unknown-term",
    "type": "wrong-type",
    "oneOf": "missing-key",
    "anyOf": "missing-key",
}


@dataclass(frozen=True, slots=True)
class ShapeError:
    """One violation: the node, the failed keyword with its value, and the part of the schema that it violates."""

    node: Node
    keyword: str
    expected: Any
    part: Part
    path: tuple[str | int, ...]


def shape_errors(root: Node, schema: Schema) -> Mapping[str, list[ShapeError]]:
    """The violations in an entry by the id of the rule that words them."""
    found: dict[str, list[ShapeError]] = defaultdict(list)
    for error in _validator(schema).iter_errors(root.plain()):
        path = tuple(error.absolute_path)
        node = root.get(*path) if path else root
        if node is not None:
            shape = ShapeError(node, str(error.validator), error.validator_value, error.schema, path)
            found[_rule_for(shape)].append(shape)
    return found


def _rule_for(error: ShapeError) -> str:
    if error.keyword == "type":
        unquoted = error.part.get("x-kind") == "date" and isinstance(error.node.value, int | float)
        return "unquoted-date" if unquoted else "wrong-type"
    if not isinstance(error.part, dict):
        return "unknown-key"
    return str(error.part.get("x-rule") or _BY_KEYWORD.get(error.keyword, "bad-format"))


@lru_cache(maxsize=8)
def _validator(schema: Schema) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema.for_validation)
