"""The command line: exit codes, help, and what a run loads."""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netreg import __version__, cli
from netreg.commands import check as check_command

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one good entry, entered."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    good = project / "tests/cases/tag/good/example-network.yaml"
    (tmp_path / "registry" / good.name).write_bytes(good.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    return tmp_path


@pytest.fixture
def run(checkout: Path, project: Path) -> Run:
    """Run a command line of Python in the checkout, in a process of its own."""

    def start(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(project / "scripts"), **variables}
        return subprocess.run(
            [sys.executable, *arguments], cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )

    return start


def _spoil(checkout: Path) -> None:
    path = checkout / "registry" / "example-network.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: active", "value: actve"), encoding="utf-8")


def test_a_clean_registry_gives_0(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing found is exit code 0."""
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "1 entry checked, nothing found.\n"


def test_an_error_gives_1(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding that keeps an entry from being published is exit code 1."""
    _spoil(checkout)
    assert cli.main(["check"]) == 1
    assert 'Did you mean "active"?' in capsys.readouterr().out


def test_a_warning_alone_gives_0(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning is shown and stops nobody."""
    path = checkout / "registry" / "example-network.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("keeps a list", "now keeps a list"), encoding="utf-8")
    assert cli.main(["check"]) == 0
    assert "warning undated-word" in capsys.readouterr().out


def test_remarks_over_the_whole_are_counted_and_not_shown(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A remark is for whoever works on the file; over the whole one line says how to see it."""
    path = checkout / "registry" / "example-network.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-04", "2018-04"), encoding="utf-8")
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.endswith("Remarks not shown: 1. To see them: netreg check --remarks\n")
    assert cli.main(["check", "--remarks"]) == 0
    assert "info status-criterion" in capsys.readouterr().out


def test_findings_of_other_files_can_be_left_out(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All entries are checked, and those named are reported."""
    _spoil(checkout)
    (checkout / "registry" / "other.yaml").write_text("name: x\n", encoding="utf-8")
    assert cli.main(["check", "registry/example-network.yaml"]) == 1
    assert "other.yaml" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], 'there is no command "chek". Did you mean "check"?'),
        (["check", "registry/nothing.yaml"], "there is no file registry/nothing.yaml"),
        (["check", "/etc/passwd"], "/etc/passwd is not in this registry"),
        (["explain", "unkown-term"], 'there is no rule "unkown-term". Did you mean "unknown-term"?'),
    ],
)
def test_wrong_usage_gives_2(
    arguments: list[str], words: str, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was asked for and cannot be done is told in one line, with the nearest that can."""
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.out == ""
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["check", "--nonsense"], ["check", "--format", "xml"], ["explain", "--jso"]])
def test_a_wrong_option_gives_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Options are not guessed."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert f"usage: netreg {arguments[0]}" in capsys.readouterr().err


def test_no_command_gives_2_and_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Who types the name alone is told what there is."""
    assert cli.main([]) == 2
    assert "commands:" in capsys.readouterr().out


def test_outside_a_project_gives_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a registry there is nothing to check, and the message says where to go."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check"]) == 2
    assert "Run it in the project's folder." in capsys.readouterr().err


@pytest.mark.parametrize("day", ["23.11.2026", "0001-01-01", "9999-12-31"])
def test_a_wrong_date_for_today_gives_2(
    day: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The date of a build is written as dates are, and leaves room to count years from it."""
    monkeypatch.setenv("NETREG_TODAY", day)
    assert cli.main(["check"]) == 2
    assert "write it as 2026-11-23" in capsys.readouterr().err


def test_a_defect_of_ours_gives_3_and_a_report(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report is ready to paste: version, command and trace, without arguments or folders of the machine."""

    def fail(_: object) -> int:
        raise RuntimeError("out of order")

    monkeypatch.setattr(check_command, "run", fail)
    assert cli.main(["check", "/home/somebody/secret.yaml"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("netreg: this is a defect of the tool, not of your entry.")
    assert f"netreg {__version__}, Python {sys.version.split()[0]}" in said
    assert "command: netreg check\n" in said
    assert "RuntimeError: out of order" in said
    assert 'File "cli.py"' in said
    assert not re.search(r'File "[^"]*[/\\]', said)
    assert "secret" not in said


def test_an_interrupted_run_gives_130(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends a run in a line."""

    def stop(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(check_command, "run", stop)
    assert cli.main(["check"]) == 130
    assert capsys.readouterr().err == "netreg: stopped.\n"


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command stands there with what it does, in one line."""
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, about in cli.COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(about)}$", shown, re.MULTILINE)
        assert about[0].islower()
        assert not about.endswith(".")


@pytest.mark.parametrize("command", ["check", "explain"])
def test_every_command_has_a_help_text(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of a command tells what it does and explains each option."""
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    shown = capsys.readouterr().out
    assert stopped.value.code == 0
    assert shown.startswith(f"usage: netreg {command} ")
    assert re.search(r"\n\n[A-Z][^\n]+\n", shown)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A report of a defect begins with it."""
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"netreg {__version__}\n"


def test_a_check_loads_little(run: Run) -> None:
    """A check starts fast: it loads no site builder, no templates and no library for command lines."""
    heavy = (
        "mkdocs click jinja2 markdown pygments yaml typer rich importlib.metadata urllib.request http.client asyncio"
    )
    loaded = run("-c", "import sys; from netreg.cli import main; main(['check']); print(' '.join(sys.modules))").stdout
    assert "nothing found" in loaded
    assert "netreg.check.rules.time" in loaded.split()
    assert not set(heavy.split()) & set(loaded.split())


def test_the_package_runs_as_a_module_and_as_a_folder(run: Run, project: Path) -> None:
    """A bare checkout needs no installation."""
    assert run("-m", "netreg", "check").returncode == 0
    assert run(str(project / "scripts" / "netreg"), "check", PYTHONPATH="").returncode == 0


def test_a_reader_that_stops_reading_is_no_defect(run: Run) -> None:
    """In `netreg explain | head` the end of the pipe ends the run without a word."""
    closed = "import os; r, w = os.pipe(); os.dup2(w, 1); os.close(w); os.close(r)"
    done = run("-c", f"{closed}; import sys; from netreg.cli import main; sys.exit(main(['explain']))")
    assert done.returncode == 1
    assert done.stderr == ""


def test_output_that_the_terminal_cannot_show_is_no_defect(run: Run, checkout: Path) -> None:
    """On a terminal without the sign its code stands in for it."""
    _spoil(checkout)
    (checkout / "registry" / "köln.yaml").write_text("name: Köln →\n", encoding="utf-8")
    done = run("-m", "netreg", "check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "k\\xf6ln" in done.stdout
    assert done.stderr == ""


class _FullDevice(io.StringIO):
    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "line",
    [
        *(f"{command} --help" for command in cli.COMMANDS),
        *"check|check --json|format|format --diff|find police|find --json|show example-network|explain tag".split("|"),
        *"forms|export out|stale|stale --json|housekeeping --json|intake|new --print --name A|--help|--version".split(
            "|"
        ),
    ],
)
def test_a_full_device_is_no_defect(
    line: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever a command has to say, where the device takes no more, one line on the other stream says so."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    monkeypatch.setattr(sys, "stdout", _FullDevice())
    assert cli.main(line.split()) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == f"netreg: cannot go on: {os.strerror(errno.ENOSPC)}."
    assert not any("defect" in text or "Traceback" in text for text in said)
    assert not list(checkout.rglob("*.tmp"))


_NO_OUTPUT = "netreg: standard output is closed, so there is nowhere to answer.\n"
_NO_INPUT = "netreg: standard input is closed. Send the words there, or name a file with --mail or --event.\n"


@pytest.mark.parametrize(
    ("number", "words", "code", "told"),
    [
        (1, ["check"], 2, _NO_OUTPUT),
        (1, ["format"], 2, _NO_OUTPUT),
        (0, ["intake"], 2, _NO_INPUT),
        (0, ["explain", "tag"], 0, ""),
        (2, ["explain", "tag"], 0, ""),
        (2, ["chek"], 2, ""),
    ],
)
def test_a_closed_stream_is_no_defect(
    number: int, words: list[str], code: int, told: str, checkout: Path, project: Path
) -> None:
    """A stream that is missing is told in one line where it is needed, and nothing is written in its place."""
    path = checkout / "registry" / "example-network.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    text = path.read_bytes()
    shut = {0: "<&-", 1: ">&-", 2: "2>&-"}[number]
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m netreg "$@" {shut}', sys.executable, *words],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(project / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, told)
    assert path.read_bytes() == text


@pytest.mark.parametrize("today", ["1970-01-01", "8999-12-31"])
@pytest.mark.parametrize(
    "line",
    [
        "check",
        "find",
        "show example-network",
        "stale",
        "stale --json",
        "housekeeping",
        "housekeeping --markdown",
        "intake",
    ],
)
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31~", "/0001", "9999/.."])
def test_the_ends_of_time_are_no_defect(
    today: str, line: str, day: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither today nor a date of an entry lies so early or so late that a command cannot reckon with it."""
    path = checkout / "registry" / "example-network.yaml"
    path.write_text(re.sub(r'as_of: "[^"]*"', f'as_of: "{day}"', path.read_text(encoding="utf-8")), encoding="utf-8")
    assert f'"{day}"' in path.read_text(encoding="utf-8")
    monkeypatch.setenv("NETREG_TODAY", today)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert cli.main(line.split()) in (0, 1)


def test_colour_is_for_terminals(run: Run, checkout: Path) -> None:
    """A piped report holds no colour codes."""
    _spoil(checkout)
    assert "\033" not in run("-m", "netreg", "check").stdout
    assert "\033" not in run("-m", "netreg", "explain", "tag").stdout
