"""The way to any other generator: the site as files, each page at its address with front matter and content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import basename, dirname, join, normpath, splitext
from typing import Any

from netreg.site.page import THEME, Page, headed, to_root
from netreg.site.publish import Publication

NAV = "nav.json"
"""Name, description and menu of the site: pairs of title and address; a section has pairs in place of an address."""

_HIDDEN = "data"  # below docs/: lists of the registry, which pages tell
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#|/)([^)#\s]+)(?=[)#])")
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def stage(docs: Path, publication: Publication, config: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files as (path, content): pages as Markdown at their addresses, all that is downloaded, looks, and the menu.

    Raises:
        ValueError: a hand-written page asks for a placeholder that there is not.
    """
    for page in publication.pages:
        yield f"{page.path}index.md", _generated(page).encode()
    for file in sorted(path for path in docs.rglob("*") if path.is_file()):
        name = file.relative_to(docs).as_posix()
        if file.suffix == ".md" and not name.startswith(f"{_HIDDEN}/"):
            yield f"{address(name)}index.md", _by_hand(name, publication.filled(file.read_text("utf-8"))).encode()
        elif not name.startswith(f"{_HIDDEN}/"):
            yield name, file.read_bytes()
    for file in sorted(path for path in (THEME / "assets").rglob("*") if path.is_file()):
        yield file.relative_to(THEME).as_posix(), file.read_bytes()
    yield from publication.files
    titles = {page.path: page.title for page in publication.pages}
    told = {"name": config["site_name"], "description": config["site_description"], "nav": _menu(config["nav"], titles)}
    yield NAV, json.dumps(told, ensure_ascii=False, indent=2).encode()


def address(name: str) -> str:
    """The address below the root of a file: a page of Markdown has a folder of its own, an index the one it is in."""
    stem, ending = splitext(name)
    if ending != ".md":
        return name
    return stem.removesuffix("index") if basename(stem) == "index" else f"{stem}/"


def _generated(page: Page) -> str:
    front = {"title": page.title, "description": page.description, "noindex": not page.indexed}
    # JSON is YAML, and no title can break out of it. The content holds no empty line, so Markdown leaves it as it is.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in front.items() if value)
    return f"---\n{''.join(lines)}---\n\n{headed(page)}\n"


def _by_hand(name: str, text: str) -> str:
    """A page with its title in front, and links that lead to addresses instead of files of Markdown."""
    here = address(name)
    title = _TITLE.search(text)
    front = (
        "" if _FRONT.match(text) or not title else f"---\ntitle: {json.dumps(title[1], ensure_ascii=False)}\n---\n\n"
    )

    def led(match: re.Match[str]) -> str:
        return to_root(here) + address(normpath(join(dirname(name), match[0])))

    return front + _LINK.sub(led, text)


def _menu(items: Sequence[Any], titles: Mapping[str, str]) -> list[Any]:
    """The menu of ``mkdocs.yml``; a page that it gives no name has its own."""
    named = [item if isinstance(item, dict) else {titles[address(item)]: item} for item in items]
    pairs = [pair for item in named for pair in item.items()]
    return [[title, _menu(led, titles) if isinstance(led, list) else address(led)] for title, led in pairs]
