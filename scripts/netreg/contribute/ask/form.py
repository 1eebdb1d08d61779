"""The five forms as values: what is asked, in the words of the schema, and under which label an answer comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from netreg.core.schema import Part, Schema, Term

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


ROLES = {"independent": "Independent", "member": "Member", "secretariat": "Secretariat"}
"""In which role somebody writes, as entries and forms say it."""

SPEAKS_FOR_IT = ("member", "secretariat")
"""Roles whose word counts where there is no page to cite."""

PROMISES = (
    "What I write may be published under CC0 1.0: everybody may use it for everything.",
    "I name no living persons and give no personal mailboxes and no telephone numbers.",
)

RENAMED = "renamed"
"""The one thing that can happen to a body without a change of its status."""


def all_forms(schema: Schema) -> tuple[Form, ...]:
    """The forms in the order in which the chooser shows them."""
    return tuple(
        Form(key, f"{number:02}-{key}.yml", name, _ABOUT[key], f"{title}: ", tuple(fields(schema)))
        for number, (key, (title, name, fields)) in enumerate(_FORMS.items(), start=1)
    )


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


def _from_schema(part: Part, id_: str, kind: Kind = "input") -> FormField:
    """A field with title, help and example of the schema, the help in the words of somebody who is asked."""
    about = " ".join(filter(None, (part.get("x-question"), part.get("description"))))
    about = about.replace(" in quotes", "").replace("in our own words", "in your own words")
    examples = (example for example in part.get("examples", ()) if isinstance(example, str))
    return FormField(id_, str(part["title"]), kind, about, next(examples, ""))


def _with_terms(asked: FormField, terms: Iterable[Term], *, multiple: bool = False) -> FormField:
    """A field whose choices are terms, shown by their titles, with the criterion of each in the help."""
    known = tuple(terms)
    criteria = "\n".join(f"- {term.title}: {term.criterion}" for term in known)
    options = tuple(term.title for term in known)
    return replace(
        asked, kind="dropdown", help=f"{asked.help}\n\n{criteria}", terms=known, options=options, is_multiple=multiple
    )


def _choice(schema: Schema, *path: str, multiple: bool = False) -> FormField:
    part = schema.at(path)
    return _with_terms(_from_schema(part, "_".join(path)), schema.vocabulary(part), multiple=multiple)


def _network(schema: Schema) -> Iterator[FormField]:
    name, acronym, summary, purpose, website, contact, established, leadership = (
        _from_schema(schema.at((key,)), key)
        for key in ("name", "acronym", "summary", "purpose", "website", "contact", "established", "leadership")
    )
    yield from (replace(name, is_required=True), acronym, replace(summary, kind="textarea", is_required=True))
    yield from (purpose, website, contact)
    yield replace(established, example="2008-07, or: about 2008")
    yield leadership
    yield _from_schema(schema.at(("participants", "countries")), "countries", "textarea")
    yield from (_choice(schema, key) for key in ("status", "form", "group"))
    yield _choice(schema, "topics", multiple=True)
    yield _choice(schema, "participants", "range")
    yield from _source(schema, is_one_fact=False)
    yield from _closing()


_ABOUT_ENTRY = "Its name, its acronym, or the address of its page here."
_ENTRY = FormField("entry", "Network", "input", _ABOUT_ENTRY, "EUCPN", is_required=True)


def _correction(schema: Schema) -> Iterator[FormField]:
    labels = ", ".join(f"“{schema.label(dotted)}”" for dotted in ("seat", "leadership", "participants.counts"))
    about = f"Which fact, as the page names it: for instance {labels}."
    yield _ENTRY
    yield FormField("fact", "Fact", "input", about, schema.label("seat"), is_required=True)
    yield FormField("says", "The page says", "textarea", "What stands there; it may stay empty if nothing does.")
    yield FormField("right", "Right is", "textarea", "The right value, in a few words or figures.", is_required=True)
    yield _from_schema(schema.definition("as_of"), "as_of")
    yield from _source(schema)
    yield from _closing()


def _status(schema: Schema) -> Iterator[FormField]:
    changes = [term for term in schema.terms("status") if term.value != "unknown"]
    happened = FormField("change", "What happened", "dropdown", "The one that a source proves.", is_required=True)
    yield _ENTRY
    yield _with_terms(happened, [*changes, schema.term("event_kind", RENAMED)])
    yield FormField("when", "When", "input", "As exactly as the source says: a year, a month or a day.", "2024-12-31")
    about = "The new name, or the body with which it merged or which continues it."
    yield FormField("other", "New name or other body", "input", about)
    yield from _source(schema)
    yield from _closing()


def _answer(schema: Schema) -> Iterator[FormField]:
    yield _ENTRY
    yield FormField("question", "Question", "textarea", "The question, as the page has it.", is_required=True)
    yield FormField("answer", "Answer", "textarea", "What you know, in a few words or figures.", is_required=True)
    yield _from_schema(schema.definition("as_of"), "as_of")
    yield from _source(schema)
    yield from _closing()


def _feedback(_schema: Schema) -> Iterator[FormField]:
    yield FormField("page", "Page", "input", "The address of the page, if it is about one.")
    yield FormField("message", "Message", "textarea", "What you would like to tell us.", is_required=True)
    yield from _closing(more=False)


def _source(schema: Schema, *, is_one_fact: bool = True) -> Iterator[FormField]:
    about = (
        "A link to a page, or the number of a document. It may stay empty only if you write for the network itself and "
        "there is no page to cite."
    )
    yield FormField("source", "Where others can read it", "textarea", about, "https://eucpn.org/about")
    kind = _from_schema(schema.definition("source_kind"), "source_kind")
    yield replace(_with_terms(kind, schema.terms("source_kind")), is_required=True)
    if is_one_fact:
        yield replace(_from_schema(schema.at(("form", "sources", 0, "where")), "where"), label="Place in the source")
    for name in ("title", "author", "language"):
        asked = _from_schema(schema.at(("sources", 0, name)), f"source_{name}")
        about = "Its English name, or its code." if name == "language" else asked.help
        yield replace(asked, label=f"{asked.label} of the source", help=about)


def _closing(*, more: bool = True) -> Iterator[FormField]:
    if more:
        yield FormField("more", "Anything else", "textarea", "What fits nowhere else. A person reads it.")
    about = "Your role is published, never your name. The word of the network itself is shown as such."
    yield FormField("role", "I write as", "dropdown", about, options=tuple(ROLES.values()), is_required=True)
    yield FormField("promises", "Before you send", "checkboxes", options=PROMISES, is_required=True)


_FORMS: dict[str, tuple[str, str, Callable[[Schema], Iterator[FormField]]]] = {
    "network": ("New network", "Suggest a network", _network),
    "correction": ("Correction", "Correct a fact", _correction),
    "status": ("Change", "Ended, renamed or merged", _status),
    "answer": ("Answer", "Answer an open question", _answer),
    "feedback": ("Feedback", "Other feedback", _feedback),
}
"""By its key: how the title of a request by the form begins, what the chooser calls it, and what it asks."""

_ABOUT = {
    "network": "A network, forum, working party or body that has no entry yet.",
    "correction": "Something on the page of a network is wrong, out of date or missing.",
    "status": "A network ended, took another name, or went on inside another body.",
    "answer": "You know something that a page lists as not found.",
    "feedback": "Anything else: the site, the method, an idea.",
}

FORM_KEYS = frozenset(_FORMS)
"""The keys of all forms, which are the labels that requests get by them."""
