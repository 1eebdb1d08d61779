"""The questions of a pull-request template, and which of them were left as they were."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LONGEST = 256 * 1024


def left_empty(templates: Sequence[str], body: str) -> list[str]:
    """The headings of the template under which the body says nothing, in the template's words and order.

    Of several templates the one counts most of whose headings stand in the body, and the first where none does. A
    section counts as empty where it is missing, blank, or still what the template has there.
    """
    answers = _sections(body[:_LONGEST])
    asked = max(map(_sections, templates), key=lambda sections: len(sections.keys() & answers.keys()), default={})
    return [heading for heading, empty in asked.items() if answers.get(heading, "") in ("", empty)]


def _sections(markdown: str) -> dict[str, str]:
    """The text under each heading, without hidden remarks; of a repeated heading the longest text."""
    found: dict[str, str] = {}
    parts: list[tuple[str, list[str]]] = []
    for line in _COMMENT.sub("", markdown.replace("\r\n", "\n")).split("\n"):
        heading = _HEADING.fullmatch(line) if len(line) < 300 else None
        if heading:
            parts.append((heading[1], []))
        elif parts:
            parts[-1][1].append(line.strip())
    for name, lines in parts:
        found[name] = max(found.get(name, ""), "\n".join(lines).strip(), key=len)
    return found
