"""Hostile inputs to the commands: each is answered in a line or as a finding, and none leaves anything behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.commands import hostile

NAMES = [given.name for given in hostile.INPUTS]


def _state(folder: Path) -> dict[str, bytes]:
    """All files below a folder, but for what Git and a cache keep."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, project: Path) -> dict[str, Any]:
    """What came of all inputs, given by one process with bounds to three entries, for each reads them all."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "a" / "b" / "project"
    invented = project / "tests" / "invented"
    shutil.copytree(invented / "docs", root / "docs")
    (root / "registry").mkdir()
    for name in ("bellpol.yaml", "europier.yaml", "towerpol.yaml"):
        shutil.copy(invented / "registry" / name, root / "registry")
    shutil.copytree(project / "schema", root / "schema")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for args in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "x")):
        subprocess.run(["git", *args], cwd=root, check=True)
    before = _state(folder)
    path = f"{project / 'scripts'}:{project}"
    environment = {"PYTHONPATH": path, "NETREG_TODAY": "2026-11-23", "PATH": os.environ["PATH"], "HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.commands.hostile", str(root)], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "by_name": {one["name"]: one for one in found["found"]}, "same": _state(folder) == before}


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_input_ends_well(name: str, told: dict[str, Any]) -> None:
    """With an answer, a finding or one line of refusal; never with a traceback, a defect or a wait."""
    one = told["by_name"][name]
    assert one["code"] in (0, 1, 2), one
    assert "Traceback" not in one["err"]
    assert "defect" not in one["err"]


def test_nothing_is_left_behind(told: dict[str, Any]) -> None:
    """No file is written, inside the project or beside it, and memory stays within bounds."""
    assert told["same"]
    assert told["megabytes"] < hostile.MEGABYTES


def test_there_are_many_kinds() -> None:
    """Each has a name of its own."""
    assert len(set(NAMES)) == len(NAMES) >= 200
