"""``netreg stale``: the lists on a screen and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.upkeep.small import SOURCES

from netreg import cli
from netreg.core.schema import Schema
from netreg.upkeep.stale import watched_facts

ENTRY = """name: European Lake Police Network
group: other-european
status: {value: active, as_of: "2018-01", sources: [bare]}
participants:
  counts: [{value: 71, unit: organisations, as_of: "2015", sources: [bare]}]
  range: {value: wider-europe, sources: [bare]}
leadership: [{role: host, name: "A body with a name that is rather long, in a town far away", sources: [old]}]
open_questions: [{about: leadership, text: Who}]
"""


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one entry, on a day."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    sources = SOURCES.replace('date: "2026-11-23", how: stored-copy', 'date: "2024-02-01", how: stored-copy')
    (tmp_path / "registry" / "lake.yaml").write_text(ENTRY + sources, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-24")
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """What it prints."""
    assert cli.main(["stale", *args]) == 0
    return capsys.readouterr().out


def test_the_lists(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Old facts, undated ones, sources not opened for long, and what to do, in that order."""
    assert shown(capsys) == (
        "Old: 3\n"
        "id    fact          evidence of            says\n"
        "lake  Status        January 2018, 8 years  Active\n"
        "lake  Number        2015, 10 years         71 organisations\n"
        "lake  Leadership ?  May 2010, 16 years     "
        "Host: A body with a name that is rather long, in a town far away\n"
        "\n"
        "Undated: 1\n"
        "id    fact                   evidence of  says\n"
        "lake  Range of participants  undated      Wider Europe\n"
        "\n"
        "Sources that nobody has opened yet, or not for a year: 1\n"
        "id    source  read on          address\n"
        "lake  bare    1 February 2024  https://b.example/bare\n"
        "  netreg reread ID tells what rests on them, and writes the day; netreg links tells which are dead.\n"
        "\n"
        "Why, and what to do\n"
        "  A fact is old when its newest evidence is more than five years old; the status of a body that is\n"
        "    called active, with no legal basis in force, after three. Undated: neither the claim nor its\n"
        "    sources bear a date.\n"
        "  Status: Find a sign of life that has a date (minutes, a report, a call) and give it as as_of with\n"
        "    its source; where there is none, the status is unknown.\n"
        "  Number: Take the figure from the newest report or list of members; the old one goes under other,\n"
        "    with its sources.\n"
        "  Leadership: See who publishes or invites today, and give the date of that page or paper as as_of.\n"
        "  Range of participants: Compare it with the newest list of members, and give the date of the list\n"
        "    as as_of.\n"
        "  Nothing newer to be found? Ask: add an open question about it, and it leaves the monthly list.\n"
        "  ?: an open question asks about it already.\n"
        "\n"
        "Facts: 3 old, 1 undated. Sources: 1 not opened for a year.\n"
    )


@pytest.mark.parametrize("width", [30, 48, 80, 120])
def test_it_fits_the_terminal(
    width: int, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line is wider than the screen."""
    monkeypatch.setenv("COLUMNS", str(width))
    assert max(map(len, shown(capsys).splitlines())) <= width


def test_a_bound_on_the_lines(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The heading says how many there are in all."""
    assert shown(capsys, "--limit", "1").startswith("Old: 3, the first 1\n")


def test_as_data(checkout: Path, schema: Schema, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as one object, with the reason, the score and the cure of each."""
    data = json.loads(shown(capsys, "--json"))
    assert [len(data[key]) for key in ("old", "undated", "sources")] == [3, 1, 1]
    assert data["old"][1] == {
        "id": "lake",
        "field": "participants.counts",
        "value": 71,
        "unit": "organisations",
        "evidence": "2015",
        "years": 10,
        "weight": 8,
        "score": 80.0,
        "asked": False,
        "why": "Its newest evidence is of 2015, 10 years ago.",
        "cure": watched_facts(schema)["participants.counts"].cure,
    }
    assert data["undated"][0]["evidence"] is None
    assert data["sources"][0]["days"] == 1027
    assert len(json.loads(shown(capsys, "--json", "--limit", "1"))["old"]) == 1


def test_nothing_is_stale(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says so."""
    (checkout / "registry" / "lake.yaml").write_text("name: Lake\ngroup: other-european\n", encoding="utf-8")
    assert shown(capsys) == "No fact is old or undated, and every source was opened within a year.\n"


def test_nothing_in_an_entry_acts_on_the_terminal(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Signs that a terminal would obey are shown instead."""
    path = checkout / "registry" / "lake.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("A body with", "\\e[31m\\n##[error] A"), encoding="utf-8")
    said = shown(capsys)
    assert "\033" not in said
    assert "##[" not in said
