"""Which tests reach which line: a plugin of pytest that writes it down, and the map made of what it wrote.

Coverage's own contexts are switched by hand, so that a test's parameters and its fixtures count as the test.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

WRITTEN = "NETREG_REACH"  # the variable that names the folder for what the plugin writes
# They start processes, whose lines are not seen, or look at the source as a text, or come at the end of the way: what
# only a page or a table shows of the rooms before it has no test of its own.
LEFT_OUT: tuple[str, ...] = ("tests/test_", "tests/core", "tests/export", "tests/site", "tests/terminal")
LEFT_OUT += ("tests/check/test_new_rule", "tests/commands/test_hostile", "tests/workflows/test_form")


class Plugin:
    """Measures each test with its fixtures, and each shared fixture for all tests that use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, dict[str, Any]] = {}
        self.coverage = Coverage(data_file=None, source=[str(Path("scripts/netreg").resolve())], config_file=False)
        self.coverage.start()
        self.context = ""

    def _switch(self, context: str) -> str:
        before, self.context = self.context, context
        self.coverage.switch_context(context)
        return before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Give the test a context of its own."""
        fixtures = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
        shared = [_shared(found) for group in fixtures.values() for found in group if found.scope != "function"]
        self.tests[item.nodeid] = {"seconds": 0.0, "passed": True, "fixtures": sorted(set(shared))}
        for cached in (found.cached_result for group in fixtures.values() for found in group):
            if cached and hasattr(cached[0], "cache_clear"):
                cached[0].cache_clear()  # or what one test works out is worked out by none that asks after it
        self._switch(item.nodeid)
        before = _spent()
        try:
            return (yield)
        finally:
            self.tests[item.nodeid]["seconds"] = _spent() - before
            self._switch("")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """Give a shared fixture a context, since only the first of its tests runs it."""
        if fixturedef.scope == "function":
            return (yield)
        before = self._switch(_shared(fixturedef))
        try:
            return (yield)
        finally:
            self._switch(before)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note whether the test passed at all."""
        if report.nodeid in self.tests:
            self.tests[report.nodeid]["passed"] &= report.outcome == "passed"

    def pytest_sessionfinish(self) -> None:
        """Write down what was measured."""
        self.coverage.stop()
        data = self.coverage.get_data()
        root = Path.cwd()
        contexts = {name: number for number, name in enumerate(sorted(data.measured_contexts()))}
        lines = {
            Path(file).relative_to(root).as_posix(): {
                line: [contexts[name] for name in names] for line, names in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        text = json.dumps({"tests": self.tests, "contexts": list(contexts), "lines": lines})
        (self.folder / f"{os.getpid()}.json").write_text(text, encoding="utf-8")


def _spent() -> float:
    """Seconds of processor so far, here and in what was started: a machine that others use too makes no test slow."""
    return sum(os.times()[:4])


def _shared(fixture: pytest.FixtureDef[Any]) -> str:
    return f"fixture {fixture.baseid} {fixture.argname}"


def pytest_configure(config: pytest.Config) -> None:
    """Measure, where a folder is named (in the workers of xdist: there the tests run)."""
    if WRITTEN in os.environ:
        config.pluginmanager.register(Plugin(Path(os.environ[WRITTEN])))


@dataclass(frozen=True)
class Reach:
    """What each test costs (seconds), and the tests of each line of each module."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, Collection[str]]]
    failed: Sequence[str]

    @cached_property
    def of_module(self) -> Mapping[str, frozenset[str]]:
        """The tests of each module."""
        return {
            module: frozenset(test for tests in lines.values() for test in tests)
            for module, lines in self.lines.items()
        }

    def tests(self, module: str, text: str, line: int) -> set[str]:
        """The tests that reach a line.

        What runs at the import of a module, or in a function whose results are kept, is reached by all that reach a
        function of it, or of its importers.
        """
        first, last, in_function = statement(text, line)
        of_line = self.lines.get(module, {})
        found = set(of_line.get(line, ())) or {
            test for number in range(first, last + 1) for test in of_line.get(number, ())
        }
        if in_function:
            return found
        return found | (self.of_module.get(module, frozenset()) or self._importers(module))

    def _importers(self, module: str) -> set[str]:
        name = module.removeprefix("scripts/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        parent, _, last = name.rpartition(".")
        found: set[str] = set()
        for other, tests in self.of_module.items():
            text = Path(other).read_text(encoding="utf-8")
            if f"from {name} import" in text or (f"from {parent} import" in text and last in text):
                found |= tests
        return found


def statement(text: str, line: int) -> tuple[int, int, bool]:
    """First and last line of the statement (of its head, for one with a body), and whether each call of it runs it."""
    first, last, in_function = line, line, False
    for node in ast.walk(ast.parse(text)):  # what is inside comes after what it is in
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0):
            body = getattr(node, "body", None)
            head_ends = max(body[0].lineno - 1, node.lineno) if body else node.end_lineno or line
            if line <= head_ends:
                first, last = node.lineno, head_ends
            elif isinstance(node, ast.FunctionDef):
                # Of one whose results are kept only the first test is seen that asks for them.
                in_function = not any("cache" in ast.unparse(decorator) for decorator in node.decorator_list)
    return first, last, in_function


def measure(checkout: Path, folder: Path, tests: Sequence[Path], workers: int) -> None:
    """Run tests once, in a copy of the checkout, and write down what they reach.

    Raises:
        SystemExit: pytest could not run them.
    """
    folder.mkdir()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.mutants.reach",
        "-n",
        str(workers),
        "--dist=worksteal",
    ]
    command += ["-m", "not browser", "-p", "no:cacheprovider", "-p", "no:randomly", "--hypothesis-seed=0"]
    variables = {**os.environ, WRITTEN: str(folder), "PYTHONPATH": "scripts"}
    done = subprocess.run(
        [*command, *map(str, tests)], cwd=checkout, env=variables, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1, 5):  # a test that fails is left out; 5: all need a browser
        raise SystemExit(done.stdout + done.stderr)


def joined(folders: Iterable[Path]) -> Reach:
    """The map made of what all workers wrote."""
    seconds: dict[str, float] = {}
    lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    users: dict[str, list[str]] = defaultdict(list)
    failed: list[str] = []
    written = [
        json.loads(path.read_text(encoding="utf-8")) for folder in folders for path in sorted(folder.glob("*.json"))
    ]
    for part in written:
        for test, facts in part["tests"].items():
            if not facts["passed"]:
                failed.append(test)
                continue
            seconds[test] = facts["seconds"]
            for fixture in facts["fixtures"]:
                users[fixture].append(test)
    for part in written:
        # The tests themselves, not their names again and again: there are millions.
        named = [[test for test in users.get(name, [name]) if test in seconds] for name in part["contexts"]]
        for module, numbers in part["lines"].items():
            for line, contexts in numbers.items():
                lines[module][int(line)].update(test for number in contexts for test in named[number])
    return Reach(seconds, lines, failed)
