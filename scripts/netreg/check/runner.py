"""Run all rules over all entries and hand back the findings in stable order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from netreg.check.rule import Hit, Rule, all_rules
from netreg.check.subject import Context, Subject
from netreg.core.finding import Finding
from netreg.core.load import Document

MOST = 20
"""Findings of one rule in one file at most: who has twenty to mend needs no longer list."""


def check(documents: Sequence[Document], context: Context, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """All findings in the documents.

    Args:
        documents: every file of the registry folder; rules over the whole need them all.
        context: schema and date; its ``ids`` are filled in here.
        rules: the rules to run; all of them by default.
    """
    entries = [Subject(document, context.schema) for document in documents]
    return _findings(entries, entries, context, rules)


def check_one(
    document: Document, others: Iterable[Subject], context: Context, rules: Iterable[Rule] | None = None
) -> list[Finding]:
    """The findings in one document as they are when it stands last among the others, without checking these.

    It gives what ``check([*others, document])`` gives with the path of the document.

    Args:
        document: the file that is judged.
        others: the rest of the registry; one with the path of the document is left out. What rules ask of them is
            computed once for a subject, so give the same ones again where two versions of a file are judged.
        context: schema and date; its ``ids`` are filled in here.
        rules: the rules to run; all of them by default.
    """
    judged = Subject(document, context.schema)
    entries = [*(other for other in others if other.document.path != document.path), judged]
    found = _findings([judged], entries, context, rules)
    return [finding for finding in found if finding.place.path == document.path]


def _findings(
    judged: Sequence[Subject], entries: Sequence[Subject], context: Context, rules: Iterable[Rule] | None
) -> list[Finding]:
    context = replace(context, ids=frozenset(entry.id for entry in entries))
    rules = all_rules() if rules is None else rules
    return findings_of((rule, _hits(rule, judged, entries, context)) for rule in rules)


def findings_of(found: Iterable[tuple[Rule, Iterable[Hit]]]) -> list[Finding]:
    """What rules found, as findings in stable order; only the first of many of one rule in one file."""
    findings = [
        Finding(hit.place, rule.id, hit.level or rule.level, hit.message, hit.fix or rule.fix)
        for rule, hits in found
        for hit in _first_of_each_file(hits)
    ]
    return sorted(findings, key=lambda finding: finding.sort_key)


def _hits(rule: Rule, judged: Sequence[Subject], entries: Sequence[Subject], context: Context) -> Iterable[Hit]:
    if rule.over == "entry":
        return (hit for subject in judged for hit in islice(rule.run(subject, context), MOST))
    if rule.over == "registry":
        return rule.run(judged, entries, context)
    if rule.over == "change" and context.changed is not None:
        return rule.run([entry for entry in entries if entry.id in context.changed], context)
    return ()  # nothing is compared, or check_list runs it


def _first_of_each_file(hits: Iterable[Hit]) -> Iterator[Hit]:
    counts: Counter[str] = Counter()
    for hit in dict.fromkeys(hits):
        counts[hit.place.path] += 1
        if counts[hit.place.path] < MOST:
            yield hit
        elif counts[hit.place.path] == MOST:
            yield replace(hit, message=f"{hit.message} Any further findings of this rule in this file are left out.")
