"""Measure ours beside what people would use instead: whole processes, in turn, medians and their ratio.

Run by ``python3 scripts/dev.py bench``. Figures go to people, never into a test.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import counter

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Row:
    """Two commands that do the same job, ours and theirs, each in its folder, and the ratio we hold ourselves to."""

    job: str
    ours: Sequence[str]
    theirs: Sequence[str]
    wanted: float
    ours_in: Path = ROOT
    theirs_in: Path = ROOT


def rows(made: Path) -> Iterator[Row]:
    """The jobs that are measured; ``made`` is an empty folder for what they need."""
    entries = sorted(str(path) for path in (ROOT / "registry").glob("*.yaml"))
    check = [str(BIN / "netreg"), "check"]
    theirs = [str(BIN / "check-jsonschema"), "--schemafile", str(ROOT / "schema/network.schema.json"), *entries]
    nothing = [sys.executable, "-c", "pass"]
    yield Row(f"check {len(entries)} entries / check-jsonschema (schema only)", check, theirs, 0.8)
    yield Row("netreg --help / python -c pass", [str(BIN / "netreg"), "--help"], nothing, 4.0)
    yield Row("explain a rule / python -c pass", [str(BIN / "netreg"), "explain", "unknown-term"], nothing, 25.0)
    large, small = repository(made / "large", 10_000), repository(made / "small", 100)
    diff = [str(BIN / "netreg"), "diff", "HEAD~1", "HEAD", "--format", "markdown"]
    yield Row("diff of 20 entries among 10,000 / python -c pass", diff, nothing, 10.0, large)
    yield Row("diff of 20 entries among 10,000 / among 100", diff, diff, 1.1, large, small)


def repository(folder: Path, size: int, changed: int = 20) -> Path:
    """A repository of so many entries, copies of ours, of which the newest commit changes a few in two statements."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "registry").glob("*.yaml"))]
    (folder / "registry").mkdir(parents=True)
    (folder / "schema").symlink_to(ROOT / "schema")
    paths = [folder / "registry" / f"network-{number:05}.yaml" for number in range(size)]
    for number, path in enumerate(paths):
        path.write_text(texts[number % len(texts)], encoding="utf-8")
    git(folder, "init", "--quiet")
    commit(folder)
    for path in paths[:: size // changed]:
        text = path.read_text(encoding="utf-8").replace('as_of: "2', 'as_of: "1', 1)
        path.write_text(
            text.replace("summary:\n  value: >-\n    ", "summary:\n  value: >-\n    Today: ", 1), encoding="utf-8"
        )
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    """Commit all that lies in a repository."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "next")


def git(folder: Path, *words: str) -> None:
    """Run Git with settings of its own."""
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "-c", "gc.auto=0"]
    subprocess.run(["git", *own, *words], cwd=folder, check=True)


def measure(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Wall and processor seconds of one whole process.

    Raises:
        SystemExit: the command failed, so its time means nothing.
    """
    before, started = os.times(), time.perf_counter()
    # Bytecode is kept, as on anybody's machine; the warm-up run makes it.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=folder, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - started, os.times()
    if done.returncode:
        raise SystemExit(f"{command[0]} ended {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu


def compare(row: Row, runs: int) -> str:
    """One line: medians of both in turn, and the median of the ratios pair by pair."""
    pairs = [(measure(row.ours, row.ours_in), measure(row.theirs, row.theirs_in)) for _ in range(runs + 1)][1:]
    ours, theirs = [statistics.median(pair[side][0] for pair in pairs) for side in (0, 1)]
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in pairs)
    cpu = statistics.median(pair[0][1] for pair in pairs)
    verdict = "as wanted" if ratio <= row.wanted else "MORE THAN WANTED"
    return (
        f"{row.job}\n"
        f"    ours {ours * 1000:7.0f} ms ({cpu * 1000:.0f} ms of processor)   theirs {theirs * 1000:7.0f} ms   "
        f"ratio {ratio:.2f}   wanted at most {row.wanted:g}: {verdict}"
    )


def main() -> int:
    """Measure all rows; the exit code says only whether everything ran (``--count``: what tests/counter.py says)."""
    if sys.argv[1:] == ["--count"]:
        return counter.main()
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"Medians of {runs} runs of whole processes, the two in turn. The machine is noisy: look at the ratios.\n")
    with tempfile.TemporaryDirectory() as made:
        for row in rows(Path(made)):
            print(compare(row, runs), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
