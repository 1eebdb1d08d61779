"""Pages over many networks: each row in the tense of its evidence, on somebody's word, and counted once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from tests.conftest import INVENTED, ROOT
from tests.site.dom import Node, parsed
from tests.upkeep.small import SOURCES, lines

from netreg.core.load import parse_document, read_folder
from netreg.core.schema import Schema
from netreg.entry.country_sets import MATRIX, read_country_sets
from netreg.model import Registry, build_registry
from netreg.model.statements import figures
from netreg.site.body_pages import acts_page, body_pages, leads_page
from netreg.site.country_pages import country_pages, matrix_page
from netreg.site.events_page import events_page, half_year_pages, half_years
from netreg.site.overviews import ages_page
from netreg.site.page import Page

TODAY = date(2026, 11, 23)
SETS = read_country_sets(ROOT)


def registry_of(schema: Schema, **entries: str) -> Registry:
    """A registry of entries by id, each with the lines of its own."""
    documents = [
        parse_document(f"registry/{id_}.yaml", f"name: {id_}\ngroup: other-european\n{own}\n{SOURCES}".encode())
        for id_, own in entries.items()
    ]
    return build_registry(documents, schema, TODAY, SETS)


@pytest.fixture(scope="module")
def invented_registry(schema: Schema) -> Registry:
    """The made-up entries."""
    return build_registry(read_folder(INVENTED), schema, TODAY, SETS)


def page(pages: Iterable[Page], path: str) -> Node:
    """The tree of one of the pages."""
    return parsed(next(one.html for one in pages if one.path == path))


def rows(tree: Node, anchor: str) -> list[str]:
    """What the rows of a part say, each with its cells between bars; none where the part is missing."""
    section = tree.section(anchor)
    found = section.one("tbody").all("tr") if section and section.all("tbody") else []
    return [" | ".join(cell.text for cell in row.all() if cell.tag in ("th", "td")) for row in found]


def told_numbers(tree: Node) -> dict[str, int]:
    """What the heading of each part counts, by its anchor."""
    headings = [heading for heading in tree.all("h2") if heading.all(cls="aged")]
    return {heading.attrs["id"]: int(heading.one(cls="aged").text.replace(",", "")) for heading in headings}


def countries(role: str, sources: str, status: str = "active") -> str:
    """The lines of an entry in which Norway has a role."""
    account = f"{{role: {role}, value: [NO], {sources}}}"
    return lines(participants=f"{{countries: [{account}]}}", status=f"{{value: {status}}}")


MEMBERSHIPS = {
    "fresh": countries("member", "sources: [new]"),
    "stale": countries("observer", "as_of: '2010', sources: [new]"),
    "bare": countries("partner", "sources: [bare]"),
    "gone": countries("member", "sources: [new]", status="ended"),
    "left": countries("member", "until: '2020', sources: [new]"),
    "guest": countries("participated", "sources: [new]"),
    "shut": lines(participants="{countries: [{role: member, value: [SE], complete: true, sources: [new]}]}"),
    "eu": lines(participants="{range: {value: eu-states, sources: [old]}}"),
    "split": lines(
        participants="{countries: [{role: member, value: [NO], sources: [bare]},"
        " {role: partner, value: [NO], sources: [bare]}]}"
    ),
    "mute": lines(status="{value: active}"),
}


def test_a_country_stands_where_its_evidence_puts_it(schema: Schema) -> None:
    """Present tense is for evidence of three years; what is older, undated, over, refused or unknown says so."""
    tree = page(country_pages(registry_of(schema, **MEMBERSHIPS)), "countries/no/")
    assert rows(tree, "today") == ["fresh | Member | as of January 2026 | official A"]
    assert rows(tree, "last-known") == ["stale | Observer | as of 2010, 16 years ago | official A"]
    assert rows(tree, "undated") == ["bare | Partner | undated | own words A"]
    assert [row.split(" ")[0] for row in rows(tree, "past")] == ["gone", "left"]
    assert rows(tree, "once")[0].startswith("guest | Took part once | as of January 2026")
    assert [row.split(" | ")[:2] for row in rows(tree, "not-a-member")] == [
        ["shut", "Not on the list of members"],
        ["eu", "Open to EU Member States only"],
    ]
    assert sorted(row.split(" | ")[1] for row in rows(tree, "disagree")) == ["Member", "Partner"]
    unknown = tree.section("not-known")
    assert unknown is not None
    assert {link.text: link.attrs["href"] for link in unknown.all("a")} == {
        name: f"../../networks/{name}/correct/#else" for name in ("guest", "mute")
    }


def test_each_country_that_is_named_has_a_page(invented_registry: Registry) -> None:
    """The 47 have one, and whoever else a list names; each tells as many networks as the figures count."""
    pages = {one.path: parsed(one.html) for one in country_pages(invented_registry)}
    assert {f"countries/{code.lower()}/" for code in SETS[MATRIX].members} < set(pages)
    assert "countries/us/" in pages
    overview = pages.pop("countries/")
    shown = {row.one("a").attrs["href"]: int(row.all("td")[0].text) for row in overview.all("tr") if row.all("a")}
    counted = figures(invented_registry)["countries"]
    for path, tree in pages.items():
        code = path.split("/")[1].upper()
        found = sum(len(rows(tree, tense)) for tense in ("today", "last-known", "undated", "past"))
        assert found == shown[f"../{path}"], path
        assert found == counted.get(code, 0) or code not in SETS[MATRIX].members, path


def test_leads_are_told_in_as_many_parts_as_there_are_tenses(invented_registry: Registry) -> None:
    """Each heading counts what the figures count; another account of a post is told and not counted."""
    tree = parsed(leads_page(invented_registry).html)
    counted = figures(invented_registry)["leads"]
    told = {anchor.removeprefix("leads-"): number for anchor, number in told_numbers(tree).items()}
    assert {tense: told.get(tense, 0) for tense in ("today", "last-known", "undated", "past")} == {
        tense: number for tense, number in counted.items() if tense != "networks"
    }
    assert [row for row in rows(tree, "leads-past") if "another account" in row]


def test_a_body_has_what_it_leads_and_what_others_state(schema: Schema) -> None:
    """A post filled by a rule is that of the actor behind it; ties stand as the network states them."""
    registry = registry_of(
        schema,
        quay=lines(
            leadership="[{role: chair, rule: commission, sources: [new]}, {role: host, target: pier, sources: [bare]}]"
        ),
        pier=lines(legal_basis="[{title: Council Decision 2009/9901/JHA, role: current, sources: [old]}]"),
        mole=lines(
            relations="[{type: funded_by, target: european-commission, sources: [old]},"
            " {type: cooperates_with, target: quay, sources: [old]}]"
        ),
    )
    pages = list(body_pages(registry))
    assert [one.path for one in pages] == ["bodies/", "bodies/european-commission/", "bodies/pier/"]
    commission = page(pages, "bodies/european-commission/")
    assert rows(commission, "leads-today")[0].startswith("quay | Chair")
    assert rows(commission, "funded_by") == ["mole | as of May 2010, 16 years ago | official A"]
    assert rows(page(pages, "bodies/pier/"), "leads-undated")[0].startswith("quay | Host")
    assert rows(page(pages, "bodies/pier/"), "rests-on")[0].startswith(
        "pier | Council Decision 2009/9901/JHA | Current"
    )


EVENTS = {
    "dated": lines(established="{value: '2025-02', sources: [new]}"),
    "twice": lines(
        established="{value: '2025', sources: [new]}",
        history="[{date: '2025-03-01', event: founded, text: Six found it, sources: [new]}]",
    ),
    "over": lines(status="{value: merged}", ended="{value: '/2018-07', sources: [old]}"),
    "named": lines(other_names="[{name: Old Quay, kind: former, until: '2025-05', sources: [new]}]"),
    "vague": lines(history="[{date: '2025', event: ended, text: It ends, sources: [new]}]"),
    "quiet": lines(status="{value: active, as_of: '2023-02-01', sources: [new]}"),
    "chair": lines(leadership="[{role: chair, countries: [BE], from: '2025-01', sources: [new]}]"),
    "join": lines(participants="{countries: [{role: member, value: [NO], from: '2025-04', sources: [new]}]}"),
}


def test_events_are_told_once_and_by_year(schema: Schema) -> None:
    """A date of founding, end or renaming is an event of its own where the history has none; each has its year."""
    tree = parsed(events_page(registry_of(schema, **EVENTS)).html)
    assert [row.split(" | ")[:2] for row in rows(tree, "y2025")] == [
        ["vague", "Ended It ends."],
        ["dated", "Founded"],
        ["twice", "Founded Six found it."],
        ["named", "Renamed Until then: Old Quay."],
    ]
    assert rows(tree, "y2018")[0].startswith("over no more | Merged | by July 2018")


def test_a_half_year_has_only_what_surely_fell_into_it(schema: Schema) -> None:
    """The report is computed from the dates of events and from the day of the build; what is vague stands apart."""
    pages = list(half_year_pages(registry_of(schema, **EVENTS)))
    tree = page(pages, "half-year/2025-1/")
    names = {anchor: [row.split(" | ")[0] for row in rows(tree, anchor)] for anchor in told_numbers(tree)}
    assert names == {
        "founded": ["dated", "twice"],
        "renamed": ["named"],
        "took-over": ["chair"],
        "takes-part": ["join"],
        "some-time": ["vague"],
    }
    assert [row.split(" | ")[0] for row in rows(page(pages, "half-year/2026-1/"), "silent")] == ["quiet"]
    figured = next(row for row in page(pages, "half-year/").all("tr") if "First half of 2025" in row.text)
    assert [cell.text for cell in figured.all("td")] == ["2", "0", "1", "1", "1", "0"]


def test_half_years_end_with_today() -> None:
    """The newest is the one that today falls into, as far as it has gone; there are six."""
    found = half_years(date(2026, 7, 1))
    assert [half.title for half in found[:2]] == ["Second half of 2026", "First half of 2026"]
    assert [(half.first, half.last) for half in found[:2]] == [
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 1, 1), date(2026, 6, 30)),
    ]
    assert half_years(date(2026, 6, 30))[0].path == "half-year/2026-1/"
    assert len(found) == 6


def test_the_matrix_is_all_cells_and_only_its_headings_are_links(invented_registry: Registry) -> None:
    """Each cell has its meaning as text; networks of which nothing is known stand below it."""
    tree = parsed(matrix_page(invented_registry).html)
    table = tree.one("table", "matrix")
    squares = table.all("td")
    below = tree.section("not-known")
    assert below is not None
    assert len(squares) + len(below.all("a")) * len(SETS[MATRIX].members) == len(invented_registry.cells)
    assert not [square for square in squares if square.all("a") or not square.text]
    decided = [square.text for square in squares if square.text != "not known"]
    counted = figures(invented_registry)["cells"]
    assert len(decided) == counted["decided"]
    assert sum(text.startswith(("not a member", "was not a member")) for text in decided) == counted["not-a-member"]
    assert "was member, 1996" in decided


def test_acts_in_force_stand_first_and_all_are_told(schema: Schema, invented_registry: Registry) -> None:
    """A text is in force while it is the founding or current one, no end is told, and the body stands."""
    act = "{{title: Council Decision 2009/990{0}/JHA, role: {1}, sources: [old]}}"
    registry = registry_of(
        schema,
        alpha=lines(legal_basis=f"[{act.format(1, 'context')}]"),
        beta=lines(legal_basis=f"[{act.format(2, 'founding')}]"),
        gamma=lines(legal_basis=f"[{act.format(3, 'founding')}]", status="{value: ended}"),
    )
    tree = parsed(acts_page(registry).html)
    assert [row.split(" | ")[2] for row in rows(tree, "council-decision")] == [
        "Founding, in force",
        "Context",
        "Founding, not in force",
    ]
    shown = told_numbers(parsed(acts_page(invented_registry).html))
    shown.pop("not-known")
    assert sum(shown.values()) == figures(invented_registry)["acts"]


def test_old_claims_are_counted_as_everywhere(invented_registry: Registry) -> None:
    """The parts by age come to all claims, and so do the claims of the networks; no source is no kind."""
    tree = parsed(ages_page(invented_registry).html)
    total = figures(invented_registry)["statements"]
    by_age = [int(row.split(" | ")[1]) for row in rows(tree, "by-age")]
    by_network = [list(map(int, row.split(" | ")[1:])) for row in rows(tree, "by-network")]
    assert by_age == list(figures(invented_registry)["statements_by_age"].values())
    assert sum(by_age) == sum(numbers[0] for numbers in by_network) == total
    old = sum(numbers[1] for numbers in by_network)
    assert f"{old} of {total} claims" in tree.one(cls="lead").text
    assert "enlip | Participants" not in " ".join(rows(tree, "changing"))


def test_every_row_stands_on_somebodys_word(invented_registry: Registry) -> None:
    """Each row of each table leads to a source on the page of its entry."""
    pages = [*country_pages(invented_registry), *body_pages(invented_registry), *half_year_pages(invented_registry)]
    pages += [page_of(invented_registry) for page_of in (leads_page, events_page, acts_page, ages_page)]
    seen = 0
    for one in pages:
        for table in parsed(one.html).all("table", "told__rows"):
            for row in [] if "told__rows--figures" in table.classes else table.one("tbody").all("tr"):
                seen += 1
                assert "#source-" in row.all("td")[-1].one("a").attrs["href"], f"{one.path}: {row.text}"
    assert seen > 100
