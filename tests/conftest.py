"""What all tests share: the project's folder, no network, no real data, and no test that is silently left out."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.watch import sitecustomize as watched

from netreg.core.schema import Schema, read_schema

ROOT = Path(__file__).resolve().parent.parent
INVENTED = ROOT / "tests" / "invented"
"""A made-up registry with lists of its own: all that tests need to know about entries stands there."""
# How long an example takes tells of the machine, not of the code. --hypothesis-profile=thorough looks far longer.
settings.register_profile("project", deadline=None, max_examples=30)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("project")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``--update`` write the expected files anew, to be read in the difference."""
    parser.addoption("--update", action="store_true", help="write the expected output of the cases anew")


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written instead of compared."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the made-up entries and lists, entered, on a day after all that they tell."""
    copied = tmp_path / "invented"
    shutil.copytree(INVENTED, copied)
    shutil.copytree(ROOT / "schema", copied / "schema")
    monkeypatch.chdir(copied)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    return copied


@pytest.fixture(scope="session")
def schema() -> Schema:
    """The schema of the checkout."""
    return read_schema(ROOT)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves the machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(original: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in _LOOPBACK:
            pytest.fail(f"A test reached for the network: {address[0]}")
        return original(self, address)

    return connect


# Real data: whoever corrects an entry must not have to mend a test

_NOTED = tempfile.TemporaryDirectory(prefix="netreg-opened-")
_LOG = Path(_NOTED.name, "opened.txt")
_LOG.touch()
os.environ[watched.LOG] = str(_LOG)
os.environ["NETREG_CACHE"] = ""  # each test works everything out, and leaves nothing in anybody's cache
watched.watch()


def opened_real_data() -> str:
    """The real data that were opened since this was last asked, here and in processes that were started, line by line.

    A line names a file or a folder of ``registry/`` or ``docs/data/`` of the checkout, and the line of code.
    """
    if not os.stat(_LOG).st_size:  # noqa: PTH116 - a test may have changed Path
        return ""
    with open(_LOG, "r+", encoding="utf-8") as file:  # noqa: PTH123
        lines = file.read()
        file.truncate(0)
    return lines


@pytest.fixture(scope="session", autouse=True)
def _children_are_watched() -> Iterator[None]:
    """Let every Python that a test starts write down what it opens, whatever environment it is given."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", _watching(subprocess.Popen.__init__))
        yield


def _watching(original: Any) -> Any:
    def start(self: Any, *args: Any, env: Any = None, **options: Any) -> None:
        given = os.environ if env is None else env
        path = os.pathsep.join(filter(None, (str(Path(watched.__file__).parent), given.get("PYTHONPATH"))))
        original(self, *args, env={"NETREG_CACHE": "", **given, watched.LOG: str(_LOG), "PYTHONPATH": path}, **options)

    return start


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a test that opened real data into a failed one, unless it is marked ``real``."""
    report = yield
    opened = opened_real_data()
    if opened and not item.get_closest_marker("real"):
        _fail(report, f"It opened real data and is not marked real; tests/invented is there for it:\n{opened}")
    if report.skipped and not hasattr(report, "wasxfail"):
        _fail_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that opens real data while it is read, or that leaves itself out."""
    report = yield
    opened = opened_real_data()
    if opened and isinstance(collector, pytest.Module):
        _fail(report, f"It opened real data while it was read:\n{opened}")
    if report.skipped:
        _fail_skipped(report)
    return report


def _fail_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("NETREG_NO_SKIPS") == "1":
        _fail(report, f"Skipped, and NETREG_NO_SKIPS=1 allows no skips: {report.longrepr}")


def _fail(report: pytest.TestReport | pytest.CollectReport, why: str) -> None:
    before = f"{report.longrepr}\n\n" if report.failed else ""
    report.outcome = "failed"
    report.longrepr = before + why
