"""The clean verdict: jsonschema-rs calls clean only what jsonschema, the reference, calls clean."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netreg.check import shape_errors
from netreg.check.runner import LISTS
from netreg.core.load import read_document
from netreg.core.load.node import tree
from netreg.core.schema import Schema, read_schema

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = [path for folder in ("cases", "invented/registry") for path in (ROOT / "tests" / folder).rglob("*.yaml")]
SCHEMAS = {Path(path).name: read_schema(ROOT, name) for path, name in LISTS.items()}


def _agree(plain: Any, schema: Schema) -> bool:
    """What both say; a doubt of the quick one costs time and nothing else, yet is told apart."""
    quick = shape_errors.is_surely_clean(plain, schema)
    assert quick == (not list(shape_errors._validator(schema).iter_errors(plain))), plain
    return quick


def test_both_agree_on_every_case(schema: Schema) -> None:
    """Each entry and list of the cases, good and bad, has one verdict; both kinds are met."""
    verdicts = set()
    for path in FILES:
        root = read_document(path, f"registry/{path.name}").root
        verdicts |= {_agree(root.plain(), SCHEMAS.get(path.name, schema))} if root else set()
    assert verdicts == {True, False}


WORDS = st.sampled_from(
    ["a", "A", "a-b", "GR", "http://a.eu/", "a@b.eu", "2008", "27", 0, 1, 1.0, 41.0, True, None, ""]
)
WORDS |= WORDS.filter(lambda word: isinstance(word, str)).flatmap(lambda word: st.just(f"{word}\n"))
VALUES = st.recursive(
    WORDS, lambda below: st.lists(below, max_size=2) | st.dictionaries(WORDS.map(str), below, max_size=2)
)


@given(st.sampled_from(FILES), st.integers(0, 400), VALUES)
def test_what_is_called_clean_is_clean_after_any_edit(path: Path, place: int, value: Any) -> None:
    """With one value put in the place of another, line breaks at ends of patterned texts and 41.0 among them."""
    root = read_document(path, f"registry/{path.name}").root
    schema = SCHEMAS.get(path.name) or read_schema(ROOT)
    plain = root.plain() if root else None
    places = list(_places(plain))
    if places:
        container, key = places[place % len(places)]
        container[key] = value
    if shape_errors.is_surely_clean(plain, schema):
        assert not list(shape_errors._validator(schema).iter_errors(plain))


def _places(plain: Any) -> Any:
    """Each container with each of its keys."""
    if isinstance(plain, dict | list):
        for key, below in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield plain, key
            yield from _places(below)


def test_without_the_quick_one_the_reference_judges_all(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where jsonschema-rs is not installed, nothing is called clean before jsonschema has looked."""
    shape_errors._quick.cache_clear()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "jsonschema_rs", None)
        assert not shape_errors.is_surely_clean({}, schema)
        assert shape_errors.shape_errors(tree({"naem": "x"}), schema)["unknown-key"]
    shape_errors._quick.cache_clear()
