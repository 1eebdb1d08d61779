"""Claims: values with their evidence and the other values that stand beside them, however they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netreg.review.equivalence import paired, same
from netreg.review.list_fields import VALUE


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


def differing(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Two lists without the items that stand in both."""
    pairs = paired(before, after, ())
    return [was for was, now in pairs if now is None], [now for was, now in pairs if was is None]


def take(claims: list[Any], like: Any, others: Sequence[Any]) -> Any:
    """Take what another claim became, or was, out of a list: what says the same, or has the value at least.

    None where there is none, or where each with that value has its counterpart among ``others``.
    """
    twin = next((claim for claim in claims if same(claim, like)), None)
    if twin is None:
        alike = [claim for claim in claims if _is_of_value(claim, like)]
        spare = len(alike) > sum(_is_of_value(other, like) for other in others)
        twin = alike[0] if spare else None
    if twin is not None:
        claims.remove(twin)
    return twin


def _is_of_value(claim: Any, like: Any) -> bool:
    wanted = VALUE(like)
    return wanted is not None and same(VALUE(claim), wanted)


def without(statement: Any, keys: Sequence[str]) -> Any:
    """A statement without some of its keys."""
    if not isinstance(statement, dict):
        return statement
    return {key: value for key, value in statement.items() if key not in keys}


def _is_claim(value: Any) -> bool:
    return isinstance(value, dict) and "value" in value


def _is_list_of_claims(value: Any) -> bool:
    return isinstance(value, list) and any(map(_is_claim, value))
