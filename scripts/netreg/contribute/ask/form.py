"""The forms of ``forms.yaml`` as values: what is asked, in words of the schema, and the label of each answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from netreg.contribute import table
from netreg.core.schema import Part, Schema, Term

_TABLE = "ask/forms.yaml"
_LABEL = re.compile(r"\{([a-z_.]+)\}")
Kind = Literal["input", "textarea", "dropdown", "checkboxes"]


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to ask.

    ``id`` is the name by which an address fills it in, ``label`` the heading under which the answer comes back; only
    ``input`` and ``textarea`` can be filled in by an address. ``terms`` are the choices where they come from a
    vocabulary of the schema.
    """

    id: str
    label: str
    kind: Kind
    help: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    is_multiple: bool = False
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its file, how the chooser shows it, and its fields in their order."""

    key: str
    file: str
    name: str
    about: str
    title: str
    fields: tuple[FormField, ...] = field(repr=False)

    def field(self, id_: str) -> FormField:
        """One field.

        Raises:
            KeyError: the form has no such field.
        """
        return {field.id: field for field in self.fields}[id_]


_CHOICES: Mapping[str, Any] = table(_TABLE)["choices"]

ROLES: Mapping[str, str] = _CHOICES["role"]
"""In which role somebody writes, as entries and forms say it."""

SPEAKS_FOR_IT = ("member", "secretariat")
"""Roles whose word counts where there is no page to cite."""

PROMISES: tuple[str, ...] = tuple(_CHOICES["promises"])

WORD: tuple[str, ...] = tuple(_CHOICES["word"])
"""What a body can say to its entry; only the first of them confirms it."""

FOUND: Mapping[str, str] = _CHOICES["found"]
"""What somebody can find who opens a source."""

_OPTIONS = {"role": tuple(ROLES.values()), "promises": PROMISES, "word": WORD, "found": tuple(FOUND.values())}

RENAMED = "renamed"
"""The one thing that can happen to a body without a change of its status."""


@lru_cache(maxsize=4)
def all_forms(schema: Schema) -> tuple[Form, ...]:
    """The forms in the order in which the chooser shows them."""
    known = table(_TABLE)
    forms: list[Form] = []
    for number, (key, form) in enumerate(known["forms"].items(), start=1):
        rows = [row for part in form["fields"] for row in (known["parts"][part] if isinstance(part, str) else [part])]
        named = (key, f"{number:02}-{key}.yml", form["name"], form["about"], f"{form['title']}: ")
        forms.append(Form(*named, tuple(_field(schema, row) for row in rows)))
    return tuple(forms)


def copy_text(form: Form, given: Mapping[str, str] | None = None) -> str:
    """The form as a text to copy into a mail, with answers filled in by field id; ``netreg intake`` reads it."""
    lines: list[str] = []
    for asked in form.fields:
        if asked.kind == "checkboxes":
            lines += [f"{asked.label}:", *(f"- [ ] {option}" for option in asked.options)]
        else:
            # At the beginning of a line "(one of: …)" would be an answer; behind the label it is a hint that is known.
            lines.append(f"{asked.label}: {(given or {}).get(asked.id, '') or hint(asked)}".rstrip())
    return "\n".join(lines) + "\n"


def hint(asked: FormField) -> str:
    """The choices in brackets, where they are few; a text that comes back unchanged is no answer."""
    return f"({' / '.join(asked.options)})" if asked.options and len(asked.options) <= 6 else ""


def _field(schema: Schema, given: Mapping[str, Any]) -> FormField:
    """A field of ``forms.yaml``, its help in the words of somebody who is asked, with the criterion of each choice."""
    path = tuple(int(step) if step.isdecimal() else step for step in given.get("at", "").split("."))
    part: Part = schema.at(path) if "at" in given else schema.definition(given["of"]) if "of" in given else {}

    def worded(text: str) -> str:
        return _LABEL.sub(lambda label: str(part["title"] if label[1] == "title" else schema.label(label[1])), text)

    about = " ".join(filter(None, (part.get("x-question"), part.get("description"))))
    about = about.replace(" in quotes", "").replace("in our own words", "in your own words")
    examples = (example for example in part.get("examples", ()) if isinstance(example, str))
    known = _terms(schema, part, given.get("terms", "")) if "kind" not in given else ()
    criteria = "\n".join(f"- {term.title}: {term.criterion}" for term in known)
    return FormField(
        given["id"],
        label=worded(given.get("label", "{title}")),
        kind=given.get("kind", "dropdown" if known else "input"),
        help="\n\n".join(filter(None, (worded(given.get("help", about)), criteria))),
        example=worded(given.get("example", next(examples, ""))),
        options=_OPTIONS.get(given["id"], tuple(term.title for term in known)),
        terms=known,
        is_multiple=given.get("multiple", False),
        is_required=given.get("required", False),
    )


def _terms(schema: Schema, part: Part, vocabulary: str) -> tuple[Term, ...]:
    """The choices; what became of a body is a status, but for the one that says nothing, or another name."""
    if not vocabulary:
        return tuple(schema.vocabulary(part))
    known = tuple(term for term in schema.terms(vocabulary) if term.value != "unknown")
    return (*known, schema.term("event_kind", RENAMED)) if vocabulary == "status" else known


FORM_KEYS = frozenset(table(_TABLE)["forms"])
"""The keys of all forms, which are the labels that requests get by them."""
