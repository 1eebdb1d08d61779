"""The forms as files for GitHub, made from the schema, so that a form never asks what the registry cannot take."""

from __future__ import annotations

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.representer import RoundTripRepresenter

from netreg.contribute.ask.form import Form, FormField, all_forms
from netreg.core.canonical.scalars import written
from netreg.core.schema import Schema

FOLDER = ".github/ISSUE_TEMPLATE"

_UNSOURCED = ("feedback", "confirm", "source")
"""Forms that ask for no place where others can read it."""

_HEAD = "# Written by `netreg forms` from schema/network.schema.json and mkdocs.yml; change those, not this file.\n"


def forms(schema: Schema, site_url: str, answer_days: int) -> dict[str, str]:
    """All files of the folder, by their path in the project.

    Args:
        schema: what is asked.
        site_url: the site's address, with a slash at its end; empty while nobody knows it.
        answer_days: within how many days a person answers.
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
