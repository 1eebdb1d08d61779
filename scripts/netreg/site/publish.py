"""From a checkout to everything the site consists of: pages and files as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from netreg.check import Context
from netreg.check.cases import examples
from netreg.check.coverage import check_with_coverage, read_coverage
from netreg.contribute.refused import read_refused
from netreg.export import changes, data_files
from netreg.finding import Level
from netreg.load import read_folder
from netreg.model import Registry, build_registry
from netreg.model.coverage import build_coverage
from netreg.project import find_project
from netreg.report import render
from netreg.review.history import read_history
from netreg.schema import read_schema
from netreg.site import feed
from netreg.site.page import Page
from netreg.site.pages import all_pages
from netreg.site.reference import scales
from netreg.site.settings import Settings


@dataclass(frozen=True)
class Publication:
    """What is published: generated pages, data files as (path, text), and what hand-written pages ask for."""

    registry: Registry
    settings: Settings
    pages: tuple[Page, ...]
    files: tuple[tuple[str, str], ...]

    def filled(self, markdown: str) -> str:
        """A hand-written page with its placeholders filled: ``<!-- netreg:scales -->`` and the like."""
        for name, text in self._placeholders().items():
            markdown = markdown.replace(f"<!-- netreg:{name} -->", text)
        return markdown

    def _placeholders(self) -> dict[str, str]:
        return {
            "scales": scales(self.registry),
            "answer-days": str(self.settings.answer_days),
            "where-to-write": _where_to_write(self.settings),
        }


def _where_to_write(settings: Settings) -> str:
    """The ways that are open: a request at the code host, a mail, or, while neither is known, neither."""
    ways = []
    if settings.repo_url:
        ways.append(f"[write a request]({settings.repo_url}issues/new) (public, needs an account)")
    if settings.contact:
        ways.append(f"send it to [{settings.contact}](mailto:{settings.contact})")
    if not ways:
        return "*The registry has no public address for requests yet; hand the text to whoever gave you this page.*"
    return f"Then {' or '.join(ways)}."


def publish(root: Path, settings: Settings) -> Publication:
    """Load, check and turn a checkout into a publication.

    Raises:
        ValueError: an entry, or a list of the project, has an error; the message is the report.
    """
    project = find_project(root)
    schema = read_schema(project.root)
    documents, lists = read_folder(project.root), read_coverage(project.root)
    findings = check_with_coverage(project.root, documents, lists, Context(schema, project.today))
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    if errors:
        checked = [*documents, lists] if lists else documents
        raise ValueError(render(errors, {document.path: document.text for document in checked}, "text"))
    registry = build_registry(documents, schema, project.today)
    coverage = build_coverage(lists, read_schema(project.root, "coverage"), registry)
    history, refused = read_history(project.root), read_refused(project.root)
    pages = tuple(all_pages(registry, settings, examples(project.root, schema), coverage, history, refused))
    news = ((changes.PATH, changes.changes_text(history, schema)), (feed.PATH, feed.feed(registry, history, settings)))
    return Publication(registry, settings, pages, (*data_files(registry), *news))
