"""Explain: what a contributor reads about a rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from netreg import cli
from netreg.check.rule import all_rules
from netreg.commands import explain


@pytest.fixture(autouse=True)
def _in_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)


def test_a_rule_is_explained_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    """Reason, remedy, the bad example as check shows it, and the lines to write instead."""
    assert cli.main(["explain", "unknown-source"]) == 0
    assert capsys.readouterr().out == (
        "unknown-source: error (references)\n"
        "  A claim names a source that the entry does not list.\n\n"
        "  Why: A footnote that leads nowhere is worse than none: the fact looks sourced and is not.\n\n"
        "  What to do: Each claim names sources listed at the end of the same file; correct the id, or add\n"
        "  the source there.\n\n"
        "For example:\n\n"
        "registry/example-network.yaml:7:53: error unknown-source\n"
        '  7 | status: {value: active, as_of: "2025-04", sources: [chartr]}\n'
        "    |                                                     ^^^^^^\n"
        '  No source of this entry is called "chartr". Did you mean "charter"?\n'
        "  Each claim names sources listed at the end of the same file; correct the id, or add the source\n"
        "  there.\n\n"
        "Instead:\n\n"
        "  registry/example-network.yaml\n"
        '  - status: {value: active, as_of: "2025-04", sources: [chartr]}\n'
        '  + status: {value: active, as_of: "2025-04", sources: [charter]}\n'
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("id-form", "  registry/Example_Network.yaml is called registry/example-network.yaml."),
        ("stray-file", "  registry/notes.md is not there."),
        ("id-removed", '  +   withdrawn: "2026-11-20"'),
        ("encoding", "  registry/example-network.yaml holds the same words, saved as plain UTF-8."),
        ("too-large", "  - tasks: [a, a, a,"),
        ("one-source-for-everything", " more lines"),
    ],
)
def test_the_good_example_shows_what_is_otherwise(rule: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Renamed, new, deleted, unreadable and long files are each told in a few lines."""
    assert cli.main(["explain", rule]) == 0
    shown = capsys.readouterr().out
    assert words in shown
    assert len(shown.split("\n")) < 60
    assert max(map(len, shown.split("\n"))) < 120


def test_several_rules_are_explained_in_the_order_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line of a report can be pasted as it is."""
    assert cli.main(["explain", "tag", "html", "tag"]) == 0
    heads = [line for line in capsys.readouterr().out.split("\n") if line.startswith(("tag:", "html:"))]
    assert heads == ["tag: error (syntax)", "html: error (text)"]


def test_without_a_rule_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Every rule stands under its family with one sentence."""
    assert cli.main(["explain"]) == 0
    shown = capsys.readouterr().out
    for rule in all_rules():
        assert f"\n  {rule.id} " in shown
    assert shown.startswith("Syntax\n")


def test_every_rule_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """No example breaks the view of it."""
    assert cli.main(["explain", *(rule.id for rule in all_rules())]) == 0
    shown = capsys.readouterr().out
    assert shown.count("\nFor example:\n") == shown.count("\nInstead:\n") == len(all_rules())


def test_json_holds_all_examples(capsys: pytest.CaptureFixture[str]) -> None:
    """Machines get the files whole, bad and good, with the report on them."""
    assert cli.main(["explain", "--json", "bad-date"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)
    assert rule["id"] == "bad-date"
    assert set(rule) == {"id", "level", "family", "summary", "reason", "fix", "examples"}
    kinds = [example["kind"] for example in rule["examples"]]
    assert kinds == sorted(kinds)
    assert "error bad-date" in rule["examples"][0]["report"]
    assert rule["examples"][-1]["report"] == ""
    assert "registry/example-network.yaml" in rule["examples"][0]["files"]


def test_colour_marks_what_goes_and_what_comes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal the old line is red and the new one green."""
    monkeypatch.setattr(explain, "wants_colour", lambda: True)
    assert cli.main(["explain", "unknown-term"]) == 0
    shown = capsys.readouterr().out
    assert "\033[31m  - status" in shown
    assert "\033[32m  + status" in shown


def test_rules_are_written_for_people() -> None:
    """Summary, reason and remedy are sentences in plain words; an id is lower-case words."""
    for rule in all_rules():
        for text in (rule.summary, rule.reason, rule.fix):
            assert text[0].isupper() or text.startswith("netreg"), rule.id
            assert text.endswith("."), rule.id
            assert "!" not in text, rule.id
            assert "  " not in text, rule.id
        assert rule.id.replace("-", "").isalpha()
        assert rule.id.islower()
