"""The site apart from its generator: in one file that needs no server, one page at once, and staged for any other.

The file has the pages as sections and their links as anchors. What is staged are files, each page at its address with
front matter and content.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from html import escape, unescape
from importlib.util import find_spec
from pathlib import Path
from posixpath import basename, dirname, join, normpath, splitext
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from netreg.core import dates
from netreg.entry import Entry
from netreg.model import Registry
from netreg.review.history import History
from netreg.site.entry_page import entry_page
from netreg.site.news import News
from netreg.site.page import ASSETS, TEMPLATES, THEME, Page, headed, render, to_root
from netreg.site.settings import Settings

if TYPE_CHECKING:
    from netreg.site.publish import Publication

PARTS = tuple("networks/ leads/ matrix/ topics/ bodies/ gaps/ countries/ events/ coverage/ acts/ half-year/".split())
"""What comes in after the front door, by the beginnings of addresses, most wanted first; networks come always."""

LARGEST = 5_100_000
"""Bytes of pages up to which further parts come in: with anchors, looks and search the file stays below 6,000,000."""

_HERE = "https://here.invalid/"
_TAG = re.compile(r"<[a-z][^<>]*>")
_PLACE = re.compile(r' (id|href|for|aria-(?:labelledby|describedby|controls))="([^"]*)"')

# What a script of the site reads that is not in the file; and the hover text of a footnote, since its source, which
# says the same, is one click away and takes no way through the network: together a fifth of the pages.
_NEEDLESS = re.compile(r' data-(?!label|scheme)[a-z-]+="[^"]*"| title="[^"]*"(?=>\d+</a>)|<!-- netreg-[a-z]+ -->')


def single(registry: Registry, settings: Settings, pages: Iterable[Page]) -> str:
    """The file, of the pages of a site without what changed in the registry; what has no room is named in it."""
    from netreg.site.downloads import search_text  # no preview waits for the formats of the data

    light = [replace(page, html=_NEEDLESS.sub("", page.html)) for page in pages]
    inside = list(_chosen(light))
    paths = {page.path for page in inside}
    script = _filled_lines((ASSETS / "search.js").read_text("utf-8"))
    data = search_text(registry, inside).replace("<", "\\u003c")
    rules = [*(path for path in style_sheets() if path.name != "fonts.css"), TEMPLATES / "single.css"]
    style = "\n".join(path.read_text("utf-8") for path in rules)
    # Where a map of the style sheet lies is nothing to a reader, and would be looked for beside the file.
    style = _filled_lines(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style))
    return render(
        "single.html",
        settings=settings,
        day=dates.spoken(registry.today.isoformat()),
        sections=[(anchor(page.path), page, Markup(_section(page, paths, settings))) for page in inside],
        missing=[page.title for page in light if page.path.count("/") == 1 and page.path not in paths],
        style=Markup(style),
        script=Markup(script),
        data=Markup(data),
        hashes={"style": content_hash(style), "script": content_hash(script), "data": content_hash(data)},
    )


def _filled_lines(text: str) -> str:
    """A text without empty lines, as a template leaves it: a hash fits to the last sign or not at all."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def content_hash(text: str) -> str:
    """The hash by which a policy lets a script or a style stand inline."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def anchor(path: str, place: str = "") -> str:
    """The id of a page in the file, or of a place on it; a colon is in no address, so no two are the same."""
    return ":".join(filter(None, (path.rstrip("/") or "start", place)))


def _chosen(pages: list[Page]) -> Iterator[Page]:
    room = LARGEST
    for part in PARTS:
        # Forms are of no use without a network; they are what search engines are asked to leave out, too.
        more = [page for page in pages if page.indexed and page.path.startswith(part)]
        size = sum(len(page.html.encode()) for page in more)
        if part == PARTS[0]:
            yield from (page for page in pages if not page.path)
        if part == PARTS[0] or size <= room:
            room -= size
            yield from more


def _section(page: Page, paths: Collection[str], settings: Settings) -> str:
    """The content of a page, each of its places under the page's own name, each of its links to where it leads now."""

    def placed(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name != "href":
            return f' {name}="{" ".join(anchor(page.path, one) for one in value.split())}"'
        led = _led(page.path, unescape(value), paths, settings)
        return f' href="{escape(led)}"' if led else ""

    return _TAG.sub(lambda tag: _PLACE.sub(placed, tag[0]), headed(page))


def _led(path: str, href: str, paths: Collection[str], settings: Settings) -> str:
    """Where a link of a page leads: in the file, on the site, or nowhere where the site has no address."""
    if urlsplit(href).scheme:
        return href
    target = urlsplit(urljoin(f"{_HERE}{path}", href))
    below = target.path.lstrip("/")
    if below in paths:
        return f"#{anchor(below, target.fragment)}"
    return settings.page_address(target._replace(scheme="", netloc="", path=below).geturl())


def preview(registry: Registry, entry: Entry, settings: Settings) -> str:
    """The page as one file of HTML, which takes its looks from where the theme is installed."""
    page = entry_page(registry, entry, settings, News(registry, History()))
    return render("preview.html", page=page, html=Markup(page.html), sheets=[path.as_uri() for path in style_sheets()])


def style_sheets() -> Iterator[Path]:
    """The style sheets in the order in which the theme loads them; nothing of it is imported, which takes long."""
    material = find_spec("material")
    if material and material.origin:
        yield from sorted((Path(material.origin).parent / "templates/assets/stylesheets").glob("*.css"))
    yield from sorted(ASSETS.glob("*.css"))


NAV = "nav.json"
"""Name, description and menu of the site: pairs of title and address; a section has pairs in place of an address."""

_HIDDEN = "data"  # below docs/: lists of the registry, which pages tell
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#|/)([^)#\s]+)(?=[)#])")
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def stage(docs: Path, publication: Publication, config: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files as (path, content): pages as Markdown at their addresses, all that is downloaded, looks, and the menu.

    A ValueError where a hand-written page asks for a placeholder that there is not.
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
