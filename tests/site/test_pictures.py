"""Pictures: what is drawn is what is told beside it, whatever is doubtful, missing or meant to harm."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML
from tests.site.conftest import Site
from tests.site.dom import Node, parsed
from tests.site.test_pages import evidence

from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.model import Registry, build_registry
from netreg.model.lineage import lifetime
from netreg.site.bars import Ruler, lineages, ruler, strip, timeline

CASES: Mapping[str, Any] = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "pictures.yaml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 23)
SEEN = CASES["seen"]
TIES = (("relations", "type", "relation_type"), ("leadership", "role", "leader_role"))
NEAR = timedelta(days=40)
"""A part is drawn a hair longer, against seams: a thousandth of seventy years."""


@pytest.fixture(scope="module")
def registry(schema: Schema) -> Registry:
    """The entries of the cases, each with the same two sources."""
    raw = {id_: {**entry, "sources": CASES["sources"]} for id_, entry in CASES["entries"].items()}
    documents = [parse_document(f"registry/{id_}.yaml", json.dumps(entry).encode()) for id_, entry in raw.items()]
    return build_registry(documents, schema, TODAY)


@pytest.fixture(scope="module")
def drawn(registry: Registry) -> dict[str, Node]:
    """The lines of the timeline by the ids that they link to."""
    return by_id(parsed(timeline(registry).html))


@pytest.fixture(scope="module")
def scale(registry: Registry) -> Ruler:
    """The scale of the timeline."""
    return ruler([lifetime(registry, entry) for entry in registry.networks], TODAY)


def by_id(page: Node) -> dict[str, Node]:
    """The lines of bars with a link, by the entry that it leads to."""
    lines = [(line.one(cls="bars__name").all("a"), line) for line in page.all("li", cls="bars__line")]
    return {links[0].attrs["href"].split("/")[-2]: line for links, line in lines if links}


def day(scale: Ruler, percent: str) -> date:
    """The day of a place on the scale."""
    return scale.first + (scale.last - scale.first) * (float(percent.rstrip("%")) / 100)


def test_each_network_has_one_line(registry: Registry, drawn: dict[str, Node]) -> None:
    """All networks stand in the timeline, and what was withdrawn does not."""
    assert set(drawn) == set(SEEN) == {entry.id for entry in registry.networks}


@pytest.mark.parametrize("id_", SEEN)
def test_a_line_tells_what_is_known(drawn: dict[str, Node], id_: str) -> None:
    """The words beside a bar tell beginning and end as the entry has them."""
    assert SEEN[id_]["words"] in drawn[id_].one(cls="bars__words").text


@pytest.mark.parametrize("id_", SEEN)
def test_a_bar_says_the_same_as_its_words(drawn: dict[str, Node], scale: Ruler, id_: str) -> None:
    """Each part of a bar stands between the days that its words give, and only known days have a sharp end."""
    parts = {rect.attrs["class"]: rect for rect in drawn[id_].all("rect")}
    assert len(drawn[id_].all("rect", cls="tick")) == SEEN[id_]["ticks"]
    for kind in ("rise", "body", "on", "fall"):
        if kind in SEEN[id_]:
            left, right = SEEN[id_][kind]
            start, end = day(scale, parts[kind].attrs["x"]), day(scale, parts[kind].attrs["x"])
            end += (scale.last - scale.first) * (float(parts[kind].attrs["width"].rstrip("%")) / 100)
            assert abs(start - left) < NEAR, kind
            assert abs(end - right) < NEAR, kind
    assert bool(parts) == ("no dated sign" not in SEEN[id_]["words"])


def test_beginnings_that_nobody_knows_stand_apart(registry: Registry) -> None:
    """Who has no known beginning comes after a heading of its own, the undated last."""
    page = parsed(timeline(registry).html)
    (section,) = [one for one in page.all("section") if one.all(id="eu-associated")]
    known, unknown = section.all("ol")
    assert list(by_id(known)) == ["founded-by-day", "first-heir"]
    assert list(by_id(unknown)) == ["beginning-not-known", "nothing-dated"]


def test_the_scale_begins_before_the_first(scale: Ruler) -> None:
    """Decades from the first network to today have a rule, in order, inside the drawing."""
    years = list(scale.years)
    assert [year for year, _at in years] == [1960, 1970, 1980, 1990, 2000, 2010, 2020]
    assert all(abs(day(scale, f"{at}%") - date(year, 1, 1)) < timedelta(days=5) for year, at in years)


# Lineages


def test_families_hold_who_is_tied(registry: Registry) -> None:
    """Two successors, a merger and parts are one family; a circle is one and hangs nothing; actors found none."""
    members = [{party.id or party.name for party in family.members} for family in registry.lineage.families]
    assert sorted(members, key=len) == [
        {"circle-a", "circle-b"},
        {"Forerunner without an entry", "about", "gone"},
        {"founded-by-day", "first-heir", "second-heir", "bounds", "seen-before-founding"},
    ]


def test_the_older_stands_above(registry: Registry) -> None:
    """In a family that is no circle each body stands below all that it came out of."""
    for family in registry.lineage.families:
        places = {party: place for place, party in enumerate(family.members)}
        if "circle-a" not in {party.id for party in family.members}:
            assert all(places[one.older] < places[one.younger] for one in family.descents)


def test_each_tie_is_drawn_and_told(registry: Registry) -> None:
    """A family has a line for each body, a stem with one tip for two that are tied, and a sentence for each tie."""
    sections = parsed(lineages(registry).html).all("section")
    assert len(sections) == len(registry.lineage.families)
    (heirs,) = [one for one in sections if "Second heir" in one.text]
    told = [item.text for item in heirs.one("ul", cls="bars__told").all("li")]
    assert sorted(told) == [
        "First heir: successor of NDF, March 2010.",
        "Network between bounds: merged into First heir, by July 2004.",
        "Network seen before its founding: part of First heir.",
        "Network seen before its founding: set up by First heir, from 2020.",
        "Second heir: formerly Heirs of old, until January 2013.",
        "Second heir: successor of NDF. our reading Its page says so.",
    ]
    assert len(heirs.all(cls="tip")) == 4  # the two ties of one pair have one stem
    assert len(heirs.all("line", cls="stem--likely")) == 4  # it passes the rows of two others
    assert len(heirs.all("rect", cls="renamed")) == 1


def test_bodies_without_an_entry_are_told_as_such(registry: Registry) -> None:
    """A forerunner that only has a name, and one whose entry was withdrawn, stand there without a bar."""
    page = parsed(lineages(registry).html)
    words = {line.one(cls="bars__name").text: line.one(cls="bars__words").text for line in page.all(cls="bars__line")}
    assert words["Forerunner without an entry"] == "no entry here"
    assert words["Withdrawn network"] == "entry withdrawn"


def test_a_strip_shows_only_what_concerns_the_entry(registry: Registry) -> None:
    """On its page a network has its forerunners, successors and own parts, and nothing where there is nothing."""
    entries = registry.entries
    second = strip(registry, entries["second-heir"])
    assert second is not None
    shown = {row.party.id for row in second.rows}
    assert shown == {"founded-by-day", "first-heir", "second-heir", "bounds"}  # a part of the other heir is not its
    assert strip(registry, entries["hostile"]) is None


def test_a_page_has_its_strip(site: Site) -> None:
    """The page of a network with a forerunner shows it, and one that came out of nothing known has no such part."""
    shown = site.entry("towerpol").section("lineage")
    assert shown is not None
    assert set(by_id(shown)) == {"bellpol", "towerpol"}
    assert site.entry("quay-circle").section("lineage") is None


# Both


def test_pictures_are_well_formed_and_plain(registry: Registry) -> None:
    """Both pages are XML whatever the names hold, run nothing, and set no style of their own."""
    for page in (timeline(registry), lineages(registry)):
        tree = ET.fromstring(f"<main>{page.html}</main>")
        tags = {element.tag for element in tree.iter()}
        assert "svg" in tags
        assert not tags & {"script", "style", "foreignObject"}
        assert not [name for element in tree.iter() for name in element.attrib if name == "style" or name[:2] == "on"]
        fills = {element.get("fill", "") for element in tree.iter()}
        defined = {f"url(#{element.get('id')})" for element in tree.iter("linearGradient")}
        assert {fill for fill in fills if fill.startswith("url")} <= defined
    assert "<script>alert(1)</script>" in parsed(timeline(registry).html).text


def test_neighbours_are_those_who_name_a_body(site: Site, raw_entries: Mapping[str, Any], schema: Schema) -> None:
    """From four networks on that name a body, its page has a row for each, with the kind and year of every tie."""
    drawn = 0
    for id_ in raw_entries:
        told: dict[str, dict[str, Any]] = {}
        for other, raw in raw_entries.items():
            for key, field, vocabulary in TIES:
                for item in raw.get(key, ()) if other != id_ else ():
                    if item.get("target") == id_:
                        kind = schema.term(vocabulary, item[field]).inverse
                        told.setdefault(other, {})[kind[0].lower() + kind[1:]] = (item, raw)
        tables = site.entry(id_).all("table", cls="neighbours")
        assert len(tables) == (len(told) >= 4), id_
        for table in tables:
            drawn += 1
            rows = {row.one("a").attrs["href"].split("/")[-2]: row for row in table.one("tbody").all("tr")}
            assert set(rows) == set(told)
            for other, row in rows.items():
                marks = {cell.attrs["data-label"]: cell for cell in row.all("td") if "data-label" in cell.attrs}
                assert set(marks) == set(told[other])
                for kind, cell in marks.items():
                    item, raw = told[other][kind]
                    when = evidence(item, {source["id"]: source for source in raw["sources"]})
                    assert cell.text.startswith(when.rpartition(" ")[2]), (id_, other, kind)
                    assert ("our reading" in cell.text) == ("certainty" in item) == bool(cell.all(cls="m3"))
    assert drawn


def test_the_ladder_counts_each_network_once(site: Site, raw_entries: Mapping[str, Any]) -> None:
    """In the picture of degrees and ranges each number counts the files, beside as many squares."""
    table = site.page("form/").one("table", cls="crossing")
    ranges = [head.attrs["href"].partition("#")[2] for head in table.one("thead").all("a")]
    found = {}
    for row in table.one("tbody").all("tr"):
        step = row.one("th").one("a").attrs["href"].removeprefix("#")
        *cells, whole = row.all("td")
        numbers = [int(cell.text or 0) for cell in cells]
        assert numbers == [len(cell.all("rect")) for cell in cells]
        assert int(whole.text) == sum(numbers)
        found.update({(step, range_): number for range_, number in zip(ranges, numbers, strict=True) if number})
    told = Counter(
        (raw["form"]["value"], raw.get("participants", {}).get("range", {}).get("value", "not-known"))
        for raw in raw_entries.values()
    )
    assert found == told
