"""The page on which an entry can be corrected: all that it says, and how to tell us that it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netreg.core import dates
from netreg.entry import Entry, Statement
from netreg.model import Registry
from netreg.site import phrases as words
from netreg.site.entry_page import Line, View, correct_path
from netreg.site.page import Heading, Page, to_root
from netreg.site.render import render
from netreg.site.settings import Settings
from netreg.site.ways import Desk, Ways


@dataclass(frozen=True)
class Said:
    """One thing that the entry says, as its page shows it."""

    text: str
    ways: Ways


@dataclass(frozen=True)
class Fact:
    """What the entry says about one thing, under the label of its page."""

    label: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Part:
    """A part of the page of a network."""

    anchor: str
    title: str
    facts: tuple[Fact, ...]


def correct_page(registry: Registry, entry: Entry, settings: Settings) -> Page:
    """The page for one network that stands."""
    path = correct_path(entry.id)
    view = View(registry, entry, settings)
    desk = Desk(entry, settings, registry.schema)
    parts = [part for part in _Parts(view, desk).parts() if part.facts]
    asked = [(question, view.field_label(question.about), desk.answer(question)) for question in entry.open_questions]
    html = render(
        "correct.html",
        view=view,
        entry=entry,
        settings=settings,
        parts=parts,
        asked=asked,
        desk=desk,
        root=to_root(path),
    )
    headings = [Heading(part.anchor, part.title) for part in parts]
    headings += [Heading("questions", "Open questions")] if asked else []
    return Page(
        path,
        f"Correct: {entry.label}",
        html,
        description=f"What the entry on {entry.label} says, and how to tell us that it is wrong.",
        headings=(*headings, Heading("else", "Something else")),
        searched=False,
        indexed=False,
    )


class _Parts:
    """Collects what an entry says, in the order of its page."""

    def __init__(self, view: View, desk: Desk) -> None:
        self.view = view
        self.desk = desk
        self.entry = view.entry
        self.schema = view.registry.schema

    def parts(self) -> Iterator[Part]:
        entry = self.entry
        yield Part("name", "Name and description", tuple(self._head()))
        yield Part("facts", "Facts", tuple(self._facts()))
        yield Part("names", "Other names", self._list("other_names", [_name(name) for name in entry.other_names]))
        yield Part("legal-basis", "Legal basis", self._list("legal_basis", [_act(act) for act in entry.legal_basis]))
        ties = [self._tie(relation) for relation in entry.relations]
        yield Part("relations", "Related bodies", self._list("relations", ties))
        events = [_event(event) for event in self.view.history]
        yield Part("history", "History", self._list("history", events))

    def _head(self) -> Iterator[Fact]:
        entry = self.entry
        told = {
            "name": entry.name,
            "short_name": entry.short_name,
            "acronym": entry.acronym,
            "group": self.view.group.title,
            "topics": ", ".join(topic.title for topic in self.view.topics),
            "purpose": str(entry.purpose.value) if entry.purpose else "",
            "summary": str(entry.summary.value) if entry.summary else "",
        }
        for field, text in told.items():
            if text:
                yield Fact(self.schema.label(field), self._list(field, [text])[0].said)

    def _facts(self) -> Iterator[Fact]:
        for row in self.view.facts:
            lines = (Said(_line(line), self._line_ways(row.field, line)) for line in row.lines)
            yield Fact(row.label, tuple(lines))

    def _line_ways(self, field: str, line: Line) -> Ways:
        unit = line.claim.unit
        return self.desk.correction(field, _line(line), self.view.registry.term("unit", unit).title if unit else "")

    def _list(self, field: str, texts: list[str]) -> tuple[Fact, ...]:
        said = tuple(Said(text, self.desk.correction(field, text)) for text in texts)
        return (Fact(self.schema.label(field), said),) if said else ()

    def _tie(self, relation: Statement) -> str:
        label = self.view.registry.term("relation_type", relation.type).title
        party = self.view.registry.party(relation).name
        return _with(f"{label}: {party}", words.moment(relation))


def _line(line: Line) -> str:
    return _with(line.text, ", ".join(filter(None, [line.age, line.period])))


def _name(name: Statement) -> str:
    return _with(f"{name.name} ({name.acronym})" if name.acronym else name.name, words.period(name))


def _act(act: Statement) -> str:
    return _with(act.title, words.act_dates(act))


def _event(event: Statement) -> str:
    return f"{dates.spoken(event.date)}: {event.text}"


def _with(text: str, more: str) -> str:
    return f"{text} ({more})" if more else text
