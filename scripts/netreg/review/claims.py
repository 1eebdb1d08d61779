"""Claims: values with their evidence and the other values that stand beside them, however they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netreg.review.lists import VALUE
from netreg.review.same import same


def items(value: Any) -> list[Any]:
    """The items of a list that hold something; of anything else none."""
    return [item for item in value if item is not None] if isinstance(value, list) else []


def holds_claims(value: Any) -> bool:
    """Whether it is a claim, or a list in which there is one."""
    return _is_claim(value) or _is_list_of_claims(value)


def as_claims(value: Any) -> list[Any]:
    """The value as a list of claims, whatever an older release or a hasty hand wrote there."""
    if value is None or value == []:
        return []
    listed = items(value) if _is_list_of_claims(value) else [value]
    return [item if isinstance(item, dict) else {"value": item} for item in listed]


def head(claim: Any) -> Any:
    """A claim without its rivals."""
    return {key: value for key, value in claim.items() if key != "other"} if claim else None


def rivals(claim: Any) -> list[Any]:
    """The values that stand beside a claim."""
    other = claim.get("other") if claim else None
    return items(other) if isinstance(other, list) else as_claims(other)


def take(claims: list[Any], like: Any) -> Any:
    """Take the claim with the same value out of a list; None where there is none."""
    wanted = VALUE(like)
    if wanted is None:
        return None
    index = next((index for index, claim in enumerate(claims) if same(VALUE(claim), wanted)), None)
    return None if index is None else claims.pop(index)


def without(statement: Any, keys: Sequence[str]) -> Any:
    """A statement without some of its keys."""
    if not isinstance(statement, dict):
        return statement
    return {key: value for key, value in statement.items() if key not in keys}


def _is_claim(value: Any) -> bool:
    return isinstance(value, dict) and "value" in value


def _is_list_of_claims(value: Any) -> bool:
    return isinstance(value, list) and any(map(_is_claim, value))
