"""Numbers: what a page says in figures, and one question to the tables that gives each of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.conftest import INVENTED
from tests.export.test_export import built

from netreg.core.schema import Schema
from netreg.entry.country_sets import MATRIX
from netreg.export.as_sqlite import as_sqlite
from netreg.export.edition import Edition
from netreg.model import Registry
from netreg.site.publish import all_pages
from netreg.site.settings import Settings

CASES = YAML(typ="safe").load(Path(__file__).with_name("numbers.yaml"))


@pytest.fixture(scope="module")
def registry(schema: Schema) -> Registry:
    """The made-up registry."""
    return built(INVENTED, schema)


@pytest.fixture(scope="module")
def pages(registry: Registry) -> Mapping[str, str]:
    """The text of each page by its address, a bar for each tag."""
    made = {page.path: re.sub(r"<[^>]*>", "|", page.html) for page in all_pages(registry, Settings(), {})}
    return {path: re.sub(r"\s*\|[\s|]*", " | ", text) for path, text in made.items()}


@pytest.fixture(scope="module")
def base(registry: Registry) -> Iterator[sqlite3.Connection]:
    """The database of the export."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(as_sqlite(Edition(registry)))
    yield connection
    connection.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"] or "front door")
def test_each_number_is_one_query(
    case: Mapping[str, Any], registry: Registry, pages: Mapping[str, str], base: sqlite3.Connection
) -> None:
    """What stands on the page is what the table has; of countries it is so for each."""
    codes = sorted(registry.sets[MATRIX].members) if "{slug}" in case["page"] else [""]
    pattern = re.escape(case["said"]).replace(r"\#", r"([\d,]+)").replace("…", ".*?")
    for code in codes:
        page = pages[case["page"].format(slug=code.lower())]
        found = re.search(pattern, page, re.DOTALL)
        assert found, (code, page[:900])
        shown = [int(number.replace(",", "")) for number in found.groups()]
        queries = [query.format(code=code) for query in case["asked"]]
        assert shown == [base.execute(f"SELECT count(*) FROM {query}").fetchone()[0] for query in queries], code
