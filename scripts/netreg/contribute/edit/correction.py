"""From a correction to an edit of one entry: one value for one fact, with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from netreg.contribute.case import Case
from netreg.contribute.edit.current_value import CLOSED, Comparison, values_of, was_seen_after
from netreg.contribute.edit.draft import Draft
from netreg.contribute.edit.sourcing import STATEMENT, Source, sources_said
from netreg.contribute.match.target import Target, checked, tell_likeness, tell_refusal
from netreg.contribute.parse.fact_value import Understood, shown, value_of
from netreg.contribute.parse.facts import Fact, fact_at, fact_of, facts_near
from netreg.contribute.reply.messages import Ours, say
from netreg.contribute.reply.outcome import Proposal
from netreg.core.dates import spoken, try_parse
from netreg.core.escape import one_line


def propose_correction(case: Case, target: Target) -> Proposal | None:
    """The entry with one fact corrected."""
    right = case.answers.text("right").strip() or case.needed("right")
    fact, which = _fact(case)
    sources = sources_said(case, target.body)
    as_of, since = case.moment_or_since("as_of")
    if fact is None or not right:
        return None
    understood = _understood(case, fact, right, which, target)
    if understood.wrong:
        case.report.ask(understood.wrong)
        return None
    if understood.needs_wording:
        tell_refusal(case, target, fact.dotted, {one_line(right)})
        key = "person-list" if fact.way == "list" else "person-words"
        case.report.ask_a_person(say(key, label=Ours(fact.label), said=one_line(right)))
        _keep(case, fact, right, which)
        return None
    return FactChange(case, target, fact, understood, sources, as_of, since).proposal()


def _understood(case: Case, fact: Fact, right: str, which: str, target: Target) -> Understood:
    """The value that is meant; one that the page has already is known by its words, however it would be read."""
    if fact.way == "list":
        return Understood(needs_wording=True)
    if fact.way != "count" and not which:
        for one in values_of(fact, "", target.root, case.schema):
            if one.is_quoted_in(one_line(right)):
                return Understood(one.value)
    return value_of(fact, right, which, target.root, case.schema)


def _fact(case: Case) -> tuple[Fact | None, str]:
    """The fact that is meant, and what stands in brackets behind it; what is not clear is noted."""
    said = case.needed("fact")
    fact, which = fact_of(said, case.schema) if said else (None, "")
    if said and fact is None:
        near = facts_near(said, case.schema) or [case.schema.label(key) for key in ("seat", "established", "status")]
        case.report.ask(say("fact", said=said, labels=Ours(" or ".join(f"“{label}”" for label in near))))
    return fact, which


def _keep(case: Case, fact: Fact, right: str, which: str) -> None:
    """Keep all that was said of a fact for the person who works it in."""
    case.report.keep(f"{fact.label} ({which})" if which else fact.label, right)
    for id_ in ("says", "as_of"):
        case.report.keep(case.label(id_), case.answers.text(id_))


@dataclass(frozen=True)
class FactChange:
    """One value for one fact, with its sources.

    ``as_of`` is when the source says so, ``since`` from when on it holds, ``answers`` the open question it answers.
    """

    case: Case
    target: Target
    fact: Fact
    understood: Understood
    sources: list[Source]
    as_of: str = ""
    since: str = ""
    answers: int | None = None

    def proposal(self) -> Proposal | None:
        """The entry with the change; None where something stands against it, which is then noted."""
        tell_refusal(self.case, self.target, self.fact.dotted, {self._new, str(self.understood.value)})
        draft = Draft(self.target.document, self.case.schema)
        before = draft.text()
        self._tell(draft)
        if not self._is_dated() or not self.sources:
            return None
        self._apply(draft)
        if self.answers is not None:
            draft.drop_question(self.answers)
        text = draft.text()
        if text == before:
            self.case.report.is_done = True
            return None
        return checked(self.case, self.target, text)

    def _is_dated(self) -> bool:
        """A number needs the date for which it holds; the word of the body holds for the day on which it is given."""
        if self.fact.way != "count" or self._date():
            return True
        self.case.report.ask(say("count-date", said=self._new))
        return False

    def _date(self) -> str:
        stated = next((source["statement"]["date"] for source in self.sources if source["kind"] == STATEMENT), "")
        return self.as_of or (str(stated) if self.fact.way == "count" else "")

    @cached_property
    def _new(self) -> str:
        return shown(self.fact, self.understood.value, self.understood.unit, self.case.schema)

    @cached_property
    def _compared(self) -> Comparison:
        standing = values_of(self.fact, self.understood.unit, self.target.root, self.case.schema)
        quoted = self.case.said("says") if self.answers is None else ""
        return Comparison(standing, self._new, try_parse(self._date()), try_parse(self.since), quoted)

    def _apply(self, draft: Draft) -> None:
        if self.fact.way == "plain":
            self._spell_anew(draft)
            return
        claim = self._claim([draft.add_source(source) for source in self.sources])
        if self.fact.way == "count":
            draft.set_count(claim, beside=self._compared.goes_beside)
        else:
            draft.set_claim(self.fact.path, claim, beside=self._compared.goes_beside)

    def _claim(self, ids: list[str]) -> dict[str, Any]:
        dates = {"as_of": self._date(), "from": self.since}
        claim = {"value": self.understood.value, "unit": self.understood.unit, **dates, "sources": ids}
        return {key: value for key, value in claim.items() if value}

    def _spell_anew(self, draft: Draft) -> None:
        """Another spelling of a name; the one so far is kept, on no source, as a variant."""
        key, old = self.fact.path[0], self.target.root.string(self.fact.path[0])
        if old == self.understood.value:
            return
        tell_likeness(self.case, self.target, self.understood.value)
        draft.set_plain(key, self.understood.value)
        if old:
            draft.add_item("other_names", {"name": old, "kind": "variant"})

    def _tell(self, draft: Draft) -> None:
        """What was understood beside what the page says so far, and what a reviewer has to look at."""
        old = self._compared.disputed or self._compared.first
        said = {"network": self.target.title, "label": Ours(self.fact.label), "value": self._new}
        self.case.report.understood.append(say(self._message(draft), **said, old=old.text if old else ""))
        if self.fact.way == "plain":
            self._leave_evidence_to_a_person()
        else:
            self._tell_dates()
        self._tell_doubts()

    def _message(self, draft: Draft) -> str:
        compared = self._compared
        if compared.first is None:
            return "understood-first"
        if compared.again is compared.first:
            return "understood-same" if self.sources and self._is_known(draft) else "understood-more"
        if self.fact.way == "plain":
            return "understood-name"
        if compared.goes_beside:
            return "understood-beside" if compared.disputed else "understood-earlier"
        return "understood-promoted" if compared.again else "understood-change"

    def _tell_dates(self) -> None:
        for key, when in (("understood-as-of", self.as_of), ("understood-since", self.since)):
            if when:
                self.case.report.understood.append(say(key, when=Ours(spoken(when))))

    def _leave_evidence_to_a_person(self) -> None:
        """A name rests on no source in the entry, so what was said of it goes to the reviewer."""
        report = self.case.report
        report.sources.clear()
        report.for_a_person.append(say("person-name"))
        for id_ in ("source", "as_of"):
            report.keep(self.case.label(id_), self.case.answers.text(id_))

    def _tell_doubts(self) -> None:
        report, compared = self.case.report, self._compared
        if compared.first and compared.is_order_unclear(self.case.request.sent):
            report.ask_a_person(say("person-order", old=compared.first.text))
        if self.fact.dotted == "ended" and self.target.root.string("status", "value") not in CLOSED:
            report.for_a_person.append(say("person-status"))
        if self._ends_before_it_was_seen():
            report.ask_a_person(say("person-status"))
        if compared.remark:
            report.for_a_person.append(say("person-remark", said=compared.remark))
        if compared.quoted and compared.meant is None:
            report.for_a_person.append(say("person-says", said=compared.quoted))
            report.keep(self.case.label("says"), self.case.answers.text("says"))

    def _ends_before_it_was_seen(self) -> bool:
        """Whether it would end, or have ended, before its last sign of life."""
        if self.fact.dotted == "status":
            return self.understood.value in CLOSED and self._compared.is_earlier
        if self.fact.dotted != "ended":
            return False
        status = values_of(fact_at("status", self.case.schema), "", self.target.root, self.case.schema)
        return was_seen_after(self.understood.value, status) and status[0].value not in CLOSED

    def _is_known(self, draft: Draft) -> bool:
        """Whether the value stands there on these sources already."""
        if self.fact.way == "plain":
            return True
        again = Draft(self.target.document, self.case.schema)
        self._apply(again)
        return again.text() == draft.text()
