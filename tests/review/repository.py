"""A small Git repository with a registry, for tests: commits at given moments, free of anybody's own settings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ENTRY = """name: {name}
acronym: {acronym}
group: other-european
topics: [drugs]
status: {{value: active, as_of: "2024", sources: [own]}}
seat: {{value: {seat}, sources: [own]}}
sources:
  - id: own
    title: About us
    author: {name}
    kind: self-presentation
    url: https://own.example/
    language: en
    read: {{date: "2026-11-23", how: live}}
"""


def entry(name: str = "European Example Network", acronym: str = "EEN", seat: str = "Vienna") -> str:
    """The text of an entry."""
    return ENTRY.format(name=name, acronym=acronym, seat=seat)


class Repository:
    """A repository in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "registry").mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str, when: str = "2026-11-01T12:00:00Z") -> str:
        """Run Git; what it makes is dated as told."""
        env = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
        known = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run([*known, *words], cwd=self.root, env=env, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def write(self, id_: str, text: str | None) -> None:
        """Give an entry a text, or take its file away."""
        file = self.root / "registry" / f"{id_}.yaml"
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")

    def commit(self, when: str, **entries: str | None) -> str:
        """Commit these entries and whatever else lies there; the name of the commit."""
        for id_, text in entries.items():
            self.write(id_, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x", when=when)
        return self.git("rev-parse", "HEAD")
