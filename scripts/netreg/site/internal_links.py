"""Our own check of a built site: every internal link and every anchor must lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_TARGETS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "form": "action"}

# One pass of a pattern over a page takes a fifth of the time of a parser. It cuts the text as HTML says: what stands in
# a comment, a script, a style or a text to be edited is no markup. Nothing is read twice, however a page was spoilt.
_NAME = r"=?[^\s/>=]+"
_VALUE = r"""(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*)"""
_ATTRIBUTE = re.compile(rf"({_NAME})(?:\s*=\s*({_VALUE}))?")
_INSIDE = rf"(?:{_NAME}(?:\s*=\s*{_VALUE})?|[\s/=])*+"
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?/][^>]*>"
    rf"|<(script|style|textarea|title)(?=[\s/>])({_INSIDE})>.*?(?=</\1|\Z)"
    rf"|<([a-z][^\s/>]*+)({_INSIDE})>"
    r"|<[a-z].*",  # a tag that never ends
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, order=True)
class BrokenLink:
    """A link that leads nowhere: the page it stands on, its target as written, and why."""

    page: str
    target: str
    why: str


@dataclass(frozen=True)
class LinkedPage:
    """The places of a page that a link can lead to, and the links on it."""

    ids: Set[str]
    links: Set[str]


def broken_links(site: Path) -> list[BrokenLink]:
    """All internal links of a built site that lead to no file or no anchor, in order."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    pages = {name: read_page(path.read_text("utf-8")) for name, path in files.items() if name.endswith(".html")}
    found = (
        BrokenLink(page, target, why)
        for page, read in pages.items()
        for target in read.links
        if page != "404.html" and (why := _why_broken(page, target, pages, files.keys()))
    )
    return sorted(found)


def read_page(html: str) -> LinkedPage:
    """The ids and the links of a page."""
    # The frame of the theme is the same on every page, so most tags were seen before.
    tags = [_read_tag(*tag) for tag in set(_MARKUP.findall(html))]
    return LinkedPage({id_ for ids, _link in tags for id_ in ids}, {link for _ids, link in tags if link})


@lru_cache(maxsize=100_000)
def _read_tag(raw: str, raw_inside: str, name: str, inside: str) -> tuple[tuple[str, ...], str]:
    """The ids that a tag gives, and where it leads."""
    tag = (raw or name).lower()
    values = dict(_attributes(raw_inside or inside))
    ids = (values.get("id"), values.get("name") if tag == "a" else None)
    return tuple(filter(None, ids)), values.get(_TARGETS.get(tag, ""), "")


def _attributes(inside: str) -> Iterator[tuple[str, str]]:
    for name, value in _ATTRIBUTE.findall(inside):
        yield name.lower(), unescape(value[1:-1] if value[:1] in ('"', "'") else value)


def _why_broken(page: str, target: str, pages: Mapping[str, LinkedPage], files: Set[str]) -> str:
    is_outside, path, anchor = _parts(target)
    if is_outside:
        return ""
    file = _file_of(page, path, files)
    if file not in files:
        return "there is no such page"
    if anchor and file in pages and anchor not in pages[file].ids:
        return "the page has no such place"
    return ""


@lru_cache(maxsize=100_000)
def _parts(target: str) -> tuple[bool, str, str]:
    """Whether a link leads out of the site, its path and its anchor; many pages have the same links."""
    parts = urlsplit(target)
    return bool(parts.scheme or parts.netloc), unquote(parts.path), unquote(parts.fragment)


def _file_of(page: str, path: str, files: Set[str]) -> str:
    if not path:
        return page
    file = normpath(join("/", dirname(page), path)).lstrip("/")
    return file if file in files else join(file, "index.html")
