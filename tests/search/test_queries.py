"""Queries: what must come first, on a made-up registry that has every trap; the browser is asked the same ones."""

from __future__ import annotations

import pytest
from tests.search.made_up import QUERIES, search_registry

from netreg.core.schema import Schema
from netreg.model.search import Rank, SearchIndex
from netreg.model.search_documents import search_documents


@pytest.fixture(scope="module")
def index(schema: Schema) -> SearchIndex:
    """The made-up registry, ready to be asked."""
    return SearchIndex(search_documents(search_registry(schema)))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["query"])
def test_the_one_that_is_meant_comes_first(index: SearchIndex, query: dict[str, str]) -> None:
    """Whatever the trap, the first answer is right, and a guess is told as one."""
    found = index.search(query["query"])
    assert [match.document.id for match in found[:1]] == ([query["first"]] if "first" in query else [])
    assert (Rank.SIMILAR in {match.rank for match in found}) == query.get("near", False)
