"""From a correction, or the answer to an open question, to an edit of one entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netreg.check.nearest import nearest
from netreg.contribute.case import Case
from netreg.contribute.edit import Draft
from netreg.contribute.facts import Fact, fact_of
from netreg.contribute.messages import Ours, say
from netreg.contribute.outcome import Proposal
from netreg.contribute.refused import refused_change
from netreg.contribute.sourcing import STATEMENT, Source, sources_said
from netreg.contribute.target import Target, checked
from netreg.contribute.understand import one_line
from netreg.contribute.value import Understood, shown, value_of
from netreg.dates import spoken
from netreg.load import Node

_SHORT = 160
"""Signs of an answer that may stand as a fact as it is; a longer one is for a person to word."""


def propose_correction(case: Case, target: Target) -> Proposal | None:
    """The entry with one fact corrected."""
    right = case.answers.text("right").strip() or case.needed("right")
    fact, which = fact_of(case.said("fact"), case.schema)
    if not case.said("fact"):
        case.needed("fact")
    elif fact is None:
        case.report.ask(say("fact", said=case.said("fact")))
    sources = sources_said(case, target.body)
    as_of = case.date("as_of")
    if fact is None or not right:
        return None
    if fact.way == "list":
        case.report.ask_a_person(say("person-list", label=Ours(fact.label), said=one_line(right)))
        case.report.keep(fact.label, right)
        return None
    understood = value_of(fact, right, which, target.root, case.schema)
    if understood.wrong:
        case.report.ask(understood.wrong)
        return None
    return _Change(case, target, fact, understood, as_of, sources).proposal()


def propose_answer(case: Case, target: Target) -> Proposal | None:
    """The entry with an open question answered, where the answer fits one fact."""
    answer = case.answers.text("answer").strip() or case.needed("answer")
    position = _question(case, target)
    sources = sources_said(case, target.body)
    as_of = case.date("as_of")
    if position is None or not answer:
        return None
    about, words = target.questions[position]
    case.report.understood.append(say("understood-question", network=target.title, question=words))
    fact = fact_of(about, case.schema)[0]
    understood = _short_value(fact, answer, case, target)
    if fact is None or understood is None or understood.wrong:
        case.report.ask_a_person(say("person-answer", said=one_line(answer)))
        case.report.keep(case.label("answer"), answer)
        return None
    return _Change(case, target, fact, understood, as_of, sources, answers=position).proposal()


def _question(case: Case, target: Target) -> int | None:
    said = case.needed("question")
    words = [one_line(text) for _, text in target.questions]
    found = said if said in words else nearest(said, words, cutoff=0.75) if said else ""
    if said and not found:
        case.report.ask(say("question", said=said, network=target.title))
    return words.index(found) if found else None


def _short_value(fact: Fact | None, answer: str, case: Case, target: Target) -> Understood | None:
    """The value that an answer gives a fact; None where it is too long, or the fact has no single value."""
    if fact is None or fact.way == "list" or len(answer) > _SHORT or "\n" in answer.strip():
        return None
    if fact.dotted in ("summary", "governance"):
        return None
    return value_of(fact, answer, "", target.root, case.schema)


@dataclass(frozen=True)
class _Change:
    """One value for one fact, with its sources; ``answers`` is the open question that it answers."""

    case: Case
    target: Target
    fact: Fact
    understood: Understood
    as_of: str
    sources: list[Source]
    answers: int | None = None

    def proposal(self) -> Proposal | None:
        """The entry with the change; None where something stands against it, which is then noted."""
        self._compare_with_refused()
        if not self.sources or not self._is_dated():
            return None
        draft = Draft(self.target.document, self.case.schema)
        before = draft.text()
        self._tell(draft)
        self._apply(draft)
        if self.answers is not None:
            draft.drop_question(self.answers)
        text = draft.text()
        if text == before:
            self.case.report.is_done = True
            return None
        return checked(self.case, self.target, text)

    def _compare_with_refused(self) -> None:
        report, said = self.case.report, self._shown(self.understood.value, self.understood.unit)
        for value in {said, str(self.understood.value)}:
            refusal = refused_change(self.target.document.id, self.fact.dotted, value, self.case.base.refused)
            if refusal and not report.is_refused:
                report.is_refused = True
                report.seen_before.append(say("refused", date=Ours(spoken(refusal.date)), reason=Ours(refusal.reason)))

    def _is_dated(self) -> bool:
        """A number needs the date for which it holds; the word of the body holds for the day on which it is given."""
        if self.fact.way != "count" or self._date():
            return True
        self.case.report.ask(say("count-date", said=self._shown(self.understood.value, self.understood.unit)))
        return False

    def _date(self) -> str:
        stated = next((source["statement"]["date"] for source in self.sources if source["kind"] == STATEMENT), "")
        return self.as_of or (str(stated) if self.fact.way == "count" else "")

    def _apply(self, draft: Draft) -> None:
        if self.fact.way == "plain":
            self._spell_anew(draft)
            return
        claim = self._claim([draft.add_source(source) for source in self.sources])
        if self.fact.way == "count":
            draft.set_count(claim)
        else:
            draft.set_claim(self.fact.path, claim)

    def _claim(self, ids: list[str]) -> dict[str, Any]:
        claim = {"value": self.understood.value, "unit": self.understood.unit, "as_of": self._date(), "sources": ids}
        return {key: value for key, value in claim.items() if value}

    def _spell_anew(self, draft: Draft) -> None:
        """Another spelling of a name; the one so far is kept, on no source, as a variant."""
        key, old = self.fact.path[0], self.target.root.string(self.fact.path[0])
        if old == self.understood.value:
            return
        draft.set_plain(key, self.understood.value)
        if old:
            draft.add_item("other_names", {"name": old, "kind": "variant"})
        self.case.report.for_a_person.append(say("person-name"))

    def _tell(self, draft: Draft) -> None:
        """What was understood, beside what the page says so far."""
        value = self._shown(self.understood.value, self.understood.unit)
        old = self._old(draft.root)
        key = "understood-first" if not old else "understood-change"
        if self.fact.way == "plain" and old:
            key = "understood-name"
        if old == value:
            key = "understood-same" if self._is_known(draft) else "understood-more"
        label, network = Ours(self.fact.label), self.target.title
        self.case.report.understood.append(say(key, network=network, label=label, value=value, old=old))
        if self.as_of and self.fact.way != "plain":
            self.case.report.understood.append(say("understood-as-of", when=Ours(spoken(self.as_of))))

    def _is_known(self, draft: Draft) -> bool:
        """Whether the value stands there on these sources already."""
        if self.fact.way == "plain":
            return True
        again = Draft(self.target.document, self.case.schema)
        self._apply(again)
        return again.text() == draft.text()

    def _old(self, root: Node) -> str:
        node = root.get(*self.fact.path)
        if self.fact.way == "count":
            items = [claim for _, claim in node.items()] if node else []
            node = next((claim for claim in items if claim.string("unit") == self.understood.unit), None)
        if node is None:
            return ""
        if self.fact.way == "plain":
            return str(node.value)
        value = node.get("value")
        return self._shown(value.plain(), self.understood.unit) if value else ""

    def _shown(self, value: Any, unit: str) -> str:
        return shown(self.fact, value, unit, self.case.schema)
