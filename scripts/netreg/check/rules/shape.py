"""Shape: what the schema asks for, said in a contributor's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from netreg.check.rule import Context, Hit, Subject, rule
from netreg.check.shape_errors import ShapeError
from netreg.core.escape import TYPOGRAPHIC_QUOTES
from netreg.core.load import Node
from netreg.core.nearest import did_you_mean, listed, nearest, quoted
from netreg.core.schema import Part, Schema

_TYPES = {
    "object": "a block of keys",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
}


@rule(
    "unknown-key",
    summary="A key is not one of the fields.",
    reason="A misspelt key would be ignored, and the fact behind it would never reach a reader.",
    fix="Use one of the fields of the schema reference.",
)
def unknown_key(subject: Subject, context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("unknown-key"):
        if error.keyword == "additionalProperties":
            yield from _unknown_keys(subject, error, context.schema)
        else:
            yield subject.hit(
                error.node,
                "Other values stand side by side; one inside another has no meaning.",
                "Move it up into the same list.",
                at_key=True,
            )


def _unknown_keys(subject: Subject, error: ShapeError, schema: Schema) -> Iterator[Hit]:
    known = list(error.part.get("properties", ()))
    for key, node in error.node.items():
        if key in known:
            continue
        meant = _meant(str(key), error.part, schema)
        hint = f' Did you mean "{meant}"?' if meant else ""
        fix = f"The fields here are {listed(known)}."
        if meant:
            fix = _renaming(meant, node, schema.at((*error.path, meant)))
        elif error.node.style == "{":
            fix = f"If it belongs to the text before the comma, put that text in double quotes. {fix}"
        place = "of an entry" if not error.path else f"of {_where(error, schema)}"
        yield subject.hit(node, f"{quoted(str(key))} is not a field {place}.{hint}", fix, at_key=True)


def _renaming(meant: str, node: Node, part: Part) -> str:
    if part.get("x-kind") == "claim" and node.kind == "scalar":
        return f"Write {meant}: {_as_claim(node, part)}, with the id of its source."
    return f'Write "{meant}" instead.'


def _as_claim(node: Node, part: Part) -> str:
    """A bare value as the claim that it should be."""
    wants_quotes = part["properties"]["value"].get("$ref", "").endswith(("/date", "/line", "/text", "/address"))
    shown = f'"{node.text}"' if wants_quotes and node.kind == "scalar" else node.text or "…"
    return f"{{value: {shown}, sources: [id-of-a-source]}}"


def _meant(key: str, part: Part, schema: Schema) -> str:
    fields = part.get("properties", {})
    for name, field in fields.items():
        if key.strip().casefold().replace("-", "_").replace(" ", "_") in schema.resolve(field).get("x-often", ()):
            return str(name)
    return nearest(key, fields)


def _where(error: ShapeError, schema: Schema) -> str:
    names = [str(step) for step in error.path if isinstance(step, str)]
    title = str(schema.at(error.path).get("title", "")).lower()
    return f'"{names[-1]}"' if isinstance(error.path[-1], str) else f"{_article(title)} {title}"


def _article(noun: str) -> str:
    return "an" if noun[:1] in "aeiou" else "a"


@rule(
    "missing-key",
    summary="Something that every entry needs is missing.",
    reason="Without a name, a group, a form, a status and sources an entry cannot be placed or believed.",
    fix="Add it; netreg new shows what each field asks.",
)
def missing_key(subject: Subject, context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("missing-key"):
        if error.keyword in ("oneOf", "anyOf", "dependentRequired"):
            title = str(error.part.get("title", "This")).lower()
            if not _is_misspelt(error, context.schema):
                yield subject.hit(error.node, f"{_article(title).capitalize()} {title} {error.part['x-message']}.")
        elif error.keyword == "minProperties":
            yield subject.hit(error.node, "This block is empty.", "Fill it, or delete its key.", at_key=True)
        else:
            yield from _missing_keys(subject, error, context.schema)


def _is_misspelt(error: ShapeError, schema: Schema) -> bool:
    """Whether one of the keys that would do stands there misspelt, which is told already, and no other one does."""
    alternatives = error.expected if isinstance(error.expected, list) else []
    wanted = {key for option in alternatives for key in option.get("required", ())}
    here, keys = schema.at(error.path), {str(key) for key, _ in error.node.items()}
    meant = {_meant(key, here, schema) for key in keys - here.get("properties", {}).keys()}
    return not wanted & keys and bool(wanted & meant)


def _missing_keys(subject: Subject, error: ShapeError, schema: Schema) -> Iterator[Hit]:
    here = schema.at(error.path)
    place = "The entry" if not error.path else f"This {str(here.get('title', 'block')).lower()}"
    misspelt = {_meant(str(key), here, schema) for key, _ in error.node.items()}
    for key in error.expected:
        if error.node.get(key) is None and key not in misspelt:
            help_text = schema.child(here, key).get("description", "")
            yield subject.hit(
                error.node, f'{place} has no "{key}".', f'Add "{key}". {help_text}'.rstrip(), at_key=bool(error.path)
            )


@rule(
    "unknown-term",
    summary="A word is not in the closed list for its field.",
    reason="Closed lists let readers compare entries; each term has a criterion on the schema page.",
    fix="Use one of the terms, by its criterion.",
)
def unknown_term(subject: Subject, _context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("unknown-term"):
        title, value = str(error.part.get("title", "term")).lower(), error.node.text
        if value:
            words = f"{quoted(value)} is not {_article(title)} {title}.{did_you_mean(value, error.expected)}"
        else:
            words = f"{_article(title).capitalize()} {title} is one word, and this is {_is(error.node.plain())}."
        yield subject.hit(error.node, words, _choices(value, error.expected))


def _choices(value: str, terms: Sequence[str]) -> str:
    """All terms, unless there are many and the nearest is shown already."""
    if set(value) & TYPOGRAPHIC_QUOTES:
        return "Delete the quotes: those of a word processor become part of the word."
    if len(terms) > 12 and nearest(value, terms):
        return "If not, its description on the schema page tells which term fits."
    return f"The terms are {listed(terms)}."


@rule(
    "wrong-type",
    summary="A value has the wrong shape: text where a block belongs, a word where a number belongs.",
    reason="A claim is a block with its value and its sources, so that no value stands without a word behind it.",
    fix="Compare with the same field in another entry.",
)
def wrong_type(subject: Subject, context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("wrong-type"):
        is_claim = context.schema.at(error.path).get("x-kind") == "claim"
        wanted = "a block with a value and its sources" if is_claim else _types(error.expected)
        last = error.path[-1] if error.path else None
        label = "The entry" if last is None else f'"{last}"' if isinstance(last, str) else "This item"
        message = f"{label} must be {wanted}, and is {_is(error.node.plain())}."
        yield subject.hit(error.node, message, _remedy(error, context))


def _types(expected: str | list[str]) -> str:
    names = [expected] if isinstance(expected, str) else expected
    return " or ".join(_TYPES.get(name, name) for name in names)


def _is(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "text"
    return "a number" if isinstance(value, int | float) else "a list" if isinstance(value, list) else "a block of keys"


def _remedy(error: ShapeError, context: Context) -> str:
    node, part = error.node, context.schema.at(error.path)
    if not error.path:
        return "Begin with name: and the name of the body, and write one key a line."
    if node.kind == "scalar" and node.value is None:
        return "Fill it in, or delete its key."
    if part.get("x-kind") == "claim":
        return f"Write it with its source: {_as_claim(node, part)}."
    if "string" in error.expected and node.kind == "scalar":
        return f'Put it in double quotes: "{node.text}".'
    if error.expected == "array" and node.kind == "scalar":
        return f"Write it as a list: [{node.text}]."
    if error.expected == "integer":
        return "Write the number alone, in figures and without quotes; what else is known goes into a note."
    return ""


@rule(
    "bad-format",
    summary="A value is too long, too short, repeated or written in another way than its field asks.",
    reason="Lists, forms and exports rely on one way of writing codes, numbers and short texts.",
    fix="See what the schema reference says about the field.",
)
def bad_format(subject: Subject, _context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("bad-format"):
        fix = _FORMAT_FIXES.get(error.keyword) or str(error.part.get("description", ""))
        yield subject.hit(error.node, _bad_format(error), fix)


_FORMAT_FIXES = {
    "maxLength": "Shorten it, or move a part of it to a note.",
    "minLength": "Fill it in, or delete its key.",
    "minItems": "Fill it, or delete its key.",
    "uniqueItems": "Delete one of the two.",
    "minimum": "Write the number that the source gives.",
    "maximum": "Write the number that the source gives.",
}


def _bad_format(error: ShapeError) -> str:
    value, limit = quoted(str(error.node.plain())), error.expected
    words = {
        "maxLength": f"The text has {len(error.node.text)} characters; here at most {limit} fit.",
        "minLength": "The text is empty.",
        "minItems": "The list is empty.",
        "maxItems": f"The list has more than {limit} items.",
        "uniqueItems": "An item stands twice in the list.",
        "minimum": f"{value} is less than {limit}.",
        "maximum": f"{value} is more than {limit}.",
    }
    return words.get(error.keyword, f"{value} {error.part.get('x-message', 'is not written as this field asks')}.")
