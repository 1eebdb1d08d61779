"""From a correction, an answer to an open question, or what became of a body, to an edit of one entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from netreg.contribute.edit.draft import Citation, Draft
from netreg.contribute.edit.sourcing import STATEMENT, SourceData, sources_cited
from netreg.contribute.form import RENAMED
from netreg.contribute.parse.facts import (
    Comparison,
    Fact,
    Understood,
    fact_at,
    fact_of,
    facts,
    own_form,
    shown,
    value_of,
    values_of,
    was_seen_after,
)
from netreg.contribute.parse.values import is_remark, plain
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, keep, leave, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm, id_in, name_of_another, refused_value
from netreg.core.dates import spoken, try_parse
from netreg.core.escape import one_line
from netreg.core.schema import Term
from netreg.entry import Entry
from netreg.entry.evidence import is_closed
from netreg.model import phrases


def propose_correction(filled: FilledForm, entry: Entry) -> Reading[Proposal | None]:
    """The entry with one fact corrected."""
    right, named = filled.needed("right"), _fact(filled)
    sources, dates = sources_cited(filled, entry), filled.moment_or_since("as_of")
    told = told_in(right, named, sources, dates)
    fact, which = named.value
    if fact is None or not right.value:
        return Reading(None, told)
    found = _found(fact, right.value, which, entry)
    if found.wrong:
        return Reading(None, told + Reply(missing=(found.wrong,)))
    if found.needs_wording:
        return Reading(
            None, told + _left_to_a_person(filled, entry, (fact, which), found) + filled.kept("says", "as_of")
        )
    as_of, since = dates.value
    new = NewValue(fact, found.claim, sources.value, as_of or found.as_of, since)
    changed = propose_value(filled, entry, new, quoted=filled.said("says"))
    if fact.way == "plain":  # a name rests on no source in the entry, so what was said of it goes to the reviewer
        told = replace(told, sources=())
    return Reading(changed.value, told + changed.told)


def _fact(filled: FilledForm) -> Reading[tuple[Fact | None, str]]:
    said = filled.needed("fact")
    found = fact_of(said.value, filled.schema) if said.value else (None, "")
    if found[0] or not said.value:
        return Reading(found, said.told)
    labels = Ours(", ".join(f"“{fact.label}”" for fact in facts(filled.schema)))
    return Reading(found, ask("fact", said=said.value, labels=labels))


def _found(fact: Fact, right: str, which: str, entry: Entry) -> Understood:
    """The value that is meant; one that the page has already is known by its words, however it would be read."""
    if fact.way == "list":
        return Understood(needs_wording=True)
    standing = values_of(fact, entry) if not (fact.key or which) else []
    same = next((one for one in standing if one.text.casefold() == one_line(plain(right)).casefold()), None)
    return Understood({"value": same.claim["value"]}) if same else value_of(fact, right, which, entry)


def _left_to_a_person(filled: FilledForm, entry: Entry, named: tuple[Fact, str], found: Understood) -> Reply:
    """Words that a person works in, and the countries that were read in them."""
    fact, which = named
    right, label = filled.answers.text("right").strip(), Ours(fact.label)
    told = refused_value(filled, entry, fact.dotted, {one_line(right)})
    if found.claim:
        told += understood("understood-field", label=label, value=", ".join(map(phrases.country, found.claim["value"])))
    key = "person-list" if fact.way == "list" or fact.key == "role" else "person-words"
    told += hand_over(key, label=label, said=one_line(right)) + keep(fact.label, right)
    return told + (filled.kept("fact") if which else Reply())


@dataclass(frozen=True, slots=True)
class NewValue:
    """One value for one fact, with its sources.

    ``said`` is the value with what belongs to it, ``as_of`` when the source says so, ``since`` from when on it holds.
    """

    fact: Fact
    said: Mapping[str, Any]
    sources: list[SourceData]
    as_of: str = ""
    since: str = ""

    @property
    def date(self) -> str:
        """The date that the value is of; a number in the body's own word is of the day on which that is given."""
        stated = next((source["statement"]["date"] for source in self.sources if source["kind"] == STATEMENT), "")
        return self.as_of or (str(stated) if self.fact.key == "unit" else "")


def propose_value(
    filled: FilledForm, entry: Entry, new: NewValue, *, quoted: str = "", question: int | None = None
) -> Reading[Proposal | None]:
    """The entry with a new value; None where something stands against it.

    ``quoted`` is what the sender quotes from the page as wrong, ``question`` the place of the open question that the
    value answers, which then goes.
    """
    text = shown(new.fact, new.said, filled.schema)
    standing = values_of(new.fact, entry, new.said.get(new.fact.key, ""))
    compared = Comparison(standing, new.said, text, try_parse(new.date), try_parse(new.since), quoted)
    is_undated = new.fact.key == "unit" and not new.date
    draft = Draft(entry.document, filled.schema)
    is_drafted = bool(new.sources) and not is_undated
    if is_drafted:
        _apply(draft, filled, new, compared)
    is_known = is_drafted and not draft.is_changed
    told = refused_value(filled, entry, new.fact.dotted, {text, str(new.said["value"])})
    told += _told(filled, entry, new, compared, is_known=is_known)
    if not is_drafted:
        return Reading(None, told + (ask("count-date", said=text) if is_undated else Reply()))
    if question is not None:
        draft.drop_question(question)
    return draft.proposed(told)


def _apply(draft: Draft, filled: FilledForm, new: NewValue, compared: Comparison) -> None:
    """Write the value into a draft; another spelling of a name keeps the one so far, on no source, as a variant."""
    fact, value = new.fact, new.said["value"]
    if fact.way == "plain":
        old = draft.root.string(fact.path[0])
        draft.set_plain(fact.path[0], value)
        if old and old != value:
            draft.add_item("other_names", {"name": old, "kind": "variant"})
        return
    known = draft.source_ids
    cited: list[Citation] = [draft.cite(source) for source in new.sources]
    if compared.agrees:
        draft.confirm(fact.path, cited, key=fact.key, which=new.said.get(fact.key, ""))
        return
    claim = {**new.said, "as_of": new.date, "from": new.since, "sources": cited}
    if draft.source_ids == known and "request" in filled.schema.at(fact.claim_path)["properties"]:
        claim["request"] = filled.request.number  # no source of its own tells by which request it came
    beside = compared.goes_beside
    draft.set_claim(fact.path, {key: one for key, one in claim.items() if one}, key=fact.key, beside=beside)


def _told(filled: FilledForm, entry: Entry, new: NewValue, compared: Comparison, *, is_known: bool) -> Reply:
    """What was understood beside what the page says so far, and what a reviewer has to look at."""
    old = compared.disputed or compared.first
    value = compared.again.text if compared.again else compared.text
    said = {"network": entry.label, "label": Ours(new.fact.label), "value": value}
    told = understood(_message(new, compared, is_known=is_known), **said, old=old.text if old else "")
    if new.fact.way == "plain":
        told += leave("person-name") + filled.kept("source", "as_of")
        is_other = compared.first is not None and compared.again is not compared.first
        told += name_of_another(filled, entry, new.said["value"]) if new.sources and is_other else Reply()
    else:
        dates = () if compared.agrees else (("understood-as-of", new.as_of), ("understood-since", new.since))
        told += sum((understood(key, when=Ours(spoken(when))) for key, when in dates if when), Reply())
    return told + _doubts(filled, entry, new, compared)


def _message(new: NewValue, compared: Comparison, *, is_known: bool) -> str:
    """The first that holds."""
    cases = {
        "understood-first": compared.first is None,
        "understood-agrees": compared.agrees,
        "understood-same" if is_known else "understood-more": compared.again is compared.first,
        "understood-name": new.fact.way == "plain",
        "understood-beside": compared.disputed,
        "understood-earlier": compared.is_earlier,
        "understood-promoted": compared.again,
    }
    return next((key for key, holds in cases.items() if holds), "understood-change")


def _doubts(filled: FilledForm, entry: Entry, new: NewValue, compared: Comparison) -> Reply:
    told = Reply()
    if compared.first and compared.is_order_unclear(filled.request.sent):
        told += hand_over("person-order", old=compared.first.text)
    if new.fact.dotted == "ended" and not entry.is_closed:
        told += leave("person-status")
    if _ends_before_it_was_seen(filled, entry, new, compared):
        told += hand_over("person-status")
    if new.fact.key == "role":
        told += leave("person-complete", asks=Ours(filled.schema.at((*new.fact.path, 0, "complete"))["x-question"]))
    if compared.remark:
        told += leave("person-remark", said=compared.remark)
    if compared.quoted and compared.meant is None:
        told += leave("person-says", said=compared.quoted) + filled.kept("says")
    return told


def _ends_before_it_was_seen(filled: FilledForm, entry: Entry, new: NewValue, compared: Comparison) -> bool:
    value = new.said["value"]
    if new.fact.dotted == "status":
        return is_closed(value, filled.schema) and compared.is_earlier
    if new.fact.dotted != "ended" or entry.is_closed:
        return False
    return was_seen_after(value, values_of(fact_at("status", filled.schema), entry))


_ENOUGH = 15
"""Signs of a question that are enough to know it by its beginning."""

_BEGINS = {
    "date": r"when|since when|in (?:which|what) year|is|has|does|did|was",
    "count": r"how many",
    "term": r"is|does|has|was|are|did|how far|how formal|what became|what has become",
}
"""How a question begins that one value of this form answers; any other asks for words, or for a list."""


def propose_answer(filled: FilledForm, entry: Entry) -> Reading[Proposal | None]:
    """The entry with an open question answered, where the answer fits one fact."""
    answer, asked = filled.needed("answer"), _question(filled, entry)
    sources, dates = sources_cited(filled, entry), filled.moment_or_since("as_of")
    told = told_in(answer, asked, sources, dates)
    if asked.value is None or not answer.value:
        return Reading(None, told)
    question = entry.items("open_questions")[asked.value]
    about, text = (question.string(key) or "" for key in ("about", "text"))
    told += understood("understood-question", network=entry.label, question=text)
    found = _value(about, text, answer.value, entry)
    if found is None or found.wrong or found.needs_wording:
        left = hand_over("person-answer", said=one_line(answer.value)) + filled.kept("answer", "as_of")
        return Reading(None, told + left)
    new = NewValue(fact_at(about, filled.schema), found.claim, sources.value, *dates.value)
    changed = propose_value(filled, entry, new, question=asked.value)
    return Reading(changed.value, told + changed.told)


def _question(filled: FilledForm, entry: Entry) -> Reading[int | None]:
    said = filled.needed("question")
    words, known = _words(said.value), [_words(node.string("text") or "") for node in entry.items("open_questions")]
    is_begun = len(words) >= _ENOUGH
    found = [
        place
        for place, text in enumerate(known)
        if text and ((is_begun and text.startswith(words)) or f" {text} " in f" {words} ")
    ]
    if not said.value or len(found) != 1:
        return Reading(None, ask("question", said=said.value, network=entry.label) if said.value else said.told)
    return Reading(found[0], Reply() if known[found[0]].startswith(words) else filled.kept("question"))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _value(about: str, question: str, answer: str, entry: Entry) -> Understood | None:
    """The value that an answer gives the fact that a question is about; None where it may be something else.

    Words of one's own fit any question about a fact, *since when* too; a date, a number or a term does not. A question
    with two halves would go with half an answer.
    """
    fact = fact_at(about, entry.schema) if entry.schema.has_field(about) else None
    begins = _BEGINS.get(own_form(fact, entry.schema)) if fact else None
    if fact is None or not begins or not re.match(rf"(?:{begins})\b", question, re.IGNORECASE):
        return None
    is_whole = question.count("?") == 1 and not re.search(r",| (?:and|or) ", question)
    return value_of(fact, answer, "", entry) if is_whole else None


_WITH_ACRONYM = re.compile(r"(.+?) \(([^()\s]{2,30})\)")


def propose_status(filled: FilledForm, entry: Entry) -> Reading[Proposal | None]:
    """The entry of a body that ended, merged, went on as another or took another name."""
    change = filled.term("change")
    if change.value is None:
        return Reading(None, change.told if change.told.missing else ask("field", label=filled.label("change")))
    sources, is_event = sources_cited(filled, entry), change.value.is_closed or change.value.value == RENAMED
    day, dates = filled.date("when"), filled.moment_or_since("when")
    when, since = (day.value, "") if is_event else dates.value
    told = told_in(change, day if is_event else dates, sources)
    if change.value.value == RENAMED:
        changed = _renamed(filled, entry, when, sources.value)
    else:
        changed = _in_another_state(filled, entry, change.value, (when, since), sources.value)
    return Reading(changed.value, told + changed.told)


def _in_another_state(
    filled: FilledForm, entry: Entry, status: Term, dates: tuple[str, str], sources: list[SourceData]
) -> Reading[Proposal | None]:
    """The new status in front, with the end and the body that it went into, where they are known."""
    other = filled.said("other")
    told = refused_value(filled, entry, "status", (status.value, status.title))
    old = values_of(fact_at("status", filled.schema), entry)
    key, was = ("understood-status", old[0].text) if old else ("understood-first-status", "")
    told += understood(key, network=entry.label, label=Ours(status.title), old=was)
    for key, date in zip(("understood-when", "understood-since"), dates, strict=True):
        told += understood(key, when=Ours(spoken(date, between=True))) if date else Reply()
    seen = old[0].known_from if old else None
    if status.is_closed and seen and was_seen_after(dates[0], old):
        told += hand_over("person-order", old=f"{old[0].text}, {spoken(seen.text)}")
    elif status.value == "active" and entry.ended:
        told += leave("person-status")
    if other:
        told += understood("understood-into", other=other)
    elif status.value in ("merged", "replaced"):
        told += ask("other-body")
    if not sources:
        return Reading(None, told)
    if other and status.value != "merged":
        told += leave("person-relation", other=other)
    draft = Draft(entry.document, filled.schema)
    _close(draft, status, dates, _merged_into(other, filled) if other and status.value == "merged" else {}, sources)
    return draft.proposed(told)


def _close(
    draft: Draft, status: Term, dates: tuple[str, str], relation: dict[str, Any], sources: list[SourceData]
) -> None:
    when, since = dates
    cited = [draft.cite(source) for source in sources]
    moment = "" if "/" in when else when
    # The date is that of a sign of life for a body that is active, else the one from which on it is so.
    dated = {"as_of": moment, "from": since} if status.value == "active" else {"from": moment or since}
    claim = {"value": status.value, **dated, "sources": cited}
    draft.set_claim(("status",), {key: value for key, value in claim.items() if value})
    if status.is_closed and when:
        draft.set_claim(("ended",), {"value": when, "sources": cited})
    if relation:
        draft.add_item("relations", {**relation, **({"date": moment} if moment else {}), "sources": cited})


def _merged_into(other: str, filled: FilledForm) -> dict[str, Any]:
    """The relation to the body that it went into: an entry or a known actor where there is one, else by name."""
    sure = list(filled.base.detector.same(other))
    actors = [term.value for term in filled.schema.terms("actor") if term.title.casefold() == other.casefold()]
    id_ = id_in(other, filled) or (sure[0] if len(sure) == 1 else next(iter(actors), ""))
    return {"type": "merged_into", **({"target": id_} if id_ else {"name": other})}


def _renamed(filled: FilledForm, entry: Entry, when: str, sources: list[SourceData]) -> Reading[Proposal | None]:
    """The new name in front, the old one filed, and the renaming in the history where its date is known."""
    said = filled.said("other")
    if not said:
        return Reading(None, ask("new-name"))
    if not sources:
        return Reading(None)
    told = refused_value(filled, entry, "name", (said,))
    if is_remark(said):
        told += hand_over("person-words", label=filled.label("other"), said=said) + filled.kept("other")
        return Reading(None, told)
    match = _WITH_ACRONYM.fullmatch(said)
    name, acronym = (match[1], match[2]) if match and sum(map(str.isupper, match[2])) >= 2 else (said, "")
    told += name_of_another(filled, entry, name)
    told += understood("understood-renamed", network=entry.label, value=name)
    if name == entry.name:
        return Reading(None, told + Reply(is_done=True))
    if len(name.split()) == 1:
        return Reading(None, told + ask("full-name", said=name))
    old = entry.acronym
    if acronym and acronym != old:
        told += understood("understood-acronym", value=acronym)
    elif old and not acronym:
        told += leave("person-acronym", said=old)
    told += understood("understood-when", when=Ours(spoken(when, between=True))) if when else Reply()
    draft = Draft(entry.document, filled.schema)
    _rename(draft, (name, acronym), (entry.name, old), when, sources)
    return draft.proposed(told)


def _rename(draft: Draft, now: tuple[str, str], then: tuple[str, str], when: str, sources: list[SourceData]) -> None:
    """Give an entry another name, and another acronym where there is one; the old ones are former names."""
    cited = [draft.cite(source) for source in sources]
    (name, acronym), (old_name, old_acronym) = now, then
    old = {"name": old_name, "acronym": old_acronym if acronym != old_acronym and acronym else ""}
    former = {**old, "kind": "former", "until": "" if "/" in when else when, "sources": cited}
    draft.set_plain("name", name)
    if acronym:
        draft.set_plain("acronym", acronym)
    draft.add_item("other_names", {key: value for key, value in former.items() if value})
    if when:
        text = f"It takes the name “{name}”."
        draft.add_item("history", {"date": when, "event": RENAMED, "text": text, "sources": cited})
