"""A new entry from answers: what is asked, what an answer may be, and the entry that comes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from netreg.check import Context, check
from netreg.core.canonical import canonical_data
from netreg.core.finding import Finding, Level, Place
from netreg.core.ids import slug
from netreg.core.load.document import parse_document
from netreg.core.schema import Schema, Term

Typed = str | list[str]

# The questions in their order, each with the field that it fills.
_ASKED = {
    **{key: key for key in "name acronym group topics form status purpose summary website".split()},
    **{f"source-{key}": f"sources.{key}" for key in "url title author kind".split()},
    "language": "sources.language",
}


@dataclass(frozen=True, slots=True)
class Prompt:
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

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where the answer stands in the entry."""
        if self.field[0] == "sources":
            return ("sources", 0, self.field[-1])
        return (*self.field, "value") if self.is_claim else self.field

    def understood(self, said: str) -> Typed:
        """What somebody said as an answer: spaces tidied, a list taken apart, the number of a term turned into it."""
        if not self.is_list:
            return self._term(" ".join(said.split()))
        return list(dict.fromkeys(self._term(word) for word in re.split(r"[,\s]+", said) if word))

    def _term(self, word: str) -> str:
        is_number = self.terms and re.fullmatch(r"[0-9]{1,3}", word)
        return self.terms[int(word) - 1].value if is_number and 1 <= int(word) <= len(self.terms) else word


def prompts(schema: Schema) -> list[Prompt]:
    """All that is asked, in its order."""
    return [_prompt(option, tuple(dotted.split(".")), schema) for option, dotted in _ASKED.items()]


def _prompt(option: str, field: tuple[str, ...], schema: Schema) -> Prompt:
    is_source = field[0] == "sources"
    around = schema.at(("sources", 0)) if is_source else schema.root
    part = schema.child(around, field[-1])
    title = str(part.get("title", field[-1]))
    return Prompt(
        option,
        field,
        f"{schema.definition('source')['title']}: {title.lower()}" if is_source else title,
        str(part.get("description", "")),
        tuple(example for example in part.get("examples", ()) if isinstance(example, str)),
        schema.vocabulary(part),
        part.get("type") == "array",
        part.get("x-kind") == "claim",
        field[-1] in {*around.get("required", ()), *around.get("else", {}).get("required", ())},
    )


def proposed_id(answers: Mapping[str, Typed]) -> str:
    """The id that the acronym, or else the name, leads to; empty where neither has a letter for it."""
    candidates = (slug(str(answers.get(key, ""))) for key in ("acronym", "name"))
    return next(filter(None, candidates), "")


def entry_of(answers: Mapping[str, Typed], asked: Iterable[Prompt], today: date) -> dict[str, object]:
    """The entry as plain data. Its claims rest on the one source, read today, where one is given."""
    data: dict[str, object] = {}
    source: dict[str, object] = {}
    for prompt in asked:
        answer = answers.get(prompt.option)
        if answer:
            place = source if prompt.field[0] == "sources" else data
            place[prompt.field[-1]] = {"value": answer} if prompt.is_claim else answer
    if source:
        own = source.get("kind") == "self-presentation"
        id_ = "self" if own else slug(str(source.get("author", "")))[:20].strip("-") or "source"
        data["sources"] = [{"id": id_, **source, "read": {"date": today.isoformat(), "how": "live"}}]
        for claim in data.values():
            if isinstance(claim, dict):
                claim["sources"] = [id_]
    return data


def errors_in(prompt: Prompt, answer: Typed, context: Context) -> list[Finding]:
    """The errors that the checks find in one answer alone, or in signs that no file may hold."""
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in "".join(answer)):
        message = "The answer holds a sign that is no text, such as that of an arrow key."
        return [Finding(Place(prompt.option), "control-character", Level.ERROR, message, "Type it anew.")]
    text = canonical_data(entry_of({prompt.option: answer}, [prompt], context.today), context.schema)
    document = parse_document(f"registry/{prompt.option}.yaml", text.encode("utf-8"))
    node = document.root.get(*prompt.path) if document.root else None
    if node is None:
        return []
    begin, end = (node.line, node.column), (node.end_line, node.end_column)
    return [
        finding
        for finding in check([document], context)
        if finding.level is Level.ERROR and begin <= (finding.place.line, finding.place.column) < end
    ]
