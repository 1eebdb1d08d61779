"""Sources on a page: what the registry has not read itself is never said to be read, and a letter is a letter."""

from __future__ import annotations

import pytest
from tests.site.dom import Node, parsed
from tests.upkeep.small import SOURCES, lines, registry_of

from netreg.core.schema import Schema
from netreg.review.history import History
from netreg.site.entry_page import entry_page
from netreg.site.news import News
from netreg.site.settings import Settings

LETTER = """\
  - id: letter
    title: Statement to the registry in request 3
    author: Lake Forum
    kind: statement-to-registry
    statement: {request: 3, role: secretariat, date: "2026-11-20"}
    language: en
    read: {date: "2026-11-20", how: live}
"""


def page(schema: Schema, sources: str, repo_url: str = "") -> Node:
    """The page of an entry whose status rests on the last of its sources."""
    last = sources.rpartition("id: ")[2].partition("\n")[0].partition(",")[0]
    text = lines(
        summary="{value: Words, sources: [old]}", status=f"{{value: active, sources: [{last}]}}", topics="[drugs]"
    )
    registry = registry_of(schema, {"lake": text}, sources=sources)
    html = entry_page(registry, registry.entries["lake"], Settings(repo_url=repo_url), News(registry, History())).html
    return parsed(html)


def legend(shown: Node) -> str:
    """The line above the facts that tells whose words stand behind a number."""
    section = shown.section("facts")
    assert section
    return section.one(cls="legend").text


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("live", "Read on 23 November 2026 at its address."),
        ("stored-copy", "Read on 23 November 2026 in a stored copy."),
        ("archive", "Read on 23 November 2026 in a web archive."),
        ("reported", "Named in a request on 23 November 2026, and not yet read by us."),
    ],
)
def test_each_way_of_reading_has_its_words(how: str, said: str, schema: Schema) -> None:
    """In the list of sources, and on the number that leads there."""
    shown = page(schema, SOURCES.replace("how: stored-copy", f"how: {how}"))
    assert said in shown.one("li", id="source-bare").text
    titles = [link.attrs["title"] for link in shown.all("a") if link.attrs.get("href") == "#source-bare"]
    assert titles
    assert all(title.endswith(said) for title in titles)


def test_what_nobody_has_read_counts_as_read_nowhere(schema: Schema) -> None:
    """The line above the facts tells the days of those that somebody opened."""
    sources = SOURCES.replace('"2026-11-23", how: stored-copy', '"2026-11-25", how: reported')
    assert legend(page(schema, sources)).endswith("Read on 23 November 2026.")
    nobody = sources.replace("how: live", "how: reported")
    assert "Read on" not in legend(page(schema, nobody))


def test_a_letter_is_told_by_whom_and_when(schema: Schema) -> None:
    """It has no address at which it could have been read; its day is the age of what it says."""
    shown = page(schema, SOURCES + LETTER)
    assert shown.one("li", id="source-letter").one(cls="aged").text == (
        "Lake Forum, 20 November 2026, request 3, sent as secretariat."
    )
    assert "last seen 20 November 2026" in shown.one("dl", "head").text


def test_a_source_leads_to_the_request_by_which_it_came(schema: Schema) -> None:
    """Only where the host is known, where requests can be read."""
    host = "https://git.example/a/b/"
    assert f"{host}issues/3" in [link.attrs.get("href") for link in page(schema, SOURCES + LETTER, host).all("a")]
    assert not [link for link in page(schema, SOURCES + LETTER).all("a") if "issues" in (link.attrs.get("href") or "")]
