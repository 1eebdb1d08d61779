"""Report: findings as text for people, as JSON for machines, as annotations for the code host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netreg.core.finding import Finding

FORMATS = ("text", "json", "github")


def render(findings: Sequence[Finding], texts: Mapping[str, str], style: str, *, colour: bool = False) -> str:
    """The findings, in their order, in one of the ``FORMATS``.

    ``texts`` are those of the checked files by path, to quote from; an unreadable file has an empty one. With
    ``colour`` text is coloured for a terminal.
    """
    if style == "json":
        from netreg.core.report.as_json import as_json
        from netreg.core.report.as_text import count_entries

        return as_json(findings, count_entries(texts))
    if style == "github":
        from netreg.core.report.as_github import as_github

        return as_github(findings)
    from netreg.core.report.as_text import as_text

    return as_text(findings, texts, colour=colour)
