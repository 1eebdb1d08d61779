"""Each rule finds what its bad cases show, in those words, and nothing in its good ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from netreg.check.cases import Case, cases_of, findings
from netreg.check.rule import all_rules
from netreg.core.report import render
from netreg.core.schema import Schema

CASES = Path(__file__).resolve().parent.parent / "cases"
RULES = [rule.id for rule in all_rules()]
ALL = [case for folder in sorted(CASES.glob("*/")) for case in cases_of(folder.name, CASES)]


def _name(case: Case) -> str:
    return f"{case.rule}/{case.name}"


@pytest.mark.parametrize("case", [case for case in ALL if case.kind == "bad"], ids=_name)
def test_a_bad_case_gives_the_written_report(case: Case, schema: Schema, update: bool) -> None:
    """The report on a bad case is its .out file to the letter, and every finding is of that one rule."""
    found = findings(case, schema)
    report = render(found, {document.path: document.text for document in case.documents}, "text")
    if update:
        case.report_file.write_text(report, encoding="utf-8", newline="")
    assert report == case.expected
    assert {finding.rule for finding in found} == {case.rule}


@pytest.mark.parametrize("case", [case for case in ALL if case.kind == "good"], ids=_name)
def test_a_good_case_gives_no_finding(case: Case, schema: Schema) -> None:
    """A good case is clean for every rule, remarks included."""
    assert findings(case, schema) == []


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_a_bad_and_a_good_case(rule: str) -> None:
    """No rule is without an example of what it finds and of how it should be."""
    assert {"bad", "good"} <= {case.name for case in cases_of(rule, CASES)}


def test_no_folder_is_without_a_rule() -> None:
    """A folder of cases that no rule claims is a renamed or forgotten rule."""
    assert {path.name for path in CASES.iterdir()} - {".gitattributes"} <= set(RULES)


def test_no_report_is_without_its_case() -> None:
    """An .out file without entries beside it would prove nothing."""
    assert set(CASES.glob("*/*.out")) == {case.report_file for case in ALL if case.kind == "bad"}
