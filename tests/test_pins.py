"""Everything that is fetched from outside is pinned, and pinned once."""

import re
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
