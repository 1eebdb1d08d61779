#!/usr/bin/env python3
"""Run the project's commands from a fresh checkout: `python3 scripts/dev.py test`.

Makes `.venv` from the hash-locked requirements when it is missing or out of date, then runs the command in
it. Only the standard library, and only syntax that Python 3.6 reads: an old Python must get as far as the
line that says what to do.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

if sys.platform != "win32":
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "netreg-stamp"
LOCK = ROOT / "scripts" / "requirements.txt"
HOOKS = ROOT / ".pre-commit-config.yaml"
OLDEST, NEWEST = (3, 11), (3, 14)  # what the lock has wheels for
NEEDS_MB = 700  # 530 of packages, and what pip unpacks on the way
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TROUBLES = {  # words that pip prints: what to tell the reader
    "No space left|not enough space": f"the disk is full: {NEEDS_MB} MB are needed; run this again then",
    "DO NOT MATCH THE HASHES": "a package differs from its hash in scripts/requirements.txt: run this again; "
    "if it stays so, the package index serves altered files: do not install from it",
    r"Retrying \(Retry|from versions: none|ConnectionError": "the package index cannot be reached: "
    "check network and proxy (for a mirror set PIP_INDEX_URL), then run this again",
}


class Trouble(Exception):
    """A failure that the reader can act on; its text is the one line shown."""


def say(text: str) -> None:
    """Print a line now, so that it stays in order with what the commands print."""
    print(text, flush=True)


def better_python(version: Tuple[int, int]) -> Optional[str]:
    """Return the interpreter to switch to, or None to stay with the running one."""
    if OLDEST <= version <= NEWEST:
        return None
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        path = shutil.which(f"python3.{minor}")
        # A version manager's placeholder is on PATH but may not start.
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return path
    shown = f"{version[0]}.{version[1]}"
    if version < OLDEST:
        raise Trouble(f"Python 3.11 or newer is needed, not {shown}: install it and run this again")
    say(f"Python {shown} is newer than the locked packages; trying all the same")
    return None


def venv_python() -> Path:
    """Return the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_stamp() -> List[str]:
    """Return what the environment has to be made from: the packages' key, then the project's key."""
    packages = LOCK.read_bytes() + f"{sys.version} {ROOT}".encode()
    return [hashlib.sha256(part).hexdigest() for part in (packages, (ROOT / "pyproject.toml").read_bytes())]


def found_stamp() -> List[str]:
    """Return what the environment was made from; nothing for one that is missing or half made."""
    return STAMP.read_text().split() if STAMP.exists() and venv_python().exists() else []


def prepare() -> None:
    """Make `.venv` or bring it up to date; return at once when nothing has changed."""
    if found_stamp() == wanted_stamp():
        return
    with one_at_a_time():
        found, wanted = found_stamp(), wanted_stamp()
        if found[:1] != wanted[:1]:
            make_venv()
            say(f"Installing {len(pins(LOCK.read_text()))} packages (once, about half a minute)...")
            pip("--require-hashes", "-r", str(LOCK))
        if found != wanted:
            say("Installing the project itself")
            pip("--no-deps", "--no-build-isolation", "-e", ".")
            STAMP.write_text("\n".join(wanted))  # last, so that an interrupted run is seen


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for another command that is at work on `.venv`."""
    with LOCK.open() as handle:
        if sys.platform != "win32":  # there, two commands started together are not kept apart
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Waiting for another dev.py that is making .venv...")
                fcntl.flock(handle, fcntl.LOCK_EX)
            os.set_inheritable(handle.fileno(), True)  # a pip that outlives us keeps the next one waiting
        yield


def make_venv() -> None:
    """Make an empty environment in place of an old, foreign or half-made one."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Trouble("this Python has no venv module: on Debian or Ubuntu run `apt install python3-venv`")
    if VENV.exists():
        say("Removing .venv: it is incomplete, or made from something else")
        STAMP.write_text("")  # so that half a removal is never taken for whole
        shutil.rmtree(VENV)
    if shutil.disk_usage(ROOT).free < NEEDS_MB * 10**6:
        raise Trouble(explain("No space left"))
    say(f"Making .venv with Python {sys.version.split()[0]}")
    quietly(getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV))


def pip(*arguments: str) -> None:
    """Run `pip install` in the environment."""
    quietly(str(venv_python()), "-m", "pip", "--disable-pip-version-check", "install", "-q", *arguments)


def quietly(*command: str) -> None:
    """Run a command that has nothing to say; a failure becomes one line."""
    # Both streams in one: venv reports on stdout, pip on stderr.
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, close_fds=False, check=False
    )
    if done.returncode:
        raise Trouble(explain(done.stdout.decode(errors="replace")))


def explain(output: str) -> str:
    """Say in one line what went wrong and what to do."""
    for words, advice in TROUBLES.items():
        if re.search(words, output):
            return advice
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no reason given"]
    errors = [line for line in lines if "error" in line.lower()]
    return f"cannot make .venv ({(errors or lines)[-1]}): put that right and run this again"


def start(*command: str, **variables: str) -> int:
    """Run a command to its end and return its exit code; a stop goes to it first."""
    child = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ, **variables))
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            continue  # the child got it too, and ends in its own way
        return code if code >= 0 else 128 - code


def run(*arguments: str, **variables: str) -> int:
    """Run a module of the environment."""
    return start(str(venv_python()), "-m", *arguments, **variables)


def venv(arguments: Sequence[str]) -> int:
    """make .venv, or bring it up to date, and nothing more"""
    if arguments:
        raise Trouble("venv takes no arguments: leave them away")
    return 0


def site(arguments: Sequence[str]) -> int:
    """check the registry, build the site and serve it (--no-serve: build only)"""
    return run("netreg", "check") or run("netreg", "site", *arguments)


def test(arguments: Sequence[str]) -> int:
    """run lint and all tests; further arguments go to pytest"""
    strict = os.environ.get("CI") == "true"
    variables = {"NETREG_NO_SKIPS": "1"} if strict else {}
    options = ["-n", "auto"]
    browser = find_browser()
    if browser:
        variables["NETREG_CHROMIUM"] = browser
    elif strict:
        raise Trouble("no Chromium for the browser tests: install it, or set NETREG_CHROMIUM to its path")
    else:
        say("No Chromium found: leaving out the browser tests (NETREG_CHROMIUM can name its path)")
        options += ["-m", "not browser"]
    faults = lint([])
    failures = run("pytest", *options, *arguments, **variables)
    if faults:
        print("dev.py: lint found faults, shown above the tests", file=sys.stderr)
    return failures or faults


def find_browser() -> Optional[str]:
    """Return the path of the browser that the tests use."""
    named = os.environ.get("NETREG_CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else BROWSERS))
    return next((path for path in found if path), None)


def bench(arguments: Sequence[str]) -> int:
    """run the benchmarks in tests/bench.py"""
    if not (ROOT / "tests" / "bench.py").exists():
        raise Trouble("there are no benchmarks: tests/bench.py is missing")
    return run("tests.bench", *arguments)


def lint(arguments: Sequence[str]) -> int:
    """run ruff (rules, then format) and mypy"""
    codes = []
    for step in ("ruff check", "ruff format --check", "mypy"):
        say(f"Running {step}")
        codes.append(run(*step.split(), *arguments))
    return max(codes)


def lock(arguments: Sequence[str]) -> int:
    """pin all packages, here and in the pre-commit hooks (--upgrade: newest versions)"""
    command = ["uv", "pip", "compile", "-q", "pyproject.toml", "--group=dev", "--python-version=3.11"]
    command += ["--universal", "--generate-hashes", "--output-file=scripts/requirements.txt"]
    code = run(*command, "--custom-compile-command=python3 scripts/dev.py lock", *arguments)
    if not code:
        HOOKS.write_text(repin(HOOKS.read_text(), pins(LOCK.read_text())))
    return code


def pins(text: str) -> Dict[str, str]:
    """Return the version of each package that a lock names."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))


def repin(text: str, versions: Dict[str, str]) -> str:
    """Give each `name==version` in a text the version of the lock."""
    return re.sub(r"\b([a-z0-9-]+)==([0-9][\w.]*)", lambda m: f"{m[1]}=={versions.get(m[1], m[2])}", text)


COMMANDS = {command.__name__: command for command in (venv, site, test, bench, lint, lock)}


def usage() -> str:
    """Return the help text."""
    lines = [f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: python3 scripts/dev.py COMMAND [ARGUMENTS]", "", *lines])


def dispatch(argv: Sequence[str]) -> int:
    """Run the command that the arguments name."""
    if list(argv[:1]) in (["-h"], ["--help"]):
        say(usage())
        return 0
    if not argv or argv[0] not in COMMANDS:
        print("dev.py: which command?" if not argv else f"dev.py: no command `{argv[0]}`", file=sys.stderr)
        print(usage(), file=sys.stderr)
        return 2
    python = better_python(sys.version_info[:2])
    if python:
        return start(python, str(Path(__file__).resolve()), *argv)
    prepare()
    return COMMANDS[argv[0]](argv[1:])


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Run a command; a failure of ours is one line and 1, wrong usage 2, else the command's own code."""
    try:
        return dispatch(sys.argv[1:] if argv is None else argv)
    except Trouble as trouble:
        print(f"dev.py: {trouble}", file=sys.stderr)
    except OSError as error:
        print(f"dev.py: {error}: put that right and run this again", file=sys.stderr)
    except KeyboardInterrupt:
        print("dev.py: interrupted; run it again to go on", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
