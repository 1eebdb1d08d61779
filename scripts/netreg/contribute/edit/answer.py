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
from netreg.core.load import Node
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
    told += understood("understood-question", network=entry.label, question=question.string("text") or "")
    found = _value(question, answer.value, entry)
    if found is None or found.wrong or found.needs_wording:
        left = hand_over("person-answer", said=one_line(answer.value)) + filled.kept("answer", "as_of")
        return Reading(None, told + left)
    fact = fact_at(question.string("about") or "", filled.schema)
    new = NewValue(fact, found.claim, sources.value, *dates.value)
    changed = propose_value(filled, entry, new, question=asked.value)
    return Reading(changed.value, told + changed.told)


def _question(filled: FilledForm, entry: Entry) -> Reading[int | None]:
    """The place of the question that is meant, also by its beginning alone, or with more words around it."""
    said = filled.needed("question")
    words, texts = _words(said.value), [node.string("text") or "" for node in entry.items("open_questions")]
    known = [(place, _words(text)) for place, text in enumerate(texts) if _words(text)]
    is_begun = len(words) >= _ENOUGH
    found = [place for place, text in known if (is_begun and text.startswith(words)) or f" {text} " in f" {words} "]
    if not said.value:
        return Reading(None, said.told)
    if len(found) != 1:
        return Reading(None, ask("question", said=said.value, network=entry.label))
    is_all = _words(texts[found[0]]).startswith(words)
    return Reading(found[0], Reply() if is_all else filled.kept("question"))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _value(question: Node, answer: str, entry: Entry) -> Understood | None:
    """The value that an answer gives the fact that a question is about; None where it may be something else.

    Words of one's own fit any question about a fact, *since when* too; a date, a number or a term does not.
    """
    about = question.string("about") or ""
    fact = fact_at(about, entry.schema) if entry.schema.has_field(about) else None
    form = own_form(fact, entry.schema) if fact else ""
    if fact is None or form not in _BEGINS or len(answer) > _LONGEST:
        return None
    is_asked = _asks_for(form, question.string("text") or "")
    return value_of(fact, answer, "", entry) if is_asked else None


def _asks_for(form: str, question: str) -> bool:
    """Whether a question asks for one value of this form: one with two halves would go with half an answer."""
    begins = re.match(rf"(?:{_BEGINS[form]})\b", question, re.IGNORECASE)
    return bool(begins) and question.count("?") == 1 and not re.search(r",| (?:and|or) ", question)
