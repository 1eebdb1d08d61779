"""Runs the jobs of our workflows: each ``run:`` as it stands in the YAML, the few actions as copies of files.

There is no host: ``gh`` is the stand-in beside this file, the remote a bare repository, and ``.venv`` a mirror of the
one that runs the tests, so that nothing is installed and the package is that of this checkout.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from ruamel.yaml import YAML
from tests.workflows import gh
from tests.workflows.expressions import as_text, filled, holds

from netreg.cli import main
from netreg.host.gh import HostError

ROOT = Path(__file__).resolve().parent.parent.parent
WORKFLOWS = ROOT / ".github" / "workflows"
REPOSITORY = "the-registry/networks"
PERSON = {"login": "somebody", "type": "User"}
JSON = dict[str, Any]


_PLAIN = re.compile(r"(?:\.venv/bin/netreg|python3 scripts/dev\.py venv)[^\n;|&`(]*")
"""A step that is one command of ours."""


@dataclass
class Job:
    """One job that ran: its exit code, what its steps printed, its summary, outputs and workspace."""

    id: str
    code: int
    log: str
    summary: str
    outputs: Mapping[str, Mapping[str, str]]
    workspace: Path


@dataclass
class Runner:
    """A host on disk.

    ``folder`` holds the remote, the state of the stand-in and its calls; each run of a job gets folders of its own.
    Where it is not ``is_whole``, steps that are one plain command of ours are called in this process, which proves the
    same of the command and takes a fifth of the time; each workflow has a test that runs all of it.
    """

    folder: Path
    artifacts: dict[tuple[int, str], Path] = field(default_factory=dict)
    variables: JSON = field(default_factory=dict)
    runs: int = 0
    pushes: int = 0
    is_whole: bool = False

    def __post_init__(self) -> None:
        """Put ``gh`` and ``python3`` where jobs look first."""
        self.programs = self.folder / "programs"
        self.programs.mkdir()
        program = self.programs / "gh"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("gh.py")}" "$@"\n', "utf-8")
        program.chmod(0o755)
        (self.programs / "python3").symlink_to(getattr(sys, "_base_executable", sys.executable))

    # The host

    @property
    def state(self) -> JSON:
        """What the host holds."""
        state: JSON = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        return state

    @state.setter
    def state(self, state: JSON) -> None:
        (self.folder / "state.json").write_text(json.dumps(state), encoding="utf-8")

    def calls(self) -> list[JSON]:
        """The calls of ``gh`` so far, each with ``args`` and ``stdin``."""
        path = self.folder / "calls.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    def writes(self) -> list[str]:
        """The calls that changed something, as ``POST issues/1/comments``."""
        found = [call["args"] for call in self.calls()]
        return [
            f"{args[2]} {args[5].removeprefix(f'repos/{REPOSITORY}/')}"
            for args in found
            if args[0] == "api" and args[2] != "GET"
        ]

    def git(self, *args: str) -> str:
        """What Git says about the remote."""
        return git(self.folder / "remote.git", *args)

    def push(self, tree: Path, number: int, body: str = "") -> JSON:
        """Have the host hold what is committed in a fork as a pull request, and hand back the event."""
        head = git(tree, "rev-parse", "HEAD")
        git(tree, "push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/head")
        state = self.state
        state["pulls"] = [item for item in state["pulls"] if item["number"] != number]
        made = {"number": number, "state": "open", "body": body, "user": PERSON}
        made["head"] = {"sha": head, "ref": "change", "repo": {"full_name": "somebody/networks"}}
        state["pulls"].append(made)
        self.state = state
        return {"action": "opened", "number": number, "pull_request": made}

    # Jobs

    def run(self, workflow: str, name: str, event: JSON, ref: str = "refs/heads/main", only: str = "") -> list[Job]:
        """The jobs of a workflow that this event starts, in their order; a job after a failed one does not run."""
        self.runs += 1
        document = YAML(typ="safe").load(WORKFLOWS / f"{workflow}.yml")
        done: list[Job] = []
        for id_, job in document["jobs"].items():
            github = self._github(document["name"], name, event, ref, job)
            context = {"github": github, "vars": self.variables, "matrix": {}, "failed": any(one.code for one in done)}
            if only in ("", id_) and holds(job.get("if", "true"), context):
                done.append(_Work(self, id_, job, context, self.runs).done())
        return done

    def _github(self, workflow: str, name: str, event: JSON, ref: str, job: JSON) -> JSON:
        return {
            "workflow": workflow,
            "event_name": name,
            "event": event,
            "ref": ref,
            "sha": self.git("rev-parse", f"{ref}^{{commit}}"),
            "repository": REPOSITORY,
            "repository_owner": REPOSITORY.partition("/")[0],
            "server_url": "https://github.com",
            "token": ",".join(f"{scope}={level}" for scope, level in job["permissions"].items()),
        }


class _Work:
    """One job at work."""

    def __init__(self, runner: Runner, id_: str, job: JSON, context: JSON, run: int) -> None:
        self.runner, self.id, self.job, self.run_number = runner, id_, job, run
        self.folder = runner.folder / f"run-{run}-{id_}"
        self.workspace, self.temp = self.folder / "workspace", self.folder / "temp"
        self.workspace.mkdir(parents=True)
        self.temp.mkdir()
        self.steps: dict[str, JSON] = {}
        self.context = {**context, "runner": {"temp": str(self.temp)}, "steps": self.steps, "failed": False}
        self.log, self.code = "", 0
        self.given = dict(self._variables())

    def done(self) -> Job:
        for number, step in enumerate(self.job["steps"]):
            if holds(step.get("if", "true"), self.context):
                self._step(step, str(step.get("id", number)))
        outputs = {id_: step["outputs"] for id_, step in self.steps.items()}
        summary = (self.folder / "summary").read_text(encoding="utf-8")
        return Job(self.id, self.code, self.log, summary, outputs, self.workspace)

    def _step(self, step: JSON, id_: str) -> None:
        self.steps[id_] = {"outputs": {}}
        if "uses" in step:
            given = {key: self._filled(value) for key, value in step.get("with", {}).items()}
            ACTIONS[step["uses"].partition("@")[0]](self, given, id_)
            return
        code = self._bash(step)
        self.steps[id_]["outputs"] = dict(_set_variables(self.folder / "output"))
        self.given |= dict(_set_variables(self.folder / "env"))
        if code:
            self.code = self.code or code
            self.context["failed"] = True

    def _bash(self, step: JSON) -> int:
        script = self.folder / "step.sh"
        script.write_text(self._filled(step["run"]), encoding="utf-8")
        for name in ("output", "env"):
            (self.folder / name).write_text("", encoding="utf-8")
        own = {key: self._filled(value) for key, value in step.get("env", {}).items()}
        code, said = (self._inside if self._is_plain(step) else self._started)(script, {**self.given, **own})
        self.log += said
        return code

    def _is_plain(self, step: JSON) -> bool:
        """Whether a step is one command of ours, which can be called in this process."""
        return not self.runner.is_whole and _PLAIN.fullmatch(step["run"].strip()) is not None

    def _started(self, script: Path, env: Mapping[str, str]) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "-e", str(script)],
            cwd=self.workspace,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.returncode, done.stdout.decode(errors="replace")

    def _inside(self, script: Path, env: Mapping[str, str]) -> tuple[int, str]:
        """Call a command in this process, as the shell would: with its variables, and its output where it belongs."""
        log, out = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, env, clear=True),
            patch("netreg.host.gh._run", _served),
            patch.object(gh, "FOLDER", self.runner.folder),
            chdir(self.workspace),
            redirect_stderr(log),
        ):
            program, *args = shlex.split(os.path.expandvars(script.read_text(encoding="utf-8")))
            if program == "python3":
                return 0, ""  # to prepare the environment: it is there
            to = next((place for place, word in enumerate(args) if word in (">", ">>")), len(args))
            with redirect_stdout(out if args[to:] else log):
                code = main(args[:to])
        if args[to:]:
            with Path(args[to + 1]).open("a" if args[to] == ">>" else "w", encoding="utf-8") as file:
                file.write(out.getvalue())
        return code, log.getvalue()

    def _filled(self, text: Any) -> str:
        return filled(as_text(text), self.context)

    def _variables(self) -> Iterator[tuple[str, str]]:
        github = self.context["github"]
        event = self.folder / "event.json"
        event.write_text(json.dumps(github["event"]), encoding="utf-8")
        (self.folder / "summary").write_text("", encoding="utf-8")
        yield from {
            "CI": "true",
            "NETREG_CACHE": "",  # tests leave nothing in anybody's cache
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_EVENT_NAME": github["event_name"],
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_SERVER_URL": github["server_url"],
            "GITHUB_SHA": github["sha"],
            "GITHUB_REF": github["ref"],
            "GITHUB_REF_NAME": github["ref"].removeprefix("refs/heads/").removeprefix("refs/tags/"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_ENV": str(self.folder / "env"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "NETREG_TODAY": "2026-11-24",
            "PATH": f"{self.runner.programs}{os.pathsep}{os.environ['PATH']}",
            "STAND_IN": str(self.runner.folder),
        }.items()


def _served(arguments: Sequence[str], data: Mapping[str, Any] | None, asked: str) -> bytes:
    """What ``gh`` would answer, without starting it."""
    given = b"" if data is None else json.dumps(data).encode("ascii")
    try:
        return json.dumps(gh.served(list(arguments[1:]), given, os.environ.get("GH_TOKEN", ""))).encode("ascii")
    except gh.Refusal as refusal:
        raise HostError(asked, f"HTTP {refusal}") from None


# The actions


def _checkout(work: _Work, given: Mapping[str, str], _id: str) -> None:
    """The tree of a commit with so much of its past; what was fetched once is copied for whoever asks for it again."""
    assert given.get("persist-credentials") == "false"
    depth, sha = int(given.get("fetch-depth", 1)), work.context["github"]["sha"]
    remote = work.runner.folder / "remote.git"
    kept = Path(_CHECKOUTS.name, f"{sha}-{depth}")
    has_tags = not depth and any((remote / "refs" / "tags").iterdir())  # they come along, and may be others each time
    if kept.exists() and not has_tags:
        shutil.copytree(kept, work.workspace, symlinks=True, dirs_exist_ok=True)
        git(work.workspace, "remote", "set-url", "origin", remote.as_uri())
    else:
        _fetch(work.workspace, remote.as_uri(), sha, depth)
        if not has_tags:
            shutil.copytree(work.workspace, kept, symlinks=True)
    _mirror_venv(work.workspace)


_CHECKOUTS = TemporaryDirectory(prefix="netreg-checkouts-")
"""What was checked out in this run, by commit and depth."""


def _fetch(workspace: Path, remote: str, sha: str, depth: int) -> None:
    limited = [f"--depth={depth}"] if depth else []
    git(workspace, "init", "--quiet", "--initial-branch=main")
    git(workspace, "remote", "add", "origin", remote)
    git(workspace, "config", "fetch.unpackLimit", "1")  # one file instead of a hundred
    git(workspace, "fetch", "--quiet", "--tags" if not depth else "--no-tags", *limited, "origin", sha)
    git(workspace, "checkout", "--quiet", "--detach", "FETCH_HEAD")


def _mirror_venv(workspace: Path) -> None:
    """The environment of the tests in the workspace, marked as made from the workspace's own lock."""
    venv = workspace / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "lib").symlink_to(Path(sys.prefix) / "lib")
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", venv)
    (venv / "bin" / "python").symlink_to(Path(sys.prefix) / "bin" / "python")
    netreg = venv / "bin" / "netreg"
    netreg.write_text(f'#!/bin/sh\nexec "{venv}/bin/python" -m netreg "$@"\n', encoding="utf-8")
    netreg.chmod(0o755)
    spec = spec_from_file_location("dev", workspace / "scripts" / "dev.py")
    assert spec
    assert spec.loader
    dev = module_from_spec(spec)
    spec.loader.exec_module(dev)
    (venv / "netreg-stamp").write_text("\n".join(dev.wanted_stamp()), encoding="utf-8")


def _upload(work: _Work, given: Mapping[str, str], _id: str) -> None:
    """Keep a folder or a file; what is hidden stays behind, as with the real action."""
    source = work.workspace / given["path"]
    kept = work.runner.folder / "artifacts" / str(work.run_number) / given["name"]
    if source.is_dir():
        shutil.copytree(source, kept, symlinks=True, ignore=shutil.ignore_patterns(".*"))
    else:
        assert source.is_file() or given.get("if-no-files-found") != "error", f"nothing to upload at {source}"
        kept.mkdir(parents=True)
        shutil.copy(source, kept)
    work.runner.artifacts[work.run_number, given["name"]] = kept


def _download(work: _Work, given: Mapping[str, str], _id: str) -> None:
    run = int(given.get("run-id", work.run_number))
    if run != work.run_number:
        assert "actions=read" in given["github-token"].split(","), "other runs need a right to read them"
    shutil.copytree(work.runner.artifacts[run, given["name"]], given["path"], symlinks=True)


def _nothing(_work: _Work, _given: Mapping[str, str], _id: str) -> None:
    """An action whose effect is there already."""


def _pages(work: _Work, given: Mapping[str, str], id_: str) -> None:
    _upload(work, {**given, "name": "github-pages"}, id_)


def _deploy(work: _Work, _given: Mapping[str, str], id_: str) -> None:
    assert {"pages=write", "id-token=write"} <= set(work.context["github"]["token"].split(","))
    assert (work.run_number, "github-pages") in work.runner.artifacts
    work.steps[id_]["outputs"] = {"page_url": "https://the-registry.github.io/networks/"}


ACTIONS = {
    "actions/checkout": _checkout,
    "actions/setup-python": _nothing,
    "actions/upload-artifact": _upload,
    "actions/download-artifact": _download,
    "actions/upload-pages-artifact": _pages,
    "actions/deploy-pages": _deploy,
}


def _set_variables(path: Path) -> Iterator[tuple[str, str]]:
    """What a step wrote into ``GITHUB_OUTPUT`` or ``GITHUB_ENV``: ``name=value``, or lines between two marks."""
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        name, mark, end = line.partition("<<")
        if mark and "=" not in name:
            value = "\n".join(iter(lambda end=end: next(lines, end), end))  # type: ignore[misc]
            yield name, value
        else:
            yield tuple(line.split("=", 1))  # type: ignore[misc]


def git(folder: Path, *args: str, given: str | None = None) -> str:
    """What Git says in a folder, of what it is given on standard input."""
    who = {f"GIT_{role}_{part}": "x" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    plain["GIT_TEMPLATE_DIR"] = ""  # the samples of hooks would be most of the files that each test makes
    done = subprocess.run(
        ["git", "-C", str(folder), *args],
        input=None if given is None else given.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, **who, **plain},
    )
    return done.stdout.decode().strip()
