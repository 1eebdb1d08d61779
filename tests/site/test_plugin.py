"""From a checkout to a site: what is refused, what stays as it was, and what is watched."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.conftest import INVENTED
from tests.site.conftest import copy_without_data, git

from netreg.cli import main
from netreg.site import plugin
from netreg.site.page import TEMPLATES, THEME

SMALL = Path(__file__).resolve().parent.parent / "model" / "registry"
GOOD = "value: active,"
WRONG = "value: actve,"
TODAY = "2026-11-23"


@pytest.fixture
def checkout(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a few small entries, in which a command is run."""
    return entered(laid_out(project, tmp_path / "checkout"), monkeypatch)


def laid_out(project: Path, root: Path) -> Path:
    """A checkout with a few small entries."""
    copy_without_data(project, root)
    shutil.copytree(INVENTED / "docs" / "data" / "example", root / "docs" / "data" / "example")
    shutil.copytree(SMALL, root / "registry")
    return root


def entered(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, which is the current one now."""
    monkeypatch.chdir(root)
    return root


@dataclass(frozen=True)
class Built:
    """A checkout whose site was built once, for several tests to look at, and what the command said."""

    root: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def built(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A committed checkout with its site; the command ran in a folder below the root."""
    root = laid_out(project, tmp_path_factory.mktemp("built") / "checkout")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=x")
    env = {**os.environ, "NETREG_TODAY": TODAY, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "netreg", "site", "--no-serve"]
    done = subprocess.run(command, cwd=root / "docs", env=env, capture_output=True, text=True, check=False)
    return Built(root, done)


@pytest.fixture
def built_copy(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that checkout, with its site, in which a command is run."""
    return entered(shutil.copytree(built.root, tmp_path / "copy"), monkeypatch)


@pytest.fixture(autouse=True)
def _as_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give back what MkDocs changes for its process: handlers of its log and filters of warnings."""
    monkeypatch.setenv("NETREG_TODAY", TODAY)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    log = logging.getLogger("mkdocs")
    level, handlers = log.level, log.handlers[:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    log.setLevel(level)
    log.handlers[:] = handlers


def change(file: Path, old: str, new: str) -> None:
    """Change one place of a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Building


def test_a_build_puts_the_site_in_its_place(built: Built) -> None:
    """A build, from below the root too, writes ``site/``, says so in one line and leaves nothing else behind."""
    assert built.done.returncode == 0
    assert built.done.stdout.startswith("Built ")
    assert built.done.stdout.count("\n") == 1
    assert built.done.stderr == ""
    written = contents(built.root / "site")
    assert {"index.html", "networks/river/index.html", "networks/bay/index.html"} <= set(written)
    assert "api/v1/networks/river.json" in written
    assert [path for path in (built.root / ".cache").iterdir() if path.name.startswith("site-")] == []


def test_a_build_leaves_git_status_clean(built: Built) -> None:
    """After a build Git sees no change and no new file."""
    assert (built.root / "site").is_dir()
    assert git(built.root, "status", "--porcelain") == ""


def test_two_builds_are_the_same(built_copy: Path) -> None:
    """The same entries on the same day give the same bytes, but for the time stamp in one compressed file."""
    first = contents(built_copy / "site")
    assert main(["site", "--no-serve"]) == 0
    second = contents(built_copy / "site")
    assert {name for name in first | second if first.get(name) != second.get(name)} <= {"sitemap.xml.gz"}


def test_a_registry_with_an_error_is_not_published(built_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error ends the build with 1 and the report, and the site of before stays whole."""
    before = contents(built_copy / "site")
    change(built_copy / "registry" / "lake.yaml", GOOD, WRONG)
    assert main(["site", "--no-serve"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "registry/lake.yaml:" in said.err
    assert 'Did you mean "active"?' in said.err
    assert "Traceback" not in said.err
    assert contents(built_copy / "site") == before


def test_a_broken_link_ends_the_build(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link in ready HTML that leads nowhere ends the build with 1 and its name, and nothing is published."""
    with (checkout / "docs" / "contribute.md").open("a", encoding="utf-8") as file:
        file.write('\n<p><a href="../networks/lost/">lost</a> <a href="../method/#lost">lost</a></p>\n')
    assert main(["site", "--no-serve"]) == 1
    said = capsys.readouterr()
    assert "2 internal links lead nowhere" in said.err
    assert "contribute/index.html: ../networks/lost/ (there is no such page)" in said.err
    assert "contribute/index.html: ../method/#lost (the page has no such place)" in said.err
    assert "Traceback" not in said.err
    assert not (checkout / "site").exists()


def test_a_broken_link_in_markdown_ends_the_build(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The build is strict: a warning of MkDocs ends it."""
    with (checkout / "docs" / "contribute.md").open("a", encoding="utf-8") as file:
        file.write("\n[lost](lost.md)\n")
    assert main(["site", "--no-serve"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert not (checkout / "site").exists()


def test_no_settings_file(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A checkout without mkdocs.yml is told so in one line, as wrong usage."""
    (checkout / "mkdocs.yml").unlink()
    assert main(["site", "--no-serve"]) == 2
    said = capsys.readouterr()
    assert "mkdocs.yml" in said.err
    assert said.err.count("\n") == 1


# Serving


def serve(checkout: Path, address: str) -> subprocess.CompletedProcess[str]:
    """Serve in a process of its own, where that is expected to end at once."""
    command = [sys.executable, "-m", "netreg", "site", "--address", address]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False, timeout=60)


def test_an_address_in_use_is_one_line(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where something else is served already, one line says so and what to do, before anything is built."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["site", "--address", address]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"netreg: cannot serve on {address}: ")
    assert "Choose another with --address." in said.err
    assert said.err.count("\n") == 1


def test_brackets_of_an_address_are_no_part_of_it(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They only set the port apart in an address of version 6; MkDocs takes them off, too."""
    tried = []

    def refuse(address: tuple[str, int], *, family: int) -> None:
        tried.append((address, family))
        raise OSError(98, "in use")

    monkeypatch.setattr(socket, "create_server", refuse)
    assert main(["site", "--address", "[::1]:8000"]) == 2
    assert tried == [(("::1", 8000), socket.AF_INET6)]


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", ":8000"])
def test_an_address_that_is_none(checkout: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    """A wrong address is wrong usage and said in one line."""
    assert main(["site", "--address", address]) == 2
    assert capsys.readouterr().err == f"netreg: --address is '{address}'; write it as 127.0.0.1:8000.\n"


def test_serving_a_registry_with_an_error(checkout: Path) -> None:
    """An error shows the report without a traceback, as it does when building."""
    change(checkout / "registry" / "lake.yaml", GOOD, WRONG)
    done = serve(checkout, "127.0.0.1:0")
    assert done.returncode == 1
    assert "registry/lake.yaml:" in done.stderr
    assert 'Did you mean "active"?' in done.stderr
    assert "Traceback" not in done.stderr


def test_serving_watches_what_pages_are_made_from(project: Path) -> None:
    """A change of an entry, the schema, a template, a case or a list builds anew."""
    watched: list[tuple[str, object]] = []
    server = SimpleNamespace(watch=lambda path, func: watched.append((path, func)))
    adapter = plugin.RegistryPlugin()
    adapter._root = project
    builder = object()
    assert adapter.on_serve(server, config=None, builder=builder) is server
    folders = [Path(path) for path, _func in watched]
    assert {func for _path, func in watched} == {builder}
    assert all(folder.is_dir() for folder in folders)
    for file in ("registry/x.yaml", "schema/network.schema.json", "tests/cases/html/bad.out"):
        assert any((project / file).is_relative_to(folder) for folder in folders), file
    for made_from in (THEME, TEMPLATES):
        assert any(made_from.is_relative_to(folder) for folder in folders), made_from
