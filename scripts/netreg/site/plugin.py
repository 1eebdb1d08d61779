"""The MkDocs plugin: a thin adapter that hands over pages and files. Nothing else here knows MkDocs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
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

from netreg.core import dates
from netreg.core.schema import read_schema
from netreg.entry.country_sets import read_country_sets
from netreg.site.internal_links import broken_links
from netreg.site.page import THEME, Page, forget_templates
from netreg.site.publish import Publication, publish
from netreg.site.settings import Settings
from netreg.site.standalone import content_hash

WATCHED = ("registry", "schema", "docs/data", "scripts/netreg", "tests/cases")

_THEIRS = "assets/stylesheets/"
_DATA = re.compile(r'url\("data:[^"]*"\)')
"""Pictures inside Material's sheets, which the policy forbids and our pages hide; a browser may ask for one first."""


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: what it needs stands in ``extra.registry`` of ``mkdocs.yml``."""


class RegistryPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Adds the registry's pages and data to a MkDocs site."""

    def __init__(self) -> None:
        self._root = Path()
        self._publication: Publication | None = None
        self._pages: dict[str, Page] = {}
        self._built = 0
        self.tell: Callable[[str], None] = lambda _step: None
        """Hears what a build is at."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the registry; a registry with errors is not published."""
        self._root = Path(config.config_file_path).parent
        config.theme.dirs.insert(0, str(THEME))
        forget_templates()
        for reader in (read_schema, read_country_sets):  # while the site is served, their files change
            reader.cache_clear()
        try:
            self._publication = publish(self._root, Settings.from_config(config), self.tell)
        except ValueError as error:
            raise PluginError(str(error)) from None
        config.extra["day"] = dates.spoken(self._publication.registry.today.isoformat())  # for the foot of each sheet
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
        for file in files.css_files():
            if file.src_uri.startswith(_THEIRS):
                file.content_string = _DATA.sub("none", file.content_string)
        self._publication = replace(self._publication, pages=(), files=())  # their room can be had again
        return files

    def on_pre_page(self, page: MkDocsPage, **_: Any) -> MkDocsPage:
        """Keep the reader of Markdown away from pages that have none; to set it up for each takes a twentieth part."""
        if page.file.src_uri in self._pages:
            page.render = lambda *_: setattr(page, "content", "")  # type: ignore[method-assign]
        return page

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Give a generated page its title and description; fill the placeholders of hand-written ones."""
        assert self._publication is not None
        ours = self._pages.get(page.file.src_uri)
        if ours is None:
            return self._filled(markdown, page.file.src_uri)
        # The templates around a page do not escape, so it is done here.
        aside = [{"title": title, "links": list(links)} for title, links in ours.aside]
        page.meta.update(title=escape(ours.title), description=escape(ours.description), aside=aside)
        page.meta["noindex"] = not ours.indexed
        page.meta["twins"] = ours.twins
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
        top.children = [AnchorLink(title, anchor, 2) for anchor, title in ours.contents]
        page.toc = TableOfContents([top])
        self._pages[page.file.src_uri] = replace(ours, html="")
        return ours.html

    def on_post_page(self, output: str, *, page: MkDocsPage, **_: Any) -> str:
        """Count the pages that stand, and let go of what is in them: together they take most of the memory."""
        self._built += 1
        page.content = None
        self.tell(f"Setting the pages: {self._built} of {len(self._pages)} and those written by hand ...")
        return output

    def on_env(self, env: Any, **_: Any) -> Any:
        """Give templates the hash by which a policy lets a script stand inline."""
        env.filters["sha256"] = content_hash
        return env

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig, **_: Any) -> str:
        """Let the links of the page for wrong addresses start where it finds the root, while nobody knows that."""
        is_lost = template_name == "404.html" and not config.site_url
        return output.replace('="/', '="') if is_lost else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Check every internal link and anchor of the built site, which ``--strict`` does not see in ready HTML."""
        self.tell("Following the links ...")
        broken = broken_links(Path(config.site_dir))
        if broken:
            lines = "\n".join(f"  {link.page}: {link.target} ({link.why})" for link in broken[:20])
            raise PluginError(f"{len(broken)} internal links lead nowhere:\n{lines}")

    def on_build_error(self, **_: Any) -> None:
        """Leave the screen to what went wrong."""
        self.tell("")

    def on_serve(self, server: Any, *, builder: Any, **_: Any) -> Any:
        """Build again when an entry, the schema, a template or a case changes."""
        for folder in WATCHED:
            server.watch(str(self._root / folder), builder)
        return server
