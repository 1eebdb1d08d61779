"""Run all rules over all entries and hand back the findings in stable order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from netreg.check.rule import Hit, Rule, all_rules
from netreg.check.subject import Context, Subject
from netreg.finding import Finding
from netreg.load import Document


def check(documents: Sequence[Document], context: Context, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """All findings in the documents.

    Args:
        documents: every file of the registry folder; rules over the whole need them all.
        context: schema and date; its ``ids`` are filled in here.
        rules: the rules to run; all of them by default.
    """
    subjects = [Subject(document, context.schema) for document in documents]
    context = replace(context, ids=frozenset(subject.id for subject in subjects))
    findings = [
        Finding(hit.place, rule.id, rule.level, hit.message, hit.fix or rule.fix)
        for rule in (all_rules() if rules is None else rules)
        for hit in _hits(rule, subjects, context)
    ]
    return sorted(set(findings), key=lambda finding: finding.sort_key)


def _hits(rule: Rule, subjects: list[Subject], context: Context) -> Iterable[Hit]:
    if rule.over == "entry":
        return (hit for subject in subjects for hit in rule.run(subject, context))
    if rule.over == "change":
        if context.changed is None:
            return ()
        return rule.run([subject for subject in subjects if subject.id in context.changed], context)
    return rule.run(subjects, context)
