"""Measure ours beside what people would use instead: whole processes, in turn, medians and their ratio.

Run by ``python3 scripts/dev.py bench``; it ends 1 where a row is past its bar by more than a quarter. Figures go to
people, never into a test.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import corpora, counter

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PEERS = ROOT / ".venv" / "peers"
"""Where others' tools are put, each in an environment of its own; it goes with ``.venv``."""

SLACK = 1.25
"""How far a row may be past its bar: a machine that others use too is never quite the same."""

_PATIENCE = 40.0  # seconds of one row, after which no further run begins
_SETTLED = 2.5  # seconds after which a file counts as settled, see netreg/core/cache.py


@dataclass(frozen=True)
class Job:
    """A command in a folder. ``keeps`` is where its cache lies, empty for none; ``edits`` a file that changes first."""

    command: Sequence[str]
    folder: Path = ROOT
    keeps: str = ""
    edits: Path | None = None


@dataclass(frozen=True)
class Row:
    """Two jobs that do the same work, and the ratio we hold ourselves to; of so many entries, pages or changes.

    Theirs is None where their tool cannot be had: the row is left out.
    """

    name: str
    ours: Job
    theirs: Job | None
    bar: float
    number: int = 1
    of_memory: bool = False


@dataclass(frozen=True)
class Cost:
    """What a whole process took: seconds of processor, and MiB of memory at most."""

    seconds: float
    memory: float


@dataclass(frozen=True)
class Result:
    """A row with the medians of both jobs."""

    row: Row
    ours: Cost
    theirs: Cost

    @property
    def ratio(self) -> float:
        """Ours by theirs, in what the row is about."""
        pair = (
            (self.ours.memory, self.theirs.memory) if self.row.of_memory else (self.ours.seconds, self.theirs.seconds)
        )
        return pair[0] / pair[1]

    @property
    def is_past(self) -> bool:
        """Whether it is past its bar."""
        return self.ratio > self.row.bar * SLACK

    def __str__(self) -> str:
        """The row of a table in Markdown."""
        each = self.ours.seconds * 1000 / self.row.number
        verdict = "PAST ITS BAR" if self.is_past else "near" if self.ratio > self.row.bar else ""
        times = (
            f"{self.ours.seconds * 1000:.0f} | {self.theirs.seconds * 1000:.0f} | {each:.2f} | {self.ours.memory:.0f}"
        )
        return f"| {self.row.name} | {self.ratio:.2f} | {self.row.bar:g} | {times} | {verdict} |"


HEAD = """| job / beside | ratio | bar | ours, ms | theirs, ms | ms each | ours, MiB | |
|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Peers:
    """The commands of others; empty where they cannot be had here."""

    jsonschema: Sequence[str] = ()
    ajv: Sequence[str] = ()
    nothing: Sequence[str] = (sys.executable, "-c", "pass")


def peers() -> Peers:
    """Install what others use, each in an environment of its own, or do without."""
    schema = str(ROOT / "schema/network.schema.json")
    alone, node = PEERS / "check-jsonschema", PEERS / "ajv"
    pinned = (
        f"check-jsonschema=={subprocess.check_output([BIN / 'check-jsonschema', '--version'], text=True).split()[-1]}"
    )
    has_python = (alone / "bin/check-jsonschema").exists() or (
        _done([sys.executable, "-m", "venv", str(alone)]) and _done([str(alone / "bin/pip"), "install", "-q", pinned])
    )
    has_node = (node / "node_modules/.bin/ajv").exists() or (
        shutil.which("npm") is not None
        and _done(["npm", "install", "--silent", "--prefix", str(node), "ajv-cli@5", "ajv-formats@2"])
    )
    options = ["--spec=draft2020", "--strict=false", "-c", str(node / "node_modules/ajv-formats"), "-s", schema]
    return Peers(
        [str(alone / "bin/check-jsonschema"), "--schemafile", schema] if has_python else (),
        [str(node / "node_modules/.bin/ajv"), "validate", *options, "-d", "registry/*.yaml"] if has_node else (),
    )


def _done(command: Sequence[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def rows(made: Path, sizes: Sequence[int], *, with_site: bool) -> Iterator[Row]:
    """The jobs that are measured, with their bars; ``made`` is an empty folder for what they need."""
    others, kept = peers(), str(made / "kept")
    real, middle, *large = [corpora.project(made / str(size), ROOT, size) for size in sizes]
    many = large[0] if large else middle
    count = {real: sizes[0], middle: sizes[1], many: sizes[-1]}
    time.sleep(_SETTLED)
    for folder in (real, middle, *large):
        measure(Job(netreg("check"), folder, kept))
    nothing = Job(others.nothing)
    request = _request(made, real)

    def theirs(folder: Path, command: Sequence[str]) -> Job | None:
        files = sorted(str(path) for path in (folder / "registry").iterdir())
        return Job([*command, *files], folder) if command else None

    together = [str(BIN / "check-jsonschema"), *others.jsonschema[1:]] if others.jsonschema else ()
    for folder, bar in ((real, 0.18), (middle, 0.13), *((one, 0.16) for one in large)):
        name = f"check {count[folder]:,} cold / check-jsonschema"
        yield Row(name, Job(netreg("check"), folder), theirs(folder, others.jsonschema), bar, count[folder])
    cold = Job(netreg("check"), real)
    yield Row(f"check {sizes[0]} cold / it with the C parser", cold, theirs(real, together), 0.36, sizes[0])
    first = min((many / "registry").iterdir())
    again = Job(netreg("check"), many, kept)
    yield Row(f"nothing changed of {sizes[-1]:,} / python -c pass", again, nothing, 16, sizes[-1])
    edited = Job(netreg("check"), many, kept, first)
    yield Row(f"one changed of {sizes[-1]:,} / python -c pass", edited, nothing, 32, sizes[-1])
    ajv = Job(others.ajv, many) if others.ajv else None
    yield Row(f"check {sizes[-1]:,}, second run / ajv-cli", again, ajv, 0.10, sizes[-1])
    beside = theirs(many, others.jsonschema)
    yield Row(
        f"memory of check {sizes[-1]:,} / check-jsonschema", Job(netreg("check"), many), beside, 2, sizes[-1], True
    )
    for options, bar in (((), 6), (("--no-workbook",), 3)):
        name = f"export {' '.join((*options, ''))}of {sizes[1]:,} / check them cold"
        yield Row(
            name, Job(netreg("export", *options, str(made / "release")), middle), Job(netreg("check"), middle), bar
        )
    yield Row("find / python -c pass", Job(netreg("find", "crime prevention"), real, kept), nothing, 14)
    yield Row("show / python -c pass", Job(netreg("show", sorted(_ids(real))[0]), real, kept), nothing, 14)
    yield Row("netreg --help / python -c pass", Job(netreg("--help")), nothing, 2)
    yield Row(
        "one request through intake / full cold check", Job(netreg("intake", "--event", request), real, kept), cold, 0.3
    )
    if large:
        growth = sizes[2] / sizes[1] * 1.05
        yield Row(
            f"check {sizes[2]:,} cold / {sizes[1]:,}", Job(netreg("check"), many), Job(netreg("check"), middle), growth
        )
    corpora.committed(many, 20)
    diff = Job(netreg("diff", "HEAD~1", "HEAD", "--format", "markdown"), many)
    yield Row(f"diff 20 of {sizes[-1]:,} / python -c pass", diff, nothing, 8, 20)
    yield from _of_commits(made, real, kept)
    if with_site:
        yield from _of_site(made, middle, sizes[1])


def _ids(folder: Path) -> Iterator[str]:
    return (path.stem for path in (folder / "registry").iterdir())


def _request(made: Path, folder: Path) -> str:
    """The event of a correction of the first entry."""
    body = (ROOT / "tests/contribute/bodies/correction-address.md").read_text(encoding="utf-8")
    issue = {
        "number": 1,
        "created_at": "2026-01-01T00:00:00Z",
        "body": body.replace("eucpn\n", f"{min(_ids(folder))}\n", 1),
    }
    path = made / "event.json"
    path.write_text(json.dumps({"issue": issue}), encoding="utf-8")
    return str(path)


def _of_commits(made: Path, real: Path, kept: str) -> Iterator[Row]:
    """What a commit of three entries waits for, beside a hook that does nothing; both in environments made before."""
    hook = "repos: [{repo: local, hooks: [{id: a, name: a, language: system, entry: %s, pass_filenames: %s}]}]\n"
    (made / "empty.yaml").write_text(hook % ("'true'", "true"), encoding="utf-8")
    ours = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (made / "ours.yaml").write_text(
        ours.replace("python scripts/netreg", f"{BIN}/netreg")
        .replace("language: python", "language: system")
        .replace("additional_dependencies: *netreg", "")
        .replace(
            ours[ours.index("        additional_dependencies: &netreg") : ours.index("      - id: netreg-check")], ""
        ),
        encoding="utf-8",
    )
    corpora.committed(real, 3)
    files = [f"registry/{id_}.yaml" for id_ in sorted(_ids(real))[:3]]
    runs = [
        [str(BIN / "pre-commit"), "run", "-c", str(made / name), "--files", *files]
        for name in ("ours.yaml", "empty.yaml")
    ]
    yield Row("pre-commit, 3 entries, second run / empty hook", Job(runs[0], real, kept), Job(runs[1], real), 2)


def _of_site(made: Path, folder: Path, size: int) -> Iterator[Row]:
    """Whole sites beside plain ones of as many equal pages, and what an author waits for."""
    build = Job(netreg("site", "--no-serve"), folder)
    measure(build)
    themes = {
        "MkDocs": ["theme: mkdocs", "plugins: []"],
        "Material": ["theme: {name: material, font: false}", "plugins: [search]"],
    }
    for (name, theme), bar in zip(themes.items(), (1.6, 1.0), strict=True):
        plain = corpora.plain_site(made / name, folder / "site", theme)
        pages = sum(1 for _ in (plain / "docs").rglob("*.md"))
        yield Row(
            f"site {size:,} entries / plain {name}", build, Job([str(BIN / "mkdocs"), "build", "-q"], plain), bar, pages
        )
    one = min(_ids(folder))
    yield Row("one saved entry (preview) / full build", Job(netreg("preview", one), folder), build, 0.35)
    double = corpora.project(made / "double", ROOT, 2 * size)
    yield Row(f"site {2 * size:,} / {size:,}", Job(netreg("site", "--no-serve"), double), build, 2.1, 2 * size)


def netreg(*words: str) -> list[str]:
    """A command of ours."""
    return [str(BIN / "netreg"), *words]


def measure(job: Job) -> Cost:
    """What one whole process takes.

    Raises:
        SystemExit: the command failed, so its time means nothing.
    """
    if job.edits:
        job.edits.write_bytes(job.edits.read_bytes() + b"# edited\n")
    # Bytecode is kept, as on anybody's machine; the warm-up run makes it.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            job.command, cwd=job.folder, env={**own, "NETREG_CACHE": job.keeps}, stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1 is an answer too: something is missing, or found
            said.seek(0)
            raise SystemExit(
                f"{job.command[0]} ended {process.returncode}: {said.read()[-500:].decode(errors='replace')}"
            )
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(row: Row, runs: int) -> Result | None:
    """The medians of both jobs, in turn; the first pair is warm-up, unless it takes too long. None: no such peer."""
    if row.theirs is None:
        return None
    end, pairs = time.monotonic() + _PATIENCE, list[tuple[Cost, Cost]]()
    while len(pairs) <= runs and (not pairs or time.monotonic() < end):
        pairs.append((measure(row.ours), measure(row.theirs)))
    return Result(row, *(_median(pair[side] for pair in pairs[1:] or pairs) for side in (0, 1)))


def _median(costs: Iterable[Cost]) -> Cost:
    every = list(costs)
    return Cost(statistics.median(one.seconds for one in every), max(one.memory for one in every))


def report(every: Iterable[Row], runs: int, tell: Callable[[str], None]) -> int:
    """Tell the table, row by row; 1 where one is past its bar."""
    past = []
    tell(f"\n{HEAD}")
    for row in every:
        result = compare(row, runs)
        tell(str(result or f"| {row.name} | | {row.bar:g} | | | | | left out: their tool cannot be had here |"))
        past += [row.name] if result and result.is_past else []
    tell(f"\nPast {SLACK} x of the bar: {'; '.join(past) or 'none'}.")
    return 1 if past else 0


def main(words: Sequence[str]) -> int:
    """Measure all rows (``--count``: say what ``tests/counter.py`` says)."""
    options = ArgumentParser(prog="dev.py bench", description="Measure ours beside what people would use instead.")
    options.add_argument("--quick", action="store_true", help="the real number of entries and 1,000, without the site")
    options.add_argument("--runs", type=int, default=7, metavar="N", help="pairs of runs a row at most (7)")
    options.add_argument("--output", default=os.devnull, metavar="FILE", help="write the table there too")
    options.add_argument("--count", action="store_true", help="count what a piece of work passes through instead")
    chosen = options.parse_args(words)
    if chosen.count:
        return counter.main()
    real = sum(1 for _ in (ROOT / "registry").glob("*.yaml"))
    spread = sorted(measure(Job(Peers().nothing)).seconds * 1000 for _ in range(9))
    with tempfile.TemporaryDirectory() as made, Path(chosen.output).open("w", encoding="utf-8") as kept:

        def tell(text: str) -> None:
            for stream in (sys.stdout, kept):
                print(text, file=stream, flush=True)

        tell(
            f"Medians of processor time of at most {chosen.runs} runs of whole processes, the two in turn; "
            f"load {os.getloadavg()[0]:.1f}, python -c pass takes {spread[0]:.0f} to {spread[-1]:.0f} ms."
        )
        sizes = (real, 1_000) if chosen.quick else (real, 1_000, 10_000)
        return report(rows(Path(made), sizes, with_site=not chosen.quick), chosen.runs, tell)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
