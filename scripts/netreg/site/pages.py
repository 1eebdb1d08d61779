"""All generated pages of the site, in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from netreg.lists.coverage import Coverage
from netreg.lists.refused import Refusal
from netreg.model import Registry
from netreg.review.history import History
from netreg.site.changes_page import changes_page
from netreg.site.correct_page import correct_page
from netreg.site.coverage_page import coverage_page
from netreg.site.entry_page import entry_page
from netreg.site.news import News
from netreg.site.overviews import AXES, axis, gaps, landing, networks
from netreg.site.page import Page
from netreg.site.reference import rules_page, schema_page
from netreg.site.refused_page import refused_page
from netreg.site.settings import Settings

NO_COVERAGE = Coverage()
NO_HISTORY = History()


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
    yield gaps(registry)
    yield coverage_page(registry, coverage)
    yield changes_page(news)
    yield refused_page(registry, refused, settings)
    yield rules_page(examples)
    yield schema_page(registry.schema)
    for entry in registry.entries.values():
        yield entry_page(registry, entry, settings, news)
    for entry in registry.networks:
        yield correct_page(registry, entry, settings)
