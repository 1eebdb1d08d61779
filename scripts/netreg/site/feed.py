"""The Atom feed of what is new (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import islice, takewhile
from textwrap import shorten
from xml.etree import ElementTree as ET

from netreg.core.escape import visible
from netreg.model import Registry
from netreg.review.change import Kind
from netreg.review.history import History, Revision
from netreg.review.spans import Style, plain
from netreg.site.news import MANY_AT_ONCE, MANY_NEW, News, Told
from netreg.site.render import render
from netreg.site.settings import Settings

PATH = "feed.xml"
MOST = 50
"""Items at most: a reader that looks once a week misses none."""


@dataclass(frozen=True)
class FeedItem:
    """One piece of news: its name for good, its title, when it happened, what it tells and where more stands."""

    id: str
    title: str
    when: datetime
    told: tuple[Told, ...]
    path: str


def feed(registry: Registry, history: History, settings: Settings) -> str:
    """The feed as text; its links are absolute once the site has an address."""
    items = list(islice(_items(News(registry, history)), MOST))
    newest = items[0].when if items else datetime.combine(registry.today, time(), UTC)
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(root, "id", "urn:netreg:feed:changes")
    _add(root, "title", f"What’s new: {settings.name}")
    _add(root, "updated", _stamp(newest))
    _add(ET.SubElement(root, "author"), "name", settings.publisher)
    _add(root, "rights", "CC0 1.0")
    if settings.site_url:
        _link(root, "self", settings.page_address(PATH), "application/atom+xml")
    _link(root, "alternate", _address("changes/", settings), "text/html")
    for item in items:
        _append(root, item, settings)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _items(news: News) -> Iterator[FeedItem]:
    """All news, the newest first; what is new in form only is none."""
    for one in news.history.revisions:
        added = [entry for entry in one.entries if entry.changes[0].kind is Kind.ENTRY_ADDED]
        others = [entry for entry in one.entries if entry.changes[0].kind is not Kind.ENTRY_ADDED]
        new = tuple(news.told(entry.id, entry.changes) for entry in added)
        told = (news.told(entry.id, entry.changes) for entry in others)
        yield from _told(one, "added", "new entries", MANY_NEW, new)
        yield from _told(one, "changed", "entries changed", MANY_AT_ONCE, tuple(one for one in told if one.sentences))


def _told(revision: Revision, key: str, what: str, many: int, told: tuple[Told, ...]) -> Iterator[FeedItem]:
    """An item for each network, or one for all where there are many."""
    if len(told) > many:
        names = tuple(Told(one.id, one.name, one.has_page, ()) for one in told)
        anchor = f"changes/#day-{revision.day.isoformat()}"
        title = _cut(f"{len(told)} {what}: {', '.join(one.name for one in told)}")
        yield FeedItem(f"urn:netreg:changes:{revision.commit}:{key}", title, revision.when, names, anchor)
        return
    for one in told:
        path = f"networks/{one.id}/#changes" if one.has_page else "changes/"
        yield FeedItem(f"urn:netreg:change:{revision.commit}:{one.id}", _title(one, key), revision.when, (one,), path)


def _title(told: Told, key: str) -> str:
    if key == "added":
        return f"{told.name}: new entry"
    first, *more = told.sentences
    changed = _cut(plain(takewhile(lambda span: span.style is not Style.EVIDENCE, first)))
    return f"{told.name}: {changed}" + (f", and {len(more)} more" if more else "")


def _cut(text: str) -> str:
    """As much of a text as a list of titles has room for, without the stop at its end."""
    return shorten(text.rstrip("."), 110, placeholder=" …")


def _append(root: ET.Element, item: FeedItem, settings: Settings) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "updated", _stamp(item.when))
    _link(entry, "alternate", _address(item.path, settings), "text/html")
    content = _add(entry, "content", render("feed_item.html", told=item.told))
    content.set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = visible(text).strip()
    return element


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})


def _address(path: str, settings: Settings) -> str:
    """Absolute where the site has an address; else from where the feed lies, at the root."""
    return settings.page_address(path) or path


def _stamp(when: datetime) -> str:
    return f"{when.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
