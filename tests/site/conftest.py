"""Sites, each built once for a run: of made-up entries with all settings filled and with none, and the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML
from tests.conftest import INVENTED
from tests.site.dom import Node, page_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser

if sys.platform != "win32":
    import fcntl

SETTINGS = {
    "NETREG_SITE_URL": "https://example.org/reg/",
    "NETREG_REPO_URL": "https://github.com/example/registry",
    "NETREG_EDIT_URI": "edit/main/docs/",
    "NETREG_CONTACT": "registry@example.org",
}
NO_SETTINGS = dict.fromkeys(SETTINGS, "")
TODAY = date(2026, 11, 23)
# One process for all pages of the site: a new one for each page takes as long as to show it.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --process-per-site"
).split()


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

    def pages(self) -> Iterator[tuple[str, Node]]:
        """All pages with their files, below the root."""
        for file in sorted(self.folder.rglob("*.html")):
            yield file.relative_to(self.folder).as_posix(), page_at(file)


@pytest.fixture(scope="session")
def site(project: Path, shared: Path) -> Site:
    """The site of the made-up entries, with all settings filled."""
    return _built(invented_project(project, shared), shared / "full", SETTINGS, TODAY)


@pytest.fixture(scope="session")
def bare_site(project: Path, shared: Path) -> Site:
    """The same site as it is built before it has a home."""
    return _built(invented_project(project, shared), shared / "bare", NO_SETTINGS, TODAY)


@pytest.fixture(scope="session")
def real_site(project: Path, shared: Path) -> Site:
    """The site of the checkout as it is built today; for tests that are marked ``real``."""
    return _built(project, shared / "real", SETTINGS, date.today())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ and sys.platform != "win32" else own
    return folder / "sites"


@pytest.fixture(scope="session")
def raw_entries() -> dict[str, dict[str, Any]]:
    """The made-up entries by id as another reader of YAML sees them; withdrawn ones are left out."""
    return read_raw(INVENTED)


def read_raw(root: Path, *, pure: bool = True) -> dict[str, dict[str, Any]]:
    """The entries of a project by id as another reader of YAML sees them; withdrawn ones are left out.

    The reader that is ``pure`` Python shares not even the scanner with ours, and takes five times as long.
    """
    reader = YAML(typ="safe", pure=pure)
    files = sorted((root / "registry").glob("*.yaml"))
    found: dict[str, dict[str, Any]] = {file.stem: reader.load(file.read_text(encoding="utf-8")) for file in files}
    return {id_: raw for id_, raw in found.items() if "entry" not in raw}


def invented_project(project: Path, shared: Path) -> Path:
    """The project with the made-up entries and lists in place of the real ones, and a history of two days."""
    root = shared / "project"
    with _only_one(shared, "project.lock"):
        if not (root / ".git").exists():
            copy_without_data(project, root)
            shutil.copytree(project / "tests" / "cases", root / "tests" / "cases")
            shutil.copytree(INVENTED, root, dirs_exist_ok=True)
            _told_in_two_days(root)
    return root


def copy_without_data(project: Path, root: Path) -> None:
    """What a site is built from, but for the entries and the lists."""
    root.mkdir()
    for name in ("mkdocs.yml", ".gitignore"):
        shutil.copy(project / name, root)
    shutil.copytree(project / "schema", root / "schema")
    docs = project / "docs"
    shutil.copytree(docs, root / "docs", ignore=lambda folder, _: ["data"] if folder == str(docs) else [])


def _told_in_two_days(root: Path) -> None:
    """On the first day an entry says something else; on the second it says what it says now, and another is new."""
    corrected, new = (root / "registry" / name for name in ("lantern-group.yaml", "ferry-forum.yaml"))
    now, later = corrected.read_text(encoding="utf-8"), new.read_bytes()
    corrected.write_text(now.replace("value: 33", "value: 32"), encoding="utf-8")
    new.unlink()
    git(root, "init", "--quiet", "--initial-branch=main")
    _commit(root, "2026-11-01T12:00:00Z")
    corrected.write_text(now, encoding="utf-8")
    new.write_bytes(later)
    _commit(root, "2026-11-21T12:00:00Z")


def _commit(root: Path, moment: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=x", GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)


def git(root: Path, *words: str, **variables: str) -> str:
    """What Git prints for a command in a folder, as nobody in particular."""
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false", *words]
    env = {**os.environ, **variables}
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=root, env=env).stdout


def _built(project: Path, folder: Path, settings: Mapping[str, str], today: date) -> Site:
    """The first worker that comes builds; the others wait for it and take what it built."""
    with _only_one(folder, "lock"):
        if not (folder / "done").exists():
            build(project, folder / "reg", {**settings, "NETREG_TODAY": today.isoformat()})
            (folder / "done").touch()
    return Site(folder / "reg", today)


@contextmanager
def _only_one(folder: Path, lock: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / lock).open("w") as handle:
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from where the launcher found it."""
    path = os.environ.get("NETREG_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here; NETREG_CHROMIUM can name its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()
