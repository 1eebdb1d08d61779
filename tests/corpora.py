"""Corpora: projects of as many entries as wanted, made from the real ones, in which the check finds nothing.

Clone ``k`` of an entry has an id, names and addresses of its own, and relations to clones of the same round.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from netreg.core.canonical import canonical_data
from netreg.core.load import Document, read_folder
from netreg.core.schema import read_schema

_CUT = 53  # signs of an id, so that it stays valid with its number


def project(folder: Path, root: Path, size: int) -> Path:
    """A project of so many entries below a folder that is empty; schema and pages are those of ``root``."""
    (folder / "registry").mkdir(parents=True)
    for name in ("schema", "docs", "mkdocs.yml", "scripts"):
        (folder / name).symlink_to(root / name)
    documents = read_folder(root)
    for number in range(-(-size // len(documents))):
        some = documents[: size - number * len(documents)]
        ids = {
            document.id: f"{document.id[:_CUT].rstrip('-')}-{number}" if number else document.id for document in some
        }
        for document in some:
            text = document.text if number == 0 else _clone(document, number, ids, root)
            (folder / "registry" / f"{ids[document.id]}.yaml").write_text(text, encoding="utf-8")
    return folder


def _clone(document: Document, number: int, ids: dict[str, str], root: Path) -> str:
    assert document.root
    entry: dict[str, Any] = document.root.plain()
    _lead_on(entry, number, ids)
    for key in ("name", "short_name"):
        entry |= {key: f"{entry[key]} k{number}"} if key in entry else {}  # with a letter, since G6 is no G6+1
    entry |= {"acronym": f"{entry['acronym']}-K{number}"} if "acronym" in entry else {}
    for other in entry.get("other_names", ()):
        other |= {key: f"{other[key]} k{number}" for key in ("name", "acronym") if key in other}
    if "website" in entry:
        own = re.sub(r"^(https?://)(www\.)?", rf"\g<1>n{number}.", entry["website"]["value"])
        entry["website"]["value"] = own
    return canonical_data(entry, read_schema(root))


def _lead_on(value: Any, number: int, ids: dict[str, str]) -> None:
    """Give each address a query, and lead what points to an entry to the one of the same round."""
    for item in value if isinstance(value, list) else ():
        _lead_on(item, number, ids)
    for key, item in value.items() if isinstance(value, dict) else ():
        if key in ("target", "see") and isinstance(item, str):
            value[key] = ids.get(item, item)
        elif key == "url":
            value[key] = f"{item}{'&' if '?' in item else '?'}n={number}"
        else:
            _lead_on(item, number, ids)


def committed(folder: Path, changed: int) -> None:
    """Make a repository of a project, of which the newest commit changes so many entries in two statements."""
    (folder / ".gitignore").write_text("/docs\n/scripts\n/site\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    _commit(folder)
    paths = sorted((folder / "registry").iterdir())
    for path in paths[:: len(paths) // changed][:changed]:
        text = path.read_text(encoding="utf-8").replace('as_of: "2', 'as_of: "1', 1)
        summary = "summary:\n  value: >-\n    "
        path.write_text(text.replace(summary, f"{summary}Today: ", 1), encoding="utf-8")
    _commit(folder)


def _commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "next")


def git(folder: Path, *words: str) -> None:
    """Run Git with settings of its own."""
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "-c", "gc.auto=0"]
    subprocess.run(["git", *own, *words], cwd=folder, check=True)


def plain_site(folder: Path, built: Path, theme: Sequence[str]) -> Path:
    """A site of MkDocs with the words of all pages of a built one, and nothing but a theme."""
    for page in sorted(built.rglob("*.html")):
        words = _Words()
        words.feed(page.read_text(encoding="utf-8"))
        path = (folder / "docs" / page.relative_to(built)).with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(words.text), encoding="utf-8")
    (folder / "mkdocs.yml").write_text("\n".join(["site_name: Plain", *theme, ""]), encoding="utf-8")
    return folder


class _Words(HTMLParser):
    """The main text of a page as Markdown: headings, items of lists, links to other hosts, and words."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._address = ""
        self._is_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a heading, an item, a block or a link."""
        self._is_main |= tag == "article"
        begins = {
            **{f"h{level}": f"\n\n{'#' * level} " for level in range(1, 7)},
            "li": "\n- ",
            "p": "\n\n",
            "tr": "\n\n",
        }
        self.text += [begins[tag]] if self._is_main and tag in begins else []
        if tag == "a":
            address = dict(attrs).get("href") or ""
            self._address = address if address.startswith("http") else ""

    def handle_endtag(self, tag: str) -> None:
        """End what is read, or a link."""
        self._is_main &= tag != "article"
        self._address = "" if tag == "a" else self._address

    def handle_data(self, data: str) -> None:
        """Words, on one line."""
        if self._is_main:
            words = " ".join(data.split())
            self.text.append(
                f"[{words}]({self._address}) " if self._address and words else f"{words} " if words else ""
            )
