"""From the answer to an open question to an edit of one entry, where the answer is the value of one fact."""

from __future__ import annotations

import re

from netreg.contribute.case import Case
from netreg.contribute.edit.correction import FactChange
from netreg.contribute.edit.sourcing import sources_said
from netreg.contribute.match.target import Target
from netreg.contribute.parse.fact_value import Understood, own_form, value_of
from netreg.contribute.parse.facts import Fact, fact_of
from netreg.contribute.parse.values import count_of, unit_asked
from netreg.contribute.reply.messages import say
from netreg.contribute.reply.outcome import Proposal
from netreg.core.escape import one_line
from netreg.core.nearest import nearest

_SHORT = 160
"""Signs of an answer that may stand as a fact as it is; a longer one is for a person to word."""

_ENOUGH = 15
"""Signs of a question that are enough to know it by its beginning."""


def propose_answer(case: Case, target: Target) -> Proposal | None:
    """The entry with an open question answered, where the answer fits one fact."""
    answer = case.answers.text("answer").strip() or case.needed("answer")
    position = _question(case, target)
    sources = sources_said(case, target.body)
    as_of, since = case.moment_or_since("as_of")
    if position is None or not answer:
        return None
    about, words = target.questions[position]
    case.report.understood.append(say("understood-question", network=target.title, question=words))
    fact = fact_of(about, case.schema)[0]
    understood = _short_value(fact, words, answer, case, target)
    if fact is None or understood is None or understood.wrong or understood.needs_wording:
        case.report.ask_a_person(say("person-answer", said=one_line(answer)))
        case.report.keep(case.label("answer"), answer)
        case.report.keep(case.label("as_of"), case.answers.text("as_of"))
        return None
    return FactChange(case, target, fact, understood, sources, as_of, since, answers=position).proposal()


def _question(case: Case, target: Target) -> int | None:
    """The place of the question that is meant, also by its beginning alone, or with a number in front."""
    said = _LEAD.sub("", case.needed("question")).strip("\"'“”„«» ").rstrip(" .…")
    words = [one_line(text) for _, text in target.questions]
    begun = [text for text in words if len(said) >= _ENOUGH and text.casefold().startswith(said.casefold())]
    found = begun[0] if len(begun) == 1 else nearest(said, words, cutoff=0.75) if said else ""
    if said and not found:
        case.report.ask(say("question", said=said, network=target.title))
    elif not found.casefold().startswith(said.casefold()):
        case.report.keep(case.label("question"), case.answers.text("question"))
    return words.index(found) if found else None


_LEAD = re.compile(r"^(?:Q(?:uestion)?[.:]? *)?(?:[0-9]{1,2}[.):] *)?", re.IGNORECASE)


def _short_value(fact: Fact | None, question: str, answer: str, case: Case, target: Target) -> Understood | None:
    """The value that an answer gives a fact; None where it may be something else.

    Words of one's own fit any question about a fact, *since when* too; dates, numbers, terms and addresses do not.
    """
    form = own_form(fact, case.schema) if fact else ""
    if fact is None or not form or len(answer) > _MOST.get(form, _SHORT) or not _asks_for(form, question):
        return None
    units = case.schema.terms("unit")
    unit = unit_asked(question, units) if form == "count" else None
    if form == "count" and unit is None and not count_of(answer, units)[1]:
        return None
    understood = value_of(fact, answer, unit.title if unit else "", target.root, case.schema)
    is_part = isinstance(understood.value, list) and len(understood.value) < _number_in(question)
    return None if is_part else understood


def _number_in(question: str) -> int:
    """The largest number that a question names, as in *Which are the nine states?*"""
    words = re.findall(r"[a-z]+|[0-9]{1,2}(?![0-9])", question.casefold())
    return max((int(word) if word.isdecimal() else _NUMBERS.get(word, 0) for word in words), default=0)


_NUMBERS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=2,
    )
}


def _asks_for(form: str, question: str) -> bool:
    """Whether a question asks for a value of this form, and for nothing else."""
    first, _, rest = question.partition("?")
    begins = re.match(_BEGINS.get(form, ""), first, re.IGNORECASE) is not None
    is_double = form == "count" and " and " in first
    return begins and not is_double and not _MORE.search(first) and "?" not in rest


_MOST = {"countries": 2000, "kinds": 600}
_BEGINS = {
    "date": r"when|since when|in (?:which|what) year|is|has|does|did|was",
    "count": r"how many",
    "term": r"is|does|has|was|are|did|how far|how formal|what became|what has become",
    "countries": r"(?:which|what) (?:[\w-]+ ){0,3}(?:states|countries|members)",
    "kinds": r"who (?:takes part|sits|are|is)|which (?:services|authorities)",
}
"""How a question begins that a value of this form answers; any other asks for words."""

_ASKING = "who|whom|whose|what|which|when|where|why|how"
_MORE = re.compile(
    rf",? (?:and|or) (?:(?:in|since|under|by|to) )?(?:{_ASKING}|does|do|did|is|was|are|has)\b"
    rf"|, (?:(?:in|since|under|by) )?(?:{_ASKING})\b",
    re.IGNORECASE,
)
"""A second question behind the first, which the answer to the first would take off the page."""
