"""The tables: the same rows in every format, nothing that a spreadsheet calculates, queries that every engine reads."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import feedparser
import openpyxl
import pytest
import sqlglot
from tests.conftest import INVENTED, ROOT

from netreg import cli
from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.entry.country_sets import read_country_sets
from netreg.export.as_csv import as_csv
from netreg.export.as_xlsx import as_xlsx
from netreg.export.edition import Edition
from netreg.export.sums import SUMS, differences
from netreg.export.tables import Filled, Query, queries
from netreg.model import build_registry
from netreg.site.reference import data_page

TODAY = date(2026, 11, 23)
NAMES = ("networks", "sources", "statements", "participation", "leads", "relations", "events", "questions")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the made-up registry."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(INVENTED, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "schema", root / "schema")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("NETREG_TODAY", "2026-11-23")
        assert cli.main(["export", "release"]) == 0
    return root / "release"


@pytest.fixture(scope="module")
def lake(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The Parquet files as the Data page names them."""
    with duckdb.connect() as base:
        for name in NAMES:
            base.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder}/data/{name}.parquet'")
        yield base


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database."""
    connection = sqlite3.connect(folder / "data/networks.sqlite")
    yield connection
    connection.close()


def lines(folder: Path, name: str) -> list[list[str]]:
    """A file of comma-separated values."""
    return list(csv.reader(io.StringIO((folder / f"data/{name}.csv").read_text(encoding="utf-8"), newline="")))


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_the_same_rows(
    folder: Path, base: sqlite3.Connection, lake: duckdb.DuckDBPyConnection, name: str
) -> None:
    """SQLite, Parquet, the workbook and the comma-separated values hold the same cells in the same order."""
    rows = base.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
    assert rows
    assert lake.execute(f"FROM {name}").fetchall() == rows
    header, *texts = lines(folder, name)
    shown = {True: "true", False: "false", None: ""}
    flags = [index for index, kind in enumerate(lake.execute(f"FROM {name}").description or ()) if kind[1] == "BOOLEAN"]
    wanted = [
        [shown[bool(value)] if place in flags else shown.get(value, str(value)) if value is None else str(value)
         for place, value in enumerate(row)]
        for row in rows
    ]  # fmt: skip
    assert [[text.removeprefix("'") for text in row] for row in texts] == wanted
    book = openpyxl.load_workbook(folder / "data/networks.xlsx", read_only=True)
    assert book.sheetnames == ["read me", *NAMES]
    first, *cells = book[name].iter_rows(values_only=True)
    assert list(first) == header
    assert [tuple(row) for row in cells] == rows


def test_keys_hold(base: sqlite3.Connection) -> None:
    """No row names a network or a source that is not there, and the statements of a network lead to it."""
    base.execute("PRAGMA foreign_keys = ON")
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("INSERT INTO questions VALUES ('nobody#open_questions.0', 'nobody', 'seat', 'Where?')")


def test_words_are_found(base: sqlite3.Connection) -> None:
    """The database finds networks by words, with or without accents."""
    found = (
        "SELECT id FROM networks JOIN networks_fts ON networks_fts.rowid = networks.rowid WHERE networks_fts MATCH ?"
    )
    (name,) = base.execute("SELECT name FROM networks LIMIT 1").fetchone()
    assert base.execute(found, [f'"{name}"']).fetchall()
    assert base.execute(found, ["zzzz"]).fetchall() == []


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.title)
def test_each_query_of_the_page(query: Query, base: sqlite3.Connection, lake: duckdb.DuckDBPyConnection) -> None:
    """It is on the page, means the same to both databases, and is SQL to the engines of many machines."""
    for dialect in ("duckdb", "trino", "spark"):
        (parsed,) = sqlglot.parse(query.sql, dialect=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(parsed, sqlglot.exp.Select)
    found = base.execute(query.sql.rstrip(";")).fetchall()
    assert lake.execute(query.sql).fetchall() == found
    assert query.title in {"What rests on third parties alone"} or found


def test_the_page_tells_all(schema: Schema, folder: Path, base: sqlite3.Connection) -> None:
    """Every file and every column stands on the Data page, and each link of it leads to a file."""
    html = data_page(schema).html
    links = set(re.findall(r'href="(?!https)([^"#]+)"', html))
    assert [link for link in links if not (folder / "data" / link).resolve().is_file()] == []
    files = {path.name for path in (folder / "data").iterdir()}
    assert files <= links
    for name in NAMES:
        columns = [row[1] for row in base.execute(f"PRAGMA table_info({name})")]
        assert all(f"<code>{column}</code>" in html for column in columns), name


def test_the_descriptor_is_true(folder: Path) -> None:
    """It names every file, with its columns in order, its length and its sum."""
    package = json.loads((folder / "data/datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in package["resources"]] == list(NAMES)
    for one in package["resources"]:
        data = (folder / "data" / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        assert [field["name"] for field in one["schema"]["fields"]] == lines(folder, one["name"])[0]


def test_twins(folder: Path) -> None:
    """Beside each page lie its data, its words and a feed that a reader of feeds takes without complaint."""
    for file in (INVENTED / "registry").glob("*.yaml"):
        twins = {ending: (folder / f"networks/{file.stem}.{ending}").read_bytes() for ending in ("json", "md", "atom")}
        assert twins["json"] == (folder / f"api/v1/networks/{file.stem}.json").read_bytes()
        assert twins["md"].startswith(b"# ")
        read = feedparser.parse(twins["atom"])
        assert (read.bozo, read.version, read.feed.id) == (False, "atom10", f"urn:netreg:feed:{file.stem}")


# Formulas


@pytest.fixture(scope="module")
def hostile(schema: Schema) -> Edition:
    """An edition in whose questions stand texts that begin like formulas."""
    edition = Edition(build_registry(read_folder(INVENTED), schema, TODAY, read_country_sets(ROOT)))
    questions = next(one for one in edition.tables if one.table.name == "questions")
    rows = [(f"bellpol#open_questions.{number}", "bellpol", None, text) for number, text in enumerate(FORMULAS)]
    vars(edition)["tables"] = (Filled(questions.table, rows),)
    return edition


def test_no_text_is_calculated(hostile: Edition) -> None:
    """An apostrophe keeps a spreadsheet from it in comma-separated values; in the workbook it is a quoted text."""
    _, *texts = csv.reader(io.StringIO(as_csv(hostile.tables[0]), newline=""))
    assert [row[3] for row in texts] == [f"'{formula}" for formula in FORMULAS]
    _, *cells = openpyxl.load_workbook(io.BytesIO(as_xlsx(hostile)))["questions"]["D"]
    assert [cell.value.replace("_x000D_", "\r") for cell in cells] == FORMULAS
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


# The same bytes everywhere, and a copy that is whole


def test_the_same_bytes_everywhere(folder: Path, tmp_path: Path) -> None:
    """Another folder, user, language, time zone and order of hashing give the same files, of a database the rows."""
    root = tmp_path / "elsewhere"
    shutil.copytree(folder.parent, root, ignore=shutil.ignore_patterns("release"))
    own = {"NETREG_TODAY": "2026-11-23", "TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    env = {
        **os.environ,
        **own,
        "PYTHONHASHSEED": "4711",
        "USER": "somebody",
        "LOGNAME": "somebody",
        "HOME": str(tmp_path),
    }
    subprocess.run([sys.executable, "-m", "netreg", "export", "release"], cwd=root, env=env, check=True)
    for path in (path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".parquet", ".sqlite")):
        if path.name != SUMS:
            assert (root / "release" / path.relative_to(folder)).read_bytes() == path.read_bytes(), path
    dumps = [list(sqlite3.connect(one / "data/networks.sqlite").iterdump()) for one in (folder, root / "release")]
    assert dumps[0] == dumps[1]
    for name in NAMES:
        one, other = (f"(FROM '{at}/data/{name}.parquet')" for at in (folder, root / "release"))
        assert duckdb.execute(f"SELECT list(a) = (SELECT list(b) FROM {other} AS b) FROM {one} AS a").fetchall() == [
            (True,)
        ]


@pytest.fixture
def small(folder: Path, tmp_path: Path) -> Path:
    """A small release: a part of the other, with sums of its own."""
    release = tmp_path / "small"
    kept = ["data/leads.csv", "data/leads.parquet", "data/CITATION.cff", "networks/bellpol.md", "api/v1/index.json"]
    for path in kept:
        (release / path).parent.mkdir(parents=True, exist_ok=True)
        (release / path).write_bytes((folder / path).read_bytes())
    sums = (folder / SUMS).read_text(encoding="utf-8").splitlines(keepends=True)
    (release / SUMS).write_text("".join(line for line in sums if line[66:-1] in kept), encoding="utf-8")
    return release


def test_every_change_is_found(small: Path) -> None:
    """Of 1,000 changes of a byte, missing and added files none is overlooked, and each undone leaves the copy whole."""
    chance = Random(20261123)
    files = sorted(path for path in small.rglob("*") if path.is_file())
    assert differences(small) == ()
    for number in range(1000):
        path = chance.choice(files)
        data = path.read_bytes()
        undo = chance.choice(CHANGES)(path, data, chance)
        assert differences(small), (number, path.name)
        undo()
        path.write_bytes(data)
    assert differences(small) == ()


def flipped(path: Path, data: bytes, chance: Random) -> Callable[[], None]:
    """Another byte at some place."""
    place = chance.randrange(len(data))
    path.write_bytes(data[:place] + bytes([data[place] ^ chance.randrange(1, 256)]) + data[place + 1 :])
    return lambda: None


def cut(path: Path, data: bytes, chance: Random) -> Callable[[], None]:
    """A byte less, or one more."""
    place = chance.randrange(len(data))
    path.write_bytes(data[:place] + chance.choice([b"", data[place : place + 1] * 2]) + data[place + 1 :])
    if path.read_bytes() == data:
        path.write_bytes(data + b"\n")
    return lambda: None


def missing(path: Path, data: bytes, chance: Random) -> Callable[[], None]:
    """No file."""
    path.unlink()
    return lambda: None


def added(path: Path, data: bytes, chance: Random) -> Callable[[], None]:
    """A file more, perhaps an empty or a hidden one."""
    other = path.with_name(chance.choice([f".{path.name}", f"{path.name}.bak", "DATA"]))
    other.write_bytes(chance.choice([b"", data]))
    return other.unlink


CHANGES = (flipped, flipped, cut, missing, added)


def test_verify_says_what_is_wrong(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole copy is 0; else each file is named with what became of it, and the exit is 1; no folder is 2."""
    assert cli.main(["verify", str(small)]) == 0
    assert capsys.readouterr().out == "The copy is whole: every file is as it was released.\n"
    (small / "data/leads.csv").write_text("network\n", encoding="utf-8")
    (small / "networks/bellpol.md").unlink()
    (small / "new\x1b.txt").touch()
    assert cli.main(["verify", str(small)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "networks/bellpol.md is missing.",
        "new�.txt is not part of the release.",
        "data/leads.csv is not as it was released.",
        "The copy is not whole. Take the release anew.",
    ]
    assert cli.main(["verify", str(small / "nowhere")]) == 2


def test_sums_are_those_of_other_programs(folder: Path) -> None:
    """The whole export is whole, and each line is as ``sha256sum`` writes it, for each file but itself."""
    assert differences(folder) == ()
    sums: dict[str, Any] = {}
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        sums[line[66:]] = line[:66]
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert sums == {
        name: f"{hashlib.sha256(path.read_bytes()).hexdigest()}  " for name, path in files.items() if name != SUMS
    }
