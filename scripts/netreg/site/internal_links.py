"""Our own check of a built site: every internal link and every anchor must lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

_ATTRIBUTES = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "form": "action"}


@dataclass(frozen=True, order=True)
class BrokenLink:
    """A link that leads nowhere: the page it stands on, its target as written, and why."""

    page: str
    target: str
    why: str


class _Collector(HTMLParser):
    """Collects the ids of a page and the links on it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in (values.get("id"), values.get("name") if tag == "a" else None):
            if name:
                self.ids.add(name)
        target = values.get(_ATTRIBUTES.get(tag, ""))
        if target:
            self.links.append(target)


def broken_links(site: Path) -> list[BrokenLink]:
    """All internal links of a built site that lead to no file or no anchor, in order."""
    pages = {path.relative_to(site).as_posix(): _collected(path) for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    found = {
        BrokenLink(page, target, why)
        for page, collected in pages.items()
        for target in collected.links
        if page != "404.html" and (why := _why_broken(page, target, pages, files))
    }
    return sorted(found)


def _collected(path: Path) -> _Collector:
    collector = _Collector()
    collector.feed(path.read_text(encoding="utf-8"))
    return collector


def _why_broken(page: str, target: str, pages: dict[str, _Collector], files: set[str]) -> str:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return ""
    file = _file_of(page, unquote(parts.path), files)
    if file not in files:
        return "there is no such page"
    anchor = unquote(parts.fragment)
    if anchor and file in pages and anchor not in pages[file].ids:
        return "the page has no such place"
    return ""


def _file_of(page: str, path: str, files: set[str]) -> str:
    if not path:
        return page
    base = PurePosixPath("/") if path.startswith("/") else PurePosixPath("/", page).parent
    file = normpath(str(base / path.lstrip("/"))).lstrip("/")
    if file in files:
        return file
    return f"{file}/index.html".lstrip("/") if file != "." else "index.html"
