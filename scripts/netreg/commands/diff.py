"""``netreg diff``: what changes in meaning between two revisions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netreg.commands.options import Options, uncollected, wants_colour
from netreg.core.project import UsageError, find_project

if TYPE_CHECKING:
    from argparse import Namespace

    from netreg.core.finding import Finding
    from netreg.review.overview import Review


def run(args: Sequence[str]) -> int:
    """Print the changes; that there are some is no failure."""
    with uncollected():
        return _tell(_options().parse_args(args))


def _tell(options: Namespace) -> int:
    from netreg.core.schema import read_schema
    from netreg.review.overview import review_of

    _refuse_unsafe(options.files_at)
    project = find_project()
    schema, findings = read_schema(project.root), _findings(options.findings)
    base, dots, head = options.base.partition("..")
    head = head or options.head
    seen = review_of(project.root, base, head, schema, findings, since_parted=not dots)
    sys.stdout.write(_rendered(seen, options.format, base, head or "", options.files_at))
    return 0


def _options() -> Options:
    options = Options(
        "diff",
        "Tell what HEAD changes in meaning since it and BASE parted, and what a reviewer should look at. What came to "
        "BASE since then is not told; BASE..HEAD compares the two as they stand.",
    )
    options.add_argument("base", metavar="BASE", help="the older revision: a branch, a tag, a commit")
    options.add_argument("head", metavar="HEAD", nargs="?", help="the newer one; the files as they are by default")
    options.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how to report")
    options.add_argument(
        "--findings", metavar="FILE", help="tell the findings in this report of netreg check --format json, too"
    )
    options.add_argument(
        "--files-at",
        metavar="ADDRESS",
        default="",
        help="where the folder of entries can be read, for links in Markdown",
    )
    return options


def _refuse_unsafe(address: str) -> None:
    """A base of links is ours to give, and must end no Markdown link."""
    import re

    if address and not re.fullmatch(r"https?://[A-Za-z0-9./_~%-]+", address):
        raise UsageError("--files-at must be a web address without spaces, brackets and quotes.")


def _findings(path: str | None) -> tuple[Finding, ...] | None:
    if path is None:
        return None
    from netreg.core.report import read_findings

    return read_findings(Path(path))


def _rendered(seen: Review, style: str, base: str, head: str, files_at: str) -> str:
    if style == "json":
        from netreg.review.as_json import as_json

        return as_json(seen, base, head)
    if style == "markdown":
        from netreg.review.as_markdown import as_markdown

        return as_markdown(seen, files_at)
    from netreg.review.as_text import as_text
    from netreg.terminal.screen import this_screen

    screen = this_screen(wants_colour())
    return as_text(seen, colour=screen.colour, width=screen.text_width)
