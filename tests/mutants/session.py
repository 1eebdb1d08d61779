"""A run over many mutants: the map of this checkout, the tests of each mutant, and what earlier runs found."""

from __future__ import annotations

import difflib
import hashlib
import json
import multiprocessing
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from tests.mutants import produce, reach, work
from tests.mutants.produce import Mutant, Source
from tests.mutants.reach import Reach

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "scripts" / "netreg"
CACHE = ROOT / ".cache" / "mutants"
EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
ROOMS = ("check", "entry", "model", "review", "contribute", "host")
WORKERS = 2
# What the tests of one mutant may cost together (seconds of processor): one that the near and quick ones let live is
# worth a test of its own, not a minute of others.
MOST_SECONDS = 15.0
FEW = 40  # tests in the first batch, which kills nine of ten


@dataclass(frozen=True)
class Trial:
    """A mutant, the module with the change, and the line before and after it."""

    mutant: Mutant
    text: str
    was: str
    becomes: str

    @property
    def key(self) -> str:
        """The same for the same change of the same text."""
        return hashlib.sha256(f"{self.mutant.module}\0{self.text}".encode()).hexdigest()[:16]

    @property
    def known(self) -> tuple[str, str, str, str]:
        """How the file of equivalent mutants names it."""
        return self.mutant.module, self.mutant.operator, self.was, self.becomes


def sources(rooms: Sequence[str]) -> dict[str, Source]:
    """The modules of the rooms that there are."""
    folders = [PACKAGE / room for room in rooms]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): produce.read(path) for path in paths}


def trials(found: Iterable[Mutant], texts: Mapping[str, Source]) -> Iterator[Trial]:
    """The mutants that are programs, each with its text."""
    for mutant in found:
        before = texts[mutant.module].text
        after = produce.mutated(mutant, before)
        if after is not None:
            yield Trial(mutant, after, *changed_line(before, after))


def changed_line(before: str, after: str) -> tuple[str, str]:
    """The first line that differs, in both texts; a line that is gone becomes nothing."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) != len(new):
        gone = (line[2:].strip() for line in difflib.ndiff(old, new) if line.startswith("- "))
        return next(filter(None, gone), ""), ""
    return next((was.strip(), becomes.strip()) for was, becomes in zip(old, new, strict=True) if was != becomes)


def reached() -> tuple[str, Reach]:
    """A key of this very checkout, and its map: a part for each folder of tests, made anew when it has to be."""
    parts = []
    with tempfile.TemporaryDirectory() as made:
        checkout = Path(made) / "checkout"
        work.copy(ROOT, checkout)
        files = sorted(path for part in ("scripts", "schema", "tests") for path in (checkout / part).rglob("*.*"))
        files = [path for path in files if "mutants" not in path.parts]
        for part, tests in folders_of_tests(checkout).items():
            others = {path for path in files if path.name.startswith("test_") and path.suffix == ".py"} - set(tests)
            folder = CACHE / "reach" / f"{part}-{digest((path for path in files if path not in others), checkout)}"
            if not folder.exists():
                print(f"Running the tests of {part}, to see which line each reaches", flush=True)
                reach.measure(checkout, Path(made) / part, [path.relative_to(checkout) for path in tests], WORKERS)
                for old in folder.parent.glob(f"{part}-*"):
                    shutil.rmtree(old)
                shutil.copytree(Path(made) / part, folder)
            parts.append(folder)
        return digest(files, checkout), reach.joined(parts)


def folders_of_tests(checkout: Path) -> dict[str, list[Path]]:
    """The files of tests that can reach something, by their folder below ``tests``."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((checkout / "tests").rglob("test_*.py")):
        name = path.relative_to(checkout).as_posix()
        if not name.startswith(reach.LEFT_OUT):
            found[name.split("/")[1] if name.count("/") > 1 else "tests"].append(path)
    return found


def digest(files: Iterable[Path], root: Path) -> str:
    """A key of files: their paths below a folder and their content."""
    parts = [f"{path.relative_to(root)}\0".encode() + path.read_bytes() for path in files if path.is_file()]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]


def batches(trial: Trial, texts: Mapping[str, Source], known: Reach) -> list[work.Batch]:
    """The tests that reach a mutant, those of its room and the quick ones first, as many as time allows."""
    mutant = trial.mutant
    tests = known.tests(mutant.module, texts[mutant.module].text, mutant.start[0])
    near = f"tests/{mutant.room}/"
    order = sorted(tests, key=lambda test: (not test.startswith(near), known.seconds[test], test))
    spent, chosen = 0.0, list[str]()
    for test in order:
        spent += known.seconds[test]
        if chosen and spent > MOST_SECONDS:
            break
        chosen.append(test)
    parts = [part for part in (chosen[:FEW], chosen[FEW:]) if part]
    return [work.Batch(part, int(20 + 5 * sum(known.seconds[test] for test in part))) for part in parts]


def run(drawn: Sequence[Trial], texts: Mapping[str, Source], known: Reach) -> Iterator[work.Outcome]:
    """Try each mutant; one that no test reaches has survived."""
    tasks = []
    for trial in drawn:
        parts = batches(trial, texts, known)
        if parts:
            tasks.append(work.Task(trial.key, trial.mutant.module, trial.text, parts))
        else:
            yield work.Outcome(trial.key, work.SURVIVED)
    if not tasks:
        return
    files = sorted({test.partition("::")[0] for task in tasks for batch in task.batches for test in batch.tests})
    with tempfile.TemporaryDirectory() as copies:
        os.environ["NETREG_COPIES"] = copies
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(WORKERS, context, work.enter, (str(ROOT), files)) as pool:
            try:
                yield from _judged(pool, tasks)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)  # a run that is stopped stops at once


def _judged(pool: ProcessPoolExecutor, tasks: Sequence[work.Task]) -> Iterator[work.Outcome]:
    killers = set()
    for done in as_completed([pool.submit(work.work, task) for task in tasks]):
        outcome = done.result()
        killers.add(outcome.by)
        yield outcome
    tests = sorted(test for test in killers if "::" in test)
    if tests:
        module = tasks[0].module
        unchanged = work.Task("", module, (ROOT / module).read_text(encoding="utf-8"), [work.Batch(tests, 1200)])
        control = pool.submit(work.work, unchanged).result()
        if control.result != work.SURVIVED:
            raise SystemExit(f"{control.by} fails alone without any mutant, so what it killed does not count: mend it")


def remembered(session: Path, tree: str) -> dict[str, work.Outcome]:
    """What earlier runs found: all of the same code and tests, else those that died, whose test is as it was."""
    found = {}
    lines = session.read_text(encoding="utf-8").splitlines() if session.exists() else []
    for line in lines:
        said = json.loads(line)
        outcome = work.Outcome(said["key"], said["result"], said["by"])
        if said["tree"] == tree or (outcome.by and said["test"] == content(outcome.by)):
            found[outcome.key] = outcome
        else:
            found.pop(outcome.key, None)
    return found


def content(test: str) -> str:
    """A key of the file in which a test stands; empty for none."""
    path = ROOT / test.partition("::")[0]
    return digest([path], ROOT) if path.is_file() else ""


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """The survivors that somebody judged to change nothing, with the reason."""
    listed = YAML(typ="safe").load(EQUIVALENT) or []
    return {(item["module"], item["operator"], item["line"], item["becomes"]): item["why"] for item in listed}
