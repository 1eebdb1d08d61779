"""Show: an entry in the terminal, every statement with the numbers of its sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from netreg import cli
from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.model import build_registry
from netreg.terminal.entry_text import entry_as_text
from netreg.terminal.screen import Screen

Out = pytest.CaptureFixture[str]
SHOWN = Path(__file__).parent / "shown"


@pytest.fixture(autouse=True)
def small(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the entries of ``shown/registry``."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    for path in (SHOWN / "registry").iterdir():
        (tmp_path / "registry" / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def test_the_fixture_is_sound(capsys: Out) -> None:
    """What the snapshots show could stand in the registry."""
    assert cli.main(["check"]) == 0
    assert "nothing found" in capsys.readouterr().out


@pytest.mark.parametrize("width", [100, 50])
def test_an_entry_is_shown_to_the_letter(
    capsys: Out, monkeypatch: pytest.MonkeyPatch, update: bool, width: int
) -> None:
    """Head, facts with sources and ages, relations from both sides, questions and sources, wide and narrow."""
    monkeypatch.setenv("COLUMNS", str(width))
    assert cli.main(["show", "harbour-police"]) == 0
    told, snapshot = capsys.readouterr().out, SHOWN / f"harbour-police-{width}.txt"
    if update:
        snapshot.write_text(told, encoding="utf-8", newline="")
    assert told == snapshot.read_text(encoding="utf-8")
    assert max(len(line) for line in told.splitlines() if "https://" not in line) <= width


def test_a_withdrawn_entry_says_where_to_look(capsys: Out) -> None:
    """A tombstone is shown with its reason and the entry to read instead."""
    assert cli.main(["show", "quay-club"]) == 0
    assert capsys.readouterr().out == (
        "Quay Club\n"
        "Withdrawn on 1 October 2026. It was the harbour police under another name.\n"
        "See instead: netreg show harbour-police\n"
    )


@pytest.mark.parametrize(
    "name", ["HARBOUR-POLICE", "harbour-police.yaml", "ENHP", "reseau des polices portuaires", "EHNP"]
)
def test_a_name_does_as_well(capsys: Out, name: str) -> None:
    """Who knows a name and not the id gets the entry too, if only one entry has that name."""
    assert cli.main(["show", name]) == 0
    assert capsys.readouterr().out.startswith("Example Network of Harbour Police (ENHP)\n")


@pytest.mark.parametrize(
    ("id_", "told"),
    [
        ("harbor-polise", "Did you mean harbour-police (Example Network of Harbour Police)"),
        ("example", "Did you mean harbour-police (Example Network of Harbour Police) or ferry-inspectors ("),
        ("zzzz", 'there is no entry "zzzz". netreg find lists all networks.'),
        ("\x1b]0;x\x07", 'there is no entry "\ufffd]0;x\ufffd".'),
    ],
)
def test_an_unknown_id_is_told_with_the_nearest(capsys: Out, id_: str, told: str) -> None:
    """Nothing is shown for something else; the names that come near are offered."""
    assert cli.main(["show", id_]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err


def test_json_is_what_the_site_publishes(capsys: Out, small: Path) -> None:
    """The data carry the id, the claims as filed, and the relations that others state."""
    assert cli.main(["show", "harbour-police", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["id"], data["acronym"], data["established"]["certainty"]) == ("harbour-police", "ENHP", "likely")
    assert [tie["stated_in"] for tie in data["relations_stated_elsewhere"]] == ["ferry-inspectors"]


HOSTILE = "\\e]0;owned\\a \\e[2J \\u202etxt.exe \\x9b31m ##[error]"


def test_hostile_text_is_made_printable(small: Path, capsys: Out) -> None:
    """Nothing that an entry holds can act on the terminal or hide there, even before it was checked."""
    path = small / "registry/harbour-police.yaml"
    text = path.read_text(encoding="utf-8").replace("Watching the quays", f'"{HOSTILE}"')
    path.write_text(text.replace("value: Joins the police of seaports", f'value: "{HOSTILE}"'), encoding="utf-8")
    cli.main(["show", "harbour-police"])
    told = capsys.readouterr()
    signs = set(told.out + told.err) - {"\n"}
    assert all(sign.isprintable() for sign in signs)
    assert "##[" not in told.out


def test_colour_only_where_it_can_be_shown(small: Path, schema: Schema, project: Path) -> None:
    """Headings are bold on a screen with colour, and the words are the same without."""
    from datetime import date

    registry = build_registry(read_folder(small), schema, date(2026, 11, 23))
    entry = registry.entries["harbour-police"]
    plain, coloured = (entry_as_text(registry, entry, Screen(100, colour)) for colour in (False, True))
    assert "\033[1mFacts\033[0m" in coloured
    assert coloured.replace("\033[1m", "").replace("\033[2m", "").replace("\033[0m", "") == plain


def test_an_entry_is_shown_alike_from_what_was_kept(
    invented: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a check only the entry and those that it has a tie with are read, and each is shown as among all."""

    def shown() -> list[str]:
        for path in sorted((invented / "registry").glob("*.yaml")):
            cli.main(["show", path.stem])
        said = capsys.readouterr()
        return [said.out, said.err]

    wanted = shown()
    monkeypatch.setenv("NETREG_CACHE", str(invented / "kept"))
    cli.main(["check"])
    capsys.readouterr()
    monkeypatch.setattr("netreg.commands.reading.read_folder", lambda _: pytest.fail("all were read"))
    assert shown() == wanted
    monkeypatch.setattr("netreg.commands.reading.read_document", lambda *_: pytest.fail("an entry was read again"))
    assert shown() == wanted


def test_what_was_kept_is_shown_while_it_holds(small: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    """A screen of another width gets lines of its own, and what changes in an entry that has a tie is seen."""

    def shown(width: str) -> str:
        monkeypatch.setenv("COLUMNS", width)
        cli.main(["show", "harbour-police"])
        return capsys.readouterr().out

    monkeypatch.setenv("NETREG_CACHE", str(small / "kept"))
    cli.main(["check"])
    capsys.readouterr()
    told = {width: shown(width) for width in ("100", "50")}
    assert all(text == (SHOWN / f"harbour-police-{width}.txt").read_text("utf-8") for width, text in told.items())
    ferry = small / "registry/ferry-inspectors.yaml"
    ferry.write_text(ferry.read_text(encoding="utf-8").replace("acronym: EFFI", "acronym: FINS"), encoding="utf-8")
    assert shown("100") == told["100"].replace("EFFI", "FINS")
