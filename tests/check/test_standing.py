"""The cache: whatever happens to it or beside it, an answer is the one that a run without it gives."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netreg import cli
from netreg.check import Context, runner, standing
from netreg.core import cache
from netreg.core.load import Document
from netreg.core.project import find_project
from netreg.core.schema import read_schema

ENTRIES = ("tag/good", "unknown-target/bad", "stated-twice/bad", "relation-cycle/bad")
STEPS = 1000


@pytest.fixture
def small(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with five entries, a list, and a package of its own, entered, with a cache that exists only here."""
    root = tmp_path / "project"
    (root / "registry").mkdir(parents=True)
    (root / "docs/data").mkdir(parents=True)
    shutil.copytree(project / "schema", root / "schema")
    found = sorted(path for case in ENTRIES for path in (project / "tests/cases" / case).glob("*.yaml"))
    for number, path in enumerate(found[:5]):
        (root / "registry" / (path.name if number < 4 else "quay.yaml")).write_bytes(path.read_bytes())
    (root / "docs/data/refused.yaml").write_text("refused:\n  - entry: quay\n    reason: So.\n", encoding="utf-8")
    package = tmp_path / "package"
    package.mkdir()
    (package / "rule.py").write_text("# a rule\n", encoding="utf-8")
    monkeypatch.setattr(cache, "_PACKAGE", str(package))
    monkeypatch.setenv("NETREG_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Runs the check and tells what it said."""

    def run() -> str:
        code = cli.main(["check", "--remarks"])
        said = capsys.readouterr()
        return f"{code}\n{said.out}{said.err}"

    return run


def _files(small: Path) -> list[Path]:
    return sorted([*(small / "registry").iterdir(), small / "docs/data/refused.yaml"])


def _edit(tmp_path: Path, chance: random.Random, _patch: pytest.MonkeyPatch) -> None:
    """Another word or date in a file, which sometimes keeps its size and its time; or a file more or less."""
    small = tmp_path / "project"
    path = chance.choice(_files(small))
    data, before = path.read_bytes(), path.stat()
    old, new = chance.choice([(b"2025", b"2052"), (b"2052", b"2025"), (b"the", b"teh"), (b"target: ", b"target: x")])
    path.write_bytes(data.replace(old, new, 1))
    if chance.random() < 0.3:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    stray = small / "registry/stray.yaml"
    if chance.random() < 0.1:
        stray.unlink() if stray.exists() else stray.write_bytes(data)


def _damage(tmp_path: Path, chance: random.Random, _patch: pytest.MonkeyPatch) -> None:
    """A byte changed, the end or all of it lost, or another thing in its place."""
    for kept in (tmp_path / "kept").glob("*.cache"):
        data = bytearray(kept.read_bytes())
        place = chance.randrange(len(data) or 1)
        kind = chance.choice(["lost", "cut", "changed"])
        if kind == "lost":
            kept.unlink()
        elif data:
            data[place] ^= 1 << chance.randrange(8)
            kept.write_bytes(data[:place] if kind == "cut" else data)


def _alter(tmp_path: Path, chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another day, schema, rule or version, or a clock that is years off."""
    kind = chance.choice([0, 0, 0, 1, 2, 2, 3, 3, 4, 4, 4, 4])
    if kind == 0:
        monkeypatch.setenv("NETREG_TODAY", f"20{chance.randrange(20, 40)}-11-23")
    elif kind == 1:
        path = tmp_path / "project/schema/network.schema.json"
        text = path.read_text(encoding="utf-8")
        old, new = '"maxItems": 4', '"maxItems": 1'
        path.write_text(text.replace(old, new, 1) if old in text else text.replace(new, old, 1), encoding="utf-8")
        read_schema.cache_clear()
    elif kind == 2:
        Path(cache._PACKAGE, "rule.py").write_text(f"# rule {chance.random()}\n", encoding="utf-8")
    elif kind == 3:
        version = str(chance.random())
        monkeypatch.setattr(cache, "_installed", lambda: [version])
    else:
        years = chance.randrange(-40, 40)
        monkeypatch.setattr(cache, "clock", lambda: 1_800_000_000_000_000_000 + years * 31_536_000_000_000_000)


def test_no_damage_and_no_edit_gives_another_answer(
    small: Path, check: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand seeded damages and edits: what is said is what a run without the cache says of the same files."""
    chance, known, kept = random.Random(12), dict[object, str](), list[Any]()
    value = cache.Cache.value

    def noted(self: cache.Cache, path: str) -> Any:
        kept.append(value(self, path))
        return kept[-1]

    monkeypatch.setattr(cache.Cache, "value", noted)
    for _ in range(STEPS):
        step = chance.choice([_edit] * 5 + [_damage, _alter])
        step(tmp_path, chance, monkeypatch)
        if chance.random() < 0.12:
            said, files = check(), [*_files(small), *(small / "schema").iterdir()]
            state = (os.environ["NETREG_TODAY"], *((path.name, path.read_bytes()) for path in files))
            if state not in known:
                with monkeypatch.context() as patch:
                    patch.setenv("NETREG_CACHE", "")
                    known[state] = check()
            assert said == known[state]
    assert len(set(known.values())) > 20
    assert None in kept
    assert len([one for one in kept if one is not None]) > 20


def _full(_path: Path, _data: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("fault", ["full", "no-folder", "relative", "others", "link", "two"])
def test_a_cache_that_cannot_be_used_costs_a_full_run(
    fault: str, small: Path, check: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk, without a place, open to others, behind a link, or written by two at once: the same is said."""
    with monkeypatch.context() as patch:
        patch.setenv("NETREG_CACHE", "")
        wanted = check()
    if fault == "full":
        monkeypatch.setattr(cache, "keep_file", _full)
    elif fault == "no-folder":
        (tmp_path / "kept").write_text("", encoding="utf-8")
    elif fault == "relative":
        monkeypatch.setenv("NETREG_CACHE", "kept")
    assert check() == wanted
    for path in (tmp_path / "kept").glob("*.cache"):
        if fault == "others":
            path.chmod(0o666)
        elif fault == "link":
            path.rename(tmp_path / "elsewhere")
            path.symlink_to(tmp_path / "elsewhere")
    if fault == "two":
        one, other = cache.Cache(find_project()), cache.Cache(find_project())
        for each in (one, other):
            each.keep_answer(("another", 0), "question")
            each.save()
    judged: list[object] = []

    def noted(document: Document, context: Context) -> runner.Judged:
        judged.append(document)
        return runner.judge(document, context)

    monkeypatch.setattr(standing, "judge", noted)
    assert check() == wanted
    assert bool(judged) == (fault != "two")
    assert sorted(path.name for path in small.iterdir()) == ["docs", "registry", "schema"]


def test_a_list_is_judged_anew_with_other_entries(small: Path, check: Callable[[], str]) -> None:
    """What was found in it among others is not what is found now, in whichever order the two states come."""
    entry = small / "registry/quay.yaml"
    data, whole = entry.read_bytes(), check()
    entry.unlink()
    without = check()
    assert without.count("refused.yaml") > whole.count("refused.yaml")
    entry.write_bytes(data)
    assert check() == whole
    entry.unlink()
    assert check() == without
