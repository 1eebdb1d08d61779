"""What all tests share: the project's folder, no network, and no test that is silently left out."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from netreg.core.schema import Schema, read_schema

ROOT = Path(__file__).resolve().parent.parent
# How long an example takes tells of the machine, not of the code.
settings.register_profile("project", deadline=None)
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where nothing may be left out."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that leaves itself out."""
    report = yield
    if report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("NETREG_NO_SKIPS") == "1":
        report.outcome = "failed"
        report.longrepr = f"Skipped, and NETREG_NO_SKIPS=1 allows no skips: {report.longrepr}"
