"""The Atom feed of what is new (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice, takewhile
from textwrap import shorten
from xml.etree import ElementTree as ET

from netreg.core.escape import visible
from netreg.entry import Entry
from netreg.model import Registry
from netreg.review.change import Kind
from netreg.review.history import History, Revision
from netreg.review.spans import Style, plain
from netreg.site.news import MANY_AT_ONCE, MANY_NEW, News, Told
from netreg.site.page import entry_path, render, to_root
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
    """The feed of all news as text; its links are absolute once the site has an address."""
    head = FeedHead("changes", f"What’s new: {settings.name}", PATH, "changes/", registry.today)
    return _written(head, list(islice(_items(News(registry, history)), MOST)), settings)


def entry_feed(entry: Entry, news: News, today: date, settings: Settings) -> str:
    """The feed of one network, which lies beside its page."""
    page = entry_path(entry.id)
    head = FeedHead(entry.id, f"{entry.title}: changes", f"{page[:-1]}.atom", f"{page}#changes", today)
    items = []
    for one, found in news.history.by_entry.get(entry.id, ())[:MOST]:
        key = "added" if found.changes[0].kind is Kind.ENTRY_ADDED else "changed"
        told = news.told(entry.id, found.changes)
        if key == "added" or told.sentences:
            items.append(_item(one, key, told))
    return _written(head, items, settings)


@dataclass(frozen=True)
class FeedHead:
    """What a feed says of itself: its name for good, its title, where it lies, what it tells of, the day it is of."""

    id: str
    title: str
    path: str
    about: str
    today: date

    def address(self, path: str, settings: Settings) -> str:
        """Absolute where the site has an address; else from where the feed lies."""
        return settings.page_address(path) or to_root(self.path) + path


def _written(head: FeedHead, items: list[FeedItem], settings: Settings) -> str:
    newest = items[0].when if items else datetime.combine(head.today, time(), UTC)
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(root, "id", f"urn:netreg:feed:{head.id}")
    _add(root, "title", head.title)
    _add(root, "updated", _stamp(newest))
    _add(ET.SubElement(root, "author"), "name", settings.publisher)
    _add(root, "rights", "CC0 1.0")
    if settings.site_url:
        _link(root, "self", settings.page_address(head.path), "application/atom+xml")
    _link(root, "alternate", head.address(head.about, settings), "text/html")
    for item in items:
        _append(root, item, head.address(item.path, settings))
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
    yield from (_item(revision, key, one) for one in told)


def _item(revision: Revision, key: str, told: Told) -> FeedItem:
    path = f"{entry_path(told.id)}#changes" if told.has_page else "changes/"
    return FeedItem(f"urn:netreg:change:{revision.commit}:{told.id}", _title(told, key), revision.when, (told,), path)


def _title(told: Told, key: str) -> str:
    if key == "added":
        return f"{told.name}: new entry"
    first, *more = told.sentences
    changed = _cut(plain(takewhile(lambda span: span.style is not Style.EVIDENCE, first)))
    return f"{told.name}: {changed}" + (f", and {len(more)} more" if more else "")


def _cut(text: str) -> str:
    """As much of a text as a list of titles has room for, without the stop at its end."""
    return shorten(text.rstrip("."), 110, placeholder=" …")


def _append(root: ET.Element, item: FeedItem, address: str) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "updated", _stamp(item.when))
    _link(entry, "alternate", address, "text/html")
    content = _add(entry, "content", render("feed_item.html", told=item.told))
    content.set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = visible(text).strip()
    return element


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})


def _stamp(when: datetime) -> str:
    return f"{when.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
