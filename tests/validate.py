"""Let other programs read the export, in an environment of their own that no lock holds: they come as they are today.

Run by ``python3 scripts/dev.py validate``; needs the package index, and R where it is to be asked.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".cache" / "validate"
BIN = PLACE / "venv" / "bin"
PACKAGES = ("frictionless", "datasette", "pandas", "pyarrow", "properdocs")
PORT = 8017

PANDAS = """
import json, pandas as pd
rows = lambda name: len(pd.read_csv(f"{name}.csv", keep_default_na=False, na_values=[""]))
tables = [one["name"] for one in json.load(open("datapackage.json"))["resources"]]
assert all(rows(name) == len(pd.read_parquet(f"{name}.parquet")) for name in tables)
print(json.dumps({name: rows(name) for name in tables}))
"""
R = """
participation <- read.csv("participation.csv", na.strings = "", encoding = "UTF-8")
cat(nrow(participation), sum(participation$role == "member", na.rm = TRUE))
"""


def frictionless(data: Path) -> str:
    """The descriptor, types, keys and references of all tables."""
    said = _said([BIN / "frictionless", "validate", "datapackage.json"], data)
    return f"{said.count('VALID')} tables valid"


def pandas(data: Path) -> str:
    """Every table, as comma-separated values and as Parquet; the rows are those of the database."""
    found = json.loads(_said([BIN / "python", "-c", PANDAS], data))
    if wrong := [name for name, rows in found.items() if rows != _count(data, name)]:
        raise SystemExit(f"pandas reads other rows of {wrong}")
    return f"{sum(found.values())} rows"


def datasette(data: Path) -> str:
    """The database, served on this machine and asked for rows and for words."""
    command = [str(BIN / "datasette"), "serve", "networks.sqlite", "--port", str(PORT)]
    server = subprocess.Popen(command, cwd=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        rows = _asked("networks/statements.json?_size=1&_extra=count")
        found = _asked("networks/networks.json?_search=crime&_shape=array")
    finally:
        server.terminate()
        server.wait()
    total = rows.get("count", rows.get("filtered_table_rows_count"))
    if total != _count(data, "statements") or not found:
        raise SystemExit(f"Datasette tells {total} statements and finds {len(found)} networks by a word")
    return f"{total} statements, {len(found)} networks found by a word"


def r(data: Path) -> str:
    """The lines of the Data page in R, where it is there."""
    if not shutil.which("Rscript"):
        return "not asked: there is no Rscript here"
    rows, members = _said(["Rscript", "-e", R], data).split()
    if int(rows) != _count(data, "participation"):
        raise SystemExit(f"R reads {rows} rows")
    return f"{rows} rows, {members} memberships"


def properdocs(data: Path) -> str:
    """The whole site by a fork of MkDocs, from our ``mkdocs.yml`` and plugin as they are; no page or file is lost."""
    site, staged = PLACE / "site", PLACE / "stage"
    for folder in (site, staged):
        shutil.rmtree(folder, ignore_errors=True)
    _said([sys.executable, "-m", "netreg", "site", "--stage", str(staged)], ROOT)
    # Beside its own packages stand those of the lock, in which our plugin and its theme are.
    ours = os.pathsep.join([str(ROOT / "scripts"), sysconfig.get_path("purelib")])
    build = ("-m", "properdocs", "build", "--quiet", "-f", "mkdocs.yml", "--site-dir", site)
    _said([BIN / "python", *build], ROOT, PYTHONPATH=ours)
    pages = {path.relative_to(staged).with_suffix(".html") for path in staged.rglob("index.md")}
    there = (path.relative_to(staged) for path in staged.rglob("*") if path.is_file())
    files = [path for path in there if path.name not in ("index.md", "nav.json")]
    wrong = [path for path in (*pages, *files) if not (site / path).is_file()]
    wrong = wrong or [path for path in files if (site / path).read_bytes() != (staged / path).read_bytes()]
    if wrong or not (pages and files):
        raise SystemExit(f"ProperDocs lacks or changes {len(wrong)} pages and files: {sorted(map(str, wrong))[:5]}")
    return f"{len(pages)} pages, and {len(files)} files byte by byte"


CHECKS: tuple[Callable[[Path], str], ...] = (frictionless, pandas, datasette, r, properdocs)


def _said(command: Sequence[str | Path], folder: Path, **variables: str) -> str:
    env = {**os.environ, **variables}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} ended {done.returncode}:\n{done.stdout[:3000]}{done.stderr[-3000:]}")
    return done.stdout


def _count(data: Path, table: str) -> int:
    base = sqlite3.connect(data / "networks.sqlite")
    (found,) = base.execute(f"SELECT count(*) FROM {table}").fetchone()
    base.close()
    return int(found)


def _asked(path: str) -> dict[str, int]:
    """What the server answers, once it is up."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/{path}") as answer:
                found: dict[str, int] = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            raise SystemExit(f"Datasette answers {error.code} to {path}") from None
        except OSError:
            time.sleep(0.5)
    raise SystemExit("Datasette does not answer")


def main() -> int:
    """Export, make the environment where it is not there, and ask each program; the first that objects ends it."""
    release = PLACE / "release"
    shutil.rmtree(release, ignore_errors=True)
    _said([sys.executable, "-m", "netreg", "export", str(release)], ROOT)
    if not (BIN / "datasette").exists():
        venv.create(BIN.parent, clear=True, with_pip=True)
        _said([BIN / "python", "-m", "pip", "install", "--quiet", *PACKAGES], ROOT)
    for check in CHECKS:
        print(f"{check.__name__}: {check(release / 'data')}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
