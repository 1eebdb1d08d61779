"""The words of an entry, part by part, as the terminal and its Markdown twin set it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from netreg.core import dates
from netreg.entry import Entry, Statement
from netreg.model import Registry, Tie, phrases
from netreg.model.phrases import sentence
from netreg.model.sheet import Sheet

Pairs = tuple[tuple[str, str], ...]
"""Labels, each with what stands beside it; a line without a label belongs to the one above."""


class EntryWords:
    """Numbers the sources as it is read, as the page of the entry does: first the head, then the parts, the sources.

    ``joint`` stands for a space at which no line may break.
    """

    def __init__(self, registry: Registry, entry: Entry, joint: str = " ") -> None:
        self.registry = registry
        self.entry = entry
        self._sheet = Sheet(registry, entry)
        self._joint = joint

    @property
    def title(self) -> str:
        """The name, with the acronym."""
        return self._sheet.title

    @property
    def kind(self) -> str:
        """The group and the topics."""
        topics = phrases.joined([term.title for term in self._sheet.topics])
        return ". ".join(filter(None, (self._sheet.group.title, topics)))

    @property
    def summary(self) -> str:
        """The description, and on whose word it stands; empty where there is none."""
        summary = self.entry.summary
        return f"{summary.value} {self._marks(summary)}" if summary else ""

    @cached_property
    def parts(self) -> tuple[tuple[str, Pairs], ...]:
        """The parts that are not empty, by their headings."""
        parts = (
            ("Facts", self._facts()),
            ("Other names", self._names()),
            ("Legal basis", self._legal_basis()),
            ("Related bodies", self._ties()),
            ("History", self._history()),
            ("Open questions: do you know, and where can others read it?", self._questions()),
        )
        return tuple((title, told) for title, pairs in parts if (told := tuple(pairs)))

    def sources(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """The sources with their numbers: what there is to say of each, and its addresses."""
        for number, source in self._sheet.notes.numbered():
            places = self._sheet.notes.places(source)
            where = f"Where: {places}." if places else ""
            said = [f"{source.title}.", self._sheet.about_source(source), sentence(source.note), where]
            addresses = filter(None, (source.url, (source.archived or {}).get("url")))
            yield number, " ".join(filter(None, said)), tuple(map(str, addresses))

    def _facts(self) -> Iterator[tuple[str, str]]:
        for row in self._sheet.facts:
            for index, item in enumerate(row.lines):
                said = self._with_extras(item.said, item.claim, item.extent, item.age, item.period, item.detail)
                yield "" if index else row.label, f"or: {said}" if item.rival else said

    def _names(self) -> Iterator[tuple[str, str]]:
        for name in self.entry.other_names:
            kind = self.registry.term("name_kind", name.kind).title
            other = phrases.language(name.language) if name.language and name.language != "en" else ""
            said = self._with_extras(phrases.with_acronym(name), name, phrases.period(name))
            yield ", ".join(filter(None, (kind, other))), said

    def _legal_basis(self) -> Iterator[tuple[str, str]]:
        for act in self.entry.legal_basis:
            number = self._sheet.document(act.document) if act.document else ""
            said = self._with_extras(act.title, act, phrases.act_dates(act), number)
            yield self.registry.term("act_role", act.role).title, said

    def _ties(self) -> Iterator[tuple[str, str]]:
        for label, ties in self._sheet.ties:
            for index, tie in enumerate(ties):
                yield "" if index else label, self._tie(tie)

    def _tie(self, tie: Tie) -> str:
        party = f"{tie.party.name} ({tie.party.id})" if tie.party.is_entry else tie.party.name
        when = phrases.moment(tie.relation)
        if tie.stated_in.id == self.entry.id:
            return self._with_extras(party, tie.relation, when)
        return self._with_extras(party, tie.relation, when, "stated there, with its sources", is_ours=False)

    def _history(self) -> Iterator[tuple[str, str]]:
        for event in self._sheet.history:
            kind = self.registry.term("event_kind", event.event).title
            yield dates.spoken(event.date), self._with_extras(f"{kind}. {sentence(event.text)}", event)

    def _questions(self) -> Iterator[tuple[str, str]]:
        for question in self.entry.open_questions:
            looked = self._sheet.looked(question)
            where = ", ".join(filter(None, (dates.spoken(looked.date), phrases.places(looked)))) if looked else ""
            when = f"Looked at on {where} {self._marks(looked)}." if looked else ""
            yield self._sheet.schema.label(question.about), f"{question.text} {when}".rstrip()

    def _marks(self, item: Statement) -> str:
        """On whose word a statement stands, on one line: ``[own words 1 2, official 3]``."""
        chips = self._sheet.notes.chips(item)
        said = ", ".join(f"{chip.word} {' '.join(str(number) for number, *_ in chip.marks)}" for chip in chips)
        return f"[{said}]".replace(" ", self._joint) if said else ""

    def _with_extras(self, said: str, item: Statement, *more: str, is_ours: bool = True) -> str:
        """The statement with its sources, its age, whether it is our reading, and what a reader must know about it."""
        said = f"{said} {self._marks(item) if is_ours else ''}".strip()
        said = "; ".join(filter(None, (said, *more, "our reading" if item.likely else "")))
        return f"{said}. {sentence(item.note)}" if item.note else said
