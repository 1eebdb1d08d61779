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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests import corpora, counter, damages

from netreg.terminal.screen import Progress

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PEERS = ROOT / ".venv" / "peers"
"""Where others' tools are put, each in an environment of its own; it goes with ``.venv``."""

SLACK = 1.25
"""How far a row may be past its bar: a machine that others use too is never quite the same."""

_PATIENCE = 40.0  # seconds of one row behind its warm-up, after which no further run begins
_LONG = 10.0  # seconds of processor of a job that is run once, whatever rows it is in
_SETTLED = 2.5  # seconds after which a file counts as settled, see netreg/core/cache.py


@dataclass(frozen=True)
class Job:
    """A command in a folder. ``keeps`` is where its cache lies, empty for none; ``edits`` a file that changes first.

    It gets a line at its end, or with ``moves`` above all that it says, so that this stands elsewhere.
    """

    command: Sequence[str]
    folder: Path = ROOT
    keeps: str = ""
    edits: Path | None = None
    moves: bool = False


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
    """What a whole process took: seconds of processor, MiB of memory at most, and seconds by the clock."""

    seconds: float
    memory: float
    wall: float = 0


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
        both = " | ".join(f"{cost.seconds * 1000:.0f} ({cost.wall * 1000:.0f})" for cost in (self.ours, self.theirs))
        times = f"{both} | {each:.2f} | {self.ours.memory:.0f}"
        return f"| {self.row.name} | {self.ratio:.2f} | {self.row.bar:g} | {times} | {verdict} |"


HEAD = """| job / beside | ratio | bar | ours, ms (by the clock) | theirs | ms each | ours, MiB | |
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


@dataclass(frozen=True)
class Bench:
    """Where corpora are made, in an empty folder; how many entries are real, and how many others are made of them."""

    made: Path
    real: int
    middle: int = 1_000
    many: int = 10_000

    @property
    def kept(self) -> str:
        """Where the cache of the jobs lies that have one."""
        return str(self.made / "kept")

    def project(self, size: int) -> Path:
        """The project of so many entries, made once."""
        folder = self.made / str(size)
        return folder if folder.exists() else corpora.project(folder, ROOT, size)

    def checked(self, size: int) -> Path:
        """The same, of which the cache knows all."""
        folder = self.project(size)
        time.sleep(_SETTLED)
        measure(Job(netreg("check"), folder, self.kept))
        return folder


def _of_few(bench: Bench) -> Iterator[Row]:
    """Rows on as many entries as there are, and on the middle number."""
    others, kept, nothing = peers(), bench.kept, Job(Peers().nothing)
    real, middle = bench.checked(bench.real), bench.project(bench.middle)
    together = [str(BIN / "check-jsonschema"), *others.jsonschema[1:]] if others.jsonschema else ()
    cold, number = Job(netreg("check"), real), bench.real
    yield Row("netreg --help / python -c pass", Job(netreg("--help")), nothing, 2)
    yield Row("find / python -c pass", Job(netreg("find", "crime prevention"), real, kept), nothing, 14)
    yield Row("show / python -c pass", Job(netreg("show", min(_ids(real))), real, kept), nothing, 14)
    request = Job(netreg("intake", "--event", _request(bench.made, real)), real, kept)
    yield Row("one request through intake / full cold check", request, cold, 0.3)
    yield Row(f"check {number} cold / check-jsonschema", cold, _over_all(real, others.jsonschema), 0.18, number)
    yield Row(f"check {number} cold / it with the C parser", cold, _over_all(real, together), 0.36, number)
    name = f"check {bench.middle:,} cold / check-jsonschema"
    yield Row(name, Job(netreg("check"), middle), _over_all(middle, others.jsonschema), 0.13, bench.middle)
    for options, bar in (((), 6), (("--no-workbook",), 3)):
        name = f"export {' '.join((*options, ''))}of {bench.middle:,} / check them cold"
        export = Job(netreg("export", *options, str(bench.made / "release")), middle)
        yield Row(name, export, Job(netreg("check"), middle), bar, bench.middle)


def _of_many(bench: Bench) -> Iterator[Row]:
    """Rows on the largest number of entries."""
    others, number, nothing = peers(), bench.many, Job(Peers().nothing)
    folder, middle = bench.checked(number), bench.project(bench.middle)
    again, cold = Job(netreg("check"), folder, bench.kept), Job(netreg("check"), folder)
    edited = Job(netreg("check"), folder, bench.kept, min((folder / "registry").iterdir()))
    yield Row(f"nothing changed of {number:,} / python -c pass", again, nothing, 16, number)
    yield Row(f"check {number:,}, second run / ajv-cli", again, Job(others.ajv, folder) if others.ajv else None, 0.10)
    yield Row(f"one changed of {number:,} / python -c pass", edited, nothing, 32, number)
    yield Row(f"the same, its lines moved, of {number:,} / python -c pass", replace(edited, moves=True), nothing, 32)
    growth = number / bench.middle * 1.05
    yield Row(f"check {number:,} cold / {bench.middle:,}", cold, Job(netreg("check"), middle), growth, number)
    beside = _over_all(folder, others.jsonschema)
    yield Row(f"check {number:,} cold / check-jsonschema", cold, beside, 0.16, number)
    yield Row(f"memory of check {number:,} / check-jsonschema", cold, beside, 2, number, True)
    corpora.committed(folder, 20)
    diff = Job(netreg("diff", "HEAD~1", "HEAD", "--format", "markdown"), folder)
    yield Row(f"diff 20 of {number:,} / python -c pass", diff, nothing, 8, 20)


def _over_all(folder: Path, command: Sequence[str]) -> Job | None:
    """A command of others over all entries; None where it cannot be had."""
    files = sorted(str(path) for path in (folder / "registry").iterdir())
    return Job([*command, *files], folder) if command else None


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


def _of_commits(bench: Bench) -> Iterator[Row]:
    """What a commit of three entries waits for, beside a hook that does nothing; both in environments made before."""
    made, kept, real = bench.made, bench.kept, bench.checked(bench.real)
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


def _of_site(bench: Bench) -> Iterator[Row]:
    """Whole sites beside plain ones of as many equal pages, and what an author waits for."""
    size, folder = bench.middle, bench.project(bench.middle)
    build = Job(netreg("site", "--no-serve"), folder)
    measure(build)
    yield Row("one saved entry (preview) / full build", Job(netreg("preview", min(_ids(folder))), folder), build, 0.35)
    themes = {
        "MkDocs": ["theme: mkdocs", "plugins: []"],
        "Material": ["theme: {name: material, font: false}", "plugins: [search]"],
    }
    for (name, theme), bar in zip(themes.items(), (1.6, 1.0), strict=True):
        plain = corpora.plain_site(bench.made / name, folder / "site", theme)
        pages = sum(1 for _ in (plain / "docs").rglob("*.md"))
        job = Job([str(BIN / "mkdocs"), "build", "-q"], plain)
        yield Row(f"site {size:,} entries / plain {name}", build, job, bar, pages)
    double = Job(netreg("site", "--no-serve"), bench.project(2 * size))
    yield Row(f"site {2 * size:,} / {size:,}", double, build, 2.1, 2 * size)


PARTS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "few": _of_few,
    "commits": _of_commits,
    "many": _of_many,
    "site": _of_site,
}
"""What can be measured by itself; the jobs of later parts take longer."""


def netreg(*words: str) -> list[str]:
    """A command of ours."""
    return [str(BIN / "netreg"), *words]


_LAUNCH = """
import json, os, sys
_, status, used = os.wait4(os.spawnvp(os.P_NOWAIT, sys.argv[2], sys.argv[2:]), 0)
with open(int(sys.argv[1]), "w") as told:
    json.dump((os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss), told)
"""
"""A process begins with the memory of the one that starts it, so a small one does: ours would hide what peers take."""

_slow: dict[str, Cost] = {}
"""What jobs took that nobody wants to wait for again: other rows use the same figure."""


def measure(job: Job) -> Cost:
    """What one whole process takes, or took where that was long.

    Raises:
        SystemExit: the command failed, so its time means nothing.
    """
    name = f"{' '.join(job.command)} in {job.folder} {job.keeps}"
    if name in _slow:
        return _slow[name]
    if job.edits:
        first, rest = job.edits.read_bytes().split(b"\n", 1)
        job.edits.write_bytes(first + (b"\n# edited\n" + rest if job.moves else b"\n" + rest + b"# edited\n"))
    # Bytecode is kept, as on anybody's machine; the warm-up run makes it.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile("w+") as used:
        command = [sys.executable, "-ISc", _LAUNCH, str(used.fileno()), *job.command]
        surroundings = {**own, "NETREG_CACHE": job.keeps}
        subprocess.run(
            command, cwd=job.folder, env=surroundings, stdout=said, stderr=said, pass_fds=[used.fileno()], check=True
        )
        used.seek(0)
        ended, seconds, memory = json.load(used)
        if ended not in (0, 1):  # 1 is an answer too: something is missing, or found
            said.seek(0)
            raise SystemExit(f"{job.command[0]} ended {ended}: {said.read()[-500:].decode(errors='replace')}")
    cost = Cost(seconds, memory / 1024, time.monotonic() - began)
    if cost.seconds > _LONG and not job.keeps:
        _slow[name] = cost
    return cost


def compare(row: Row, runs: int) -> Result | None:
    """The medians of both jobs, in turn; the first pair is warm-up. None: no such peer."""
    if row.theirs is None:
        return None
    pairs = [(measure(row.ours), measure(row.theirs))]
    end = time.monotonic() + _PATIENCE  # from here, so that ours is run again and again beside one long run of theirs
    while len(pairs) <= runs and (len(pairs) < 2 or time.monotonic() < end):
        pairs.append((measure(row.ours), measure(row.theirs)))
    return Result(row, *(_median(pair[side] for pair in pairs[1:]) for side in (0, 1)))


def _median(costs: Iterable[Cost]) -> Cost:
    every = list(costs)
    seconds = statistics.median(one.seconds for one in every)
    return Cost(seconds, max(one.memory for one in every), statistics.median(one.wall for one in every))


def report(every: Iterable[Row], runs: int, tell: Callable[[str], None]) -> int:
    """Tell the table, row by row; 1 where one is past its bar."""
    past = []
    tell(f"\n{HEAD}")
    progress = Progress(sys.stderr)
    for row in every:
        progress(f"{row.name} ...")
        result = compare(row, runs)
        progress("")
        tell(str(result or f"| {row.name} | | {row.bar:g} | | | | | left out: their tool cannot be had here |"))
        past += [row.name] if result and result.is_past else []
    tell(f"\nPast {SLACK} x of the bar: {'; '.join(past) or 'none'}.")
    return 1 if past else 0


def main(words: Sequence[str]) -> int:
    """Measure all rows (``--count``: say what ``tests/counter.py`` says)."""
    options = ArgumentParser(prog="dev.py bench", description="Measure ours beside what people would use instead.")
    options.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what to measure (all)")
    options.add_argument("--sizes", nargs=2, type=int, default=(1_000, 10_000), metavar="N", help="(1000 10000)")
    options.add_argument("--runs", type=int, default=7, metavar="N", help="pairs of runs a row at most (7)")
    options.add_argument("--output", default=os.devnull, metavar="FILE", help="write the table there too")
    options.add_argument("--count", action="store_true", help="count what a piece of work passes through instead")
    options.add_argument("--damages", action="store_true", help="compare answers with and without the cache instead")
    chosen = options.parse_args(words)
    if chosen.count or chosen.damages:
        return counter.main() if chosen.count else damages.main()
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
        bench = Bench(Path(made), real, *chosen.sizes)
        return report((row for part in chosen.parts for row in PARTS[part](bench)), chosen.runs, tell)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
