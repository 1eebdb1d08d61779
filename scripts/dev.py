#!/usr/bin/env python3
"""Run the project's commands from a fresh checkout: `python3 scripts/dev.py test`.

Makes `.venv` from the hash-locked requirements when it is missing or out of date, then runs the command in it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "netreg-stamp"
LOCK = ROOT / "scripts" / "requirements.txt"
HOOKS = ROOT / ".pre-commit-config.yaml"
PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-q")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Trouble(Exception):
    """A failure that the reader can act on; its text is the one line shown."""


def wanted_stamp() -> list[str]:
    """Return what the environment has to be made from: the packages' key, then the project's key."""
    packages = LOCK.read_bytes() + f"{sys.version} {ROOT}".encode()
    return [hashlib.sha256(part).hexdigest() for part in (packages, (ROOT / "pyproject.toml").read_bytes())]


def prepare() -> None:
    """Make `.venv` or bring it up to date; return at once when nothing has changed."""
    if sys.version_info < (3, 11):
        raise Trouble(f"Python 3.11 or newer is needed, not {sys.version.split()[0]}: install it and run this again")
    found = STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []
    wanted = wanted_stamp()
    if found[:1] != wanted[:1]:
        if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
            raise Trouble("this Python has no venv module: on Debian or Ubuntu run `apt install python3-venv`")
        print(f"Making .venv with {len(pins(LOCK.read_text()))} packages (once, about a minute)", flush=True)
        STAMP.unlink(missing_ok=True)  # first, so that half a removal is never taken for whole
        make(getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", str(VENV))
        make(*PIP, "--require-hashes", "-r", str(LOCK))
    if found != wanted:
        make(*PIP, "--no-deps", "--no-build-isolation", "-e", ".")
        STAMP.write_text("\n".join(wanted))  # last, so that an interrupted run is seen


def make(*command: str) -> None:
    """Run a step of making the environment, which says itself what is wrong."""
    if subprocess.call(command, cwd=ROOT):
        raise Trouble("cannot make .venv, for the reason above: put that right and run this again")


def run(*arguments: str, **variables: str) -> int:
    """Run a module of the environment to its end and return its exit code; a stop goes to it first."""
    child = subprocess.Popen([str(PYTHON), "-m", *arguments], cwd=ROOT, env={**os.environ, **variables})
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            continue  # the child got it too, and ends in its own way
        return code if code >= 0 else 128 - code


def venv(*arguments: str) -> int:
    """make .venv, or bring it up to date, and nothing more"""
    if arguments:
        raise Trouble("venv takes no arguments: leave them away")
    return 0


def site(*arguments: str) -> int:
    """check the registry, build the site and serve it (--no-serve: build only)"""
    return run("netreg", "check") or run("netreg", "site", *arguments)


def test(*arguments: str) -> int:
    """run lint and all tests in random order; further arguments go to pytest"""
    strict, browser = os.environ.get("CI") == "true", find_browser()
    if strict and not browser:
        raise Trouble("no Chromium for the browser tests: install it, or set NETREG_CHROMIUM to its path")
    if not browser:
        print("No Chromium found: leaving out the browser tests (NETREG_CHROMIUM can name its path)", flush=True)
    options = ["--dist=worksteal", *([] if browser else ["-m", "not browser"])]  # what a module makes, one worker makes
    variables = {"NETREG_NO_SKIPS": "1"} if strict else {}
    variables["PYTHONDONTWRITEBYTECODE"] = ""  # or each of some hundred processes would compile all anew
    faults = lint()
    failures = run("pytest", "-n", "auto", *options, *arguments, NETREG_CHROMIUM=browser or "", **variables)
    if faults:
        print("dev.py: lint found faults, shown above the tests", file=sys.stderr)
    return failures or faults


def find_browser() -> str | None:
    """Return the path of the browser that the tests use."""
    named = os.environ.get("NETREG_CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else BROWSERS))
    return next((path for path in found if path), None)


def bench(*arguments: str) -> int:
    """run the benchmarks in tests/bench.py (--count, --damages: see its --help)"""
    return run("tests.bench", *arguments)


def ask(*arguments: str) -> int:
    """ask real questions of netreg find and of the built site (tests/ask.py; no test)"""
    return run("tests.ask", *arguments, NETREG_CHROMIUM=find_browser() or "")


def validate(*arguments: str) -> int:
    """let others (frictionless, Datasette, pandas, R, ProperDocs) read what we make, in an environment apart"""
    return run("tests.validate", *arguments)


def mutants(*arguments: str) -> int:
    """break the package on purpose, line by line, and see whether a test fails (--help: its options)"""
    return run("tests.mutants", *arguments)


def lint(*arguments: str) -> int:
    """run ruff (rules, then format) and mypy"""
    return max(run(*step.split(), *arguments) for step in ("ruff check", "ruff format --check", "mypy"))


def lock(*arguments: str) -> int:
    """pin all packages, here and in the pre-commit hooks (--upgrade: newest versions)"""
    command = ["uv", "pip", "compile", "-q", "pyproject.toml", "--group=dev", "--python-version=3.11"]
    command += ["--universal", "--generate-hashes", "--output-file=scripts/requirements.txt"]
    code = run(*command, "--custom-compile-command=python3 scripts/dev.py lock", *arguments)
    if not code:
        HOOKS.write_text(repin(HOOKS.read_text(), pins(LOCK.read_text())))
    return code


def pins(text: str) -> dict[str, str]:
    """Return the version of each package that a lock names."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))


def repin(text: str, versions: dict[str, str]) -> str:
    """Give each `name==version` in a text the version of the lock."""
    return re.sub(r"\b([a-z0-9-]+)==([0-9][\w.]*)", lambda m: f"{m[1]}=={versions.get(m[1], m[2])}", text)


COMMANDS = {command.__name__: command for command in (venv, site, test, bench, ask, validate, mutants, lint, lock)}
USAGE = "usage: python3 scripts/dev.py COMMAND [ARGUMENTS]\n\n" + "\n".join(
    f"  {name:8} {command.__doc__}" for name, command in COMMANDS.items()
)


def main(argv: list[str]) -> int:
    """Run a command; a failure of ours is one line and 1, wrong usage 2, else the command's own code."""
    name, *arguments = argv or [""]
    if name in ("-h", "--help"):
        print(USAGE)
        return 0
    if name not in COMMANDS:
        print(f"dev.py: no command `{name}`" if name else "dev.py: which command?", USAGE, sep="\n", file=sys.stderr)
        return 2
    try:
        prepare()
        return COMMANDS[name](*arguments)
    except (Trouble, OSError) as trouble:
        print(f"dev.py: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("dev.py: interrupted; run it again to go on", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
