"""A host on disk with a small registry, and the events that people cause at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.workflows.runner import PERSON, REPOSITORY, ROOT, Runner, git

BODIES = ROOT / "tests" / "contribute" / "bodies"
JSON = dict[str, Any]
_FOLDERS = ("schema", ".github")
_FILES = (
    "pyproject.toml",
    "mkdocs.yml",
    ".gitignore",
    ".gitattributes",
    "scripts/dev.py",
    "scripts/requirements.txt",
)


@pytest.fixture(scope="session")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository with the small registry of the tests of requests, in two states."""
    folder = tmp_path_factory.mktemp("remote")
    tree, bare = folder / "tree", folder / "remote.git"
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, tree / name)
    (tree / "scripts").mkdir()
    data = ROOT / "tests" / "invented" / "docs" / "data"
    shutil.copytree(data / "example", tree / "docs" / "data" / "example")
    (tree / "docs" / "data" / "refused.yaml").write_text("refused: []\n", encoding="utf-8")
    for name in _FILES:
        shutil.copy(ROOT / name, tree / name)
    shutil.copytree(ROOT / "tests" / "contribute" / "registry", tree / "registry")
    git(folder, "init", "--quiet", "--initial-branch=main", str(tree))
    git(tree, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    git(tree, "add", ".")
    git(tree, "commit", "--quiet", "-m", "Add the registry")
    git(folder, "clone", "--quiet", "--bare", str(tree), str(bare))
    git(bare, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(bare, "config", "receive.unpackLimit", "1")
    git(bare, "repack", "-a", "-d", "--quiet")
    return bare


@pytest.fixture
def host(remote: Path, tmp_path: Path) -> Runner:
    """A host with that repository and nothing else."""
    shutil.copytree(remote, tmp_path / "remote.git")
    runner = Runner(tmp_path)
    empty: JSON = {kind: [] for kind in ("issues", "comments", "pulls", "statuses", "releases")}
    runner.state = {"repository": REPOSITORY, **empty}
    return runner


Ask = Callable[..., JSON]


@pytest.fixture
def ask(host: Runner) -> Ask:
    """Write a request, or change it, and hand back the event; ``label`` sets a label."""

    def tell(action: str, body: str | None = None, number: int = 1, label: str = "") -> JSON:
        state = host.state
        issue = next((item for item in state["issues"] if item["number"] == number), None)
        if issue is None:
            issue = {"number": number, "title": "Correction: ", "state": "open", "labels": [], "user": PERSON}
            issue |= {"created_at": "2026-11-20T09:00:00Z", "author_association": "NONE"}
            state["issues"].append(issue)
        if body is not None:
            issue["body"] = body
        if label:
            issue["labels"] = [*issue["labels"], {"name": label}]
        host.state = state
        event = {"action": action, "issue": issue, "repository": {"name": "networks", "default_branch": "main"}}
        told: JSON = json.loads(json.dumps({**event, **({"label": {"name": label}} if label else {})}))
        return told

    return tell


@pytest.fixture
def pull(host: Runner, tmp_path: Path) -> Callable[..., JSON]:
    """Open a pull request from a fork that changes files, or push to it, and hand back the event.

    ``files`` maps a path to its text, or to None where the file goes; or ``make`` commits what it likes in the fork.
    """

    def change(
        files: dict[str, str | None], number: int = 7, body: str = "", make: Callable[[Path], None] | None = None
    ) -> JSON:
        tree = tmp_path / f"tree-{number}-{host.pushes}"
        host.pushes += 1
        git(tmp_path, "clone", "--quiet", str(tmp_path / "remote.git"), str(tree))
        for name, text in files.items():
            path = tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True) if text is None else path.write_text(text, encoding="utf-8")
        git(tree, "add", "--all", "--force")
        if make:
            make(tree)
        else:
            git(tree, "commit", "--quiet", "--allow-empty", "-m", "Change")
        return host.push(tree, number, body)

    return change
