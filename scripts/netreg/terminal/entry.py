"""One entry as text: head, description, facts with their sources, relations from both sides, questions, sources."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from netreg.core import dates
from netreg.core.report.as_text import cells, printable
from netreg.entry import Entry, Statement
from netreg.model import Registry, Tie
from netreg.site.entry_page import Line, View
from netreg.site.phrases import language
from netreg.site.settings import Settings
from netreg.terminal.screen import Screen

_LABEL = 22
"""Columns of the labels at the left."""

_NARROW = 60
"""Below so many columns the values stand under their labels."""


def entry_as_text(registry: Registry, entry: Entry, screen: Screen) -> str:
    """The whole entry; nothing in it can act on the terminal."""
    if entry.withdrawn:
        return "\n".join(_tombstone(entry, screen)) + "\n"
    return "\n".join(_Sheet(registry, entry, screen).lines()) + "\n"


def _tombstone(entry: Entry, screen: Screen) -> Iterator[str]:
    withdrawn = dict(entry.withdrawn or {})
    yield screen.strong(printable(entry.title))
    yield f"Withdrawn on {dates.spoken(withdrawn['withdrawn'])}. {printable(withdrawn['reason'])}"
    if withdrawn.get("see"):
        yield f"See instead: netreg show {printable(withdrawn['see'])}"


_NO_BREAK = "\N{NO-BREAK SPACE}"
_BRACKETS = re.compile(r"\[(?:own|official|third party|to us)[^\[\]]{0,60}\]")
"""The marks behind a statement, which no line may break."""


class _Sheet:
    """Numbers the sources as it is written, as the page of the entry does."""

    def __init__(self, registry: Registry, entry: Entry, screen: Screen) -> None:
        self._registry = registry
        self._entry = entry
        self._screen = screen
        self._view = View(registry, entry, Settings())

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._facts()
        yield from self._names()
        yield from self._legal_basis()
        yield from self._ties()
        yield from self._history()
        yield from self._questions()
        yield from self._sources()

    # The parts.

    def _head(self) -> Iterator[str]:
        entry, view = self._entry, self._view
        acronym = f" ({entry.acronym})" if entry.acronym and entry.acronym != entry.title else ""
        yield from map(self._screen.strong, self._wrapped(f"{entry.title}{acronym}"))
        if entry.short_name:
            yield from self._wrapped(entry.name)
        first, *others = [term.title for term in view.topics] or [""]
        topics = ", ".join([first, *map(_lower_first, others)])
        yield from map(self._screen.soft, self._wrapped(". ".join(filter(None, (view.group.title, topics)))))
        if entry.summary:
            yield ""
            yield from self._wrapped(f"{entry.summary.value} {self._marks(entry.summary)}")

    def _facts(self) -> Iterator[str]:
        yield from self._heading("Facts")
        for row in self._view.facts:
            for index, item in enumerate(row.lines):
                yield from self._pair("" if index else row.label, self._fact(item))

    def _fact(self, item: Line) -> str:
        said = self._with_extras(f"{item.text} {self._marks(item.claim)}", item.claim, item.age, item.period)
        return f"or: {said}" if item.rival else said

    def _names(self) -> Iterator[str]:
        entry = self._entry
        if entry.other_names:
            yield from self._heading("Other names")
        for name in entry.other_names:
            kind = self._view.name_kinds[name.kind].title
            other = language(name.language) if name.language and name.language != "en" else ""
            label = ", ".join(filter(None, (kind, other)))
            text = f"{name.name} ({name.acronym})" if name.acronym else name.name
            said = f"{text} {self._marks(name)}"
            yield from self._pair(label, self._with_extras(said, name, self._view.period(name)))

    def _legal_basis(self) -> Iterator[str]:
        entry, view = self._entry, self._view
        if entry.legal_basis:
            yield from self._heading("Legal basis")
        for act in entry.legal_basis:
            more = (view.act_dates(act), view.document(act.document) if act.document else "")
            said = f"{act.title} {self._marks(act)}"
            yield from self._pair(view.act_roles[act.role].title, self._with_extras(said, act, *more))

    def _ties(self) -> Iterator[str]:
        if self._view.ties:
            yield from self._heading("Related bodies")
        for label, ties in self._view.ties:
            for index, tie in enumerate(ties):
                yield from self._pair("" if index else label, self._tie(tie))

    def _tie(self, tie: Tie) -> str:
        party = f"{tie.party.name} ({tie.party.id})" if tie.party.is_entry else tie.party.name
        when = self._view.moment(tie.relation)
        if tie.stated_in.id == self._entry.id:
            return self._with_extras(f"{party} {self._marks(tie.relation)}", tie.relation, when)
        return self._with_extras(party, tie.relation, when, "stated there, with its sources")

    def _history(self) -> Iterator[str]:
        if self._view.history:
            yield from self._heading("History")
        for event in self._view.history:
            kind = self._view.event_kinds[event.event].title
            said = f"{kind}. {_sentence(event.text)} {self._marks(event)}"
            yield from self._pair(dates.spoken(event.date), self._with_extras(said, event))

    def _questions(self) -> Iterator[str]:
        if self._entry.open_questions:
            yield from self._heading("Open questions: do you know, and where can others read it?")
        for question in self._entry.open_questions:
            yield from self._pair(self._view.field_label(question.about), question.text)

    def _sources(self) -> Iterator[str]:
        yield from self._heading("Sources")
        for number, source in self._view.notes.numbered():
            said = [f"{source.title}.", self._view.about_source(source), _sentence(source.note)]
            first, rest = f"{number:>3}  ", " " * 5
            yield from self._wrapped(" ".join(filter(None, said)), first, rest)
            if source.url:
                yield rest + self._screen.soft(printable(source.url))

    # How they are set.

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        yield from map(self._screen.strong, self._wrapped(text))

    def _marks(self, item: Statement) -> str:
        """On whose word a statement stands: ``[own 1 2, official 3]``."""
        chips = self._view.notes.chips(item)
        return f"[{', '.join(f'{chip.word} {_numbers(chip.marks)}' for chip in chips)}]" if chips else ""

    def _with_extras(self, said: str, item: Statement, *more: str) -> str:
        """The statement with its age, whether it is our reading, and what a reader must know about it."""
        said = "; ".join(filter(None, (said.strip(), *more, "our reading" if item.likely else "")))
        return f"{said}. {_sentence(item.note)}" if item.note else said

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
            _BRACKETS.sub(lambda match: match[0].replace(" ", _NO_BREAK), printable(text)),
            width or self._screen.text_width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
        return [line.replace(_NO_BREAK, " ") for line in lines]


def _numbers(marks: tuple[tuple[int, object], ...]) -> str:
    return " ".join(str(number) for number, _source in marks)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _lower_first(title: str) -> str:
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
