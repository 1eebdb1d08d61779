"""Adding a rule takes one function and its folder of cases, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = '''"""An example of a rule."""

from collections.abc import Iterator

from netreg.check.rule import Hit, rule
from netreg.check.rule import Context, Subject


@rule(
    "shouted-name",
    summary="A name is written in capitals only.",
    reason="Capitals are hard to read.",
    fix="Write it as the body does in running text.",
)
def shouted_name(subject: Subject, _context: Context) -> Iterator[Hit]:
    name = subject.root.get("name") if subject.root else None
    if name is not None and name.text.isupper():
        yield subject.hit(name, "This name is all capitals.")
'''


@pytest.fixture
def checkout(tmp_path: Path, project: Path) -> Path:
    """A copy of the project with one more rule and its cases, whose report is not written yet."""
    for part in ("scripts/netreg", "schema", "tests/cases"):
        shutil.copytree(project / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "tests/conftest.py", "tests/watch/sitecustomize.py", "tests/check/test_cases.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(project / file, tmp_path / file)
    (tmp_path / "registry").mkdir()
    (tmp_path / "scripts/netreg/check/rules/zz_example.py").write_text(MODULE, encoding="utf-8")
    cases = tmp_path / "tests/cases"
    for kind in ("bad", "good"):
        shutil.copytree(cases / "tag/good", cases / "shouted-name" / kind)
    entry = cases / "shouted-name/bad/example-network.yaml"
    text = entry.read_text(encoding="utf-8")
    shouted = text.replace("Example Network of Harbour Police", "EXAMPLE NETWORK OF HARBOUR POLICE", 1)
    entry.write_text(shouted, encoding="utf-8")
    return tmp_path


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(folder / "scripts"), "PYTHONUTF8": "1", "NO_COLOR": "1", "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def _run_cases(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return _run(
        folder, "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/check/test_cases.py", *options
    )


def test_a_rule_needs_one_function_and_a_folder(checkout: Path) -> None:
    """Its case tests pass once its report is written, and explain and the list of all rules know it."""
    written = _run_cases(checkout, "--update", "-k", "shouted-name")
    assert written.returncode == 0, written.stdout
    compared = _run_cases(checkout, "-k", "shouted-name or each_rule or no_folder or no_report")
    assert compared.returncode == 0, compared.stdout
    explained = _run(checkout, "netreg", "explain", "shouted-name").stdout
    assert "This name is all capitals." in explained
    assert "+ name: Example Network of Harbour Police" in explained
    assert "shouted-name" in _run(checkout, "netreg", "explain").stdout


def test_a_rule_without_cases_is_noticed(checkout: Path) -> None:
    """A new rule without its folder fails the case tests, by name."""
    shutil.rmtree(checkout / "tests/cases/shouted-name")
    done = _run_cases(checkout, "-k", "each_rule")
    assert done.returncode == 1
    assert "test_each_rule_has_a_bad_and_a_good_case[shouted-name]" in done.stdout
