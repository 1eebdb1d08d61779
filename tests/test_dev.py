"""The launcher: what it says, when it installs, and what it leaves alone."""

import importlib
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

Calls = list[tuple[str, ...]]
Text = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: Patch) -> ModuleType:
    """Give the launcher, pointed at a made-up checkout."""
    module = importlib.import_module("dev")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "requirements.txt").write_text("six==1.17.0 --hash=sha256:00\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name in ("VENV", "PYTHON", "STAMP", "LOCK", "HOOKS"):
        monkeypatch.setattr(module, name, tmp_path / getattr(module, name).relative_to(module.ROOT))
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.delenv("CI", raising=False)
    return module


@pytest.fixture
def installs(dev: ModuleType, monkeypatch: Patch) -> Calls:
    """Record what would be installed, making the environment's interpreter a plain file."""
    calls: Calls = []

    def record(*command: str) -> None:
        calls.append(command)
        dev.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        dev.PYTHON.touch()

    monkeypatch.setattr(dev, "make", record)
    return calls


def stand_in(
    dev: ModuleType, monkeypatch: Patch, failing: str = "nothing"
) -> list[tuple[tuple[str, ...], dict[str, str]]]:
    """Record the modules that a command runs and their variables, the named one ending with 1."""
    calls = []

    def run(*words: str, **variables: str) -> int:
        calls.append((words, variables))
        return int(words[0] == failing)

    monkeypatch.setattr(dev, "prepare", lambda: None)
    monkeypatch.setattr(dev, "run", run)
    return calls


# Usage


@pytest.mark.parametrize("argv", [[], ["tset"], ["--frobnicate"]])
def test_wrong_usage_is_2(dev: ModuleType, argv: list[str], capsys: Text) -> None:
    """Without a known command the commands are listed on stderr and the code is 2."""
    assert dev.main(argv) == 2
    out, err = capsys.readouterr()
    assert not out
    assert all(f"  {name} " in err for name in ("venv", "site", "test", "bench", "mutants", "lint", "lock"))


def test_help_is_no_failure(dev: ModuleType, capsys: Text) -> None:
    """Help goes to stdout and prepares nothing."""
    assert dev.main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: python3 scripts/dev.py")
    assert not dev.VENV.exists()


# The environment and its stamp


def test_first_run_installs_everything_and_a_repeat_nothing(dev: ModuleType, installs: Calls) -> None:
    """A first run makes the environment, installs with hashes, then the project; the next one is done at once."""
    dev.prepare()
    venv, packages, project = installs
    assert venv[1:4] == ("-m", "venv", "--clear")
    assert "--require-hashes" in packages
    assert project[-4:] == ("--no-deps", "--no-build-isolation", "-e", ".")
    dev.prepare()
    assert len(installs) == 3


def test_project_change_reinstalls_the_project_only(dev: ModuleType, installs: Calls) -> None:
    """A change of pyproject.toml alone does not install the packages again."""
    dev.prepare()
    installs.clear()
    (dev.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    dev.prepare()
    assert [call[-1] for call in installs] == ["."]


@pytest.mark.parametrize("change", ["lock", "python", "interpreter gone"])
def test_other_packages_or_python_start_anew(dev: ModuleType, installs: Calls, monkeypatch: Patch, change: str) -> None:
    """Another lock, another Python or a missing interpreter replaces the whole environment."""
    dev.prepare()
    if change == "lock":
        dev.LOCK.write_text("six==1.18.0 --hash=sha256:00\n")
    elif change == "python":
        monkeypatch.setattr(sys, "version", "3.99.0 (another)")
    else:
        dev.PYTHON.unlink()
    dev.prepare()
    assert len(installs) == 6


def test_interrupted_install_is_done_again(dev: ModuleType, installs: Calls, monkeypatch: Patch) -> None:
    """An install that was interrupted leaves no stamp, and the next run starts anew."""
    record = dev.make

    def stop(*command: str) -> None:
        record(*command)
        if "--require-hashes" in command:
            raise KeyboardInterrupt

    monkeypatch.setattr(dev, "make", stop)
    assert dev.main(["lint"]) == 130
    assert not dev.STAMP.exists()
    monkeypatch.setattr(dev, "make", record)
    dev.prepare()
    assert len(installs) == 2 + 3


# Failures, each in one line


def test_old_python(dev: ModuleType, monkeypatch: Patch, capsys: Text) -> None:
    """A Python that is too old is told what is needed, before anything is made."""
    monkeypatch.setattr(sys, "version_info", (3, 10))
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err.startswith("dev.py: Python 3.11 or newer is needed, not ")
    assert not dev.VENV.exists()


def test_missing_venv_module(dev: ModuleType, monkeypatch: Patch, capsys: Text) -> None:
    """A Python without venv is told which package to install, before anything is made."""
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    assert dev.main(["site"]) == 1
    assert capsys.readouterr().err == (
        "dev.py: this Python has no venv module: on Debian or Ubuntu run `apt install python3-venv`\n"
    )
    assert not dev.VENV.exists()


def test_missing_file(dev: ModuleType, capsys: Text) -> None:
    """A missing lock is named in one line, without a traceback."""
    dev.LOCK.unlink()
    assert dev.main(["lint"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "requirements.txt" in err


def test_failed_install(dev: ModuleType, monkeypatch: Patch, capsys: Text) -> None:
    """A failed step leaves its own words, then one line of ours, and no stamp."""
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: 1)
    assert dev.main(["lint"]) == 1
    assert capsys.readouterr().err == (
        "dev.py: cannot make .venv, for the reason above: put that right and run this again\n"
    )
    assert not dev.STAMP.exists()


# The commands


def test_exit_codes_pass_through(dev: ModuleType, tmp_path: Path, monkeypatch: Patch) -> None:
    """A child's code is the launcher's, and a signal counts as the shell counts it."""
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    before = signal.getsignal(signal.SIGTERM)
    (tmp_path / "ends.py").write_text("import os, sys\nos.kill(os.getpid(), 9) if 'kill' in sys.argv else sys.exit(7)")
    assert (dev.run("ends"), dev.run("ends", "kill")) == (7, 128 + 9)
    signal.signal(signal.SIGTERM, before)


def test_site_checks_first(dev: ModuleType, monkeypatch: Patch) -> None:
    """The site is built after the registry was checked, with the caller's arguments."""
    calls = stand_in(dev, monkeypatch)
    assert dev.main(["site", "--no-serve"]) == 0
    assert [words for words, _ in calls] == [("netreg", "check"), ("netreg", "site", "--no-serve")]


def test_site_stops_at_findings(dev: ModuleType, monkeypatch: Patch) -> None:
    """A registry with findings is not built, and the check's code is passed on."""
    calls = stand_in(dev, monkeypatch, failing="netreg")
    assert dev.main(["site"]) == 1
    assert [words for words, _ in calls] == [("netreg", "check")]


def test_no_browser_leaves_its_tests_out(dev: ModuleType, monkeypatch: Patch, capsys: Text) -> None:
    """Without a browser its tests are deselected, and one line says so."""
    calls = stand_in(dev, monkeypatch)
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    assert dev.main(["test", "-x"]) == 0
    assert calls[-1][0] == ("pytest", "-n", "auto", "--dist=worksteal", "-m", "not browser", "-x")
    assert capsys.readouterr().out.count("leaving out the browser tests") == 1


def test_no_browser_fails_under_ci(dev: ModuleType, monkeypatch: Patch, capsys: Text) -> None:
    """Under CI a missing browser is a failure."""
    calls = stand_in(dev, monkeypatch)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    assert dev.main(["test"]) == 1
    assert not calls
    assert "NETREG_CHROMIUM" in capsys.readouterr().err


def test_ci_forbids_skips(dev: ModuleType, monkeypatch: Patch) -> None:
    """Under CI the tests are told that none may be skipped, and which browser to use."""
    calls = stand_in(dev, monkeypatch)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(dev, "find_browser", lambda: "/bin/browser")
    assert dev.main(["test"]) == 0
    assert calls[-1][1] == {"NETREG_NO_SKIPS": "1", "NETREG_CHROMIUM": "/bin/browser", "PYTHONDONTWRITEBYTECODE": ""}


def test_lint_fault_fails_the_tests(dev: ModuleType, monkeypatch: Patch) -> None:
    """A lint fault does not keep the tests from running, and the command fails all the same."""
    calls = stand_in(dev, monkeypatch, failing="mypy")
    monkeypatch.setattr(dev, "find_browser", lambda: "/bin/browser")
    assert dev.main(["test"]) == 1
    assert [words[0] for words, _ in calls] == ["ruff", "ruff", "mypy", "pytest"]


def test_named_browser_wins(dev: ModuleType, monkeypatch: Patch) -> None:
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
