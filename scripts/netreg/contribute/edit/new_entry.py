"""A new entry from answers: what is asked, what an answer may be, and the entry that comes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from netreg.check import Context, check
from netreg.core.canonical import canonical_data
from netreg.core.finding import Finding, Level, Place
from netreg.core.ids import slug
from netreg.core.load import parse_document
from netreg.core.schema import Schema, Term

Typed = str | list[str] | bool
Path = tuple[str | int, ...]

_MEMBERS, _LEAD = ("participants", "countries", 0), ("leadership", 0)
_OF_ITEMS: dict[str, dict[str, Path]] = {
    "participants": {"members": (*_MEMBERS, "value"), "complete": (*_MEMBERS, "complete")},
    "leadership": {"lead": (*_LEAD, "countries")},
    "sources": {
        key if key == "language" else f"source-{key}": ("sources", 0, key)
        for key in "url title author kind language".split()
    },
}
"""What is asked of fields that hold items, each with the place that it fills; any plain field is asked by its name."""

_ROLES = {"members": (*_MEMBERS, "role", "member"), "lead": (*_LEAD, "role", "lead")}
"""What is said with an answer: the place of the role, and the role."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask, in the words of the schema; ``terms`` where the answer is one of a closed list."""

    option: str
    path: Path
    title: str
    help: str
    examples: tuple[str, ...]
    terms: tuple[Term, ...]
    kind: str
    is_required: bool

    def understood(self, said: str) -> Typed:
        """What somebody said as an answer: spaces tidied, a list taken apart, the number of a term turned into it."""
        if self.kind == "boolean":
            return {"yes": True, "no": False}.get(said.strip().casefold(), said)
        if self.kind != "array":
            return self._term(" ".join(said.split()))
        return list(dict.fromkeys(self._term(word) for word in re.split(r"[,\s]+", said) if word))

    def _term(self, word: str) -> str:
        is_number = self.terms and re.fullmatch(r"[0-9]{1,3}", word)
        return self.terms[int(word) - 1].value if is_number and 1 <= int(word) <= len(self.terms) else word


def prompts(schema: Schema) -> list[Prompt]:
    """All that is asked, in the order of the schema: its plain fields, and some of the items."""
    plain = {key: {key.replace("_", "-"): (key,)} for key in schema.fields if _is_plain(key, schema)}
    asked = [(plain | _OF_ITEMS).get(key, {}) for key in schema.fields]
    return [_prompt(option, path, schema) for places in asked for option, path in places.items()]


def _is_plain(key: str, schema: Schema) -> bool:
    """Whether a text, a date, an address or a term of a vocabulary fills a field."""
    part = schema.at((key,))
    value = schema.child(part, "value") if part.get("x-kind") == "claim" else part
    return bool(schema.vocabulary(part)) or value.get("type") == "string"


def _prompt(option: str, path: Path, schema: Schema) -> Prompt:
    around, part = schema.at(path[:-1]), schema.at(path)
    whole = schema.at(path[:-2]) if option in _ROLES else part
    source = f"{schema.definition('source')['title']}: {part['title'].lower()}"
    return Prompt(
        option,
        (*path, "value") if part.get("x-kind") == "claim" else path,
        source if path[0] == "sources" else whole["title"],
        " ".join(filter(None, (whole.get("x-question"), part.get("description")))),
        tuple(example for example in part.get("examples", ()) if isinstance(example, str)),
        schema.vocabulary(part),
        str(part.get("type", "")),
        path[-1] in {*around.get("required", ()), *around.get("else", {}).get("required", ())},
    )


def proposed_id(answers: Mapping[str, Typed]) -> str:
    """The id that the acronym, or else the name, leads to; empty where neither has a letter for it."""
    return next(filter(None, (slug(str(answers.get(key, ""))) for key in ("acronym", "name"))), "")


def entry_of(answers: Mapping[str, Typed], asked: Iterable[Prompt], today: date) -> dict[str, Any]:
    """The entry as plain data. Its claims rest on the one source, read today, where one is given."""
    data: dict[str, Any] = {}
    answered = [prompt for prompt in asked if answers.get(prompt.option)]
    for prompt in answered:
        _put(data, *prompt.path, answers[prompt.option])
        if prompt.option in _ROLES:
            _put(data, *_ROLES[prompt.option])
    for source in data.get("sources", ()):
        own = source.get("kind") == "self-presentation"
        source["id"] = "self" if own else slug(str(source.get("author", "")))[:20].strip("-") or "source"
        source["read"] = {"date": today.isoformat(), "how": "live"}
        for prompt in (one for one in answered if len(one.path) > 1 and one.path[0] != "sources"):
            _put(data, *prompt.path[:-1], "sources", [source["id"]])
    return data


def _put(data: Any, *path: Any) -> None:
    """Put the last value at the path before it, with the blocks, and the lists of one item, above it."""
    *above, last, value = path
    for step, below in pairwise((*above, last)):
        empty: Any = [] if isinstance(below, int) else {}
        if isinstance(step, int):
            data[step:] = data[step:] or [empty]
            data = data[step]
        else:
            data = data.setdefault(step, empty)
    data[last] = value


def errors_in(prompt: Prompt, answer: Typed, context: Context) -> list[Finding]:
    """The errors that the checks find in one answer alone, or in signs that no file may hold."""
    signs = "".join(answer if isinstance(answer, list) else str(answer))
    if not {unicodedata.category(sign) for sign in signs}.isdisjoint(("Cc", "Cs", "Zl", "Zp")):
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
