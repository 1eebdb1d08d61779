"""Everything that is fetched from outside is pinned, and pinned once."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dev import pins

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "scripts" / "requirements.txt").read_text(encoding="utf-8")
REQUIREMENTS = re.findall(r"^[a-z0-9].*(?:\n[ ]+--hash.*)*", LOCK, re.MULTILINE)
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))


def hooks() -> list[dict[str, Any]]:
    """Return the pre-commit hooks that have an environment of their own."""
    config = YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")
    return [hook for repo in config["repos"] for hook in repo["hooks"] if hook["language"] == "python"]


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: str(hook["id"]))
def test_hook_pins_equal_the_lock(hook: dict[str, Any]) -> None:
    """A hook installs exactly the versions of the lock (`python3 scripts/dev.py lock` brings them over)."""
    wanted = dict(pin.split("==") for pin in hook["additional_dependencies"])
    assert wanted == {name: pins(LOCK).get(name) for name in wanted}


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: str(hook["id"]))
def test_hook_names_what_its_packages_need(hook: dict[str, Any]) -> None:
    """No package of a hook brings in one that the hook does not pin."""
    named = {pin.split("==")[0] for pin in hook["additional_dependencies"]}
    needed = {name for name, users in needs().items() if users & named}
    assert needed - named == set()


def needs() -> dict[str, set[str]]:
    """Return for each package of the lock the packages that need it, as the lock's `via` lines have it."""
    users = {}
    for block in re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]:
        users[block.split("==")[0]] = set(re.findall(r"# +(?:via )?([a-z0-9-]+)$", block, re.MULTILINE))
    return users


_ONLY = """
import sys
allowed = set(sys.argv[1].split())
class Only:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top.replace("_", "-") not in allowed and top != "netreg":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Only())
from netreg.cli import main
sys.exit(main(["format"]) or main(["check"]))
"""


def test_a_first_commit_of_an_entry_installs_what_an_entry_needs(invented: Path) -> None:
    """The hooks for entries run with nothing but the packages that they pin, and no other hook looks at an entry."""
    config = YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")
    every = [hook for repo in config["repos"] for hook in repo["hooks"]]
    ours = [hook for hook in every if re.search(hook.get("files", "^$"), "registry/a.yaml")]
    assert ours == hooks()
    assert len({tuple(hook["additional_dependencies"]) for hook in ours}) == 1
    pinned = {pin.split("==")[0] for pin in ours[0]["additional_dependencies"]}
    modules = {"attr": "attrs", "ruamel": "ruamel-yaml", "rpds": "rpds-py", "-ruamel-yaml": "ruamel-yaml-clib"}
    allowed = pinned | {name for name, package in modules.items() if package in pinned}
    command = [sys.executable, "-c", _ONLY, " ".join(allowed)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(command, cwd=invented, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_hooks_clone_nothing() -> None:
    """Every hook is local, so that the package index is all it needs."""
    config = YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")
    assert {repo["repo"] for repo in config["repos"]} == {"local"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.name))
def test_actions_are_pinned(path: Path) -> None:
    """Each action of a workflow is named by a full commit, with its version beside it."""
    uses = re.findall(r"(?m)^\s*(?:- )?uses:\s*(.+)", path.read_text(encoding="utf-8"))
    loose = [use for use in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", use)]
    assert uses
    assert loose == []


def test_lock_names_no_index() -> None:
    """The lock has no address and no option: each machine brings its own index."""
    assert not re.search(r"https?:|file:|^-", LOCK, re.MULTILINE)


def test_requirements_have_hashes() -> None:
    """Each requirement has one exact version and at least one hash."""
    whole = re.compile(r"[a-z0-9-]+==[^ ]+ (?:; [^\\]+)?\\(?:\n +--hash=sha256:[0-9a-f]{64}(?: \\)?)+")
    assert REQUIREMENTS
    assert [found.split()[0] for found in REQUIREMENTS if not whole.fullmatch(found)] == []
