"""``netreg housekeeping``: the monthly list for people, for an issue and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.upkeep.small import SOURCES

from netreg import cli
from netreg.upkeep.link_history import PLACE
from netreg.upkeep.monthly import MARKER, TITLE

ENTRY = "name: European Lake Police Network\ngroup: other-european\nseat: {value: Town, sources: [old]}\n"
DEAD = '{"https://a.example/old": ["2026-09-01 dead 404", "2026-10-01 dead 404", "2026-11-01 dead dns"]}'


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an old fact and a dead link, on a day."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "lake.yaml").write_text(ENTRY + SOURCES, encoding="utf-8")
    (tmp_path / PLACE).parent.mkdir(parents=True)
    (tmp_path / PLACE).write_text(DEAD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-24")
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """What it prints."""
    assert cli.main(["housekeeping", *args]) == 0
    return capsys.readouterr().out


def test_for_people(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each item with what to do below it."""
    assert shown(capsys) == (
        " 1. European Lake Police Network (lake): a dead link, cited by lake (source old): the name of the\n"
        "    server is not known; 3 failures since 1 September 2026. https://a.example/old\n"
        "    Open it in a browser; if it is gone, look for the same text elsewhere and correct the address.\n"
        "    A copy may lie at https://web.archive.org/web/20261123/https://a.example/old; nobody has looked.\n"
        " 2. European Lake Police Network (lake): seat. Its newest evidence is of May 2010, 16 years ago.\n"
        "    Look for the imprint or the newest paper with an address, and give its date as as_of.\n"
    )


def test_as_the_body_of_an_issue(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same text each time, with the marker by which the issue is found."""
    body = shown(capsys, "--markdown")
    assert body.startswith(f"{MARKER}\n")
    assert "\n2. **European Lake Police Network** (`registry/lake.yaml`), seat. " in body
    assert shown(capsys, "--markdown") == body


def test_as_data(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Title, marker, items and body, for whoever opens the issue."""
    data = json.loads(shown(capsys, "--json"))
    assert (data["title"], data["marker"]) == (TITLE, MARKER)
    assert [item["key"] for item in data["items"]] == ["dead-link/https://a.example/old", "stale/lake/seat"]
    assert data["body"] == shown(capsys, "--markdown")


def test_with_requests(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Open requests come first; only numbers and days are taken from them."""
    requests = [
        {"number": 12, "createdAt": "2026-10-01T08:00:00Z", "title": "@all <b>"},
        {"number": 13, "createdAt": "2026-11-20T08:00:00Z"},
    ]
    (checkout / "requests.json").write_text(json.dumps(requests), encoding="utf-8")
    body = shown(capsys, "--markdown", "--requests", "requests.json")
    assert "\n1. #12 has had no answer since 1 October 2026; 14 days are promised. **Do:** Answer it" in body
    assert "#13" not in body
    assert "all" not in body.split("\n")[3]


@pytest.mark.parametrize(
    "text",
    ["", "{}x", "5", "[5]", '[{"number": "1"}]', '[{"number": 0, "createdAt": "2026-10-01"}]', "[" * 100_000]
    + [json.dumps([{"number": number, "createdAt": day}]) for number, day in ((True, "2026-10-01"), (1, "x"), (1, 5))],
)
def test_requests_that_are_none(text: str, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that holds something else is told in one line."""
    (checkout / "requests.json").write_text(text, encoding="utf-8")
    assert cli.main(["housekeeping", "--requests", "requests.json"]) == 2
    assert capsys.readouterr().err.startswith("netreg: requests.json is no list of requests")


def test_files_that_are_missing(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a history there are no dead links; without the named requests there is a message."""
    (checkout / PLACE).unlink()
    assert "dead link" not in shown(capsys)
    assert cli.main(["housekeeping", "--requests", "none.json"]) == 2
    assert "none.json cannot be read" in capsys.readouterr().err


def test_the_promised_time_is_that_of_the_settings(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The number of days stands in mkdocs.yml, and may come from the environment."""
    (checkout / "requests.json").write_text('[{"number": 12, "createdAt": "2026-11-01"}]', encoding="utf-8")
    (checkout / "mkdocs.yml").write_text("extra: {registry: {answer_days: !ENV [NOT_SET, 30]}}\n", encoding="utf-8")
    assert "#12" not in shown(capsys, "--requests", "requests.json")
    (checkout / "mkdocs.yml").write_text("extra: {registry: {answer_days: 21}}\n", encoding="utf-8")
    assert "#12 has had no answer" in shown(capsys, "--requests", "requests.json")
    (checkout / "mkdocs.yml").write_text("extra: {", encoding="utf-8")
    assert cli.main(["housekeeping"]) == 2
    assert "mkdocs.yml cannot be read" in capsys.readouterr().err
