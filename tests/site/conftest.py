"""The real site, built once for a whole run, with all settings filled and with none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.site.dom import Node, page_at

if sys.platform != "win32":
    import fcntl

SETTINGS = {
    "NETREG_SITE_URL": "https://example.org/reg/",
    "NETREG_REPO_URL": "https://github.com/example/registry",
    "NETREG_EDIT_URI": "edit/main/docs/",
    "NETREG_CONTACT": "registry@example.org",
}
NO_SETTINGS = dict.fromkeys(SETTINGS, "")


@dataclass(frozen=True)
class Site:
    """A built site, and the day for which it tells ages."""

    folder: Path
    today: date

    def page(self, path: str = "") -> Node:
        """The tree of the page at an address below the root."""
        return page_at(self.folder / path / "index.html")

    def entry(self, id_: str) -> Node:
        """The tree of the page of an entry."""
        return self.page(f"networks/{id_}/")

    def pages(self, entries: Collection[str] | None = None) -> Iterator[tuple[str, Node]]:
        """All pages with their files, below the root; of entries only those of some, where they are given."""
        for file in sorted(self.folder.rglob("*.html")):
            name = file.relative_to(self.folder).as_posix()
            room, entry, *_ = [*name.split("/"), ""]
            if entries is None or room != "networks" or entry in (*entries, "index.html"):
                yield name, page_at(file)


@pytest.fixture(scope="session")
def site(project: Path, shared: Path) -> Site:
    """The site with all settings filled."""
    return _built(project, shared / "full", SETTINGS)


@pytest.fixture(scope="session")
def bare_site(project: Path, shared: Path) -> Site:
    """The site as it is built before it has a home."""
    return _built(project, shared / "bare", NO_SETTINGS)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ and sys.platform != "win32" else own
    return folder / "sites"


@pytest.fixture(scope="session")
def raw_entries(project: Path) -> dict[str, dict[str, Any]]:
    """The entries by id as another reader of YAML sees them; withdrawn ones are left out."""
    reader = YAML(typ="safe", pure=True)
    files = sorted((project / "registry").glob("*.yaml"))
    found: dict[str, dict[str, Any]] = {file.stem: reader.load(file.read_text(encoding="utf-8")) for file in files}
    return {id_: raw for id_, raw in found.items() if "entry" not in raw}


def _built(project: Path, folder: Path, settings: Mapping[str, str]) -> Site:
    """The first worker that comes builds; the others wait for it and take what it built."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "done"
    with _only_one(folder / "lock"):
        if not done.exists():
            today = date.today().isoformat()
            build(project, folder / "reg", {**settings, "NETREG_TODAY": today})
            done.write_text(today)
    return Site(folder / "reg", date.fromisoformat(done.read_text()))


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        if sys.platform != "win32":  # there, each worker has a folder of its own
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def build(project: Path, folder: Path, settings: Mapping[str, str]) -> None:
    """Build as ``mkdocs build --strict`` does, without a word of warning."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    env = {**os.environ, **settings, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
