"""Coverage: every name on every list is answered, and the page says so in true numbers."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.conftest import INVENTED

from netreg import cli
from netreg.check import Context, Subject
from netreg.check.outline import Outline
from netreg.check.runner import COVERAGE, check_list, read_lists
from netreg.check.runner import COVERAGE as PATH
from netreg.core.finding import Finding
from netreg.core.load import Document, parse_document, read_folder
from netreg.core.schema import Schema, read_schema
from netreg.lists import Coverage, build_coverage
from netreg.model import Registry, build_registry
from netreg.site.overviews import coverage_page
from netreg.site.page import Page

TODAY = date(2026, 11, 23)
SHARED = ("id", "line", "text", "date", "address", "read_how")
"""Definitions that the two schemas have in common."""

Raw = dict[str, Any]


@pytest.fixture(scope="module", params=["invented", pytest.param("real", marks=pytest.mark.real)])
def place(request: pytest.FixtureRequest, project: Path) -> Path:
    """Where entries and lists are: those made up for tests, and those of the checkout."""
    return INVENTED if request.param == "invented" else project


@pytest.fixture(scope="module")
def raw(place: Path) -> Raw:
    """The file as another reader of YAML sees it."""
    loaded: Raw = YAML(typ="safe", pure=True).load((place / PATH).read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def registry(place: Path, schema: Schema) -> Registry:
    """The entries that the lists name."""
    return build_registry(read_folder(place), schema, date.today())


@pytest.fixture(scope="module")
def coverage(place: Path, project: Path, registry: Registry) -> Coverage:
    """The lists, resolved."""
    lists = {one.path: one for one in read_lists(place)}
    return build_coverage(lists.get(COVERAGE), read_schema(project, "coverage"), registry)


@pytest.fixture(scope="module")
def page(registry: Registry, coverage: Coverage) -> Page:
    """The page of the lists."""
    return coverage_page(registry, coverage)


@pytest.fixture(scope="module")
def made_up(schema: Schema) -> Registry:
    """The entries made up for tests."""
    return build_registry(read_folder(INVENTED), schema, TODAY)


def _outlines(documents: list[Document], context: Context) -> list[Outline]:
    return [Subject(document, context.schema).outline for document in documents]


def _findings(project: Path, text: str) -> list[Finding]:
    context = Context(read_schema(project), TODAY)
    return check_list(project, parse_document(PATH, text.encode()), _outlines(read_folder(INVENTED), context), context)


@pytest.mark.real
def test_the_real_lists_have_no_finding(project: Path, schema: Schema) -> None:
    """The files in the checkout are clean today, warnings included."""
    context = Context(schema, date.today())
    entries = _outlines(read_folder(project), context)
    assert [finding for one in read_lists(project) for finding in check_list(project, one, entries, context)] == []


def test_every_name_has_an_entry_or_a_reason(raw: Raw, place: Path) -> None:
    """Seen without our own reader: each id is a file of the registry, and each reason has its sentence."""
    for name in [name for item in raw["lists"] for name in item["names"]] + raw["left_out"]:
        if "id" in name:
            assert (place / "registry" / f"{name['id']}.yaml").is_file(), name
        else:
            assert name["reason"] in ("out-of-scope", "no-source-read-yet"), name
            assert len(name["note"].split()) > 4, name


def test_the_listing_of_origin_is_whole(coverage: Coverage) -> None:
    """The first list is the one with which the registry began, and each of its networks has an entry."""
    listing = coverage.lists[0]
    assert listing.with_entry == len(listing.names) > 0


def test_what_was_left_out_has_no_entry(coverage: Coverage) -> None:
    """A body that has an entry by now is not told to be out of scope."""
    assert coverage.left_out
    assert not [name.name for name in coverage.left_out if name.entry or name.reason is None]


def test_the_page_counts_as_the_file_does(page: Page, raw: Raw) -> None:
    """Each list says how many of its names have an entry, counted by another reader."""
    told = re.findall(r"<strong>(\d+) of (\d+) names have an entry", page.html)
    counted = [(sum("id" in name for name in item["names"]), len(item["names"])) for item in raw["lists"]]
    assert [(int(some), int(every)) for some, every in told] == counted
    some, every = map(sum, zip(*counted, strict=True))
    assert f"Of {every} names on {len(counted)} public lists, {some} have an entry here" in page.html


def test_the_page_links_every_name(page: Page, raw: Raw) -> None:
    """A reader gets from each name to its entry, in the order of the list."""
    rows = re.findall(r'<td data-label="Entry"><a href="\.\./networks/([a-z0-9-]+)/"', page.html)
    assert rows == [name["id"] for item in raw["lists"] for name in item["names"] if "id" in name]


def test_a_name_without_a_source_is_an_invitation(project: Path, made_up: Registry) -> None:
    """What nobody has found yet is shown with its note and a way to tell us; markup in it stays text."""
    text = _file(
        '      - {name: Harbour <b>Dogs</b>, reason: no-source-read-yet, note: "Only the name was read, in 1998."}'
    )
    document = parse_document(PATH, text.encode())
    found = build_coverage(document, read_schema(project, "coverage"), made_up)
    html = coverage_page(made_up, found).html
    assert "<strong>0 of 1 names have an entry.</strong>" in html
    assert "Harbour &lt;b&gt;Dogs&lt;/b&gt;" in html
    assert "Only the name was read, in 1998." in html
    assert '<a href="../contribute/#suggest">Do you know where others can read about it? Tell us</a>' in html


def test_the_page_stands_without_any_list(made_up: Registry) -> None:
    """Pages link to it, so it is there even in a project that has compared nothing."""
    assert "No list has been compared yet." in coverage_page(made_up, Coverage()).html


def _file(names: str) -> str:
    return (
        "lists:\n"
        "  - id: yearbook\n"
        "    title: Yearbook\n"
        "    author: A publisher\n"
        "    url: https://yearbook.example/\n"
        '    read: {date: "2026-11-23", how: live}\n'
        f"    names:\n{names}\n"
    )


@pytest.mark.parametrize(
    ("names", "rule", "place"),
    [
        ("      - {name: Dogs, id: enlik}", "coverage-unknown-id", (8, 26)),
        ("      - {name: Dogs}", "coverage-unresolved", (8, 16)),
        ("      - {name: Dogs, id: enlip}\n      - {name: DOGS, id: enlip}", "coverage-duplicate", (9, 16)),
        ("      - {name: ENLIP, id: enlip, wy: no}", "unknown-key", (8, 34)),
        ("      - {name: Dogs, reason: unknown, note: A sentence.}", "unknown-term", (8, 30)),
        ("      - {name: 7, id: enlip}", "wrong-type", (8, 16)),
        ("      - {id: enlip}", "missing-key", (8, 9)),
        ("      - {name: Dogs, id: ENLIP}", "id-form", (8, 26)),
        ("      - [", "yaml-syntax", (8, 10)),
    ],
)
def test_what_is_wrong_is_told_with_its_place(project: Path, names: str, rule: str, place: tuple[int, int]) -> None:
    """Mistakes in the list are worded by the same rules as those in entries, at line and column."""
    findings = _findings(project, _file(names))
    assert rule in {finding.rule for finding in findings}
    assert {(one.place.path, one.place.line, one.place.column) for one in findings} == {(PATH, *place)}


def test_an_id_of_a_withdrawn_entry_is_unknown(project: Path) -> None:
    """A tombstone is no answer; the finding says which entry to read instead."""
    tomb = parse_document(
        "registry/quay-club.yaml", b'entry: {withdrawn: "2026-10-01", reason: Double., see: enlip}\nname: Q\n'
    )
    document = parse_document(PATH, _file("      - {name: Quay Club, id: quay-club}").encode())
    context = Context(read_schema(project), TODAY)
    findings = check_list(project, document, _outlines([tomb], context), context)
    assert [finding.message for finding in findings] == ['The entry "quay-club" is withdrawn. It says: see "enlip".']


def test_the_two_schemas_agree(project: Path) -> None:
    """What both schemas define, they define in the same words."""
    ours = json.loads((project / "schema/coverage.schema.json").read_text(encoding="utf-8"))["$defs"]
    entries = json.loads((project / "schema/network.schema.json").read_text(encoding="utf-8"))["$defs"]
    assert {name: ours[name] for name in SHARED} == {name: entries[name] for name in SHARED}


def test_check_reports_the_lists_too(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command finds a wrong id in the list and quotes its line, and counts entries as before."""
    shutil.copytree(project / "tests/cases/coverage-unknown-id/bad", tmp_path / "registry")
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "registry/coverage.yaml").rename(tmp_path / PATH)
    (tmp_path / "schema").symlink_to(project / "schema")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check"]) == 1
    told = capsys.readouterr().out
    assert told == (project / "tests/cases/coverage-unknown-id/bad.out").read_text(encoding="utf-8")
    assert "1 error in 1 entry." in told
