"""The forms of ``forms.yaml``, in words of the schema: as values, as text for a mail, and as files for GitHub.

A form never asks what the registry cannot take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.representer import RoundTripRepresenter

from netreg.contribute import table
from netreg.core.canonical.scalars import written
from netreg.core.schema import Part, Schema, Term

_TABLE = "forms.yaml"
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
        """One field; a KeyError where the form has no such field."""
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


FOLDER = ".github/ISSUE_TEMPLATE"

_UNSOURCED = ("feedback", "confirm", "source")
"""Forms that ask for no place where others can read it."""

_HEAD = "# Written by `netreg forms` from schema/network.schema.json and mkdocs.yml; change those, not this file.\n"


def forms(schema: Schema, site_url: str, answer_days: int) -> dict[str, str]:
    """All files of the folder, by their path in the project.

    ``site_url`` ends in a slash and is empty while nobody knows it; within ``answer_days`` a person answers.
    """
    files = {form.file: _as_data(form, site_url, answer_days) for form in all_forms(schema)}
    files["config.yml"] = _chooser(site_url)
    return {f"{FOLDER}/{name}": _HEAD + _as_yaml(data) for name, data in files.items()}


def _chooser(site_url: str) -> dict[str, Any]:
    chooser: dict[str, Any] = {"blank_issues_enabled": False}
    if site_url:
        about = "All ways to correct an entry, with the text to copy into a mail."
        chooser["contact_links"] = [{"name": "Without an account", "url": f"{site_url}contribute/", "about": about}]
    return chooser


def _as_data(form: Form, site_url: str, answer_days: int) -> dict[str, Any]:
    return {
        "name": form.name,
        "description": form.about,
        "title": form.title,
        "labels": [form.key],
        "body": [_notice(form, site_url, answer_days), *map(_element, form.fields)],
    }


def _notice(form: Form, site_url: str, answer_days: int) -> dict[str, Any]:
    public = (
        "**Everybody can read what you write here, and it stays.** Please send no names of living persons, no personal "
        "mailboxes, no telephone numbers and nothing that is not meant for the public."
    )
    answer = f"You see at once what we understood; a person answers within {answer_days} days."
    answer = answer if form.key in _UNSOURCED else f"What helps most is where others can read it. {answer}"
    way = f"[How a correction becomes part of the page]({site_url}contribute/)" if site_url else ""
    about = f"Is it about you? [There is a way that is not public]({site_url}about-you/)." if site_url else ""
    return {"type": "markdown", "attributes": {"value": "\n\n".join(filter(None, (public, answer, way, about)))}}


def _element(asked: FormField) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": asked.label}
    if asked.help:
        attributes["description"] = asked.help
    if asked.example:
        attributes["placeholder"] = asked.example
    element: dict[str, Any] = {"type": asked.kind, "id": asked.id, "attributes": attributes}
    if asked.kind == "checkboxes":
        attributes["options"] = [{"label": option, "required": asked.is_required} for option in asked.options]
        return element
    if asked.kind == "dropdown":
        attributes["options"] = list(asked.options)
        attributes["multiple"] = asked.is_multiple
    return {**element, "validations": {"required": asked.is_required}}


def _as_yaml(data: Any) -> str:
    """Plain data as YAML in block style; texts of several lines stand as they are."""
    writer, text = YAML(), StringIO()
    writer.Representer = _Texts
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 100_000  # no text is folded, so that a change of one word is a change of one line
    writer.dump(data, text)
    return text.getvalue()


class _Texts(RoundTripRepresenter):
    """Texts as readers of YAML 1.1 and 1.2 read them alike."""

    def represent_text(self, text: str) -> Any:
        """Plain where the registry's own files have it plain, else in quotes; of several lines as a block."""
        style = "|" if "\n" in text else None if written(text) == text else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Texts.add_representer(str, _Texts.represent_text)
