"""The five forms as values: what is asked, in the words of the schema, and under which label an answer comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from netreg.core.schema import Schema, Term

Kind = Literal["input", "textarea", "dropdown", "checkboxes"]


@dataclass(frozen=True, slots=True)
class Field:
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
    fields: tuple[Field, ...] = field(repr=False)

    def field(self, id_: str) -> Field:
        """One field.

        Raises:
            KeyError: the form has no such field.
        """
        return {field.id: field for field in self.fields}[id_]


ROLES = {
    "independent": "Independent",
    "member": "Member",
    "secretariat": "Secretariat",
}
"""In which role somebody writes, as entries and forms say it."""

SPEAKS_FOR_IT = ("member", "secretariat")
"""Roles whose word counts where there is no page to cite."""

PROMISES = (
    "What I write may be published under CC0 1.0: everybody may use it for everything.",
    "I name no living persons and give no personal mailboxes and no telephone numbers.",
)

FORM_KEYS = frozenset({"network", "correction", "status", "answer", "feedback"})
"""The keys of all forms, which are the labels that requests get by them."""

RENAMED = "renamed"
"""The one thing that can happen to a body without a change of its status."""


def all_forms(schema: Schema) -> tuple[Form, ...]:
    """The forms in the order in which the chooser shows them."""
    return (
        Form(
            "network",
            "01-network.yml",
            "Suggest a network",
            "A network, forum, working party or body that has no entry yet.",
            "New network: ",
            (*_network(schema), *_source(schema), *_closing()),
        ),
        Form(
            "correction",
            "02-correction.yml",
            "Correct a fact",
            "Something on the page of a network is wrong, out of date or missing.",
            "Correction: ",
            (*_correction(schema), *_source(schema), *_closing()),
        ),
        Form(
            "status",
            "03-status.yml",
            "Ended, renamed or merged",
            "A network ended, took another name, or went on inside another body.",
            "Change: ",
            (*_status(schema), *_source(schema), *_closing()),
        ),
        Form(
            "answer",
            "04-answer.yml",
            "Answer an open question",
            "You know something that a page lists as not found.",
            "Answer: ",
            (*_answer(schema), *_source(schema), *_closing()),
        ),
        Form(
            "feedback",
            "05-feedback.yml",
            "Other feedback",
            "Anything else: the site, the method, an idea.",
            "Feedback: ",
            (*_feedback(), *_closing(more=False)),
        ),
    )


def form_of(key: str, schema: Schema) -> Form:
    """One form by its key: network, correction, status, answer or feedback.

    Raises:
        KeyError: there is no such form.
    """
    return {form.key: form for form in all_forms(schema)}[key]


def copy_text(form: Form, given: Mapping[str, str] | None = None) -> str:
    """The form as a text to copy into a mail, with answers filled in by field id; ``netreg intake`` reads it."""
    return "\n".join(_copy_lines(form, given or {})) + "\n"


def _copy_lines(form: Form, given: Mapping[str, str]) -> Iterator[str]:
    for asked in form.fields:
        if asked.kind == "checkboxes":
            yield f"{asked.label}:"
            yield from (f"- [ ] {option}" for option in asked.options)
        else:
            # At the beginning of a line "(one of: …)" would be an answer; behind the label it is a hint that is known.
            said = given.get(asked.id, "") or hint(asked)
            yield f"{asked.label}: {said}".rstrip()


def hint(asked: Field) -> str:
    """The choices in brackets, where they are few; a text that comes back unchanged is no answer."""
    return f"({' / '.join(asked.options)})" if asked.options and len(asked.options) <= 6 else ""


def _from_schema(dotted: str, schema: Schema, kind: Kind, id_: str = "") -> Field:
    """A field with title, help and example of the schema."""
    part = schema.at(_steps(dotted))
    examples = [example for example in part.get("examples", ()) if isinstance(example, str)]
    return Field(
        id_ or dotted.replace(".", "_"),
        str(part["title"]),
        kind,
        _for_people(str(part.get("description", ""))),
        examples[0] if examples else "",
    )


def _steps(dotted: str) -> tuple[str | int, ...]:
    return tuple(0 if step == "0" else step for step in dotted.split("."))


def _for_people(text: str) -> str:
    """A help text in the words of somebody who is asked."""
    return text.replace(" in quotes", "").replace("in our own words", "in your own words")


def _choice(dotted: str, schema: Schema, vocabulary: str, *, multiple: bool = False) -> Field:
    """A choice among the terms of a vocabulary, each with its criterion."""
    asked = _from_schema(dotted, schema, "dropdown")
    return with_terms(asked, asked.help, schema.terms(vocabulary), multiple=multiple)


def with_terms(asked: Field, about: str, terms: Iterable[Term], *, multiple: bool = False) -> Field:
    """A field whose choices are terms, shown by their titles."""
    known = tuple(terms)
    criteria = "\n".join(f"- {term.title}: {term.criterion}" for term in known)
    return replace(
        asked,
        help=f"{about}\n\n{criteria}",
        terms=known,
        options=tuple(term.title for term in known),
        is_multiple=multiple,
    )


def _required(asked: Field) -> Field:
    return replace(asked, is_required=True)


def _network(schema: Schema) -> Iterator[Field]:
    yield _required(_from_schema("name", schema, "input"))
    yield _from_schema("acronym", schema, "input")
    yield _required(_from_schema("summary", schema, "textarea"))
    yield _from_schema("purpose", schema, "input")
    yield _from_schema("website", schema, "input")
    yield replace(_from_schema("established", schema, "input"), example="2008-07, or: about 2008")
    yield _choice("status", schema, "status")
    yield _choice("form", schema, "form")
    yield _choice("group", schema, "group")
    yield _choice("topics", schema, "topic", multiple=True)
    yield _choice("participants.range", schema, "range")


def _entry() -> Field:
    about = "Its name, its acronym, or the address of its page here."
    return Field("entry", "Network", "input", about, "EUCPN", is_required=True)


def _correction(schema: Schema) -> Iterator[Field]:
    yield _entry()
    labels = ", ".join(f"“{schema.label(dotted)}”" for dotted in ("seat", "secretariat", "participants.counts"))
    about = f"Which fact, as the page names it: for instance {labels}."
    yield Field("fact", "Fact", "input", about, schema.label("secretariat"), is_required=True)
    yield Field("says", "The page says", "textarea", "What stands there; it may stay empty if nothing does.")
    yield Field("right", "Right is", "textarea", "The right value, in a few words or figures.", is_required=True)
    yield _as_of(schema)


def _as_of(schema: Schema) -> Field:
    part = schema.definition("as_of")
    return Field("as_of", str(part["title"]), "input", str(part["description"]), str(part["examples"][0]))


def _status(schema: Schema) -> Iterator[Field]:
    yield _entry()
    happened = Field("change", "What happened", "dropdown", is_required=True)
    yield with_terms(happened, "The one that a source proves.", _changes(schema))
    yield Field("when", "When", "input", "As exactly as the source says: a year, a month or a day.", "2024-12-31")
    about = "The new name, or the body with which it merged or which continues it."
    yield Field("other", "New name or other body", "input", about)


def _changes(schema: Schema) -> Iterator[Term]:
    yield from (term for term in schema.terms("status") if term.value != "unknown")
    yield schema.term("event_kind", RENAMED)


def _answer(schema: Schema) -> Iterator[Field]:
    yield _entry()
    yield Field("question", "Question", "textarea", "The question, as the page has it.", is_required=True)
    yield Field("answer", "Answer", "textarea", "What you know, in a few words or figures.", is_required=True)
    yield _as_of(schema)


def _feedback() -> Iterator[Field]:
    yield Field("page", "Page", "input", "The address of the page, if it is about one.")
    yield Field("message", "Message", "textarea", "What you would like to tell us.", is_required=True)


def _source(schema: Schema) -> Iterator[Field]:
    about = (
        "A link to a page, or the number of a document. It may stay empty only if you write for the network itself and "
        "there is no page to cite."
    )
    yield Field("source", "Where others can read it", "textarea", about, "https://eucpn.org/about")
    kinds = schema.terms("source_kind")
    part = schema.definition("source_kind")
    kind = Field("source_kind", str(part["title"]), "dropdown", is_required=True)
    yield with_terms(kind, _for_people(str(part["description"])), kinds)
    for name in ("title", "author", "language"):
        asked = _from_schema(f"sources.0.{name}", schema, "input", f"source_{name}")
        about = "Its English name, or its code." if name == "language" else asked.help
        yield replace(asked, label=f"{asked.label} of the source", help=about)


def _closing(*, more: bool = True) -> Iterator[Field]:
    if more:
        about = "What fits nowhere else. A person reads it."
        yield Field("more", "Anything else", "textarea", about)
    about = "Your role is published, never your name. The word of the network itself is shown as such."
    yield Field("role", "I write as", "dropdown", about, options=tuple(ROLES.values()), is_required=True)
    yield Field("promises", "Before you send", "checkboxes", options=PROMISES, is_required=True)
