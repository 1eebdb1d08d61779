"""From the Markdown of our own comments to HTML, by the rules that a code host follows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def as_html(text: str) -> Markup:
    """A comment as HTML; a heading of it becomes a paragraph, since the page around it has headings of its own."""
    tokens = _reader().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
    html: str = _reader().renderer.render(tokens, _reader().options, {})
    return Markup(html)
