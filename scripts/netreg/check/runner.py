"""Run all rules over all entries, and over the project's own lists, and hand back the findings in stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from netreg.check.outline import Outline
from netreg.check.rule import Context, Hit, Over, Rule, Subject, all_rules
from netreg.core.finding import Finding
from netreg.core.load import Document, read_document
from netreg.core.schema import read_schema

MOST = 20
"""Findings of one rule in one file at most: who has twenty to mend needs no longer list."""


class Judged(NamedTuple):
    """What the rules over an entry find in one file, and what the rules over the whole need of it."""

    findings: list[Finding]
    outline: Outline


def check(documents: Iterable[Document], context: Context, rules: Sequence[Rule] | None = None) -> list[Finding]:
    """All findings in the documents; one is read after the other, and of each only its outline is kept.

    ``documents`` are every file of the registry folder, since rules over the whole need them all; the ``ids`` of the
    context are filled in here.
    """
    return together([judge(document, context, rules) for document in documents], context, rules)


def check_one(
    document: Document, others: Iterable[Outline], context: Context, rules: Sequence[Rule] | None = None
) -> list[Finding]:
    """The findings in one document as they are when it stands last among the others, without checking these.

    It gives what ``check([*others, document])`` gives with the path of the document; one of the others with that path
    is left out.
    """
    judged = judge(document, context, rules)
    entries = [*(other for other in others if other.path != document.path), judged.outline]
    found = in_order([*judged.findings, *over_the_whole(entries, context, rules, [judged.outline])])
    return [finding for finding in found if finding.place.path == document.path]


def judge(document: Document, context: Context, rules: Sequence[Rule] | None = None) -> Judged:
    """What the rules over an entry find in one document, whatever stands in others, and its outline."""
    subject = Subject(document, context.schema)
    found = findings_of(
        (rule, islice(rule.run(subject, context), MOST)) for rule in _all_by_default(rules) if rule.over == "entry"
    )
    return Judged(found, subject.outline)


def together(judged: Sequence[Judged], context: Context, rules: Sequence[Rule] | None = None) -> list[Finding]:
    """All findings in files that are judged, with what only the whole shows, in stable order."""
    entries = [one.outline for one in judged]
    whole = over_the_whole(entries, context, rules)
    return in_order([*(finding for one in judged for finding in one.findings), *whole])


def over_the_whole(
    entries: Sequence[Outline], context: Context, rules: Sequence[Rule] | None = None, judged: Sequence[Outline] = ()
) -> list[Finding]:
    """What only the whole shows in all entries, or in those that are judged; it depends on nothing but outlines."""
    context = replace(context, ids=frozenset(entry.id for entry in entries))
    return findings_of((rule, _hits(rule, judged or entries, entries, context)) for rule in _all_by_default(rules))


def _all_by_default(rules: Sequence[Rule] | None) -> Sequence[Rule]:
    return all_rules() if rules is None else rules


def _hits(rule: Rule, judged: Sequence[Outline], entries: Sequence[Outline], context: Context) -> Iterable[Hit]:
    if rule.over == "registry":
        return rule.run(judged, entries, context)
    if rule.over == "change" and context.changed is not None:
        return rule.run([entry for entry in entries if entry.id in context.changed], context)
    return ()  # judge runs it, or nothing is compared, or check_list runs it


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the stable order in which they are reported."""
    return sorted(findings, key=lambda finding: finding.sort_key)


def findings_of(found: Iterable[tuple[Rule, Iterable[Hit]]]) -> list[Finding]:
    """What rules found, as findings in stable order; only the first of many of one rule in one file."""
    return in_order(
        Finding(hit.place, rule.id, hit.level or rule.level, hit.message, hit.fix or rule.fix)
        for rule, every in found
        if (hits := list(every))  # most rules find nothing in most files
        for hit in _first_of_each_file(hits)
    )


def _first_of_each_file(hits: Iterable[Hit]) -> Iterator[Hit]:
    counts: dict[str, int] = {}
    for hit in dict.fromkeys(hits):
        number = counts[hit.place.path] = counts.get(hit.place.path, 0) + 1
        if number < MOST:
            yield hit
        elif number == MOST:
            yield replace(hit, message=f"{hit.message} Any further findings of this rule in this file are left out.")


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
    return findings_of((rule, _list_hits(rule, subject, by_id, context)) for rule in all_rules())


def _list_hits(rule: Rule, subject: Subject, entries: dict[str, Outline], context: Context) -> Iterator[Hit]:
    if rule.over == LISTS[subject.document.path]:
        yield from rule.run(subject, entries, context)
    elif rule.over == "entry" and rule.family in _OF_ANY_FILE:
        yield from rule.run(subject, replace(context, schema=subject.schema))
