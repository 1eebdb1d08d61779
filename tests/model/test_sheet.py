"""The sheet of an entry: a row for each claim of the schema, said by its kind, with no code for a new one."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.entry import Entry
from netreg.export.api import entry_data
from netreg.model import build_registry
from netreg.model.sheet import Footnotes, Sheet
from netreg.site.correct_page import correct_page
from netreg.site.entry_page import entry_page
from netreg.site.news import News, feed
from netreg.site.publish import NO_HISTORY, all_pages
from netreg.site.settings import Settings
from netreg.terminal.entry_text import entry_as_text
from netreg.terminal.screen import Screen

ENTRY = """name: European Lake Police Network
group: other-european
topics: [drugs]
form: {value: informal-circle, sources: [a]}
status: {value: active, as_of: "2026-01", sources: [a]}
summary: {value: Words., sources: [a]}
"""
SOURCES = """
sources:
  - id: a
    title: A page
    author: Somebody
    kind: third-party
    language: en
    read: {date: "2026-11-01", how: live}
"""


def with_field(schema: Schema, definition: str | dict[str, Any]) -> Schema:
    """A copy of the schema with one field more, ``motto``, behind the seat."""
    raw = copy.deepcopy(dict(schema.raw))
    field = {"$ref": f"#/$defs/{definition}"} if isinstance(definition, str) else definition
    fields = {}
    for key, part in raw["properties"].items():
        fields[key] = part
        if key == "seat":
            fields["motto"] = {**field, "title": "Motto", "description": "Its motto.", "x-role": "factual"}
    return Schema({**raw, "properties": fields})


@pytest.mark.parametrize(
    ("definition", "written", "shown"),
    [
        ("line_claim", "{value: Hand in hand, sources: [a]}", "Hand in hand"),
        ("text_claim", "{value: Hand in hand, sources: [a]}", "Hand in hand"),
        ("date_claim", '{value: "2008-07", sources: [a]}', "July 2008"),
        ("address_claim", '{value: "https://www.lake.example/", sources: [a]}', "lake.example"),
        ("range_claim", "{value: region, sources: [a]}", "A region"),
        ("kinds_claim", "{value: [police, customs], sources: [a]}", "Police, customs"),
        ("countries_claim", "{role: member, value: [FR, XK], sources: [a]}", "France and Kosovo"),
        ("contact_claim", "{value: office@lake.example, sources: [a]}", "office@lake.example"),
        ("contact_claim", '{value: "https://www.lake.example/?ask", sources: [a]}', "lake.example/?ask"),
        ("line_claim", '{value: "https://www.lake.example/", sources: [a]}', "https://www.lake.example/"),
        (
            {"type": "array", "items": {"$ref": "#/$defs/line_claim"}},
            "[{value: Hand in hand, sources: [a]}]",
            "Hand in hand",
        ),
    ],
)
def test_a_new_field_needs_no_code(schema: Schema, definition: Any, written: str, shown: str) -> None:
    """Page, page of corrections, terminal and data have a claim that only the schema knows, in the schema's order."""
    fields = f"seat: {{value: Bonn, sources: [a]}}\nmotto: {written}\n"
    text = f'{ENTRY}{fields}website: {{value: "https://a.example", sources: [a]}}{SOURCES}'
    more = with_field(schema, definition)
    registry = build_registry([parse_document("registry/lake.yaml", text.encode())], more, date(2026, 11, 28))
    entry = registry.entries["lake"]
    rows = {row.label: [line.text for line in row.lines] for row in Sheet(registry, entry).facts}
    assert list(rows) == ["Degree of formalisation", "Status", "Seat", "Motto", "Website"]
    assert rows["Motto"] == [shown]
    page = entry_page(registry, entry, Settings(), News(registry, NO_HISTORY)).html
    for said in (page, correct_page(registry, entry, Settings()).html, entry_as_text(registry, entry, Screen())):
        assert "Motto" in said
        assert shown in said
    assert "motto" in entry_data(registry, entry)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "a third party"), (2, "two third parties"), (9, "nine"), (10, "10"), (11, "11")]
)
def test_sources_are_counted_in_words(schema: Schema, number: int, words: str) -> None:
    """Up to nine, as running text has it."""
    listed = [f"s{one}" for one in range(number)]
    _, _, source = SOURCES.partition("sources:\n")
    text = ENTRY.replace("[a]", f"[{', '.join(listed)}]") + "sources:\n"
    text += "".join(source.replace("id: a", f"id: {id_}") for id_ in listed)
    entry = Entry(parse_document("registry/lake.yaml", text.encode()), schema)
    assert entry.form
    assert Footnotes(entry, schema).basis(entry.form).startswith(words)


@pytest.mark.parametrize(
    ("day", "told"), [("2026-11-01", "1 November 2026"), ("2026-11-03", "1 November 2026 to 3 November 2026")]
)
def test_when_the_sources_were_read(schema: Schema, day: str, told: str) -> None:
    """On one day, or from the first to the last."""
    _, _, source = SOURCES.partition("sources:\n")
    second = source.replace("id: a", "id: b").replace("2026-11-01", day)
    document = parse_document("registry/lake.yaml", f"{ENTRY}{SOURCES}{second}".encode())
    registry = build_registry([document], schema, date(2026, 11, 28))
    assert Sheet(registry, registry.entries["lake"]).legend.endswith(f"Read on {told}.")


def test_a_scale_is_drawn_for_the_value_in_front(schema: Schema) -> None:
    """Not for the one beside it, and not for a claim whose terms have no order."""
    text = ENTRY.replace(
        "circle, sources: [a]}", "circle, sources: [a], other: [{value: agreed-network, sources: [a]}]}"
    )
    registry = build_registry(
        [parse_document("registry/lake.yaml", f"{text}{SOURCES}".encode())], schema, date(2026, 11, 28)
    )
    rows = {row.field: row.lines for row in Sheet(registry, registry.entries["lake"]).facts}
    assert [(line.on_scale, line.rival) for line in rows["form"]] == [(True, False), (False, True)]
    assert [line.on_scale for line in rows["status"]] == [False]


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize("day", ["0001", "9999-12-31~", "/0001-01-01", "9999/.."])
def test_the_ends_of_time_have_pages(schema: Schema, today: date, day: str) -> None:
    """Ages are told, and nothing stops, however early or late the day of the build and the days of the evidence are."""
    text = f'{ENTRY.replace("2026-01", day)}established: {{value: "{day}", sources: [a]}}{SOURCES}'
    registry = build_registry([parse_document("registry/lake.yaml", text.encode())], schema, today)
    pages = list(all_pages(registry, Settings(), {}))
    assert any("European Lake Police Network" in page.html for page in pages)
    assert feed(registry, NO_HISTORY, Settings()).count(f"<updated>{today.isoformat()}T00:00:00Z</updated>") == 1
    assert "Established" in entry_as_text(registry, registry.entries["lake"], Screen())
