"""The check of the project's own lists in ``docs/data``: what it covers, refused, and withholds of its past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from netreg.check.outline import Outline
from netreg.check.rule import Hit, Over, Rule, all_rules
from netreg.check.runner import findings_of, in_order, judge, together
from netreg.check.subject import Context, Subject
from netreg.core.finding import Finding
from netreg.core.load import Document, read_document
from netreg.core.schema import read_schema

COVERAGE = "docs/data/coverage.yaml"
REFUSED = "docs/data/refused.yaml"
WITHHELD = "docs/data/withheld.yaml"
LISTS: dict[str, Over] = {COVERAGE: "coverage", REFUSED: "refused", WITHHELD: "withheld"}
"""Each list with the name of its schema, and of the rules over it."""

_OF_ANY_FILE = frozenset("syntax shape identity time privacy text".split())
"""Families whose rules over an entry look at nothing but the text and its schema."""


def lists_in(root: Path) -> list[str]:
    """The paths of the lists that a project has, be one a link that leads nowhere."""
    return [path for path in LISTS if (root / path).is_symlink() or (root / path).exists()]


def read_lists(root: Path) -> list[Document]:
    """The lists that a project has."""
    return [read_document(root / path, path) for path in lists_in(root)]


def check_with_lists(
    root: Path, entries: Iterable[Document], lists: Iterable[Document], context: Context
) -> list[Finding]:
    """All findings in the entries and in the lists, in stable order."""
    judged = [judge(document, context) for document in entries]
    outlines = [one.outline for one in judged]
    found = together(judged, context)
    return in_order([*found, *(one for document in lists for one in check_list(root, document, outlines, context))])


def check_list(root: Path, document: Document, entries: Iterable[Outline], context: Context) -> list[Finding]:
    """All findings in a list, worded and placed like those in entries.

    ``root`` has the schema of the list; ``entries`` are the outlines of every file of the registry folder, whose ids
    the list names.
    """
    over = LISTS[document.path]
    by_id = {entry.id: entry for entry in entries}
    subject = Subject(document, read_schema(root, over))
    context = replace(context, ids=frozenset(by_id))
    return findings_of((rule, _hits(rule, subject, by_id, context)) for rule in all_rules())


def _hits(rule: Rule, subject: Subject, entries: dict[str, Outline], context: Context) -> Iterator[Hit]:
    if rule.over == LISTS[subject.document.path]:
        yield from rule.run(subject, entries, context)
    elif rule.over == "entry" and rule.family in _OF_ANY_FILE:
        yield from rule.run(subject, replace(context, schema=subject.schema))
