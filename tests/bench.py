"""Measure ours beside what people would use instead: whole processes, in turn, medians and their ratio.

Run by ``python3 scripts/dev.py bench``. Figures go to people, never into a test.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Row:
    """Two commands that do the same job, ours and theirs, and the ratio that we hold ourselves to."""

    job: str
    ours: Sequence[str]
    theirs: Sequence[str]
    wanted: float


def rows() -> Iterator[Row]:
    """The jobs that are measured."""
    entries = sorted(str(path) for path in (ROOT / "registry").glob("*.yaml"))
    check = [str(BIN / "netreg"), "check"]
    theirs = [str(BIN / "check-jsonschema"), "--schemafile", str(ROOT / "schema/network.schema.json"), *entries]
    nothing = [sys.executable, "-c", "pass"]
    yield Row(f"check {len(entries)} entries / check-jsonschema (schema only)", check, theirs, 0.8)
    yield Row("netreg --help / python -c pass", [str(BIN / "netreg"), "--help"], nothing, 3.0)
    yield Row("explain a rule / python -c pass", [str(BIN / "netreg"), "explain", "unknown-term"], nothing, 25.0)


def measure(command: Sequence[str]) -> tuple[float, float]:
    """Wall and processor seconds of one whole process.

    Raises:
        SystemExit: the command failed, so its time means nothing.
    """
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - started, os.times()
    if done.returncode:
        raise SystemExit(f"{command[0]} ended {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu


def compare(row: Row, runs: int) -> str:
    """One line: medians of both in turn, and the median of the ratios pair by pair."""
    measure(row.ours), measure(row.theirs)
    pairs = [(measure(row.ours), measure(row.theirs)) for _ in range(runs)]
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
    """Measure all rows; the exit code says only whether everything ran."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"Medians of {runs} runs of whole processes, the two in turn. The machine is noisy: look at the ratios.\n")
    for row in rows():
        print(compare(row, runs), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
