"""The MkDocs plugin: a thin adapter that hands over pages and files. Nothing else here knows MkDocs."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from netreg.site.internal_links import broken_links
from netreg.site.page import Page
from netreg.site.publish import Publication, publish
from netreg.site.render import forget_templates
from netreg.site.settings import Settings

THEME = Path(__file__).parent / "theme"
WATCHED = ("registry", "schema", "docs/data", "scripts/netreg", "tests/cases")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: what it needs stands in ``extra.registry`` of ``mkdocs.yml``."""


class RegistryPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Adds the registry's pages and data to a MkDocs site."""

    def __init__(self) -> None:
        self._root = Path()
        self._publication: Publication | None = None
        self._pages: dict[str, Page] = {}

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the registry; a registry with errors is not published."""
        self._root = Path(config.config_file_path).parent
        config.theme.dirs.insert(0, str(THEME))
        forget_templates()
        try:
            self._publication = publish(self._root, Settings.from_config(config))
        except ValueError as error:
            raise PluginError(str(error)) from None
        self._pages = {f"{page.path}index.md": page for page in self._publication.pages}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for each page and each data file."""
        assert self._publication is not None
        for source in self._pages:
            files.append(File.generated(config, source, content=""))
        for path, content in self._publication.files:
            # Under a name of its own, or MkDocs would make a page of the Markdown; included, though docs/data/ is not.
            file = File.generated(config, f"{path}.file", content=content, inclusion=InclusionLevel.INCLUDED)
            file.dest_uri = path
            files.append(file)
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Give a generated page its title and description; fill the placeholders of hand-written ones."""
        assert self._publication is not None
        ours = self._pages.get(page.file.src_uri)
        if ours is None:
            return self._filled(markdown, page.file.src_uri)
        # The templates around a page do not escape, so it is done here.
        aside = [{"title": title, "links": list(links)} for title, links in ours.aside]
        page.meta.update(title=escape(ours.title), description=escape(ours.description), aside=aside)
        page.meta["search"] = {"boost": 2 if ours.keywords else 1, "exclude": not ours.searched}
        page.meta["noindex"] = not ours.indexed
        page.meta["twins"] = ours.twins
        page.meta["tags"] = [escape(word) for word in ours.keywords]
        page.edit_url = self._publication.settings.edit_address(ours.edit) or None if ours.edit else None
        return ""

    def _filled(self, markdown: str, file: str) -> str:
        assert self._publication is not None
        try:
            return self._publication.filled(markdown)
        except ValueError as error:
            raise PluginError(f"docs/{file}: {error}") from None

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Hand over the ready content of a generated page with its list of contents."""
        ours = self._pages.get(page.file.src_uri)
        if ours is None:
            return html
        top = AnchorLink(escape(ours.title), "top", 1)  # where the skip link leads
        top.children = [AnchorLink(escape(item.title), item.anchor, 2) for item in ours.headings]
        page.toc = TableOfContents([top])
        return ours.html

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Check every internal link and anchor of the built site, which ``--strict`` does not see in ready HTML."""
        broken = broken_links(Path(config.site_dir))
        if broken:
            lines = "\n".join(f"  {link.page}: {link.target} ({link.why})" for link in broken[:20])
            raise PluginError(f"{len(broken)} internal links lead nowhere:\n{lines}")

    def on_serve(self, server: Any, *, builder: Any, **_: Any) -> Any:
        """Build again when an entry, the schema, a template or a case changes."""
        for folder in WATCHED:
            server.watch(str(self._root / folder), builder)
        return server
