"""Ways to tell us something: a form at the code host filled in, a mail, or a text to copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from netreg.contribute.ask.form import Form, all_forms, copy_text
from netreg.contribute.parse.facts import fact_words
from netreg.core.schema import Schema
from netreg.entry import Entry, Source, Spot
from netreg.site.settings import Settings

_COPIED = {
    "network": ("name", "acronym", "summary", "website", "source", "source_kind", "role"),
    "correction": ("entry", "fact", "says", "right", "as_of", "source", "source_kind", "role"),
    "answer": ("entry", "question", "answer", "as_of", "source", "source_kind", "role"),
    "confirm": ("entry", "state", "word", "more", "role"),
    "source": ("entry", "which", "found", "opened", "copy", "more", "role"),
    "status": ("entry", "change", "when", "other", "source", "source_kind", "role"),
}
"""What a text to copy asks of each form; the rest can be asked for later."""

_LONG = ("says", "question")
"""Answers that are left out of an address that would be too long."""


@dataclass(frozen=True)
class Ways:
    """How one thing can be told. ``form`` and ``mail`` are addresses, empty where there is no such way.

    ``is_cut`` tells that the form opens without the words of the page, which are then in the text to copy.
    """

    form: str
    mail: str
    text: str
    is_cut: bool = False


class Desk:
    """Fills in the forms for one entry."""

    def __init__(self, entry: Entry, settings: Settings, schema: Schema) -> None:
        self.entry = entry
        self._settings = settings
        self._schema = schema

    def correction(self, field: str, said: str, which: str = "") -> Ways:
        """To say that a fact is wrong: its dotted path, what the page says, and which item of a list is meant."""
        return self._ways("correction", {"fact": fact_words(field, self._schema, which), "says": said})

    def addition(self) -> Ways:
        """To say that something is missing."""
        return self._ways("correction", {})

    def answer(self, question: Spot) -> Ways:
        """To answer an open question."""
        return self._ways("answer", {"question": question.text})

    def confirmation(self, state: str) -> Ways:
        """For the body itself, to say that the entry is right as it stood in a commit."""
        return self._ways("confirm", {"state": state})

    def opened(self, source: Source) -> Ways:
        """To say what a source was found to say."""
        return self._ways("source", {"which": source.id})

    def status(self) -> Ways:
        """To say that the body ended, merged or has another name."""
        return self._ways("status", {})

    def _ways(self, key: str, told: Mapping[str, str]) -> Ways:
        form = _forms(self._schema)[key]
        given = {"entry": self.entry.id, **{name: " ".join(text.split()) for name, text in told.items()}}
        title = f"{form.title}{self.entry.label}"
        address = self._settings.form_address(form.file, title, given)
        short = {name: text for name, text in given.items() if name not in _LONG}
        text = text_to_copy(key, self._schema, given)
        return Ways(
            address or self._settings.form_address(form.file, title, short),
            self._settings.mail_address(title, text),
            text,
            is_cut=not address and bool(self._settings.repo_url),
        )


def text_to_copy(key: str, schema: Schema, given: Mapping[str, str] | None = None) -> str:
    """A form as a text to copy, with what was given filled in; ``netreg intake`` reads it.

    Args:
        key: the form.
        schema: whose words are used.
        given: answers by field id.
    """
    return copy_text(_forms(schema)[key], given)


def form_links(settings: Settings, schema: Schema) -> str:
    """A list of all forms with what each is for, as Markdown; a sentence where there is no address for them yet."""
    if not settings.repo_url:
        return "*The registry has no public address for forms yet; until then, take the [text to copy](#mail).*"
    forms = _forms(schema).values()
    return "\n".join(
        f"- [{form.name}]({settings.form_address(form.file, form.title, {})}): {form.about[0].lower()}{form.about[1:]}"
        for form in forms
    )


@lru_cache(maxsize=4)
def _forms(schema: Schema) -> Mapping[str, Form]:
    """The forms, each with those of its fields that a text to copy asks for."""
    short = (replace(form, fields=tuple(map(form.field, _COPIED.get(form.key, ())))) for form in all_forms(schema))
    return {form.key: form for form in short}
