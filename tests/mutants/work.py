"""Run the tests of one mutant: a process that has loaded all packages forks, the child loads ours with the change."""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"
MEMORY = 4 * 2**30  # bytes of address space; a mutant that collects without end stops there
OPTIONS = "-q -x -p no:cacheprovider -p no:randomly -p no:xdist -p no:playwright --hypothesis-seed=0".split()
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # plugins were loaded before


@dataclass(frozen=True)
class Batch:
    """Tests in the order to run them, and how long they may take (seconds of processor)."""

    tests: Sequence[str]
    limit: int


@dataclass(frozen=True)
class Task:
    """A mutant's key, the module with the change in it, and its tests batch by batch."""

    key: str
    module: str
    text: str
    batches: Sequence[Batch]


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant, and the test that killed it, if one did."""

    key: str
    result: str
    by: str = ""


class Chosen:
    """Keeps only the tests that are wanted, in their order, and tells which one failed."""

    def __init__(self, tests: Iterable[str], told: int) -> None:
        self.place = {test: number for number, test in enumerate(tests)}
        self.told = told

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """Look for no smaller example of a failure."""
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile("mutants", hypothesis.settings(), phases=phases, database=None)
        hypothesis.settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Choose and order."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.place), key=lambda item: self.place[item.nodeid]
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell the test that failed."""
        if report.failed:
            os.write(self.told, report.nodeid.encode()[:4000])


def copy(checkout: Path, target: Path) -> None:
    """Copy what Git knows or would add, so that nothing is ever changed in the checkout itself."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (checkout / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(checkout / name, target / name)


def enter(checkout: str, files: Sequence[str]) -> None:
    """Begin a worker: go into a copy of its own, compile all tests there, and load the packages they need."""
    target = Path(tempfile.mkdtemp(prefix="copy-", dir=os.environ["NETREG_COPIES"]))
    copy(Path(checkout), target)
    os.chdir(target)
    for name in ("", checkout, str(Path(checkout) / "scripts")):
        while name in sys.path:
            sys.path.remove(name)
    sys.path[:0] = [str(target), str(target / "scripts")]
    os.environ["PYTHONPATH"] = str(target / "scripts")  # for what tests start
    sys.dont_write_bytecode = False  # or each child would compile all of it anew
    status, _ = _in_child(lambda told: _collect(files), 600)
    if status:
        raise SystemExit(f"the tests cannot be collected (exit code {status})")
    for name in Path("loaded.txt").read_text(encoding="utf-8").split():
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001 - what cannot be loaded early is loaded late
            continue
    sys.dont_write_bytecode = True  # of a mutant; nor do the processes that tests start
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


def _collect(files: Sequence[str]) -> int:
    """Collect the tests, which compiles them, and note the packages of others that were loaded."""
    code = pytest.main(["--collect-only", *OPTIONS, *files])
    ours = ("netreg", "tests", "dev", "__main__", "__mp_main__")
    names = [name for name in sys.modules if name.split(".")[0] not in ours and not name.startswith("_")]
    Path("loaded.txt").write_text("\n".join(names), encoding="utf-8")
    return int(code)


def _in_child(run: Callable[[int], int], limit: int) -> tuple[int, str]:
    """Run something in a forked child within so many seconds of processor; its exit code, and what it told.

    The code is negative for a child that was stopped. ``run`` gets the descriptor to tell something.
    """
    reading, telling = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.alarm(4 * limit)  # for one that waits
            nowhere = os.open(os.devnull, os.O_RDWR)
            for number in range(3):
                os.dup2(nowhere, number)
            for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
                del sys.modules[name]  # they are those of the checkout
            os._exit(run(telling))
        finally:
            os._exit(3)
    os.close(telling)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what it started
    told = os.read(reading, 4096).decode(errors="replace")
    os.close(reading)
    return os.waitstatus_to_exitcode(status), told


def work(task: Task) -> Outcome:
    """Put the change into the copy, run the tests until one fails, and put the module back."""
    path = Path(task.module)
    before, times = path.read_bytes(), path.stat()
    path.write_text(task.text, encoding="utf-8")
    try:
        for batch in task.batches:
            outcome = _run(task.key, batch)
            if outcome.result != SURVIVED:
                return outcome
        return Outcome(task.key, SURVIVED)
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # its bytecode stays valid


def _run(key: str, batch: Batch) -> Outcome:
    files = list(dict.fromkeys(test.partition("::")[0] for test in batch.tests))
    status, by = _in_child(lambda told: int(pytest.main([*OPTIONS, *files], [Chosen(batch.tests, told)])), batch.limit)
    if status < 0:
        return Outcome(key, TIMEOUT)
    # 5: the change made the tests vanish, and nobody would have seen it.
    return Outcome(key, SURVIVED if status in (0, 5) else KILLED, by or "collection")
