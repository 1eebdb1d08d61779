"""The addresses of the registry: where each is used, the order of visits, and where a copy may lie."""

from __future__ import annotations

from datetime import date

import pytest
from tests.upkeep.small import lines, registry_of

from netreg.core.schema import Schema
from netreg.model import Registry
from netreg.upkeep.link_history import LinkState, Mark, archive_address, dead_links, to_visit, uses


@pytest.fixture
def two(schema: Schema) -> Registry:
    """Two entries with the same sources, one with a website."""
    website = lines(website='{value: "https://w.example", sources: [old]}')
    gone = "entry: {withdrawn: '2026-01-01', reason: Twice}"
    return registry_of(schema, {"a": website, "b": "", "c": gone})


def dead(*days: date) -> list[Mark]:
    """Failures on these days."""
    return [Mark(day, LinkState.DEAD, "404") for day in days]


FAILED = dead(date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))


def test_where_each_address_is_used(two: Registry) -> None:
    """Sources and websites, each address once; what was withdrawn is not asked about."""
    assert {address: [use.place for use in found] for address, found in uses(two).items()} == {
        "https://a.example/new": ["a (source new)", "b (source new)"],
        "https://a.example/old": ["a (source old)", "b (source old)"],
        "https://b.example/bare": ["a (source bare)", "b (source bare)"],
        "https://w.example": ["a (website)"],
    }
    assert "https://w.example" not in uses(two, ["b"])


def test_a_page_of_contact_is_visited_and_a_mailbox_is_not(schema: Schema) -> None:
    """One can be opened and the other cannot."""
    found = {"a": "https://c.example/contact", "b": "office@c.example"}
    entries = {id_: lines(contact=f'{{value: "{value}", sources: [old]}}') for id_, value in found.items()}
    used = uses(registry_of(schema, entries))
    assert [use.place for use in used["https://c.example/contact"]] == ["a (contact)"]
    assert "office@c.example" not in used


def test_what_was_seen_longest_ago_is_visited_first() -> None:
    """With a bound on the number every address has its turn, those never seen first."""
    history = {"a": dead(date(2026, 5, 1)), "b": dead(date(2026, 4, 1)), "d": dead(date(2026, 1, 1), date(2026, 6, 1))}
    assert to_visit(["a", "b", "c", "d"], history, 3) == ["c", "b", "a"]


def test_dead_links_of_most_weight_first(two: Registry) -> None:
    """A link that carries more comes first, then the one that failed first; one out of use is none."""
    history = {
        "https://w.example": FAILED,
        "https://a.example/old": FAILED,
        "https://a.example/new": dead(date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)),
        "https://b.example/bare": FAILED[:2],
        "https://gone.example": FAILED,
    }
    found = dead_links(uses(two), history)
    assert [link.address for link in found] == ["https://a.example/new", "https://a.example/old", "https://w.example"]
    assert found[1].since == date(2026, 9, 1)


def test_where_a_copy_may_lie(two: Registry) -> None:
    """The day is that of the last reading, or of the last visit at which it was alive; without one, any copy."""
    used = uses(two)
    address = "https://a.example/old"
    assert archive_address(address, used[address]) == f"https://web.archive.org/web/20261123/{address}"
    alive = [Mark(date(2026, 11, 24), LinkState.ALIVE, "200"), *FAILED]
    assert archive_address(address, used[address], alive) == f"https://web.archive.org/web/20261124/{address}"
    assert archive_address("https://w.example", used["https://w.example"]) == (
        "https://web.archive.org/web/2/https://w.example"
    )


@pytest.mark.parametrize("address", ["https://web.archive.org/web/2010/http://a.example/", "http://web.archive.org/x"])
def test_the_archive_is_not_archived(address: str) -> None:
    """For an address of the archive there is nothing to suggest."""
    assert archive_address(address, []) == ""
