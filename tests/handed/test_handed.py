"""Entries, lists and events that were handed over by a reviewer: each gives what is right for it."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from netreg.check.runner import LISTS, REFUSED
from netreg.cli import main
from netreg.core.load import compose as loading
from netreg.core.load import read_document
from netreg.core.load.compose import compose

HERE = Path(__file__).resolve().parent

FOUND = [
    ("id-data", "data", "error id-form"),
    ("id-nul", "nul", "error id-form"),
    ("sign-replacement-character", "example-net", ":2:19: error bidi-control"),
    ("sign-invisible-name", "example-net", ":2:7: error no-letter"),
    ("sign-line-break-in-name", "example-net", ":2:7: error whitespace"),
    ("when-as-of-before-established", "example-net", "warning event-before-founding"),
    ("yaml-plain-url-in-braces", "example-net", ":17:18: error yaml-syntax"),
]


@pytest.mark.parametrize(("case", "id_", "expected"), FOUND, ids=[case for case, *_ in FOUND])
def test_an_entry_is_found_wrong(
    case: str, id_: str, expected: str, invented: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check names the rule and the place."""
    shutil.copy(HERE / "entries" / f"{case}.yaml", invented / "registry" / f"{id_}.yaml")
    main(["check", f"registry/{id_}.yaml"])
    assert expected in capsys.readouterr().out


def test_each_entry_is_tested() -> None:
    """No file lies here unseen."""
    assert {path.stem for path in (HERE / "entries").iterdir()} == {"format-eats-digits", *(case for case, *_ in FOUND)}


def test_each_recipe_has_its_test() -> None:
    """What was handed over as commands is held by a test that exists, or by a case of the check with its report."""
    recipes = read_document(HERE / "recipes.yaml", "recipes.yaml").root
    assert recipes
    assert len(recipes.plain()) == 28
    for path, _, function in (str(where).partition("::") for where in recipes.plain().values()):
        place = HERE.parents[1] / path
        assert f"def {function}(" in place.read_text("utf-8") if function else place.with_suffix(".out").is_file(), path


def test_format_keeps_digits(invented: Path) -> None:
    """What looks like a number and stands where a text belongs is quoted as it stands."""
    path = invented / "registry" / "example-net.yaml"
    shutil.copy(HERE / "entries" / "format-eats-digits.yaml", path)
    assert main(["format", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert [line for line in ('acronym: "007"', 'title: "0x1F"', 'author: "+32"') if line not in text] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a: {value: https://a.example/, b: c}", '"https://a.example/"'),
        ("a: [https://a.example/x, c]", '"https://a.example/x"'),
        ("a: {b: c:d}", '"c:d"'),
        ("a: [12:30]", '"12:30"'),
        ("a:\n  - {url: http://a.example, c: https://b.example}", '"http://a.example"'),
    ],
)
def test_both_readers_of_yaml_answer_alike(text: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without quotes in brackets is refused in plain words, with and without the reader in C."""
    root, fast = compose(text)
    monkeypatch.setitem(sys.modules, "ruamel.yaml.cyaml", None)
    assert loading.compose(text) == (root, fast)
    assert root is None
    assert [(one.rule, shown in one.fix) for one in fast] == [("yaml-syntax", True)]


def test_a_reason_with_markup_is_quoted(
    invented: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of a maintainer's list stand in a public answer as text: no mention, no link, no picture."""
    assert REFUSED in LISTS
    shutil.copy(HERE / "lists" / "refused-reason-markup.yaml", invented / REFUSED)
    words = io.BytesIO((HERE / "lists" / "reported-again.md").read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(words, encoding="utf-8"))
    main(["intake", "--number", "77", "--date", "2026-11-20"])
    answer = capsys.readouterr().out
    assert "`See @octocat [a](https://evil.example) ![i](https://evil.example/x.png)`" in answer
    assert answer.count("@octocat") == 1


def test_a_day_beyond_time_is_one_line(invented: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An event of the year 9999 with an offset is refused, and is no defect of the tool."""
    assert main(["intake", "--event", str(HERE / "event-created-9999.json")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
