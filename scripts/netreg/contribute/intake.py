"""Intake: from the words of a request to a proposal and to the reply to it.

Nothing is taken on trust: ids and paths are derived, words are data, and what fits no field is quoted in the reply.
Each step returns what it understood and what there is to say of that; here alone they are put in order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from netreg.contribute.edit.correction import propose_answer, propose_correction, propose_status
from netreg.contribute.edit.marks import propose_confirmation, propose_reading, propose_tombstone
from netreg.contribute.edit.new_network import propose_network
from netreg.contribute.edit.sourcing import Body, sources_said
from netreg.contribute.form import PROMISES, all_forms
from netreg.contribute.parse.values import asks_for_removal
from netreg.contribute.read.body import LARGEST, Answers, own_words, parse_body
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, keep, leave, told_in, understood
from netreg.contribute.reply.outcome import Outcome, Proposal, judge
from netreg.contribute.request import Base, FilledForm, Request, find_entry
from netreg.core.mask import PASSWORD, found
from netreg.entry import Entry

__all__ = ["Base", "Outcome", "Proposal", "Request", "intake"]

_BELOW = "Below the signature"
_CHANGES: Mapping[str, Callable[[FilledForm, Entry], Reading[Proposal | None]]] = {
    "correction": propose_correction,
    "status": propose_status,
    "answer": propose_answer,
    "confirm": propose_confirmation,
    "source": propose_reading,
    "same": propose_tombstone,
}


def intake(text: str, request: Request, base: Base) -> Outcome:
    """What becomes of a request: ``text`` is its words, as GitHub or a mail program wrote them."""
    if len(text.encode("utf-8", errors="replace")) > LARGEST:
        return Outcome("", "", None, ask("too-large"))
    answers = parse_body(text, all_forms(base.schema))
    if any(map(asks_for_removal, _wishes(answers, text, base))):
        return Outcome("", "", None, hand_over("removal") + Reply(is_private=True))
    if answers.form is None:
        return Outcome("", "", None, _without_form(answers, request) + _secrets(answers, request))
    filled = FilledForm(answers.form, answers, request, base)
    entry, proposed = _proposed(filled)
    proposal = proposed.value
    official = proposal.official(base.schema) if proposal else frozenset[str]()
    told = proposed.told + _secrets(answers, request, official)
    judged = judge(proposal, base, told, official) if proposal else Reading(())
    reply = _doubts(answers) + told + judged.told + _rest(filled)
    if proposal is None or not reply.is_ready:  # what a stranger's name would be as an id is no id yet
        return Outcome(answers.form.key, entry, None, reply, filled.role, (), official)
    return Outcome(answers.form.key, proposal.id, proposal, reply, filled.role, judged.value, official)


def _wishes(answers: Answers, text: str, base: Base) -> Iterator[str]:
    """Where somebody may ask for something else than a form is for; what describes a network is no such place."""
    if answers.form is None:
        yield own_words(text, all_forms(base.schema))
    else:
        yield from (answers.text(id_) for id_ in ("right", "answer", "why", "more", "message"))
        yield from answers.left_over


def _without_form(answers: Answers, request: Request) -> Reply:
    if not answers.left_over:
        return ask("empty")
    told = ask("alone", labels=_quoted(answers.alone)) if answers.alone else hand_over("not-a-form")
    return told + _left_over(answers, request)


def _left_over(answers: Answers, request: Request) -> Reply:
    told = sum((keep("", text) for text in answers.left_over), Reply()) + keep(_BELOW, request.below)
    return told + (leave("attachments", names=", ".join(request.attachments)) if request.attachments else Reply())


def _doubts(answers: Answers) -> Reply:
    told = sum((hand_over("repeated", label=Ours(label)) for label in answers.repeated), Reply())
    if answers.hidden:
        told += hand_over("hidden", labels=_quoted(answers.hidden))
    return sum((hand_over("garbled", label=Ours(label)) for label in answers.garbled), told)


def _quoted(labels: Iterable[str]) -> Ours:
    return Ours(", ".join(f"“{label}”" for label in labels))


def _secrets(answers: Answers, request: Request, official: Collection[str] = ()) -> Reply:
    """What has to go, though no entry would hold it: all at the host, where everybody can read it; of a mail less."""
    typed = (*answers.said.values(), *answers.strange.values())
    kinds = sorted(found("\n".join([*typed, *(() if request.by_mail else answers.left_over)]), official))
    kinds = [kind for kind in kinds if not request.by_mail or kind == PASSWORD]
    return ask("secret", kinds=Ours(" and ".join(kinds))) if kinds else Reply()


def _proposed(filled: FilledForm) -> tuple[str, Reading[Proposal | None]]:
    if filled.form.key == "network":
        return "", propose_network(filled)
    if filled.form.key == "feedback":
        told = understood("understood-feedback") + filled.needed("message").told + filled.kept("message")
        return "", Reading(None, told + Reply(needs_a_person=True))
    entry = find_entry(filled)
    if entry.value is None:
        return "", Reading(None, entry.told + _all_that_is_missing(filled))
    proposed = _CHANGES[filled.form.key](filled, entry.value)
    return entry.value.id, Reading(proposed.value, entry.told + proposed.told)


def _all_that_is_missing(filled: FilledForm) -> Reply:
    """Everything at once, also while it is not clear which network is meant."""
    is_sourced = any(asked.id == "source" for asked in filled.form.fields)
    sources = [sources_said(filled, Body("", ""))] if is_sourced else []
    asked = (one for one in filled.form.fields if one.is_required and one.kind in ("input", "textarea"))
    return told_in(*(filled.needed(one.id) for one in asked if one.id != "entry"), *sources)


def _rest(filled: FilledForm) -> Reply:
    """Role and licence, which every request needs, and the words that fit no field."""
    answers, request = filled.answers, filled.request
    told = filled.choice("role").told
    if not filled.role and not told.missing:
        told += ask("role")
    # A mail without the boxes came from a text that stood beside them.
    by_mail = request.by_mail and "promises" not in answers.chosen
    if not by_mail and len(answers.chosen.get("promises", ())) < len(PROMISES):
        told += ask("promises")
    known = [field.id for field in filled.form.fields if field.id in ("more", "page")]
    return told + filled.kept(*known) + _left_over(answers, request)
