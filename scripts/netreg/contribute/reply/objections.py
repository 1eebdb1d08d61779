"""What the checks say of an entry that a request would make or change, in a contributor's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from netreg.check import Context, check
from netreg.check.rule import all_rules
from netreg.contribute.case import Case
from netreg.contribute.reply.messages import MESSAGES, Ours, Said, say
from netreg.core.finding import Finding, Level
from netreg.core.load import Document
from netreg.core.load.document import parse_document

_GAP = "missing-key"
"""The rule whose findings a person closes: what a new entry needs and a reporter need not know."""

_OTHER = "finding-other"
_LENGTH = "finding-bad-format"
"""What a message that names the field has said better, where there is one."""

_TOLD_BEFORE = ("duplicate-entry",)
"""Rules of which the report says more in another place."""


def entry_path(id_: str) -> str:
    """The file of an entry."""
    return f"registry/{id_}.yaml"


def objections(case: Case, id_: str, text: str) -> bool:
    """Note what the checks say of a text in the place of an entry, and whether it may be written.

    What was wrong before does not count. Gaps of a new entry are allowed; any other error is not.
    """
    found = _new_findings(case, id_, text)
    errors = [finding for finding in found if finding.level is Level.ERROR and finding.rule != _GAP]
    remarks = [finding for finding in found if finding.level is Level.WARNING and finding.rule not in _TOLD_BEFORE]
    for said in _worded(errors):
        _note(case, said)
    is_told = any(said.key == "alike" for said in case.report.seen_before)
    if not is_told and any(finding.rule in _TOLD_BEFORE for finding in found):
        case.report.ask_a_person(say("finding-duplicate-entry"))
    case.report.for_a_person += _worded(remarks)
    return not errors


def _note(case: Case, said: Said) -> None:
    """Ask for what the reporter can mend; the rest is for a person."""
    if said.key == _OTHER:
        case.report.ask_a_person(said)
    elif said.key != _LENGTH or not any(one.key in ("too-long", "too-many") for one in case.report.missing):
        case.report.ask(said)


def _new_findings(case: Case, id_: str, text: str) -> list[Finding]:
    documents = {**case.base.by_id}
    before = _counted(_findings(list(documents.values()), id_, case.base.context)) if id_ in documents else Counter()
    documents[id_] = parse_document(entry_path(id_), text.encode("utf-8"))
    after = _findings(list(documents.values()), id_, case.base.context)
    return list(_beyond(after, before))


def _findings(documents: list[Document], id_: str, context: Context) -> list[Finding]:
    return [finding for finding in check(documents, context) if finding.place.path == entry_path(id_)]


def _counted(findings: list[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.message) for finding in findings)


def _beyond(after: list[Finding], before: Counter[tuple[str, str]]) -> Iterator[Finding]:
    left = Counter(before)
    for finding in after:
        if left[finding.rule, finding.message]:
            left[finding.rule, finding.message] -= 1
        else:
            yield finding


def _worded(findings: list[Finding]) -> list[Said]:
    return list(dict.fromkeys(_said(finding.rule) for finding in findings))


def _said(rule: str) -> Said:
    key = f"finding-{rule}"
    if key in MESSAGES:
        return say(key)
    about = {known.id: known.summary for known in all_rules()}[rule]
    return say(_OTHER, about=Ours(about))
