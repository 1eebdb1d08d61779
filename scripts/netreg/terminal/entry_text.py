"""One entry as text: head, description, facts with their sources, relations from both sides, questions, sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from netreg.core import dates
from netreg.core.report.as_text import cells, printable
from netreg.entry import Entry, Statement
from netreg.model import Registry, Tie, phrases
from netreg.model.phrases import sentence
from netreg.model.sheet import Sheet
from netreg.terminal.screen import Screen

_LABEL = 22
"""Columns of the labels at the left."""

_NARROW = 60
"""Below so many columns the values stand under their labels."""

_JOINT = "\x1f"
"""A space at which no line breaks, while a text is set: a sign that no entry can hold."""


def entry_as_text(registry: Registry, entry: Entry, screen: Screen) -> str:
    """The whole entry; nothing in it can act on the terminal."""
    lines = _tombstone(entry, screen) if entry.withdrawn else _EntryText(registry, entry, screen).lines()
    return "\n".join(lines) + "\n"


def _tombstone(entry: Entry, screen: Screen) -> Iterator[str]:
    withdrawn = dict(entry.withdrawn or {})
    yield screen.strong(printable(entry.title))
    yield f"Withdrawn on {dates.spoken(withdrawn['withdrawn'])}. {printable(withdrawn['reason'])}"
    if withdrawn.get("see"):
        yield f"See instead: netreg show {printable(withdrawn['see'])}"


class _EntryText:
    """Numbers the sources as it is written, as the page of the entry does."""

    def __init__(self, registry: Registry, entry: Entry, screen: Screen) -> None:
        self._registry = registry
        self._entry = entry
        self._screen = screen
        self._sheet = Sheet(registry, entry)

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for title, pairs in (
            ("Facts", self._facts()),
            ("Other names", self._names()),
            ("Legal basis", self._legal_basis()),
            ("Related bodies", self._ties()),
            ("History", self._history()),
            ("Open questions: do you know, and where can others read it?", self._questions()),
        ):
            lines = [line for label, text in pairs for line in self._pair(label, text)]
            yield from [*self._heading(title), *lines] if lines else ()
        yield from self._sources()

    # The parts, as labels with what stands beside them.

    def _head(self) -> Iterator[str]:
        entry, sheet = self._entry, self._sheet
        acronym = f" ({entry.acronym})" if entry.acronym and entry.acronym != entry.title else ""
        yield from map(self._screen.strong, self._wrapped(f"{entry.title}{acronym}"))
        if entry.short_name:
            yield from self._wrapped(entry.name)
        topics = phrases.joined([term.title for term in sheet.topics])
        yield from map(self._screen.soft, self._wrapped(". ".join(filter(None, (sheet.group.title, topics)))))
        if entry.summary:
            yield ""
            yield from self._wrapped(f"{entry.summary.value} {self._marks(entry.summary)}")

    def _facts(self) -> Iterator[tuple[str, str]]:
        for row in self._sheet.facts:
            for index, item in enumerate(row.lines):
                said = self._with_extras(item.said, item.claim, item.extent, item.age, item.period, item.detail)
                yield "" if index else row.label, f"or: {said}" if item.rival else said

    def _names(self) -> Iterator[tuple[str, str]]:
        for name in self._entry.other_names:
            kind = self._registry.term("name_kind", name.kind).title
            other = phrases.language(name.language) if name.language and name.language != "en" else ""
            said = self._with_extras(phrases.with_acronym(name), name, phrases.period(name))
            yield ", ".join(filter(None, (kind, other))), said

    def _legal_basis(self) -> Iterator[tuple[str, str]]:
        for act in self._entry.legal_basis:
            number = self._sheet.document(act.document) if act.document else ""
            said = self._with_extras(act.title, act, phrases.act_dates(act), number)
            yield self._registry.term("act_role", act.role).title, said

    def _ties(self) -> Iterator[tuple[str, str]]:
        for label, ties in self._sheet.ties:
            for index, tie in enumerate(ties):
                yield "" if index else label, self._tie(tie)

    def _tie(self, tie: Tie) -> str:
        party = f"{tie.party.name} ({tie.party.id})" if tie.party.is_entry else tie.party.name
        when = phrases.moment(tie.relation)
        if tie.stated_in.id == self._entry.id:
            return self._with_extras(party, tie.relation, when)
        return self._with_extras(party, tie.relation, when, "stated there, with its sources", is_ours=False)

    def _history(self) -> Iterator[tuple[str, str]]:
        for event in self._sheet.history:
            kind = self._registry.term("event_kind", event.event).title
            yield dates.spoken(event.date), self._with_extras(f"{kind}. {sentence(event.text)}", event)

    def _questions(self) -> Iterator[tuple[str, str]]:
        for question in self._entry.open_questions:
            looked = self._sheet.looked(question)
            where = ", ".join(filter(None, (dates.spoken(looked.date), phrases.places(looked)))) if looked else ""
            when = f"Looked at on {where} {self._marks(looked)}." if looked else ""
            yield self._sheet.schema.label(question.about), f"{question.text} {when}".rstrip()

    def _sources(self) -> Iterator[str]:
        yield from self._heading("Sources")
        for number, source in self._sheet.notes.numbered():
            places = self._sheet.notes.places(source)
            where = f"Where: {places}." if places else ""
            said = [f"{source.title}.", self._sheet.about_source(source), sentence(source.note), where]
            first, rest = f"{number:>3}  ", " " * 5
            yield from self._wrapped(" ".join(filter(None, said)), first, rest)
            for address in filter(None, (source.url, (source.archived or {}).get("url"))):
                yield rest + self._screen.soft(printable(address))

    # How they are set.

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        yield from map(self._screen.strong, self._wrapped(text))

    def _marks(self, item: Statement) -> str:
        """On whose word a statement stands, on one line: ``[own words 1 2, official 3]``."""
        chips = self._sheet.notes.chips(item)
        said = ", ".join(f"{chip.word} {' '.join(str(number) for number, *_ in chip.marks)}" for chip in chips)
        return f"[{said}]".replace(" ", _JOINT) if said else ""

    def _with_extras(self, said: str, item: Statement, *more: str, is_ours: bool = True) -> str:
        """The statement with its sources, its age, whether it is our reading, and what a reader must know about it."""
        said = f"{said} {self._marks(item) if is_ours else ''}".strip()
        said = "; ".join(filter(None, (said, *more, "our reading" if item.likely else "")))
        return f"{said}. {sentence(item.note)}" if item.note else said

    def _pair(self, label: str, text: str) -> Iterator[str]:
        """A label at the left and its text at the right, or below where the screen is narrow."""
        if self._screen.text_width < _NARROW:
            yield from map(self._screen.soft, self._wrapped(label, "  ", "  ") if label else ())
            yield from self._wrapped(text, "    ", "    ")
            return
        indent = " " * (_LABEL + 2)
        labels = self._wrapped(label, "  ", "  ", _LABEL) if label else []
        for left, right in zip_longest(labels, self._wrapped(text, indent, indent), fillvalue=""):
            yield (self._screen.soft(left) + " " * (len(indent) - cells(left)) + right[len(indent) :]).rstrip()

    def _wrapped(self, text: str, first: str = "", rest: str = "", width: int = 0) -> list[str]:
        lines = textwrap.wrap(
            _JOINT.join(map(printable, text.split(_JOINT))),
            width or self._screen.text_width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
        return [line.replace(_JOINT, " ") for line in lines]
