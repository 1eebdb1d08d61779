"""The check of ``docs/data/coverage.yaml``: public lists of networks, and which entry each name on them has here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from netreg.check.rule import Hit, Rule, all_rules
from netreg.check.runner import check, findings_of
from netreg.check.subject import Context, Subject
from netreg.finding import Finding
from netreg.load import Document, read_document
from netreg.schema import read_schema

PATH = "docs/data/coverage.yaml"

_OF_ANY_FILE = frozenset("syntax shape identity time privacy text".split())
"""Families whose rules over an entry look at nothing but the text and its schema."""


def read_coverage(root: Path) -> Document | None:
    """The file of a project, or None where it has none."""
    path = root / PATH
    return read_document(path, PATH) if path.is_symlink() or path.exists() else None


def check_with_coverage(
    root: Path, entries: Sequence[Document], coverage: Document | None, context: Context
) -> list[Finding]:
    """All findings in the entries and, where there is one, in the file of coverage, in stable order."""
    found = check(entries, context)
    if coverage is not None:
        found += check_coverage(root, coverage, entries, context)
    return sorted(found, key=lambda finding: finding.sort_key)


def check_coverage(root: Path, document: Document, entries: Iterable[Document], context: Context) -> list[Finding]:
    """All findings in the file, worded and placed like those in entries.

    Args:
        root: the project's root, where the schema of the file is.
        document: the file.
        entries: every file of the registry folder, whose ids the lists name.
        context: today's date; schema and ids are filled in here.
    """
    schema = read_schema(root, "coverage")
    by_id = {entry.id: entry for entry in entries}
    subject, context = Subject(document, schema), replace(context, schema=schema, ids=frozenset(by_id))
    return findings_of((rule, _hits(rule, subject, by_id, context)) for rule in all_rules())


def _hits(rule: Rule, subject: Subject, entries: dict[str, Document], context: Context) -> Iterator[Hit]:
    if rule.over == "coverage":
        yield from rule.run(subject, entries, context)
    elif rule.over == "entry" and rule.family in _OF_ANY_FILE:
        yield from rule.run(subject, context)
