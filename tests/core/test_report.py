"""Reporters: the same findings for people, for machines and for the code host, whatever the entries hold."""

from __future__ import annotations

import json
import re

import pytest

from netreg.core.finding import Finding, Level, Place
from netreg.core.report import FORMATS, printable, render

PATH = "registry/example-network.yaml"
CLEAR = re.compile(r"\033\[[0-9;]*m")


def finding(place: Place, message: str = "It is wrong.", fix: str = "Mend it.", level: Level = Level.ERROR) -> Finding:
    """A finding of an invented rule."""
    return Finding(place, "some-rule", level, message, fix)


def quotation(line: str, column: int, end: int) -> tuple[str, str]:
    """How the text report quotes a line, and the line with the caret below it."""
    report = render([finding(Place(PATH, 1, column, end))], {PATH: line}, "text").split("\n")
    return report[1].removeprefix("  1 | "), report[2].removeprefix("    | ")


def test_text_shows_place_line_caret_words_and_count() -> None:
    """The whole report on one finding, to the letter."""
    line = "status: {value: actve}"
    report = render([finding(Place(PATH, 1, 17, 22))], {PATH: line, "registry/other.yaml": ""}, "text")
    assert report == (
        f"{PATH}:1:17: error some-rule\n"
        "  1 | status: {value: actve}\n"
        "    |                 ^^^^^\n"
        "  It is wrong.\n"
        "  Mend it.\n\n"
        "1 error in 2 entries.\n"
        "Why, with examples: netreg explain some-rule\n"
    )


def test_text_says_that_nothing_was_found() -> None:
    """A clean run tells how much it looked at."""
    assert render([], {PATH: ""}, "text") == "1 entry checked, nothing found.\n"


def test_text_counts_by_level() -> None:
    """Errors, warnings and remarks are counted apart, in the singular and the plural."""
    levels = [Level.ERROR, Level.WARNING, Level.WARNING, Level.INFO]
    report = render([finding(Place(PATH), level=level) for level in levels], {PATH: ""}, "text")
    assert "\n\n1 error, 2 warnings and 1 remark in 1 entry.\n" in report


@pytest.mark.parametrize("column", [1, 30, 41, 42, 100, 141, 150, 195, 200])
def test_the_caret_stands_below_its_sign_in_a_long_line(column: int) -> None:
    """A long line is cut around the place, and the caret keeps pointing to it."""
    line = "".join(chr(ord("a") + index % 26) for index in range(200))
    shown, carets = quotation(line, column, column + 1)
    assert len(shown) <= 100
    assert shown[carets.index("^")] == line[column - 1]
    assert carets.count("^") == 1


def test_the_caret_goes_no_further_than_the_line() -> None:
    """A value longer than the screen is marked as far as it is shown."""
    shown, carets = quotation("name: " + "x" * 500, 7, 507)
    assert len(carets) == len(shown) == 100


def test_the_caret_knows_wide_and_combining_signs() -> None:
    """Signs that fill two columns of a terminal move the caret by two, accents not at all."""
    assert quotation("港: e\u0301 x", 7, 8)[1] == "      ^"
    assert quotation("a: 港湾 x", 4, 6)[1] == "   ^^^^"
    assert quotation("a: 港湾 x", 7, 8)[1] == "        ^"


def test_the_caret_may_stand_behind_the_line() -> None:
    """What is missing at the end of a line is shown there."""
    assert quotation("name:", 6, 7) == ("name:", "     ^")


def test_line_ends_of_windows_are_not_shown() -> None:
    """A carriage return before the line feed is no sign of the line."""
    assert quotation("name: x\r\nacronym: y", 7, 8) == ("name: x", "      ^")


def test_a_finding_on_a_whole_file_quotes_nothing() -> None:
    """Where the name of the file is wrong, its first line is beside the point."""
    report = render([finding(Place(PATH))], {PATH: "name: x"}, "text")
    assert "name: x" not in report
    assert f"{PATH}:1:1: error" in report


def test_colour_changes_nothing_but_colour() -> None:
    """Without its colour codes the coloured report is the plain one."""
    found, texts = [finding(Place(PATH, 1, 7, 8), level=level) for level in Level], {PATH: "name: x"}
    coloured = render(found, texts, "text", colour=True)
    assert coloured != (plain := render(found, texts, "text"))
    assert CLEAR.sub("", coloured) == plain


@pytest.mark.parametrize("nasty", ["\x1b[2J", "\x9b2J", "\u202e", "\x07", "\x00", "\u2028", "\ud800", "\n", "\r"])
def test_nothing_that_a_terminal_obeys_gets_through(nasty: str) -> None:
    """Paths, quoted lines and messages show such a sign as a question mark in a diamond."""
    path = f"registry/a{nasty}b.yaml"
    report = render([finding(Place(path, 1, 7, 8), f"a{nasty}b", f"c{nasty}d")], {path: f"name: x{nasty}"}, "text")
    assert report.replace("\n", "").isprintable()
    assert printable(f"a{nasty[0]}b") == "a�b"


def test_no_line_of_text_begins_with_a_command_for_a_build() -> None:
    """A build log obeys lines that begin with ``::`` behind any indentation, and ``##[`` wherever it stands."""
    words = " ".join(["x" * 7, "::error::owned"] * 40)
    report = render([finding(Place(PATH, 1, 1, 2), words)], {PATH: "##[group]x"}, "text")
    assert not [line for line in report.split("\n") if line.lstrip(" ").startswith("::")]
    assert "##[" not in report


def test_github_gives_one_command_a_finding() -> None:
    """The place goes into the properties, the words into the message."""
    found = [finding(Place(PATH, 3, 5, 9), level=level) for level in Level]
    assert render(found, {PATH: ""}, "github").split("\n") == [
        f"::error file={PATH},line=3,endLine=3,col=5,endColumn=9,title=some-rule::It is wrong. Mend it.",
        f"::warning file={PATH},line=3,endLine=3,col=5,endColumn=9,title=some-rule::It is wrong. Mend it.",
        f"::notice file={PATH},line=3,endLine=3,col=5,endColumn=9,title=some-rule::It is wrong. Mend it.",
        "",
    ]


def test_github_escapes_what_would_end_a_command() -> None:
    """Per cent signs in words, and commas and colons in paths, cannot become properties or commands."""
    path = "registry/a,line=1::b%0A\n::error::c.yaml"
    report = render([finding(Place(path), "100%\r\n::error::x,y")], {path: ""}, "github")
    assert report.count("\n") == 1
    properties, _, words = report.removeprefix("::error ").partition("::")
    assert properties.startswith("file=registry/a%2Cline=1%3A%3Ab%250A�%3A%3Aerror%3A%3Ac.yaml,line=1,")
    assert words == "100%25��::error::x,y Mend it.\n"


def test_json_has_one_shape() -> None:
    """Scripts and editors find the same keys in every finding, and the number of files."""
    report = json.loads(render([finding(Place(PATH, 3, 5))], {PATH: "", "registry/other.yaml": ""}, "json"))
    assert report == {
        "entries": 2,
        "findings": [
            {
                "path": PATH,
                "line": 3,
                "column": 5,
                "end_column": 6,
                "level": "error",
                "rule": "some-rule",
                "message": "It is wrong.",
                "fix": "Mend it.",
            }
        ],
    }


@pytest.mark.parametrize("style", FORMATS)
def test_every_report_ends_its_last_line(style: str) -> None:
    """What is appended to a report begins on a line of its own."""
    assert render([finding(Place(PATH))], {PATH: ""}, style).endswith("\n")
