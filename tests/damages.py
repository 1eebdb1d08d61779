"""Damages and edits, after each of which the answer has to be the one that a run without the cache gives.

``python3 scripts/dev.py bench --damages`` makes a thousand on a small project and twenty on a copy of the real
registry; the tests make some.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from netreg import cli
from netreg.core import cache
from netreg.core.schema import read_schema

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = ("tag/good", "unknown-target/bad", "stated-twice/bad", "relation-cycle/bad")

MOVES = [
    (b"\n", b"\n\n"),
    (b"\nname: ", b"\n# moved\nname: "),
    (b"\n# moved\n", b"\n"),
    (b"\n  - {", b"\n  # in\n  - {"),
]
"""Edits after which the same is said on other lines."""

EDITS = [(b"2025", b"2052"), (b"2052", b"2025"), (b"the", b"teh"), (b"target: ", b"target: x"), *MOVES]

WHOLE = b"  - {type: %s, target: %s, sources: [charter]}\n"
"""A relation; two that lead in a circle, one that leads nowhere and one that stands there twice are found in no file
by itself."""


@dataclass
class Damaged:
    """A project below a folder that is edited step by step, with a cache and a package of its own beside it."""

    folder: Path
    chance: random.Random
    patch: pytest.MonkeyPatch
    known: dict[object, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The project."""
        return self.folder / "project"

    def step(self) -> None:
        """Do one thing to it.

        Raises:
            AssertionError: what is said then is not what a run without the cache says.
        """
        self.chance.choice([self._edit] * 5 + [self._damage, self._alter])()
        said, state = check(), self._state()
        if state not in self.known:
            with self.patch.context() as patch:
                patch.setenv("NETREG_CACHE", "")
                self.known[state] = check()
        assert said == self.known[state]

    def _state(self) -> object:
        files = [*self._files(), *(self.root / "schema").iterdir()]
        return (os.environ["NETREG_TODAY"], *((path.name, path.read_bytes()) for path in files))

    def _files(self) -> list[Path]:
        return sorted([*(self.root / "registry").iterdir(), *(self.root / "docs/data").glob("*.yaml")])

    def _edit(self) -> None:
        """Another word or date in a file, which sometimes keeps its size and its time; or a file more or less."""
        path = self.chance.choice(self._files())
        data, before = path.read_bytes(), path.stat()
        path.write_bytes(data.replace(*self.chance.choice(EDITS), 1))
        if self.chance.random() < 0.3:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        stray = self.root / "registry/stray.yaml"
        if self.chance.random() < 0.1:
            stray.unlink() if stray.exists() else stray.write_bytes(data)

    def _damage(self) -> None:
        """A byte changed, the end or all of it lost, or another thing in its place."""
        for kept in (self.folder / "kept").glob("*.cache"):
            data = bytearray(kept.read_bytes())
            place = self.chance.randrange(len(data) or 1)
            kind = self.chance.choice(["lost", "cut", "changed"])
            if kind == "lost":
                kept.unlink()
            elif data:
                data[place] ^= 1 << self.chance.randrange(8)
                kept.write_bytes(data[:place] if kind == "cut" else data)

    def _alter(self) -> None:
        """Another day, schema, rule or version, or a clock that is years off."""
        kind = self.chance.choice([0, 0, 0, 1, 2, 2, 3, 3, 4, 4, 4, 4])
        if kind == 0:
            self.patch.setenv("NETREG_TODAY", f"20{self.chance.randrange(20, 40)}-11-23")
        elif kind == 1:
            path = self.root / "schema/network.schema.json"
            text = path.read_text(encoding="utf-8")
            old, new = '"maxItems": 4', '"maxItems": 1'
            path.write_text(text.replace(old, new, 1) if old in text else text.replace(new, old, 1), encoding="utf-8")
            read_schema.cache_clear()
        elif kind == 2:
            (self.folder / "package/rule.py").write_text(f"# rule {self.chance.random()}\n", encoding="utf-8")
        elif kind == 3:
            version = str(self.chance.random())
            self.patch.setattr(cache, "_installed", lambda: [version])
        else:
            years = self.chance.randrange(-40, 40)
            self.patch.setattr(cache, "clock", lambda: 1_800_000_000_000_000_000 + years * 31_536_000_000_000_000)


def check() -> str:
    """Run the check and tell what it said, with its exit code."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as errors:
        code = cli.main(["check", "--remarks"])
    return f"{code}\n{out.getvalue()}{errors.getvalue()}"


def small_entries() -> Iterator[tuple[str, bytes]]:
    """Five made-up entries, some of them wrong as a whole only."""
    found = sorted(path for case in ENTRIES for path in (ROOT / "tests/cases" / case).glob("*.yaml"))
    named = set[str]()  # the same names stand in several cases
    for number, path in enumerate(found[:5]):
        other = b"example-network" if path.stem == "example-forum" else b"example-forum"
        more = [(b"part_of", other), (b"cooperates_with", b"nowhere"), *[(b"distinct_from", other)] * 2]
        relations = b"relations:\n" + b"".join(WHOLE % one for one in more)
        name = "quay.yaml" if number == 4 else f"other-{number}.yaml" if path.name in named else path.name
        named.add(name)
        yield name, path.read_bytes().replace(b"relations:\n", relations)


def damaged(folder: Path, entries: Iterable[tuple[str, bytes]], patch: pytest.MonkeyPatch) -> Damaged:
    """A project of entries with a list below an empty folder, entered, with a cache that exists only there."""
    made = Damaged(folder, random.Random(12), patch)
    (made.root / "registry").mkdir(parents=True)
    (made.root / "docs/data").mkdir(parents=True)
    shutil.copytree(ROOT / "schema", made.root / "schema")
    for name, data in entries:
        (made.root / "registry" / name).write_bytes(data)
    (made.root / "docs/data/refused.yaml").write_text("refused:\n  - entry: quay\n    reason: So.\n", encoding="utf-8")
    (folder / "package").mkdir()
    (folder / "package/rule.py").write_text("# a rule\n", encoding="utf-8")
    patch.setattr(cache, "_PACKAGE", str(folder / "package"))
    patch.setenv("NETREG_CACHE", str(folder / "kept"))
    patch.setenv("NETREG_TODAY", "2026-11-23")
    patch.chdir(made.root)
    return made


@contextmanager
def _damaged_for_now(entries: Iterable[tuple[str, bytes]]) -> Iterator[Damaged]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        yield damaged(Path(folder).resolve(), entries, patch)


def main() -> int:
    """Make a thousand steps on the small project, and twenty on the real registry; it fails at the first difference."""
    real = [(path.name, path.read_bytes()) for path in sorted((ROOT / "registry").glob("*.yaml"))]
    for what, entries, steps in (("five entries", small_entries(), 1_000), (f"{len(real)} real entries", real, 20)):
        with _damaged_for_now(entries) as project:
            for _ in range(steps):
                project.step()
            print(
                f"{steps:,} damages and edits of {what}, {len(project.known)} states: each answer as without a cache."
            )
    return 0
