"""The launcher: what it says, when it installs, and what it leaves alone."""

import ast
import importlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
Calls = list[tuple[str, ...]]


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the launcher, pointed at a made-up checkout."""
    module = importlib.import_module("dev")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "requirements.txt").write_text("six==1.17.0 --hash=sha256:00\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name in ("VENV", "STAMP", "LOCK", "HOOKS"):
        monkeypatch.setattr(module, name, tmp_path / getattr(module, name).relative_to(module.ROOT))
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.fixture
def installs(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Record what would be installed, making the environment's interpreter a plain file."""
    calls: Calls = []

    def record(*command: str) -> None:
        calls.append(command)
        python = dev.venv_python()
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(dev, "quietly", record)
    return calls


@pytest.fixture
def runs(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Record the modules that a command runs, each ending with 0."""
    monkeypatch.setattr(dev, "prepare", lambda: None)
    return stand_in(dev, monkeypatch, failing="nothing")


def stand_in(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, failing: str) -> Calls:
    """Record the modules that a command runs, the named one ending with 1."""
    calls: Calls = []

    def run(*words: str, **variables: str) -> int:
        calls.append(words)
        return int(words[0] == failing)

    monkeypatch.setattr(dev, "run", run)
    return calls


@pytest.fixture
def keep_sigterm() -> Iterator[None]:
    """Give back the signal handler that running a child replaces."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


# Usage and old Pythons


@pytest.mark.parametrize("argv", [[], ["tset"], ["--frobnicate"]])
def test_wrong_usage_is_2(dev: ModuleType, argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without a known command the commands are listed on stderr and the code is 2."""
    assert dev.main(argv) == 2
    out, err = capsys.readouterr()
    assert not out
    assert all(f"  {name} " in err for name in ("site", "test", "bench", "lint", "lock"))


def test_help_is_no_failure(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Help goes to stdout and prepares nothing."""
    assert dev.main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: python3 scripts/dev.py")
    assert not dev.VENV.exists()


def test_old_python_alone(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old Python with no newer one beside it is told what is needed."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(dev.Trouble, match=r"Python 3\.11 or newer is needed, not 3\.9: install it"):
        dev.better_python((3, 9))


def test_old_python_with_newer_beside(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old Python hands over to the newest one on PATH that starts."""
    known = {"python3.13": "/bin/placeholder", "python3.12": "/bin/real"}
    monkeypatch.setattr(shutil, "which", known.get)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: int(command[0] == "/bin/placeholder"))
    assert dev.better_python((3, 9)) == "/bin/real"


def test_supported_python_stays(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that the lock covers looks for no other."""
    monkeypatch.setattr(shutil, "which", lambda name: pytest.fail("looked for another Python"))
    assert dev.better_python((3, 11)) is None
    assert dev.better_python((3, 14)) is None


def test_newer_python_tries(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python newer than the lock says so and goes on."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert dev.better_python((3, 15)) is None
    assert "3.15 is newer" in capsys.readouterr().out


def test_source_is_readable_by_old_pythons() -> None:
    """The launcher uses only syntax of Python 3.6, so that an old Python reaches its line."""
    ast.parse((ROOT / "scripts" / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 6))


# The environment and its stamp


def test_first_run_installs_everything(dev: ModuleType, installs: Calls) -> None:
    """A first run makes the environment, installs with hashes, then the project."""
    dev.prepare()
    venv, packages, project = installs
    assert venv[1:3] == ("-m", "venv")
    assert "--require-hashes" in packages
    assert project[-4:] == ("--no-deps", "--no-build-isolation", "-e", ".")
    assert dev.found_stamp() == dev.wanted_stamp()


def test_repeat_calls_nothing(dev: ModuleType, installs: Calls) -> None:
    """A repeat with nothing changed calls neither venv nor pip."""
    dev.prepare()
    installs.clear()
    dev.prepare()
    assert installs == []


def test_project_change_reinstalls_the_project_only(dev: ModuleType, installs: Calls) -> None:
    """A change of pyproject.toml alone does not install the packages again."""
    dev.prepare()
    installs.clear()
    (dev.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    dev.prepare()
    assert [call[-1] for call in installs] == ["."]


@pytest.mark.parametrize("change", ["lock", "python", "interpreter gone"])
def test_other_packages_or_python_start_anew(
    dev: ModuleType, installs: Calls, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Another lock, another Python or a missing interpreter replaces the whole environment."""
    dev.prepare()
    installs.clear()
    left_over = dev.VENV / "left-over"
    left_over.touch()
    if change == "lock":
        dev.LOCK.write_text("six==1.18.0 --hash=sha256:00\n")
    elif change == "python":
        monkeypatch.setattr(sys, "version", "3.99.0 (another)")
    else:
        dev.venv_python().unlink()
    dev.prepare()
    assert len(installs) == 3
    assert not left_over.exists()


def test_interrupted_install_is_done_again(dev: ModuleType, installs: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    """An install that was interrupted leaves no stamp, and the next run starts anew."""
    record = dev.quietly

    def stop(*command: str) -> None:
        record(*command)
        if "--require-hashes" in command:
            raise KeyboardInterrupt

    monkeypatch.setattr(dev, "quietly", stop)
    assert dev.main(["lint"]) == 130
    assert dev.VENV.exists()
    assert dev.found_stamp() == []

    installs.clear()
    monkeypatch.setattr(dev, "quietly", record)
    dev.prepare()
    assert len(installs) == 3


# Failures, each in one line


def test_missing_venv_module(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python without venv is told which package to install, before anything is made."""
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    assert dev.main(["site"]) == 1
    assert capsys.readouterr().err == (
        "dev.py: this Python has no venv module: on Debian or Ubuntu run `apt install python3-venv`\n"
    )
    assert not dev.VENV.exists()


def test_full_disk(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is said before the install begins."""
    usage = type(shutil.disk_usage(dev.ROOT))(10**9, 10**9, 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(dev.Trouble, match="the disk is full: 700 MB are needed"):
        dev.prepare()


def test_missing_file_is_one_line(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing lock is named in one line, without a traceback."""
    dev.LOCK.unlink()
    assert dev.main(["lint"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "requirements.txt" in err


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("WARNING: Retrying (Retry(total=4)) after ...\nERROR: No matching", "index cannot be reached"),
        ("ERROR: Could not find a version (from versions: none)", "index cannot be reached"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE.",
            "differs from its hash",
        ),
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("noise\nERROR: something new\nand its tail", "(ERROR: something new): put that right"),
        ("", "no reason given"),
    ],
)
def test_pip_failures_become_advice(dev: ModuleType, output: str, advice: str) -> None:
    """What pip prints becomes one line that says what to do."""
    line = dev.explain(output)
    assert advice in line
    assert "\n" not in line


def test_unreachable_index(tmp_path: Path) -> None:
    """A closed port in place of the package index ends in one line on stderr and 1."""
    with socket.socket() as closed:  # bound but not listening: every connection is refused
        closed.bind(("127.0.0.1", 0))
        done = launch(tmp_path, f"http://127.0.0.1:{closed.getsockname()[1]}/simple")
    assert done.returncode == 1
    assert done.stderr.startswith("dev.py: the package index cannot be reached")
    assert done.stderr.count("\n") == 1


def launch(checkout: Path, index: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher in a fresh checkout that has this index alone."""
    (checkout / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "dev.py", checkout / "scripts")
    (checkout / "scripts" / "requirements.txt").write_text(f"six==1.17.0 --hash=sha256:{'0' * 64}\n")
    (checkout / "pyproject.toml").touch()
    own = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index, "PIP_RETRIES": "0"}
    command = [sys.executable, "scripts/dev.py", "lint"]
    return subprocess.run(command, cwd=checkout, env={**own, **settings}, capture_output=True, text=True, check=False)


# The commands


@pytest.mark.usefixtures("keep_sigterm")
def test_exit_codes_pass_through(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child's code is the launcher's, and a signal counts as the shell counts it."""
    assert dev.start(sys.executable, "-c", "raise SystemExit(7)") == 7
    assert dev.start(sys.executable, "-c", "import os; os.kill(os.getpid(), 9)") == 128 + 9


def test_site_checks_first(dev: ModuleType, runs: Calls) -> None:
    """The site is built after the registry was checked, with the caller's arguments."""
    assert dev.main(["site", "--no-serve"]) == 0
    assert runs == [("netreg", "check"), ("netreg", "site", "--no-serve")]


def test_site_stops_at_findings(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry with findings is not built, and the check's code is passed on."""
    runs = stand_in(dev, monkeypatch, failing="netreg")
    assert dev.site([]) == 1
    assert runs == [("netreg", "check")]


def test_no_browser_leaves_its_tests_out(
    dev: ModuleType, runs: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a browser its tests are deselected, and one line says so."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    assert dev.main(["test", "-x"]) == 0
    assert runs[-1] == ("pytest", "-n", "auto", "-m", "not browser", "-x")
    assert capsys.readouterr().out.count("leaving out the browser tests") == 1


def test_no_browser_fails_under_ci(
    dev: ModuleType, runs: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under CI a missing browser is a failure."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    assert dev.main(["test"]) == 1
    assert runs == []
    assert "NETREG_CHROMIUM" in capsys.readouterr().err


def test_ci_forbids_skips(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under CI the tests are told that none may be skipped, and which browser to use."""
    seen: dict[str, str] = {}

    def run(*words: str, **variables: str) -> int:
        seen.update(variables)
        return 0

    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(dev, "find_browser", lambda: "/bin/browser")
    monkeypatch.setattr(dev, "run", run)
    assert dev.test([]) == 0
    assert seen == {"NETREG_NO_SKIPS": "1", "NETREG_CHROMIUM": "/bin/browser"}


def test_lint_fault_fails_the_tests(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lint fault does not keep the tests from running, and the command fails all the same."""
    monkeypatch.setattr(dev, "find_browser", lambda: "/bin/browser")
    runs = stand_in(dev, monkeypatch, failing="mypy")
    assert dev.test([]) == 1
    assert [words[0] for words in runs] == ["ruff", "ruff", "mypy", "pytest"]


def test_named_browser_wins(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser named by NETREG_CHROMIUM is used, and nothing else in place of a wrong path."""
    monkeypatch.setenv("NETREG_CHROMIUM", sys.executable)
    assert dev.find_browser() == sys.executable
    monkeypatch.setenv("NETREG_CHROMIUM", "/nowhere/chromium")
    assert dev.find_browser() is None


def test_lock_carries_pins_over(dev: ModuleType) -> None:
    """New pins of the lock replace those of the hooks, and unknown names stay."""
    versions = dev.pins("ruff==0.18.0 \\\n    --hash=sha256:00\nuv==1.0 ; os_name != 'nt' \\\n")
    assert versions == {"ruff": "0.18.0", "uv": "1.0"}
    assert dev.repin("- ruff==0.17.6\n- other==1.0\n", versions) == "- ruff==0.18.0\n- other==1.0\n"
