"""The file from which the site is searched: the documents of ``netreg find``, and the pages that are no network's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from netreg.model import Registry
from netreg.model.phrases import country_code, lower_first
from netreg.model.question import SearchDocument
from netreg.model.search_documents import search_documents, search_tables
from netreg.site.page import Page

PATH = "search.json"

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
