"""Find: a reader gets to a network by whatever name, number or word they have."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from netreg import cli

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _in_project(invented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def small(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the entries of ``shown/registry``."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    for path in (project / "tests/commands/shown/registry").iterdir():
        (tmp_path / "registry" / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    return tmp_path


def _found(capsys: Out, *args: str) -> list[dict[str, Any]]:
    code = cli.main(["find", "--json", *args])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert code == (0 if found else 1)
    return found


@pytest.mark.parametrize(
    ("words", "id_", "rank"),
    [
        ("ENLIP", "enlip", "name"),
        ("enlip", "enlip", "name"),
        ("ENILP", "enlip", "other-name"),
        ("BELLPOL", "bellpol", "name"),
        ("OEDS", "empds", "other-name"),
        ("2009/9902/JHA", "enlip", "legal-act"),
        ("32009D9902", "enlip", "legal-act"),
        ("foghorn", "e-foghorn", "words-of-names"),
        ("lantern", "lantern-group", "beginning"),
        ("Idenfitication", "e-foghorn", "words-of-names"),
        ("Siec Ochrony LATARNI MORSKICH", "enlip", "words-of-names"),
        ("euro controle pont", "euro-controle-pont", "name"),
        ("EU-KITENET", "eu-kitenet", "name"),
        ("organized honey theft", "forum-on-organised-honey-theft", "words-of-names"),
        ("Kite Cooperation Workign Party", "kcwp", "similar"),
        ("euorpier", "europier", "similar"),
    ],
)
def test_the_first_is_the_one_that_is_meant(capsys: Out, words: str, id_: str, rank: str) -> None:
    """Names, acronyms, misspellings, translations and numbers of acts lead to the network, whatever their case."""
    first = _found(capsys, *words.split())[0]
    assert (first["id"], first["found_by"]["rank"]) == (id_, rank)


def test_better_reasons_come_first(capsys: Out) -> None:
    """The network of that name stands before those whose description only mentions it."""
    ranks = [one["found_by"]["rank"] for one in _found(capsys, "europier")]
    order = ["name", "other-name", "legal-act", "beginning", "words-of-names", "cited-document", "words-of-text"]
    assert ranks[0] == "name"
    assert ranks == sorted(ranks, key=order.index)
    assert "words-of-text" in ranks


@pytest.mark.parametrize(
    ("option", "field"),
    [
        (("--group", "council-working-groups"), ("group", "council-working-groups")),
        (("--form", "association"), ("form", "association")),
        (("--range", "eu-states"), ("range", "eu-states")),
        (("--status", "Ended"), ("status", "ended")),
    ],
)
def test_options_narrow(capsys: Out, option: tuple[str, str], field: tuple[str, str]) -> None:
    """Without words, all networks with the term are listed, and no others."""
    key, term = field
    every, narrowed = _found(capsys), _found(capsys, *option)
    assert [one["id"] for one in narrowed] == [one["id"] for one in every if one[key] == term]
    assert 0 < len(narrowed) < len(every)


def test_topics_kinds_and_countries_narrow(small: Path, capsys: Out) -> None:
    """A network fits where one of its topics, kinds of participants or listed countries is the one asked for."""
    for option in (
        ("--topic", "transport-policing"),
        ("--kind", "police"),
        ("--country", "fr"),
        ("--country", "France"),
    ):
        assert [one["id"] for one in _found(capsys, *option)] == ["harbour-police"], option
    assert _found(capsys, "--country", "DE") == []


@pytest.mark.parametrize(
    ("args", "ids"),
    [
        (("--country", "NO"), ["towerpol"]),
        (("--country", "Norway", "--role", "observer"), ["towerpol"]),
        (("--country", "NO", "--role", "member"), []),
        (("--country", "MT"), []),
        (("--country", "PL"), ["enlip", "towerpol"]),
        (("--country", "US"), ["towerpol"]),
        (("--country", "US", "--role", "participated"), ["bellpol"]),
        (("--country", "FR", "--role", "founder"), ["towerpol"]),
        (("--country", "CH"), ["enlip", "towerpol"]),
        (("--role", "Observer"), ["towerpol"]),
        (("--lead", "NL"), ["towerpol"]),
        (("--lead", "Netherlands"), ["towerpol"]),
        (("--lead", "BE"), ["enlip"]),
        (("--lead", "europier"), ["enlip", "towerpol"]),
        (("--lead", "interpol"), []),
        (("--lead", "NL", "--status", "ended"), []),
    ],
)
def test_who_takes_part_and_who_leads(capsys: Out, args: tuple[str, ...], ids: list[str]) -> None:
    """A country fits by what is known of it, in sets and beyond the matrix too, and by what it still leads."""
    assert sorted(one["id"] for one in _found(capsys, *args)) == ids


def test_as_what_and_of_when_is_told(capsys: Out) -> None:
    """As data and in words, each with the age of its evidence."""
    (tower,) = _found(capsys, "--country", "NO", "--lead", "europier")
    assert tower["takes_part"] == {"role": "observer", "as_of": "2021-01", "likely": False, "past": False}
    assert tower["leads"] == [{"role": "secretariat", "tense": "last-known", "as_of": "2021-01", "likely": False}]
    cli.main(["find", "--country", "NO", "--lead", "europier"])
    said = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert {"Observer, as of January 2021", "Secretariat, last known January 2021"} <= set(said)
    cli.main(["find", "--country", "GB"])
    assert "Member, as of 1996, in the past" in capsys.readouterr().out
    cli.main(["find", "--lead", "NL"])
    assert "Presidency, today" in capsys.readouterr().out


def test_withdrawn_entries_are_not_found(small: Path, capsys: Out) -> None:
    """A tombstone is nobody's answer."""
    assert [one["id"] for one in _found(capsys)] == ["ferry-inspectors", "harbour-police"]
    assert _found(capsys, "quay") == []


def test_the_columns_when_piped(small: Path, capsys: Out) -> None:
    """Nothing is cut and nothing coloured where no screen limits the line."""
    assert cli.main(["find"]) == 0
    assert capsys.readouterr().out == (
        "id                network                                   status                  form\n"
        "ferry-inspectors  Example Forum of Ferry Inspectors (EFFI)  Active, last seen 2019  Informal circle\n"
        "harbour-police    Example Network of Harbour Police (ENHP)  Active                  Agreed network\n"
        "\n2 networks.\n"
    )


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (84, "harbour-police    Example Network of Harbour Po…  Active                Agreed netw…"),
        (60, "harbour-police    Example Network of Harbour Police (ENHP)"),
        (44, "harbour-police    Example Network of Harbou…"),
    ],
)
def test_the_columns_fit_the_screen(
    small: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch, width: int, line: str
) -> None:
    """On a narrow screen names are cut first, then columns are left out; an id stays whole."""
    monkeypatch.setenv("COLUMNS", str(width))
    assert cli.main(["find"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    assert line in lines


def test_another_name_that_led_there_is_told(small: Path, capsys: Out) -> None:
    """Who looks for a former name sees why this network is the answer."""
    assert cli.main(["find", "harbor", "watch"]) == 0
    assert '                as "Harbor Watch", former name\n' in capsys.readouterr().out


def test_similar_names_are_said_to_be_similar(small: Path, capsys: Out) -> None:
    """A guess is not passed off as a hit."""
    assert cli.main(["find", "harbuor"]) == 0
    assert capsys.readouterr().out.startswith('Nothing is called "harbuor". Similar names:\n')


def test_some_of_the_words_are_said_to_be_some(small: Path, capsys: Out) -> None:
    """Where nothing has all words, what has some of them is told as that."""
    assert cli.main(["find", "harbour", "detectives"]) == 0
    assert capsys.readouterr().out.startswith('No network has all the words of "harbour detectives". With some of')


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["zzzz"], 'Nothing found for "zzzz".\n'),
        (["ferry", "--status", "ended"], 'One network fits "ferry", none of them with --status ended.\n'),
        (["--status", "ended"], "No network has --status ended.\n"),
    ],
)
def test_nothing_found_is_said(small: Path, capsys: Out, args: list[str], told: str) -> None:
    """The message stands beside the output, which stays empty, and the exit code is 1."""
    assert cli.main(["find", *args]) == 1
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--status", "actve"], '--status: there is no "actve". Did you mean "active"?'),
        (["--country", "Atlantis"], '--country: "Atlantis" is no country we know'),
        (["--lead", "eurpier"], '--lead: "eurpier" is no country and no body. Did you mean "europier"?'),
        (["--role", "observr"], '--role: there is no "observr". Did you mean "observer"?'),
    ],
)
def test_an_unknown_term_is_wrong_usage(capsys: Out, args: list[str], told: str) -> None:
    """A word that no list has is told with the nearest one, and is not the same as nothing found."""
    assert cli.main(["find", *args]) == 2
    assert told in capsys.readouterr().err


def test_hostile_words_are_made_printable(capsys: Out) -> None:
    """What was asked for comes back without signs that a terminal would obey."""
    cli.main(["find", "\x1b[31mzq\x9b\u202e"])
    told = capsys.readouterr().err
    assert "\ufffd[31mzq\ufffd\ufffd" in told
    assert not {"\x1b", "\x9b", "\u202e"} & set(told)


def test_a_broken_entry_hides_only_itself(small: Path, capsys: Out) -> None:
    """A mistake in one file does not keep a reader from the others; the file is named."""
    text = (small / "registry/ferry-inspectors.yaml").read_text(encoding="utf-8")
    (small / "registry/broken.yaml").write_text(text.replace("informal-circle", "circle"), encoding="utf-8")
    assert cli.main(["find"]) == 0
    told = capsys.readouterr()
    assert "harbour-police" in told.out
    assert told.err == "netreg: left out, since it has errors: registry/broken.yaml. See netreg check.\n"


@pytest.mark.parametrize("args", [["find", "ENLIP"], ["show", "enlip"]])
def test_only_what_is_needed_is_imported(invented: Path, args: list[str]) -> None:
    """A question about the data waits neither for the site's tools nor for the checker's."""
    code = (
        "import sys; from netreg.cli import main; main(sys.argv[1:]); "
        "print({'mkdocs', 'jinja2', 'jsonschema', 'markdown'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], cwd=invented, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "set()"


def test_what_was_kept_is_found_alike(small: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    """A second question needs no entry and gets the same answer; an edit is found, a fault named each time."""
    ferry = small / "registry/ferry-inspectors.yaml"
    name = ferry.read_text(encoding="utf-8")

    def found(*args: str) -> tuple[int, Any]:
        return cli.main(["find", *args]), capsys.readouterr()

    questions = [["police"], ["--json", "harbour"], []]
    wanted = [found(*args) for args in questions]
    monkeypatch.setenv("NETREG_CACHE", str(small / "kept"))
    assert found() == wanted[-1]
    with monkeypatch.context() as patch:
        patch.setattr("netreg.commands.reading.read_whole", lambda *_: pytest.fail("all were read"))
        assert [found(*args) for args in questions] == wanted
    ferry.write_text(name.replace("name: ", "name: Zeppelin ", 1), encoding="utf-8")
    assert "Zeppelin" in found("zeppelin")[1].out
    (small / "registry/broken.yaml").write_text(name.replace("informal-circle", "circle"), encoding="utf-8")
    assert [found("police")[1].err.count("broken.yaml") for _ in range(2)] == [1, 1]
