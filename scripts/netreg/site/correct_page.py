"""How an entry is corrected: the page with all that it says, the page of sources, and the ways to tell us.

A way is a form at the code host filled in, a mail, or a text to copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from netreg.contribute.form import Form, all_forms, copy_text
from netreg.contribute.parse.facts import fact_words
from netreg.core import dates
from netreg.core.schema import Schema
from netreg.entry import Block, Claim, Entry, Source, Statement
from netreg.model import Registry, phrases
from netreg.model.sheet import FactLine, FactRow, Sheet
from netreg.site.page import Page, correct_path, render, to_root
from netreg.site.settings import Settings
from netreg.upkeep.stale import Carrier, by_importance, carriers, in_words


@dataclass(frozen=True)
class ShownValue:
    """One thing that the entry says, as its page shows it, and what it leaves open, as a question."""

    text: str
    ways: Ways
    open: str = ""


@dataclass(frozen=True)
class ShownFact:
    """What the entry says about one thing, under the label of its page and the question that it answers."""

    label: str
    said: tuple[ShownValue, ...]
    question: str = ""


@dataclass(frozen=True)
class PagePart:
    """A part of the page of a network; ``words`` are those of the links by which something of it is told."""

    anchor: str
    title: str
    facts: tuple[ShownFact, ...]
    words: str = "This is wrong"


def correct_page(registry: Registry, entry: Entry, settings: Settings, state: str = "") -> Page:
    """The page for one network that stands; ``state`` is the commit that brought it to stand so, empty if unknown."""
    path, desk = correct_path(entry.id), Desk(entry, settings, registry.schema)
    parts = [part for part in _Parts(Sheet(registry, entry), desk).parts() if part.facts]
    asked = [(item, registry.schema.label(item.about), desk.answer(item)) for item in entry.open_questions]
    html = render(
        "correct.html",
        edit=settings.edit_address(f"registry/{entry.id}.yaml"),
        entry=entry,
        settings=settings,
        parts=parts,
        asked=asked,
        desk=desk,
        registry=registry,
        state=state,
        sources=sources_of(registry, desk),
        root=to_root(path),
    )
    return Page(
        path,
        f"Correct: {entry.label}",
        html,
        description=f"What the entry on {entry.label} says, and how to tell us that it is wrong.",
        has_contents=True,
        indexed=False,
    )


class _Parts:
    """Collects what an entry says, in the order of its page."""

    def __init__(self, sheet: Sheet, desk: Desk) -> None:
        self.sheet = sheet
        self.desk = desk
        self.entry = sheet.entry

    def parts(self) -> Iterator[PagePart]:
        entry = self.entry
        yield PagePart("name", "Statement and description", tuple(self._head()))
        yield PagePart("facts", "Facts", tuple(map(self._fact, self.sheet.facts)))
        yield PagePart("not-known", "Not known", tuple(self._not_known()), "Tell us")
        yield self._list("names", "Other names", "other_names", map(_name, entry.other_names))
        yield self._list("legal-basis", "Legal basis", "legal_basis", map(_act, entry.legal_basis))
        yield self._list("relations", "Related bodies", "relations", map(self._tie, entry.relations))
        yield self._list("history", "History", "history", map(_event, self.sheet.history))

    def _head(self) -> Iterator[ShownFact]:
        entry = self.entry
        told = {
            "name": entry.name,
            "short_name": entry.short_name,
            "acronym": entry.acronym,
            "group": self.sheet.group.title,
            "topics": ", ".join(topic.title for topic in self.sheet.topics),
            "purpose": str(entry.purpose.value) if entry.purpose else "",
            "summary": str(entry.summary.value) if entry.summary else "",
        }
        yield from (self._said(field, [text]) for field, text in told.items() if text)

    def _fact(self, row: FactRow) -> ShownFact:
        question = self.sheet.schema.leaves[row.field].get("x-question", "")
        return ShownFact(row.label, tuple(self._line(row.field, line) for line in row.lines), question)

    def _not_known(self) -> Iterator[ShownFact]:
        """The facts that have a question in the schema, to which the entry has no answer."""
        told = {row.field for row in self.sheet.facts}
        for field, part in self.sheet.schema.leaves.items():
            if "x-question" in part and field not in told:
                value = ShownValue("not known", self.desk.correction(field, ""))
                yield ShownFact(part["title"], (value,), part["x-question"])

    def _line(self, field: str, line: FactLine) -> ShownValue:
        said = _with(line.said, line.when)
        return ShownValue(said, self.desk.correction(field, said, self._which(line)), self._open(line))

    def _open(self, line: FactLine) -> str:
        """What is not told of a value, as the schema asks it: of which date it is, whether a list is whole."""
        lacks = {"as_of": line.age == "undated", "complete": not line.extent}
        parts = (self.sheet.schema.child(line.claim.part, key) for key, is_lacking in lacks.items() if is_lacking)
        return " ".join(part["x-question"] for part in parts if part)

    def _which(self, line: FactLine) -> str:
        """Which of several claims is meant: what is counted, or in which role countries take part."""
        claim = line.claim
        is_number = isinstance(claim, Claim) and claim.unit
        return self.sheet.registry.term("unit", claim.unit).title if is_number else line.role

    def _list(self, anchor: str, title: str, field: str, texts: Iterable[str]) -> PagePart:
        fact = self._said(field, texts)
        return PagePart(anchor, title, (fact,) if fact.said else ())

    def _said(self, field: str, texts: Iterable[str]) -> ShownFact:
        said = tuple(ShownValue(text, self.desk.correction(field, text)) for text in texts)
        return ShownFact(self.sheet.schema.label(field), said)

    def _tie(self, relation: Statement) -> str:
        label = self.sheet.registry.term("relation_type", relation.type).title
        return _with(f"{label}: {self.sheet.registry.party(relation).name}", phrases.moment(relation))


def _name(name: Statement) -> str:
    return _with(phrases.with_acronym(name), phrases.period(name))


def _act(act: Statement) -> str:
    return _with(act.title, phrases.act_dates(act))


def _event(event: Statement) -> str:
    return f"{dates.spoken(event.date)}: {event.text}"


def _with(text: str, more: str) -> str:
    return f"{text} ({more})" if more else text


SOURCES = "sources/"

IN_FULL = 40
"""Sources with all that rests on them and a way to tell: with those of all, the page would take megabytes."""


@dataclass(frozen=True)
class ShownSource:
    """A source as it can be told about: what rests on it in words, and the ways to say what was found there."""

    carrier: Carrier
    claims: tuple[str, ...]
    ways: Ways


def shown_source(registry: Registry, carrier: Carrier, desk: Desk) -> ShownSource:
    """A source with the words of its claims and the ways to tell."""
    claims = tuple(dict.fromkeys(in_words(registry, item) for item in carrier.claims))
    return ShownSource(carrier, claims, desk.opened(carrier.source))


def sources_page(registry: Registry, settings: Settings) -> Page:
    """All sources that can be opened, the one first on which most rests and that nobody opened at its address."""
    found = by_importance(registry)
    first = [
        shown_source(registry, one, Desk(one.entry, settings, registry.schema)) for one in found[:IN_FULL] if one.claims
    ]
    live = Counter(one.source.read_by for one in found if one.source.is_live)
    values = {"registry": registry, "settings": settings, "first": first, "rest": found[len(first) :], "live": live}
    html = render("sources.html", **values, number=len(found), root=to_root(SOURCES))
    about = "Which sources the registry rests on, which nobody has opened yet, and how to tell us what they say."
    return Page(SOURCES, "Sources", html, description=about)


def sources_of(registry: Registry, desk: Desk) -> list[ShownSource]:
    """The sources of one entry, in its order."""
    return [shown_source(registry, one, desk) for one in carriers(desk.entry)]


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

    def answer(self, question: Block) -> Ways:
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
    """A form, by its key, as a text to copy, with answers filled in by field id; ``netreg intake`` reads it."""
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
