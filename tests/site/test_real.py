"""The real site: it can be built, and what holds of the pages of made-up entries holds of all of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.site import test_correct as correct
from tests.site import test_pages as pages
from tests.site.conftest import Site, read_raw

from netreg.check.runner import COVERAGE
from netreg.core.load import read_folder
from netreg.core.schema import Schema

Raw = Mapping[str, Any]
Check = Callable[[Site, Mapping[str, Raw]], None]

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def real_entries(project: Path) -> dict[str, dict[str, Any]]:
    """The real entries by id, but for those that were withdrawn."""
    return read_raw(project, pure=False)


def test_a_page_for_each_real_entry(real_site: Site, project: Path) -> None:
    """Each file of the registry has its page, also one that was withdrawn."""
    files = {file.stem for file in (project / "registry").glob("*.yaml")}
    assert {file.parent.name for file in (real_site.folder / "networks").glob("*/index.html")} == files


def test_what_lists_cover_is_there(real_site: Site, project: Path) -> None:
    """Each network that a public list names has a page with a description and sources."""
    lists = YAML(typ="safe", pure=True).load((project / COVERAGE).read_text(encoding="utf-8"))["lists"]
    for id_ in {name["id"] for one in lists for name in one["names"] if "id" in name}:
        page = real_site.entry(id_)
        assert len(page.one(cls="summary").text.split()) > 20, id_
        assert page.all(cls="sources"), id_


def test_real_pages_have_one_heading_and_a_title(real_site: Site) -> None:
    """Each page has one h1, a title of its own, a language and a description, and uses no id twice."""
    pages.test_pages_have_one_heading_and_a_title(real_site)
    pages.test_ids_are_unique(real_site)


@pytest.mark.parametrize(
    "check",
    [
        pages.test_every_statement_has_a_footnote_to_a_source_of_its_page,
        pages.test_every_value_of_the_file_is_shown_with_its_own_sources,
        pages.test_a_tie_stated_elsewhere_is_proved_there,
        pages.test_numbers_of_footnotes_run_from_one,
        pages.test_sources_are_shown_whole,
        pages.test_no_age_without_a_source,
        pages.test_no_age_of_a_tie_without_a_source,
        pages.test_the_head_tells_when_a_network_was_last_seen,
        pages.test_nowhere_else_an_age,
        pages.test_lists_tell_the_true_age,
        pages.test_counts_on_the_landing_page,
        pages.test_seen_on_the_landing_page,
        pages.test_groups_and_topics_on_the_landing_page,
        pages.test_tables_of_the_method_count_the_registry,
        pages.test_gaps_show_every_question,
        correct.test_a_page_for_each_network,
        correct.test_every_claim_can_be_corrected,
        correct.test_addresses_are_short_and_plain,
    ],
)
def test_what_holds_of_made_up_entries_holds_of_real_ones(
    check: Check, real_site: Site, real_entries: dict[str, dict[str, Any]]
) -> None:
    """Sources, ages, numbers and links of each real page are those of its file."""
    check(real_site, real_entries)


def test_what_is_quoted_from_a_real_page_is_known_again(real_site: Site, project: Path, schema: Schema) -> None:
    """A form that is opened from a page leads to the very value that stood there."""
    assert correct.known_again(real_site, read_folder(project), schema) > 0
