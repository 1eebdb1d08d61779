"""From a checkout to everything the site consists of: all pages, in one list, and files, as plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from netreg.check import Context
from netreg.check.cases import examples
from netreg.check.runner import COVERAGE
from netreg.check.standing import ProjectCheck
from netreg.core.cache import Cache
from netreg.core.finding import Level
from netreg.core.git import commit
from netreg.core.project import Project, UsageError, find_project
from netreg.core.report import render
from netreg.core.schema import Schema, read_schema
from netreg.entry.country_sets import read_country_sets
from netreg.export.edition import Edition
from netreg.lists import Coverage, Refusal, build_coverage, read_refused, read_withheld
from netreg.model import Registry, build_registry
from netreg.review.history import History, read_chronicle
from netreg.site.bars import lineages, timeline
from netreg.site.body_pages import acts_page, body_pages, leads_page
from netreg.site.correct_page import correct_page, form_links, sources_page, text_to_copy
from netreg.site.country_pages import country_pages, matrix_page
from netreg.site.downloads import SEARCH, downloads, search_text
from netreg.site.entry_page import entry_page, networks
from netreg.site.events_page import events_page, half_year_pages
from netreg.site.guide import Example, read_example
from netreg.site.news import News
from netreg.site.overviews import AXES, ages_page, axis, changes_page, coverage_page, gaps, landing, refused_page
from netreg.site.page import Page
from netreg.site.reference import data_page, rules_page, scales, schema_page
from netreg.site.settings import Settings


@dataclass(frozen=True)
class Publication:
    """What is published: generated pages, files as (path, content), and what hand-written pages ask for."""

    registry: Registry
    settings: Settings
    pages: tuple[Page, ...]
    files: tuple[tuple[str, bytes], ...]
    example: Example

    def filled(self, markdown: str) -> str:
        """A hand-written page with its placeholders filled: ``<!-- netreg:scales -->`` and the like.

        A ValueError where there is no such placeholder.
        """
        return _PLACEHOLDER.sub(lambda match: self._placed(match[1]), markdown)

    def _placed(self, name: str) -> str:
        if name not in PLACEHOLDERS:
            raise ValueError(f"there is no placeholder netreg:{name}; there are {', '.join(sorted(PLACEHOLDERS))}")
        return PLACEHOLDERS[name](self)


NO_COVERAGE = Coverage()
NO_HISTORY = History()

_NOT_YET = (
    "*So far the registry has no public address: forms, and “edit this entry”, come with it. Until then take the "
    "[text to copy](#mail).*"
)
_PLACEHOLDER = re.compile(r"<!-- netreg:([a-z-]+) -->")

PLACEHOLDERS: Mapping[str, Callable[[Publication], str]] = {
    "scales": lambda it: scales(it.registry),
    "answer-days": lambda it: str(it.settings.answer_days),
    "not-yet": lambda it: "" if it.settings.repo_url else _NOT_YET,
    "forms": lambda it: form_links(it.settings, it.registry.schema),
    "mail": lambda it: _mail(it.settings),
    "correction-to-copy": lambda it: _to_copy("correction", it.registry.schema),
    "network-to-copy": lambda it: _to_copy("network", it.registry.schema),
    "picture-form": lambda it: it.example.form,
    "picture-answer": lambda it: it.example.answer,
    "picture-comment": lambda it: it.example.comment,
}
"""What hand-written pages may ask for, by name."""


def _to_copy(key: str, schema: Schema) -> str:
    return f'<pre class="copy" tabindex="0">{escape(text_to_copy(key, schema).strip())}</pre>'


def _mail(settings: Settings) -> str:
    """Where a text goes that was copied."""
    if settings.contact:
        return f"Send it to [{settings.contact}](mailto:{settings.contact})."
    return "*The registry has no mailbox yet; hand the text to whoever gave you this page.*"


def _unheard(_step: str) -> None:
    pass


def publish(
    root: Path, settings: Settings, tell: Callable[[str], None] = _unheard, *, whole: bool = True
) -> Publication:
    """Load, check and turn a checkout into a publication; ``tell`` hears of each step.

    With ``whole`` off there are the pages alone: no files, and nothing of what changed in the registry. A ValueError
    where an entry, or a list of the project, has an error; the message is the report.
    """
    project = find_project(root)
    edition, coverage = read_edition(project, settings, tell, whole=whole)
    registry, schema = edition.registry, edition.registry.schema
    cases, refused = examples(project.root, schema), read_refused(project.root)
    tell("Writing the pages ...")
    pages = tuple(all_pages(registry, settings, cases, coverage, edition.history, refused))
    found = (*downloads(edition, settings), (SEARCH, search_text(registry, pages).encode())) if whole else ()
    return Publication(registry, settings, pages, found, read_example(project.root, schema, settings.answer_days))


def read_edition(
    project: Project, settings: Settings, tell: Callable[[str], None] = _unheard, *, whole: bool = True
) -> tuple[Edition, Coverage]:
    """Load, check and resolve a checkout: all that pages and files are made of; with ``whole`` off without history.

    A ValueError where an entry, or a list of the project, has an error; the message is the report.
    """
    schema, root = read_schema(project.root), project.root
    tell("Reading and checking the entries ...")
    cache = Cache(project)
    checked = ProjectCheck(root, Context(schema, project.today), cache)
    documents = checked.hold()
    errors = [finding for finding in checked.findings() if finding.level is Level.ERROR]
    cache.save()
    if errors:
        raise ValueError(render(errors, checked, "text"))
    registry = build_registry(documents, schema, project.today, read_country_sets(root))
    listed = checked.document(COVERAGE) if COVERAGE in checked else None
    coverage = build_coverage(listed, read_schema(root, "coverage"), registry)
    history = NO_HISTORY
    if whole:
        tell("Reading the history ...")
        history = read_chronicle(root, schema).without(read_withheld(root))
    return Edition(registry, history, _head(root), settings.name, settings.publisher, settings.site_url), coverage


def _head(root: Path) -> str:
    """The commit of a checkout; empty where Git knows none."""
    try:
        return commit(root, "HEAD")
    except UsageError:
        return ""


def all_pages(
    registry: Registry,
    settings: Settings,
    examples: Mapping[str, str],
    coverage: Coverage = NO_COVERAGE,
    history: History = NO_HISTORY,
    refused: Sequence[Refusal] = (),
) -> Iterator[Page]:
    """Every page that the registry, the schema and the rules can say; hand-written ones come beside them."""
    news = News(registry, history)
    yield landing(registry, settings)
    yield networks(registry)
    for kind in AXES:
        yield axis(registry, kind)
    yield timeline(registry)
    yield lineages(registry)
    yield gaps(registry)
    yield from country_pages(registry)
    yield matrix_page(registry)
    yield leads_page(registry)
    yield from body_pages(registry)
    yield events_page(registry)
    yield from half_year_pages(registry)
    yield acts_page(registry)
    yield ages_page(registry)
    yield sources_page(registry, settings)
    yield coverage_page(registry, coverage)
    yield changes_page(news)
    yield refused_page(registry, refused, settings)
    yield rules_page(examples)
    yield schema_page(registry.schema)
    yield data_page(registry.schema)
    for entry in registry.entries.values():
        yield entry_page(registry, entry, settings, news)
    for entry in registry.networks:
        yield correct_page(registry, entry, settings, news.state(entry))
