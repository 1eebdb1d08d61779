"""Run all rules over all entries and hand back the findings in stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from netreg.check.outline import Outline
from netreg.check.rule import Hit, Rule, all_rules
from netreg.check.subject import Context, Subject
from netreg.core.finding import Finding
from netreg.core.load import Document

MOST = 20
"""Findings of one rule in one file at most: who has twenty to mend needs no longer list."""


class Judged(NamedTuple):
    """What the rules over an entry find in one file, and what the rules over the whole need of it."""

    findings: list[Finding]
    outline: Outline


def check(documents: Iterable[Document], context: Context, rules: Sequence[Rule] | None = None) -> list[Finding]:
    """All findings in the documents; one is read after the other, and of each only its outline is kept.

    Args:
        documents: every file of the registry folder; rules over the whole need them all.
        context: schema and date; its ``ids`` are filled in here.
        rules: the rules to run; all of them by default.
    """
    return together([judge(document, context, rules) for document in documents], context, rules)


def check_one(
    document: Document, others: Iterable[Outline], context: Context, rules: Sequence[Rule] | None = None
) -> list[Finding]:
    """The findings in one document as they are when it stands last among the others, without checking these.

    It gives what ``check([*others, document])`` gives with the path of the document.

    Args:
        document: the file that is judged.
        others: the rest of the registry; one with the path of the document is left out.
        context: schema and date; its ``ids`` are filled in here.
        rules: the rules to run; all of them by default.
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
