"""Downloads: every file of the site that is no page: a release of the data, twins of pages, the index of the search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from netreg.core import dates
from netreg.core.escape import in_markdown
from netreg.entry import Entry
from netreg.export.api import api_files, entry_text
from netreg.export.as_csv import as_csv, as_package
from netreg.export.as_parquet import as_parquet
from netreg.export.as_sqlite import as_sqlite
from netreg.export.as_xlsx import as_xlsx
from netreg.export.edition import Edition, citation, summary
from netreg.export.sums import with_sums
from netreg.model import Registry
from netreg.model.phrases import country_code, linkable, lower_first
from netreg.model.search import SearchDocument
from netreg.model.search_documents import search_documents, search_tables
from netreg.model.sheet import EntryWords
from netreg.site.correct_page import text_to_copy
from netreg.site.news import FEED, News, entry_feed, feed
from netreg.site.page import Page, entry_path
from netreg.site.settings import Settings


def downloads(edition: Edition, settings: Settings, workbook: bool = True) -> Iterator[tuple[str, bytes]]:
    """The files as (path below the root of the site, content), last the sums of the others; texts are UTF-8."""
    return with_sums(_files(edition, settings, workbook))


def _files(edition: Edition, settings: Settings, workbook: bool) -> Iterator[tuple[str, str | bytes]]:
    registry, news = edition.registry, News(edition.registry, edition.history)
    yield from data_files(edition, workbook)
    for entry in registry.entries.values():
        words = EntryWords(registry, entry)
        yield f"networks/{entry.id}.md", as_markdown(words)
        if not entry.withdrawn and (state := news.state(entry)):
            yield f"networks/{entry.id}/sheet.txt", as_sheet(words, settings, state)
        yield f"networks/{entry.id}.atom", entry_feed(entry, news, registry.today, settings)
    yield FEED, feed(registry, edition.history, settings)


def as_sheet(words: EntryWords, settings: Settings, state: str) -> str:
    """The entry as a text to pass round an office and to send back: each line of it numbered, then labels with blanks.

    No line above the blanks begins with a label, so that a mail which holds all of it is read by the blanks alone.
    """
    registry, entry = words.registry, words.entry
    said = [("", words.summary), *(pair for _, pairs in words.parts for pair in pairs)]
    lines = [f"{label} – {text}" if label else text for label, text in said if text]
    sources = [" ".join((f"[{number}]", text, *addresses)) for number, text, addresses in words.sources()]
    day, to = dates.spoken(registry.today.isoformat()), f" to {settings.contact}" if settings.contact else ""
    told = (
        f"{words.title}, as the registry has it on {day}. {settings.page_address(entry_path(entry.id))}".rstrip(),
        *(f"{number}. {line}" for number, line in enumerate(lines, start=1)),
        "What it rests on, by the numbers in brackets",
        *sources,
        f"Is this you, and is it right? Fill in what follows and send it back by mail{to}. {_ON_SHEETS}",
    )
    blanks = text_to_copy("confirm", registry.schema, {"entry": entry.id, "state": state})
    return "\n\n".join((*(" ".join(line.split()) for line in told), blanks))


_ON_SHEETS = (
    "What you send is published under CC0 1.0; we publish in which role you write, never a name. Please send no "
    "telephone numbers."
)


def as_markdown(words: EntryWords) -> str:
    """The twin of a page as Markdown, in which nothing acts that an entry holds."""
    return "\n".join(_withdrawn(words.entry) if words.entry.withdrawn else _lines(words)) + "\n"


def _withdrawn(entry: Entry) -> Iterator[str]:
    withdrawn = dict(entry.withdrawn or {})
    yield f"# {in_markdown(entry.title)}\n"
    yield f"Withdrawn on {dates.spoken(withdrawn['withdrawn'])}. {in_markdown(withdrawn['reason'])}"
    if withdrawn.get("see"):
        yield f"\nSee instead: [{withdrawn['see']}]({withdrawn['see']}.md)"


def _lines(words: EntryWords) -> Iterator[str]:
    yield f"# {in_markdown(words.title)}\n"
    paragraphs = (words.entry.name if words.entry.short_name else "", words.kind, words.summary)
    yield from (f"{in_markdown(text)}\n" for text in paragraphs if text)
    for title, pairs in words.parts:
        yield f"## {title}\n"
        for label, text in pairs:
            yield f"- **{in_markdown(label)}:** {in_markdown(text)}" if label else f"  - {in_markdown(text)}"
        yield ""
    yield "## Sources\n"
    for number, said, addresses in words.sources():
        links = (f"<{_safe(address)}>" for address in addresses if linkable(address))
        yield " ".join([f"{number}. {in_markdown(said)}", *links])


def _safe(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


SEARCH = "search.json"

_INTERNAL = ("", "rules/", "schema/", "refused/")
"""The front door, where the search stands, and pages for those who keep the registry."""


def search_text(registry: Registry, pages: Iterable[Page]) -> str:
    """The text of the file, without a space too many: it is fetched as soon as somebody searches."""
    documents = search_documents(registry)
    data = {
        **search_tables(documents),
        "kinds": {term.value: lower_first(term.title) for term in registry.schema.terms("name_kind")},
        "networks": [_network(document) for document in documents],
        "doors": [_door(page) for page in pages if _is_door(page)],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _network(document: SearchDocument) -> list[Any]:
    lists = (" ".join(words) for words in (document.words, document.more, document.now, document.once))
    names = [[text, kind] if kind else [text] for text, kind in document.names]
    shown = (document.id, document.told["acronym"], document.line, document.status)
    return [*shown, int(document.is_alive), document.ties, names, document.acts, document.numbers, *lists]


def _is_door(page: Page) -> bool:
    return page.path not in _INTERNAL and (page.path == "networks/" or not page.path.startswith("networks/"))


def _door(page: Page) -> list[str]:
    """Its title, its address, and of a country, which is found in all languages, its code."""
    return [text for text in (page.title, page.path, country_code(page.title)) if text]


NAME = "networks"
"""The name of the files that hold all tables."""


def data_files(edition: Edition, workbook: bool = True) -> Iterator[tuple[str, str | bytes]]:
    """The files as (path below the root of the site, content), one after the other; texts are UTF-8."""
    yield from _as_json(edition)  # each kind on its own, so that its texts go before the next is made
    yield from _as_csv(edition)
    yield from ((f"data/{name}.parquet", data) for name, data in as_parquet(edition.tables))
    yield f"data/{NAME}.sqlite", as_sqlite(edition)
    if workbook:
        yield f"data/{NAME}.xlsx", as_xlsx(edition)
    yield "data/CITATION.cff", citation(edition)
    yield "data/CHANGES.md", summary(edition)


def _as_json(edition: Edition) -> Iterator[tuple[str, str]]:
    registry = edition.registry
    entries = {id_: entry_text(registry, registry.entries[id_]) for id_ in sorted(registry.entries)}
    yield from api_files(edition, entries)
    yield from ((f"networks/{id_}.json", text) for id_, text in entries.items())


def _as_csv(edition: Edition) -> Iterator[tuple[str, str]]:
    texts = {one.table.name: as_csv(one) for one in edition.tables}
    yield from ((f"data/{name}.csv", text) for name, text in texts.items())
    yield "data/datapackage.json", as_package(edition, texts)
