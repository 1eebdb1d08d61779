"""The schema's errors, found by jsonschema and sorted by the rule that words them.

Most entries have none, which jsonschema-rs tells a hundred times faster; without it jsonschema looks at all of them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from netreg.core.load import Node
from netreg.core.schema import Part, Schema

_BY_KEYWORD = {
    "additionalProperties": "unknown-key",
    "required": "missing-key",
    "minProperties": "missing-key",
    "enum": "unknown-term",
    "type": "wrong-type",
    "oneOf": "missing-key",
    "anyOf": "missing-key",
    "dependentRequired": "missing-key",
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
    incomplete: set[Node] = set()  # jsonschema counts each missing key anew
    plain = root.plain()
    for error in () if is_surely_clean(plain, schema) else _validator(schema).iter_errors(plain):
        path = tuple(error.absolute_path)
        node = root.get(*path) if path else root
        if error.validator == "required":
            if node in incomplete or node is None:
                continue
            incomplete.add(node)
        if node is not None:
            shape = ShapeError(node, str(error.validator), error.validator_value, error.schema, path)
            found[_rule_for(shape)].append(shape)
    return found


def is_surely_clean(plain: Any, schema: Schema) -> bool:
    """Whether an entry has no error, as far as jsonschema-rs can tell; a number such as 41.0 it takes for whole."""
    quick = _quick(schema)
    return quick is not None and not _has_float(plain) and quick.is_valid(plain)


def _has_float(plain: Any) -> bool:
    for one in plain.values() if type(plain) is dict else plain if type(plain) is list else ():
        if type(one) is not str and _has_float(one):
            return True
    return type(plain) is float


@lru_cache(maxsize=8)
def _quick(schema: Schema) -> Any:
    """The compiled validator; None where it is not installed."""
    try:
        from jsonschema_rs import Draft202012Validator
    except ImportError:
        return None
    return Draft202012Validator(json.loads(json.dumps(schema.for_validation), object_hook=_fitting_whole_texts))


def _fitting_whole_texts(part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema in which a pattern fits whole texts, as it does for jsonschema below."""
    return {**part, "pattern": f"^(?:{part['pattern']})$"} if isinstance(part.get("pattern"), str) else part


def _rule_for(error: ShapeError) -> str:
    if error.keyword == "type":
        unquoted = error.part.get("x-kind") == "date" and isinstance(error.node.value, int | float)
        return "unquoted-date" if unquoted else "wrong-type"
    if not isinstance(error.part, dict):
        return "unknown-key"
    if error.keyword in ("pattern", "enum", "oneOf") and "x-rule" in error.part:
        return str(error.part["x-rule"])
    return _BY_KEYWORD.get(error.keyword, "bad-format")


@lru_cache(maxsize=8)
def _validator(schema: Schema) -> Any:
    from jsonschema import Draft202012Validator, validators

    stricter = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator,
        {"pattern": _pattern, "enum": _enum, "uniqueItems": _unique_items},
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
    )
    return stricter(schema.for_validation)


def _pattern(_validator: Any, pattern: str, value: Any, _part: Part) -> Iterator[Any]:
    """Patterns fit whole texts; with jsonschema's own search a line break could follow the ``$``."""
    from jsonschema import ValidationError

    if isinstance(value, str) and not re.fullmatch(pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _enum(_validator: Any, terms: list[str], value: Any, _part: Part) -> Iterator[Any]:
    """In one step; jsonschema's own compares each term by itself, and there are 250 codes of countries."""
    from jsonschema import ValidationError

    if value not in terms:
        yield ValidationError(f"{value!r} is not one of the terms")


def _unique_items(_validator: Any, wanted: bool, items: Any, _part: Part) -> Iterator[Any]:
    """In linear time; jsonschema's own compares each item of a mixed list with each other."""
    from jsonschema import ValidationError

    if wanted and isinstance(items, list) and len({json.dumps(item) for item in items}) < len(items):
        yield ValidationError("an item stands twice")


def _is_integer(_checker: Any, value: Any) -> bool:
    """41.0 is a whole number for JSON Schema and a slip here."""
    return isinstance(value, int) and not isinstance(value, bool)
