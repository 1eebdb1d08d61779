"""The building: rooms know only rooms to their left, and each thing is done in one place."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.building import PACKAGE, ROOMS, arrows, imported_rooms, nodes, order, picture, room_of, tree

from netreg.core.schema import Schema

RANK = {room: rank for rank, room in enumerate(("__init__", *ROOMS, "cli", "__main__"))}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_room_imports_only_from_rooms_to_its_left(path: Path) -> None:
    """Data flows one way; a room that is new finds its place in ROOMS."""
    own = RANK[room_of(path)]
    backward = [f"line {line}: {room}" for line, room in imported_rooms(path) if RANK[room] > own]
    assert not backward


def test_the_picture_of_the_rooms_is_the_code_as_it_is(project: Path, update: bool) -> None:
    """Drawn anew from the imports, it is the same; where it differs, run this test with --update and look at it."""
    path, drawn = project / "docs/images/rooms.svg", picture()
    if update:
        path.write_text(drawn, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == drawn
    assert all(f"<title>{user} → {used}</title>" in drawn for user, used in arrows())


def test_all_pages_tell_the_same_rooms(project: Path) -> None:
    """The page on architecture, the README and CONTRIBUTING have the rooms in the order that is tested here."""
    for name in ("docs/architecture.md", "README.md", "CONTRIBUTING.md"):
        assert order() in " ".join((project / name).read_text(encoding="utf-8").split()), name


def test_what_the_architecture_names_is_there(project: Path) -> None:
    """Each path in code on the page leads to a file or a folder."""
    text = (project / "docs/architecture.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:scripts|schema|tests|docs|registry|\.github)/[^`<>*{}]*)`", text)
    assert len(paths) > 20
    assert not [path for path in paths if not (project / path).exists()]


def _calls(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


PRINTING = ("print", "sys.stdout.write", "sys.stderr.write", "sys.exit", "exit", "input")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if room_of(path) not in ("commands", "cli", "__main__")], ids=_name
)
def test_only_commands_print_and_exit(path: Path) -> None:
    """Collect, then report, then decide: everything below the commands returns what it found."""
    assert not [f"line {line}: {call}" for line, call in _calls(path) if call in PRINTING]


CLOCKS = ("today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime")


@pytest.mark.parametrize("path", [path for path in MODULES if _name(path) != "core/project.py"], ids=_name)
def test_only_the_project_looks_at_the_clock(path: Path) -> None:
    """Today's date is injected, so that a build can be repeated and a rule tested."""
    asked = [
        f"line {line}: {call}"
        for line, call in _calls(path)
        if call.rpartition(".")[2] in CLOCKS and call.rpartition(".")[0].split(".")[-1] in ("date", "datetime", "time")
    ]
    assert not asked


ALLOWED_IN_CORE = ("name", "entry", "sources")
"""Words that the core needs in another sense: of a path, of a rule's scope, of a key in the schema itself."""


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) == "core"], ids=_name)
def test_the_core_knows_no_field_of_an_entry(path: Path, schema: Schema) -> None:
    """Another registry with other fields could use the core as it is."""
    fields = set(schema.fields) - set(ALLOWED_IN_CORE)
    texts = [
        f"line {node.lineno}: {node.value}"
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in fields
    ]
    assert not texts


def test_the_tools_are_set_up_in_one_place(project: Path) -> None:
    """pyproject.toml alone says how ruff, mypy and pytest work."""
    others = "ruff.toml .ruff.toml mypy.ini .mypy.ini setup.cfg setup.py tox.ini pytest.ini .flake8 .pylintrc".split()
    assert not [name for name in others if (project / name).exists()]
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert {"ruff", "mypy", "pytest"} <= set(settings["tool"])


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_what_it_is(path: Path) -> None:
    """A reader learns from the first line what a module is for."""
    assert (ast.get_docstring(tree(path)) or "").strip()


@pytest.mark.parametrize("path", sorted(Path(__file__).resolve().parent.rglob("test_*.py")), ids=lambda path: path.name)
def test_every_test_says_what_it_proves(path: Path) -> None:
    """Each test has a docstring of whole sentences."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert (ast.get_docstring(node) or "").endswith("."), node.name


def _shares_its_name(path: Path) -> bool:
    """Rules, renderers, commands and the front of a room are named after others on purpose."""
    parts = path.relative_to(PACKAGE).parts
    return path.stem == "__init__" or path.stem.startswith("as_") or parts[0] == "commands" or "rules" in parts


def test_no_name_stands_for_two_things() -> None:
    """Each name of a module or of a class leads to one place."""
    modules = [path.stem for path in MODULES if not _shares_its_name(path)]
    classes = [node.name for path in MODULES for node in nodes(path) if isinstance(node, ast.ClassDef)]
    for names in (modules, classes):
        assert not sorted({name for name in names if names.count(name) > 1})
