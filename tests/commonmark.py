"""What a code host would make of Markdown: everything in it that acts, by a reader that is not ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_OURS = re.compile(r"(?:</?details>|<summary>[^<>]*</summary>|</?summary>|<!-- netreg:[a-z]+ -->|\s)+")
_LIVE = re.compile(r"@\w|(?<![\w&])#[0-9]|\bGH-[0-9]|https?://\w|\bwww\.\w|mailto:\w")


def acting(markdown: str) -> list[str]:
    """HTML, pictures, links, mentions, references and bare addresses, each as it stands; what a comment must not have.

    Marks and folds of our own do not count, nor does anything inside code.
    """
    return list(_acting(_READER.parse(markdown)))


def links(markdown: str) -> list[str]:
    """Where the links of a comment lead."""
    return [str(token.attrs["href"]) for token in _flat(_READER.parse(markdown)) if token.type == "link_open"]


def headings(markdown: str) -> list[str]:
    """The headings, with their marks gone."""
    tokens = _READER.parse(markdown)
    return [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


def _acting(tokens: list[Token]) -> Iterator[str]:
    for token in _flat(tokens):
        if token.type in ("html_block", "html_inline") and not _OURS.fullmatch(token.content.strip()):
            yield token.content
        elif token.type == "image":
            yield f"![{token.content}]"
        elif token.type == "text":
            yield from _LIVE.findall(token.content)
