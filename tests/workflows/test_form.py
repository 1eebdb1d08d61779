"""The workflows as files: least rights, nothing of strangers in a script, and what the checkers say."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from ruamel.yaml import YAML
from tests.workflows.expressions import evaluate, filled, holds
from tests.workflows.runner import ACTIONS, ROOT, WORKFLOWS

from netreg.contribute.form import FORM_KEYS

PATHS = sorted(WORKFLOWS.glob("*.yml"))
each_workflow = pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.stem))
BUILTIN = {
    "vendor.github-workflows": ".github/workflows/*.yml",
    "custom.github-workflows-require-timeout": ".github/workflows/*.yml",
    "vendor.dependabot": ".github/dependabot.yml",
    "vendor.github-issue-forms": ".github/ISSUE_TEMPLATE/0*.yml",
    "vendor.github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
}


def _tool(name: str, *args: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *args], cwd=ROOT, capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing_and_ignores_one_thing() -> None:
    """The one exception is documented beside it: what starts the comment."""
    done = _tool("zizmor", "--offline", "--no-progress", "--persona=auditor", ".github")
    assert done.returncode == 0, done.stdout
    ignored = [line for path in PATHS for line in path.read_text(encoding="utf-8").splitlines() if "zizmor:" in line]
    assert ignored == ["  pull_request_target: # zizmor: ignore[dangerous-triggers]"]


@pytest.mark.parametrize("schema", BUILTIN)
def test_the_public_schemas_agree(schema: str) -> None:
    """Workflows, forms and the settings of Dependabot are what the host expects."""
    files = [str(path) for path in ROOT.glob(BUILTIN[schema])]
    assert files
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, *files])
    assert done.exit_code == 0, done.output


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe").load(path)
    return document


def _steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in _read(path)["jobs"].values():
        yield from job["steps"]


@each_workflow
def test_rights_are_given_job_by_job(path: Path) -> None:
    """A workflow as a whole has none; every job says what it may and why; every job ends in time."""
    document = _read(path)
    assert document["permissions"] == {}
    assert "concurrency" in document
    for job in document["jobs"].values():
        assert job["timeout-minutes"] <= 60
        assert job["name"]
        assert set(job["permissions"].values()) <= {"read", "write"}
    rights = re.findall(r"(?m)^      [a-z-]+: (?:read|write)\b.*$", path.read_text(encoding="utf-8"))
    assert all(" # " in right for right in rights)


@each_workflow
def test_scripts_hold_no_expression(path: Path) -> None:
    """What the host knows reaches a script as a variable or in the event's file, never as part of the script."""
    for step in _steps(path):
        assert "${{" not in step.get("run", "")
        for value in step.get("with", {}).values():
            assert not re.search(r"github\.event\.|head_ref", str(value))
        for value in step.get("env", {}).values():
            assert not re.search(r"github\.event\.(?!repository\.name\b)|head_ref", str(value))


@each_workflow
def test_scripts_hold_no_logic(path: Path) -> None:
    """A step calls a command; what it decides is decided, and tested, in the package."""
    words = r"\b(if|for|while|case|jq|sed|awk|grep|curl|python3? -c|eval|npm|pip)\b"
    for step in _steps(path):
        assert not re.search(words, step.get("run", "")), step["run"]


@each_workflow
def test_tokens_are_given_to_the_step_that_needs_them(path: Path) -> None:
    """No job and no step that installs something sees a token."""
    assert "secrets." not in path.read_text(encoding="utf-8")
    document = _read(path)
    assert not any("env" in part for part in (document, *document["jobs"].values()))
    for step in _steps(path):
        needs = re.search(r"netreg host (?!notes)|^gh ", step.get("run", "")) is not None
        assert ("GH_TOKEN" in step.get("env", {})) == needs, step["name"]


@each_workflow
def test_every_check_out_keeps_no_credentials(path: Path) -> None:
    """And every action is one that the runner of these tests knows."""
    for step in _steps(path):
        if "uses" in step:
            action = step["uses"].partition("@")[0]
            assert action in ACTIONS
            if action == "actions/checkout":
                assert step["with"]["persist-credentials"] is False


def test_the_job_that_comments_runs_nothing_of_a_pull_request() -> None:
    """It waits for no approval, so it checks out main, which such a job gets where nothing else is named, and no more.

    A workflow that strangers start without approval has no other step that could take something of theirs.
    """
    started = [path for path in PATHS if re.search("pull_request_target|workflow_run", path.read_text("utf-8"))]
    assert started == [WORKFLOWS / "comment.yml"]
    document = _read(started[0])
    assert document["on"]["pull_request_target"]["branches"] == ["main"]
    (job,) = document["jobs"].values()
    assert job["permissions"] == {"contents": "read", "pull-requests": "write"}
    out, python, *rest = job["steps"]
    assert out["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert python["uses"].startswith("actions/setup-python@")
    assert [step["run"] for step in rest] == ["python3 scripts/dev.py venv", ".venv/bin/netreg host comment"]


def test_forms_set_no_label_that_starts_a_draft() -> None:
    """A form's own label is set for everybody, so it must not be a maintainer's word."""
    forms = [path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]
    assert {path.stem.partition("-")[2] for path in forms} == FORM_KEYS
    assert not any("accept" in _read(path)["labels"] for path in forms)


CONTEXT = {"github": {"event_name": "push", "event": {"issue": {"number": 7}, "label": {"name": "Accept"}}}, "vars": {}}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("github.event.label.name == 'accept'", True),
        ("github.event.action == 'labeled' && github.event.label.name == 'accept'", False),
        ("github.event_name == 'pull_request' || github.event_name == 'push'", True),
        ("!(github.event_name == 'push')", False),
        ("vars.X || format('{0}/{1}', github.event_name, 'it''s')", "push/it's"),
        ("github.event.issue.number", 7),
        ("github.event.nothing.there", None),
        ("!cancelled() && true", True),
    ],
)
def test_expressions_mean_what_they_mean_at_the_host(expression: str, value: object) -> None:
    """The runner reads as much of the language as our workflows use."""
    assert evaluate(expression, CONTEXT) == value


def test_what_the_runner_does_not_understand_is_an_error() -> None:
    """So a workflow cannot outgrow it unseen."""
    for expression in ("hashFiles('x')", "a.b[0]", "'x", "a b", "(a"):
        with pytest.raises((ValueError, KeyError, IndexError)):
            evaluate(expression, CONTEXT)
    assert filled("intake-${{ github.event.issue.number }}-${{ true }}", CONTEXT) == "intake-7-true"


def test_a_step_after_a_failed_one_runs_only_if_it_says_so() -> None:
    """As at the host."""
    failed = {**CONTEXT, "failed": True}
    assert not holds("true", failed)
    assert holds("${{ !cancelled() }}", failed)
    assert holds("always()", failed)
    assert not holds("${{ !cancelled() && github.event_name == 'pull_request' }}", failed)
