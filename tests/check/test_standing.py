"""The cache: whatever happens to it or beside it, an answer is the one that a run without it gives."""

from __future__ import annotations

import errno
import os
import signal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from tests.damages import Damaged, check, damaged, small_entries

from netreg import cli
from netreg.check import Context, runner, standing
from netreg.core import cache
from netreg.core.load import Document
from netreg.core.project import find_project

STEPS = 120
"""``dev.py bench --damages`` makes a thousand, and twenty on the real registry."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Damaged:
    """A project with five entries, a list, and a package of its own, entered, with a cache that exists only here."""
    return damaged(tmp_path, small_entries(), monkeypatch)


def test_no_damage_and_no_edit_gives_another_answer(project: Damaged, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each seeded damage or edit is said what a run without the cache says of the same files."""
    kept, value = list[Any](), cache.Cache.value

    def noted(self: cache.Cache, path: str) -> Any:
        kept.append(value(self, path))
        return kept[-1]

    monkeypatch.setattr(cache.Cache, "value", noted)
    for _ in range(STEPS):
        project.step()
    assert len(set(project.known.values())) > 20
    assert None in kept
    assert len([one for one in kept if one is not None]) > 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed as Unix does it")
@pytest.mark.parametrize("at", ["fdopen", "fsync", "replace"])
@pytest.mark.parametrize("verb", ["format", "check"])
def test_a_write_that_is_killed_leaves_nothing_half_done(verb: str, at: str, project: Damaged) -> None:
    """Killed with half of the bytes written, before they are safe, or before they have their name: all is as before."""
    paths = sorted((project.root / "registry").iterdir())
    paths[0].write_bytes(paths[0].read_bytes() + b"\n")
    before, wanted = [path.read_bytes() for path in paths], check()
    if verb == "check":
        paths[0].write_bytes(before[0] + b"\n")
        before, wanted = [path.read_bytes() for path in paths], _without_cache(project)
    killed = get_context("fork").Process(target=_killed, args=(verb, at))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert [path.read_bytes() for path in paths] == before
    assert any(project.folder.rglob(".*.tmp"))
    assert check() == wanted
    cli.main([verb])
    assert not any(project.folder.rglob(".*.tmp"))
    assert (paths[0].read_bytes() == before[0]) == (verb == "check")
    assert check() == _without_cache(project)


def _killed(verb: str, at: str) -> None:
    """Run a command that kills itself the first time that it comes to a call of the system."""

    def kill(*given: Any) -> None:
        if at == "fdopen":
            os.write(given[0], b"half")
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(os, at, kill)
    cli.main([verb])


def _without_cache(project: Damaged) -> str:
    with project.patch.context() as patch:
        patch.setenv("NETREG_CACHE", "")
        return check()


def _full(_path: Path, _data: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("fault", ["full", "no-folder", "relative", "others", "link", "two"])
def test_a_cache_that_cannot_be_used_costs_a_full_run(
    fault: str, project: Damaged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk, without a place, open to others, behind a link, or written by two at once: the same is said."""
    wanted = _without_cache(project)
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
    assert sorted(path.name for path in project.root.iterdir()) == ["docs", "registry", "schema"]


def test_a_list_is_judged_anew_with_other_entries(project: Damaged) -> None:
    """What was found in it among others is not what is found now, in whichever order the two states come."""
    entry = project.root / "registry/quay.yaml"
    data, whole = entry.read_bytes(), check()
    entry.unlink()
    without = check()
    assert without.count("refused.yaml") > whole.count("refused.yaml")
    entry.write_bytes(data)
    assert check() == whole
    entry.unlink()
    assert check() == without


def test_what_is_no_file_is_named(project: Damaged) -> None:
    """A folder among the entries, the first time and again."""
    (project.root / "registry/folder.yaml").mkdir()
    first = check()
    assert "registry/folder.yaml" in first
    assert check() == first == _without_cache(project)
