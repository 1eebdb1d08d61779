"""Stats: every number, here, on pages, in ``find`` and in JSON, is one query on a file of the export."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import INVENTED, ROOT

from netreg import cli
from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.entry.country_sets import MATRIX, read_country_sets
from netreg.export.api import entry_data
from netreg.export.as_sqlite import as_sqlite
from netreg.export.edition import Edition
from netreg.model import Registry, build_registry
from netreg.model.statements import age_class, figures
from netreg.site import entry_page, overviews
from netreg.site.reference import scales
from netreg.site.settings import Settings

TODAY = date(2026, 11, 23)
Out = pytest.CaptureFixture[str]
AGES = """CASE WHEN earliest IS NULL THEN 'undated' WHEN earliest >= '2023' THEN 'since 2023'
    WHEN earliest >= '2020' THEN '2020 to 2022' ELSE 'before 2020' END"""


@pytest.fixture(autouse=True)
def _in_project(invented: Path) -> None:
    pass


@pytest.fixture(scope="module")
def registry(schema: Schema) -> Registry:
    """The made-up registry."""
    return build_registry(read_folder(INVENTED), schema, TODAY, read_country_sets(ROOT))


@pytest.fixture(scope="module")
def numbers(registry: Registry) -> dict[str, Any]:
    """Its figures."""
    return figures(registry)


class Tables:
    """The database of the export."""

    def __init__(self, registry: Registry) -> None:
        self.base = sqlite3.connect(":memory:")
        self.base.deserialize(as_sqlite(Edition(registry)))

    def count(self, query: str) -> int:
        """The one number that a query gives."""
        (found,) = self.base.execute(f"SELECT {query}").fetchone()
        return int(found)

    def counts(self, query: str) -> dict[str, int]:
        """The numbers that a query gives, by the word before each."""
        return dict(self.base.execute(f"SELECT {query}").fetchall())


@pytest.fixture(scope="module")
def tables(registry: Registry) -> Tables:
    """The database of the made-up registry."""
    return Tables(registry)


def without_zeros(found: dict[str, int]) -> dict[str, int]:
    """The numbers that a query can give."""
    return {key: number for key, number in found.items() if number}


def found(capsys: Out, *args: str) -> list[dict[str, Any]]:
    """What ``find`` answers."""
    cli.main(["find", "--json", *args])
    answer: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.parametrize(("field", "path"), [("group", "groups"), ("status", "statuses")])
def test_groups_and_statuses(
    registry: Registry, numbers: dict[str, Any], tables: Tables, capsys: Out, field: str, path: str
) -> None:
    """Figures, ``find``, the page of all networks and the data of all entries count the headlines of one field."""
    asked = tables.counts(
        f"value, count(DISTINCT network) FROM statements WHERE path = '{field}' AND headline GROUP BY 1"
    )
    assert without_zeros(numbers[path]) == asked
    assert {term: len(found(capsys, f"--{field}", term)) for term in asked} == asked
    assert options(registry, field) == asked
    networks: list[Any] = [entry_data(registry, entry) for entry in registry.entries.values()]
    values = [one[field] if field == "group" else one[field]["value"] for one in networks if "entry" not in one]
    assert Counter(values) == asked


@pytest.mark.parametrize(
    ("option", "path", "vocabulary"),
    [
        ("form", "form", "form"),
        ("range", "participants.range", "range"),
        ("topic", "topics", "topic"),
        ("kind", "participants.kinds", "participant_kind"),
    ],
)
def test_other_terms(registry: Registry, tables: Tables, capsys: Out, option: str, path: str, vocabulary: str) -> None:
    """Of a list each term counts; ``find``, asked for every fourth, and the page of all networks agree."""
    asked = {
        term.value: tables.count(
            f"count(DISTINCT network) FROM statements WHERE path = '{path}' AND headline "
            f"AND ', ' || value || ', ' LIKE '%, {term.value}, %'"
        )
        for term in registry.schema.terms(vocabulary)
    }
    for term in list(asked)[::4]:
        assert len(found(capsys, f"--{option}", term)) == asked[term]
    if option != "kind":
        assert options(registry, option) == without_zeros(asked)


def options(registry: Registry, key: str) -> dict[str, int]:
    """The numbers behind the terms by which the page of all networks can be narrowed."""
    html = entry_page.networks(registry).html
    select = re.search(rf'<select name="{key}">(.*?)</select>', html)
    assert select is not None
    return {term: int(number) for term, number in re.findall(r'value="([^"]+)">[^<]*\((\d+)\)', select[1])}


def test_the_landing_page(registry: Registry, numbers: dict[str, Any], tables: Tables) -> None:
    """How many networks and statements there are is what the query says."""
    html = overviews.landing(registry, Settings()).html
    shown = [int(number.replace(",", "")) for number in re.findall(r"<strong>([\d,]+)</strong>", html)][:3]
    networks = tables.count("count(DISTINCT network) FROM statements")
    seen = tables.count(
        "count(DISTINCT network) FROM statements WHERE path = 'status' AND headline AND value = 'active' "
        "AND latest >= '2023'"
    )
    statements = tables.count("count(DISTINCT claim) FROM statements WHERE source != ''")
    assert shown == [networks, seen, statements] == [numbers["networks"], seen, numbers["statements"]]


def test_ages_and_sources(registry: Registry, numbers: dict[str, Any], tables: Tables) -> None:
    """Classes of age are counted by statement, kinds of source by citation; each citation of the data is one."""
    ages = f"age, count(*) FROM (SELECT DISTINCT claim, {AGES} AS age FROM statements WHERE source != '') GROUP BY 1"
    assert without_zeros(numbers["statements_by_age"]) == tables.counts(ages)
    kinds = tables.counts("kind, count(*) FROM statements WHERE source != '' GROUP BY 1")
    assert without_zeros(numbers["citations_by_kind"]) == kinds
    assert numbers["citations"] == sum(kinds.values())
    assert Counter(kind for entry in registry.networks for kind in cited_kinds(entry.raw)) == kinds


def cited_kinds(raw: Any) -> Iterator[str]:
    """The kind of each source that is cited anywhere in the data of an entry, but for what an open question read."""
    kinds = {source["id"]: source["kind"] for source in raw["sources"]}

    def walk(data: Any) -> Iterator[str]:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
            if key == "sources":
                yield from (kinds[one["id"] if isinstance(one, dict) else one] for one in value)
            elif key != "checked":
                yield from walk(value)

    return walk({key: value for key, value in raw.items() if key != "sources"})


def test_cells_and_countries(registry: Registry, numbers: dict[str, Any], tables: Tables, capsys: Out) -> None:
    """Cells are counted by verdict, age and country, and ``find`` names as many networks as a country takes part in."""
    cells = numbers["cells"]
    verdicts = tables.counts("verdict, count(*) FROM participation GROUP BY 1")
    assert {verdict: cells[verdict] for verdict in verdicts} == verdicts
    assert cells["all"] == len(registry.networks) * len(registry.sets[MATRIX].members)
    decided = "FROM participation WHERE verdict != 'not-known'"
    assert cells["decided"] == tables.count(f"count(*) {decided}")
    assert cells["dated"] == tables.count(f"count(earliest) {decided}")
    assert (cells["likely"], cells["past"]) == tuple(
        tables.count(f"sum({flag}) {decided}") for flag in ("likely", "past")
    )
    assert without_zeros(cells["by_age"]) == tables.counts(f"{AGES} AS age, count(*) {decided} GROUP BY 1")
    taking_part = "country, count(*) FROM participation WHERE verdict = 'takes-part' GROUP BY 1"
    assert numbers["countries"] == tables.counts(taking_part)
    for code in ("BE", "MT", "NO"):
        assert len(found(capsys, "--country", code)) == numbers["countries"].get(code, 0), code
        own = tables.counts(f"role, count(*) FROM participation WHERE country = '{code}' AND role != '' GROUP BY 1")
        roles = {role: len(found(capsys, "--country", code, "--role", role)) for role in ("member", "observer")}
        assert without_zeros(roles) == own, code


def test_views_rest_on_statements(registry: Registry, numbers: dict[str, Any], tables: Tables) -> None:
    """Each decided cell and each lead is one statement, of the age that stands there."""
    cells = (
        "FROM participation JOIN statements USING (claim, network) WHERE participation.earliest IS statements.earliest"
    )
    assert tables.count(f"count(DISTINCT network || country) {cells}") == numbers["cells"]["decided"]
    assert tables.count("count(DISTINCT claim) FROM statements WHERE path = 'leadership'") == len(registry.leads)
    leads = tables.counts("tense, count(*) FROM leads JOIN (SELECT DISTINCT claim FROM statements) USING (claim) "
                          "WHERE NOT rival GROUP BY 1")  # fmt: skip
    assert (
        without_zeros({tense: numbers["leads"][tense] for tense in ("today", "last-known", "undated", "past")}) == leads
    )
    assert numbers["leads"]["networks"] == tables.count("count(DISTINCT network) FROM leads")


def test_readings_by_registry_and_readers(numbers: dict[str, Any], tables: Tables) -> None:
    """What was opened at its address is counted on the sources, apart for the registry and for readers."""
    live = "count(*) FROM sources WHERE read_how = 'live' AND kind != 'statement-to-registry' AND read_by ="
    assert numbers["sources_read_live"]["registry"] == tables.count(f"{live} 'registry'") > 0
    assert numbers["sources_read_live"]["reader"] == tables.count(f"{live} 'reader'")


def test_websites_acts_and_countries(numbers: dict[str, Any], tables: Tables) -> None:
    """Networks with a website or with countries, and acts with a number, are counted on their statements."""
    networks = "count(DISTINCT network) FROM statements WHERE path ="
    assert numbers["websites"] == tables.count(f"{networks} 'website'") > 0
    assert numbers["contacts"] == tables.count(f"{networks} 'contact'")
    listed = tables.count(f"{networks} 'participants.countries' AND coalesce(role, '') != 'participated'")
    assert numbers["networks_with_countries"] == listed > 0
    acts = "count(DISTINCT claim) FROM statements WHERE path = 'legal_basis'"
    assert numbers["acts"] == tables.count(acts) > 0
    assert numbers["acts_with_number"] == tables.count(f"{acts} AND number != ''") > 0


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "since 2023"),
        (date(2023, 1, 1), "since 2023"),
        (date(2022, 12, 31), "2020 to 2022"),
        (date(2020, 1, 1), "2020 to 2022"),
        (date(2019, 12, 31), "before 2020"),
        (date.min, "before 2020"),
        (None, "undated"),
    ],
)
def test_classes_of_age(day: date | None, name: str) -> None:
    """Each class begins on the first day of a year."""
    assert age_class(day, TODAY) == name


def test_the_command_prints_what_is_counted(numbers: dict[str, Any], capsys: Out) -> None:
    """As an object for machines, and line by line for people, with the countries by what they take part in."""
    assert cli.main(["stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == numbers
    assert cli.main(["stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"{'networks':32}{numbers['networks']:>10}" in lines
    assert f"{'  since 2023':32}{numbers['statements_by_age']['since 2023']:>10}" in lines
    assert any(line.startswith("  BE 3, FR 3, ") and line.endswith(" 1") for line in lines)


@pytest.mark.parametrize(("axis", "path"), [("topic", "topics"), ("form", "form"), ("range", "participants.range")])
def test_pages_by_axis(registry: Registry, tables: Tables, axis: str, path: str) -> None:
    """The number beside each term, and beside what is not known, is that of the query; so is that of the scale."""
    (kind,) = (one for one in overviews.AXES if one.vocabulary == axis)
    html = overviews.axis(registry, kind).html
    pattern = r'<h2 id="([^"]+)">.*?class="group__count">(\d+)<'
    shown = {term: int(number) for term, number in re.findall(pattern, html, re.DOTALL)}
    where = f"FROM statements WHERE path = '{path}' AND headline"
    asked = {
        term.value: tables.count(f"count(DISTINCT network) {where} AND ', ' || value || ', ' LIKE '%, {term.value}, %'")
        for term in registry.schema.terms(axis)
    }
    asked["not-known"] = len(registry.networks) - tables.count(f"count(DISTINCT network) {where}")
    assert without_zeros(shown) == without_zeros(asked)
    if axis != "topic":
        table = re.search(rf'id="scale-{axis}".*?</table>', scales(registry), re.DOTALL)
        assert table is not None
        figures_ = [int(number) for number in re.findall(r'class="figure">(\d+)</td></tr>', table[0])]
        assert figures_ == [asked[term.value] for term in registry.schema.terms(axis)]


def test_gaps_in_figures(registry: Registry, tables: Tables) -> None:
    """Each number of networks that lack something is that of the query for those that have none."""
    html = overviews.gaps(registry).html
    pattern = r"<dt>([^<]+)</dt>.*?>(\d+) of (\d+) networks<"
    shown = {label: (int(number), int(total)) for label, number, total in re.findall(pattern, html, re.DOTALL)}
    everyone = "SELECT network FROM statements"
    sitting = "coalesce(role, '') != 'participated'"
    telling = {label: f"{everyone} WHERE path = '{path}' AND {sitting}" for label, path in LACKING}
    in_force = f"{everyone} WHERE path = 'legal_basis' AND role IN ('founding', 'current') AND coalesce(until, '') = ''"
    telling["No recent sign of life"] = (
        f"{everyone} WHERE path = 'status' AND headline AND (value != 'active' OR latest >= '2023-11-23') "
        f"UNION {in_force}"
    )
    telling["Third parties only"] = f"{everyone} WHERE path = 'summary' AND headline AND kind != 'third-party'"
    for label, query in telling.items():
        lacking = tables.count(f"count(DISTINCT network) FROM statements WHERE network NOT IN ({query})")
        assert shown[label] == (lacking, tables.count("count(DISTINCT network) FROM statements")), label
    assert len({number for number, _total in shown.values()}) > 3


LACKING = [
    ("No founding date", "established"),
    ("No number of participants", "participants.counts"),
    ("No countries", "participants.countries"),
    ("No leadership", "leadership"),
    ("No range", "participants.range"),
    ("No website", "website"),
    ("No contact", "contact"),
]


def test_wrong_usage(capsys: Out) -> None:
    """It takes no words."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["stats", "enlip"])
    assert ended.value.code == 2
