"""A new entry from answers: what is asked, what an answer may be, and the entry that comes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from netreg.check import Context, Subject, check
from netreg.check.subject import names_of
from netreg.core.canonical import canonical_data
from netreg.core.finding import Finding, Level, Place
from netreg.core.ids import slug
from netreg.core.load.document import parse_document
from netreg.core.names import normal_form, word_key
from netreg.core.schema import Part, Schema, Term

Answer = str | list[str]

# The questions in their order, each with the field that it fills.
_ASKED = {
    "name": "name",
    "acronym": "acronym",
    "group": "group",
    "topics": "topics",
    "form": "form",
    "status": "status",
    "purpose": "purpose",
    "summary": "summary",
    "website": "website",
    "source-url": "sources.url",
    "source-title": "sources.title",
    "source-author": "sources.author",
    "source-kind": "sources.kind",
    "language": "sources.language",
}
_VOCABULARIES = {
    "group": "group",
    "topics": "topic",
    "form": "form",
    "status": "status",
    "source-kind": "source_kind",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask, in the words of the schema; ``terms`` where the answer is one of a closed list."""

    option: str
    field: tuple[str, ...]
    title: str
    help: str
    examples: tuple[str, ...]
    terms: tuple[Term, ...]
    is_list: bool
    is_claim: bool
    is_required: bool

    def understood(self, said: str) -> Answer:
        """What somebody said as an answer: spaces tidied, a list taken apart, the number of a term turned into it."""
        if not self.is_list:
            return self._term(" ".join(said.split()))
        return list(dict.fromkeys(self._term(word) for word in re.split(r"[,\s]+", said) if word))

    def _term(self, word: str) -> str:
        is_number = self.terms and re.fullmatch(r"[0-9]{1,3}", word)
        return self.terms[int(word) - 1].value if is_number and 1 <= int(word) <= len(self.terms) else word


def questions(schema: Schema) -> list[Question]:
    """All questions in their order."""
    return [_question(option, tuple(dotted.split(".")), schema) for option, dotted in _ASKED.items()]


def _question(option: str, field: tuple[str, ...], schema: Schema) -> Question:
    part, around = schema.root, schema.root
    for key in field:
        around = schema.child(part, 0) if "items" in part else part
        part = schema.child(around, key)
    is_claim = part.get("x-kind") == "claim"
    vocabulary = _VOCABULARIES.get(option)
    return Question(
        option,
        field,
        _title(field, part, schema),
        str(part.get("description", "")),
        tuple(example for example in part.get("examples", ()) if isinstance(example, str)),
        schema.terms(vocabulary) if vocabulary else (),
        part.get("type") == "array",
        is_claim,
        key in {*around.get("required", ()), *around.get("else", {}).get("required", ())},
    )


def _title(field: tuple[str, ...], part: Part, schema: Schema) -> str:
    title = str(part.get("title", field[-1]))
    return title if len(field) == 1 else f"{schema.definition('source')['title']}: {title.lower()}"


def proposed_id(answers: Mapping[str, Answer]) -> str:
    """The id that the acronym, or else the name, leads to; empty where neither has a letter for it."""
    candidates = (slug(str(answers.get(key, ""))) for key in ("acronym", "name"))
    return next(filter(None, candidates), "")


def entry_of(answers: Mapping[str, Answer], asked: Iterable[Question], today: date) -> dict[str, object]:
    """The entry as plain data. Its claims rest on the one source, read today, where one is given."""
    data: dict[str, object] = {}
    source: dict[str, object] = {}
    for question in asked:
        answer = answers.get(question.option)
        if answer:
            place = source if question.field[0] == "sources" else data
            place[question.field[-1]] = {"value": answer} if question.is_claim else answer
    if source:
        data["sources"] = [{"id": _source_id(source), **source, "read": {"date": today.isoformat(), "how": "live"}}]
        for claim in data.values():
            if isinstance(claim, dict):
                claim["sources"] = [_source_id(source)]
    return data


def _source_id(source: Mapping[str, object]) -> str:
    own = source.get("kind") == "self-presentation"
    return "self" if own else slug(str(source.get("author", "")))[:20].strip("-") or "source"


def objections(question: Question, answer: Answer, context: Context) -> list[Finding]:
    """The errors that the checks find in one answer alone."""
    refusal = _unprintable(question, answer)
    if refusal:
        return [refusal]
    text = canonical_data(entry_of({question.option: answer}, [question], context.today), context.schema)
    document = parse_document(f"registry/{question.option}.yaml", text.encode("utf-8"))
    node = document.root.get(*_path(question)) if document.root else None
    if node is None:
        return []
    begin, end = (node.line, node.column), (node.end_line, node.end_column)
    return [
        finding
        for finding in check([document], context)
        if finding.level is Level.ERROR and begin <= (finding.place.line, finding.place.column) < end
    ]


def _path(question: Question) -> tuple[str | int, ...]:
    """Where the answer stands in the entry."""
    if question.field[0] == "sources":
        return ("sources", 0, question.field[-1])
    return (*question.field, "value") if question.is_claim else question.field


def _unprintable(question: Question, answer: Answer) -> Finding | None:
    """Signs that no file may hold, such as those of an arrow key, or bytes that are no text."""
    if all(unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp") for sign in "".join(answer)):
        return None
    message = "The answer holds a sign that is no text, such as that of an arrow key."
    return Finding(Place(question.option), "control-character", Level.ERROR, message, "Type it anew.")


def look_alikes(answers: Mapping[str, Answer], subjects: Iterable[Subject]) -> Iterator[tuple[str, str]]:
    """Ids of entries with a name or acronym like the new one's, each with that name."""
    ours = {key for option in ("name", "acronym") if (name := answers.get(option)) for key in _keys(str(name))}
    for subject in subjects:
        alike = next((name for name in names_of(subject) if not ours.isdisjoint(_keys(name))), None)
        if alike:
            yield subject.id, alike


def _keys(name: str) -> Iterator[str | tuple[str, ...]]:
    """Names that share one of these are alike; few words in another order are not."""
    yield normal_form(name)
    if len(word_key(name)) >= 3:
        yield word_key(name)
