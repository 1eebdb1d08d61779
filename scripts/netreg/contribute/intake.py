"""Intake: from the words of a request to a proposal and to the report that answers it.

Nothing is taken on trust: ids and paths are derived, words are data, and what fits no field is quoted in the report.
"""

from __future__ import annotations

from collections.abc import Callable

from netreg.contribute.ask.form import PROMISES, all_forms
from netreg.contribute.case import Base, Case, Request
from netreg.contribute.edit.answer import propose_answer
from netreg.contribute.edit.correction import propose_correction
from netreg.contribute.edit.new_network import propose_network
from netreg.contribute.edit.sourcing import Body, sources_said
from netreg.contribute.edit.status_change import propose_status
from netreg.contribute.match.target import Target, find_target
from netreg.contribute.read.body import LARGEST, Answers, parse_body
from netreg.contribute.reply.messages import Ours, say
from netreg.contribute.reply.outcome import Outcome, Proposal
from netreg.contribute.reply.reply import Report

__all__ = ["Base", "Outcome", "Proposal", "Request", "intake"]

_BELOW = "Below the signature"
_CHANGES: dict[str, Callable[[Case, Target], Proposal | None]] = {
    "correction": propose_correction,
    "status": propose_status,
    "answer": propose_answer,
}


def intake(text: str, request: Request, base: Base) -> Outcome:
    """What becomes of a request.

    Args:
        text: its words, as GitHub or a mail program wrote them.
        request: where they came from.
        base: the registry that they are about.
    """
    if len(text.encode("utf-8", errors="replace")) > LARGEST:
        return _refusal("too-large")
    answers = parse_body(text, all_forms(base.schema))
    if answers.form is None:
        return _without_form(answers, request)
    case = Case(answers, request, base)
    _tell_what_is_doubtful(case)
    proposal, entry = _proposed(case, answers.form.key)
    _ask_for_the_rest(case)
    _keep_the_rest(case)
    return Outcome(answers.form.key, entry, proposal if case.report.is_ready else None, case.report, case.role)


def _refusal(key: str) -> Outcome:
    report = Report()
    report.missing.append(say(key))
    return Outcome("", "", None, report)


def _without_form(answers: Answers, request: Request) -> Outcome:
    if not answers.left_over:
        return _refusal("empty")
    report = Report()
    report.ask_a_person(say("not-a-form"))
    for text in answers.left_over:
        report.keep("", text)
    report.keep(_BELOW, request.below)
    _tell_files(report, request)
    return Outcome("", "", None, report)


def _tell_what_is_doubtful(case: Case) -> None:
    for label in case.answers.repeated:
        case.report.ask_a_person(say("repeated", label=Ours(label)))
    if case.answers.hidden:
        labels = ", ".join(f"“{label}”" for label in case.answers.hidden)
        case.report.ask_a_person(say("hidden", labels=Ours(labels)))
    for label in case.answers.garbled:
        case.report.ask_a_person(say("garbled", label=Ours(label)))


def _proposed(case: Case, key: str) -> tuple[Proposal | None, str]:
    """The proposal, and the id of the entry that the request is about."""
    if key == "network":
        proposal = propose_network(case)
        return proposal, proposal.id if proposal else ""
    if key == "feedback":
        case.report.understood.append(say("understood-feedback"))
        case.report.needs_a_person = True
        case.report.keep(case.label("message"), case.answers.text("message") or case.needed("message"))
        return None, ""
    target = find_target(case)
    if target is None:
        _ask_for_all(case)
        return None, ""
    return _CHANGES[key](case, target), target.document.id


def _ask_for_all(case: Case) -> None:
    """Name everything that is missing at once, also while it is not clear which network is meant."""
    assert case.answers.form is not None
    for asked in case.answers.form.fields:
        if asked.is_required and asked.kind in ("input", "textarea") and asked.id != "entry":
            case.needed(asked.id)
    sources_said(case, Body("", ""))


def _ask_for_the_rest(case: Case) -> None:
    """Role and licence: every request needs them. A mail without the boxes came from a text that stood beside them."""
    if not case.role and "role" not in case.answers.strange:
        case.report.missing.append(say("role"))
    by_mail = case.request.by_mail and "promises" not in case.answers.chosen
    if not by_mail and len(case.answers.chosen.get("promises", ())) < len(PROMISES):
        case.report.missing.append(say("promises"))


def _keep_the_rest(case: Case) -> None:
    assert case.answers.form is not None
    fields = {field.id for field in case.answers.form.fields}
    for id_ in ("more", "page"):
        if id_ in fields:
            case.report.keep(case.label(id_), case.answers.text(id_))
    for text in case.answers.left_over:
        case.report.keep("", text)
    case.report.keep(_BELOW, case.request.below)
    _tell_files(case.report, case.request)


def _tell_files(report: Report, request: Request) -> None:
    if request.attachments:
        report.for_a_person.append(say("attachments", names=", ".join(request.attachments)))
