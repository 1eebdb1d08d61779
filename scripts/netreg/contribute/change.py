"""From a correction to an edit of one entry: one value for one fact, with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from netreg.age import SIGN_OF_LIFE, try_parse
from netreg.contribute.case import Case
from netreg.contribute.edit import Draft
from netreg.contribute.facts import Fact, fact_of, facts_near
from netreg.contribute.messages import Ours, say
from netreg.contribute.outcome import Proposal
from netreg.contribute.sourcing import STATEMENT, Source, sources_said
from netreg.contribute.standing import CLOSED, Standing, values_of
from netreg.contribute.target import Target, checked, tell_likeness, tell_refusal
from netreg.contribute.understand import one_line
from netreg.contribute.value import Understood, shown, value_of
from netreg.dates import spoken


def propose_correction(case: Case, target: Target) -> Proposal | None:
    """The entry with one fact corrected."""
    right = case.answers.text("right").strip() or case.needed("right")
    fact, which = _fact(case)
    sources = sources_said(case, target.body)
    as_of, since = case.moment_or_since("as_of")
    if fact is None or not right:
        return None
    understood = value_of(fact, right, which, target.root, case.schema) if fact.way != "list" else _FOR_A_PERSON
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


_FOR_A_PERSON = Understood(needs_wording=True)


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
        self._leave_order_to_a_person()
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
    def _standing(self) -> list[Standing]:
        return values_of(self.fact, self.understood.unit, self.target.root, self.case.schema)

    @cached_property
    def _new(self) -> str:
        return shown(self.fact, self.understood.value, self.understood.unit, self.case.schema)

    @cached_property
    def _disputed(self) -> Standing | None:
        """The value that the sender quotes from the page."""
        said = self.case.said("says") if self.answers is None else ""
        return next((one for one in self._standing if one.is_quoted_in(said)), None)

    @cached_property
    def _is_earlier(self) -> bool:
        """Whether it tells of an earlier time than the value in front."""
        now, new = self._standing[0].known_from if self._standing else None, try_parse(self._date() or self.since)
        return bool(now and new and new.latest < now.earliest)

    def _leave_order_to_a_person(self) -> None:
        """Where nothing tells which value is the newer one, and the new one may well be the older."""
        new = try_parse(self._date() or self.since)
        is_old = new is not None and new.latest < self.case.request.sent - SIGN_OF_LIFE
        first = self._standing[0] if self._standing else None
        again = next((one for one in self._standing[1:] if one.is_value(self._new)), None)
        if self._goes_beside or first is None or first.is_value(self._new):
            return
        if (again and again.until) or (is_old and first.known_from is None):
            self.case.report.ask_a_person(say("person-order", old=first.text))

    @property
    def _goes_beside(self) -> bool:
        """Whether the value in front stays there: an older state, or the correction of a value beside it."""
        return self._is_earlier or (self._disputed is not None and not self._disputed.is_first)

    def _apply(self, draft: Draft) -> None:
        if self.fact.way == "plain":
            self._spell_anew(draft)
            return
        claim = self._claim([draft.add_source(source) for source in self.sources])
        if self.fact.way == "count":
            draft.set_count(claim, beside=self._goes_beside)
        else:
            draft.set_claim(self.fact.path, claim, beside=self._goes_beside)

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
        """What was understood, beside what the page says so far."""
        report, network = self.case.report, self.target.title
        disputed = self._disputed if self._disputed and not self._disputed.is_first else None
        old = (disputed or self._standing[0]).text if self._standing else ""
        key = self._message(draft, disputed)
        report.understood.append(say(key, network=network, label=Ours(self.fact.label), value=self._new, old=old))
        if self.as_of and self.fact.way != "plain":
            report.understood.append(say("understood-as-of", when=Ours(spoken(self.as_of))))
        if self.since and self.fact.way != "plain":
            report.understood.append(say("understood-since", when=Ours(spoken(self.since))))
        if self.fact.way == "plain":
            self._leave_evidence_to_a_person()
        if self.fact.dotted == "ended" and self.target.root.string("status", "value") not in CLOSED:
            report.for_a_person.append(say("person-status"))
        again = next((one for one in self._standing if one.is_value(self._new)), None)
        if again and (again.is_likely or (again.note and not again.is_first)):
            report.for_a_person.append(say("person-remark", said=again.note or "our reading"))
        says = self.case.said("says") if self.answers is None else ""
        if says and self._disputed is None:
            report.for_a_person.append(say("person-says", said=says))
            report.keep(self.case.label("says"), self.case.answers.text("says"))

    def _leave_evidence_to_a_person(self) -> None:
        """A name rests on no source in the entry, so what was said of it goes to the reviewer."""
        report = self.case.report
        report.sources.clear()
        report.for_a_person.append(say("person-name"))
        for id_ in ("source", "as_of"):
            report.keep(self.case.label(id_), self.case.answers.text(id_))

    def _message(self, draft: Draft, disputed: Standing | None) -> str:
        if not self._standing:
            return "understood-first"
        if self._standing[0].is_value(self._new):
            return "understood-same" if self.sources and self._is_known(draft) else "understood-more"
        if self.fact.way == "plain":
            return "understood-name"
        if disputed:
            return "understood-beside"
        if self._is_earlier:
            return "understood-earlier"
        is_there = any(one.is_value(self._new) for one in self._standing)
        return "understood-promoted" if is_there else "understood-change"

    def _is_known(self, draft: Draft) -> bool:
        """Whether the value stands there on these sources already."""
        if self.fact.way == "plain":
            return True
        again = Draft(self.target.document, self.case.schema)
        self._apply(again)
        return again.text() == draft.text()
