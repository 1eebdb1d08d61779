"""From the answer to an open question to an edit of one entry, where the answer is the value of one fact."""

from __future__ import annotations

import re

from netreg.contribute.edit.correction import NewValue, propose_value
from netreg.contribute.edit.sourcing import sources_cited
from netreg.contribute.parse.fact_value import Understood, own_form, value_of
from netreg.contribute.parse.facts import fact_at
from netreg.contribute.reply.messages import Reading, Reply, ask, hand_over, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm
from netreg.core.escape import one_line
from netreg.entry import Entry

_LONGEST = 160
"""Signs of an answer that may stand as a value; a longer one is for a person to word."""

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
    if (
        fact is None
        or not begins
        or len(answer) > _LONGEST
        or not re.match(rf"(?:{begins})\b", question, re.IGNORECASE)
    ):
        return None
    is_whole = question.count("?") == 1 and not re.search(r",| (?:and|or) ", question)
    return value_of(fact, answer, "", entry) if is_whole else None
