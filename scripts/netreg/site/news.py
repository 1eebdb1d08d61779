"""News: the history of the registry in sentences, by day and by network, and as Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import groupby, islice, takewhile
from textwrap import shorten
from xml.etree import ElementTree as ET

from netreg.core import dates
from netreg.core.escape import visible
from netreg.entry import Entry
from netreg.model import Registry
from netreg.review.change import NOT_SAID, Change, Kind
from netreg.review.history import Gap, History, Revision
from netreg.review.sentence import sentence
from netreg.review.spans import Spans, Style, plain
from netreg.review.words import Words
from netreg.site.page import entry_path, render, to_root
from netreg.site.settings import Settings

MANY_AT_ONCE = 20
"""From so many networks on, a day or a revision is told by their names alone: nobody reads twenty in sentences."""

MANY_NEW = 5
"""From so many new entries on, a revision tells them in one piece."""

CORRECTIONS = frozenset(
    {Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.ALTERNATIVE_PROMOTED, Kind.CLAIM_CLEARED, Kind.ENTRY_WITHDRAWN}
)
"""Kinds of change by which the registry takes back what it said; of a change of a claim, that of its value."""

NOTHING_NEW = NOT_SAID | {Kind.LISTED_SOURCE_ADDED}
"""Kinds that change no statement by themselves."""


@dataclass(frozen=True)
class Told:
    """What became of one network: sentences, and whether it has a page of its own."""

    id: str
    name: str
    has_page: bool
    sentences: tuple[Spans, ...]


@dataclass(frozen=True)
class Day:
    """What changed on one day; ``form_only`` counts the entries that were only written otherwise."""

    day: str
    added: tuple[Told, ...]
    changed: tuple[Told, ...]
    form_only: int

    @property
    def in_short(self) -> bool:
        """Whether so much changed that only the names are told."""
        return len(self.changed) > MANY_AT_ONCE


@dataclass(frozen=True)
class Correction:
    """One statement that says something else than before, is deleted or stands in a withdrawn entry."""

    day: str
    told: Told


@dataclass(frozen=True)
class Log:
    """The changes of one entry by day, the newest first; ``published`` is empty where the history does not tell."""

    published: str
    days: tuple[tuple[str, tuple[Spans, ...]], ...]


_BESIDE = ("confirmed", "sources")
"""Fields in which nothing is said of the body."""


class News:
    """Says in words what a history holds."""

    def __init__(self, registry: Registry, history: History) -> None:
        self.history = history
        self._registry = registry
        self._words = Words(registry.schema)

    @property
    def gap(self) -> str:
        """What the history leaves out, as a sentence; empty where it is whole."""
        if self.history.gap is Gap.NONE:
            return ""
        if not self.history.revisions:
            return "This copy of the site was built without the history of the entries, so it cannot tell what changed."
        since = dates.spoken(self.history.revisions[-1].day.isoformat())
        return f"This copy of the site was built from the newer history only: changes before {since} are left out."

    @property
    def withheld(self) -> str:
        """How many changes are not told for the sake of a person; empty where there are none."""
        number = self.history.withheld
        if not number:
            return ""
        changes = "One change is" if number == 1 else f"{number} changes are"
        return f"{changes} not told here, since personal data were part of {'it' if number == 1 else 'them'}."

    def days(self, most: int) -> Iterator[Day]:
        """The newest days on which something changed that can be told."""
        grouped = groupby(self.history.revisions, key=lambda one: one.day)
        days = (self._day(day.isoformat(), list(group)) for day, group in grouped)
        return islice((one for one in days if one.added or one.changed or one.form_only), most)

    def _day(self, day: str, revisions: list[Revision]) -> Day:
        changes = [change for one in revisions for change in one.changes]
        added = {change.entry: change for change in changes if change.kind is Kind.ENTRY_ADDED}
        entries = [entry for one in revisions for entry in one.entries]
        form_only = {entry.id for entry in entries if all(change.kind in NOT_SAID for change in entry.changes)}
        return Day(
            day,
            self._by_name(self.told(id_, [change]) for id_, change in added.items()),
            self._by_name(self._changed(change for change in changes if change.kind is not Kind.ENTRY_ADDED)),
            len(form_only),
        )

    @staticmethod
    def _by_name(told: Iterable[Told]) -> tuple[Told, ...]:
        return tuple(sorted(told, key=lambda one: (one.name.casefold(), one.id)))

    def _changed(self, changes: Iterable[Change]) -> Iterator[Told]:
        by_entry: dict[str, list[Change]] = {}
        for change in changes:
            if change.kind not in NOTHING_NEW:
                by_entry.setdefault(change.entry, []).append(change)
        return (self.told(id_, found) for id_, found in by_entry.items())

    def told(self, id_: str, changes: Iterable[Change]) -> Told:
        """The changes of one entry in words."""
        changes = list(changes)
        entry = self._registry.entries.get(id_)
        name = entry.label if entry else changes[0].name
        return Told(id_, name, entry is not None, self._sentences(changes))

    def _sentences(self, changes: Iterable[Change]) -> tuple[Spans, ...]:
        return tuple(sentence(change, self._words) for change in changes if change.kind not in NOTHING_NEW)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """All corrections made, the newest first."""
        return tuple(
            Correction(one.day.isoformat(), self.told(change.entry, [change]))
            for one in self.history.revisions
            for change in one.changes
            if _is_correction(change)
        )

    def state(self, entry: Entry) -> str:
        """The commit by which an entry came to stand as it does; empty where the history does not tell."""
        return next((one.commit for one, _ in self.history.by_entry.get(entry.id, ())), "")

    def changed_since(self, entry: Entry, state: str) -> str | None:
        """The newest day on which an entry said otherwise than in a state of it; empty where it never did.

        None where the history does not know that state. The yes to it, and what is known of sources, change nothing
        that the entry says.
        """
        days: list[str] = []
        for one, found in self.history.by_entry.get(entry.id, ()):
            if state and one.commit.startswith(state):
                return days[0] if days else ""
            if any(change.field not in _BESIDE and change.kind not in NOTHING_NEW for change in found.changes):
                days.append(one.day.isoformat())
        return None

    def log(self, entry: Entry) -> Log:
        """The changes of one entry; its first publication is told by its day alone."""
        published = self.history.published(entry.id)
        days: dict[str, list[Spans]] = {}
        for one, found in self.history.by_entry.get(entry.id, ()):
            said = self._sentences(change for change in found.changes if change.kind is not Kind.ENTRY_ADDED)
            if said:
                days.setdefault(one.day.isoformat(), []).extend(said)
        listed = tuple((day, tuple(sentences)) for day, sentences in days.items())
        return Log(published.isoformat() if published else "", listed)


def _is_correction(change: Change) -> bool:
    if change.kind is Kind.CLAIM_CHANGED:
        return change.is_other_value
    return change.kind in CORRECTIONS


FEED = "feed.xml"
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
    head = FeedHead("changes", f"What’s new: {settings.name}", FEED, "changes/", registry.today)
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
