"""A sheet: one entry in words, with its sources numbered in the order in which a reader meets them.

The page of an entry shows the sheet; the terminal and the twin of the page in Markdown set it part by part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from netreg.core import dates
from netreg.core.nearest import listed
from netreg.core.schema import Part, Schema, Term
from netreg.entry import Block, Claim, Entry, Source, Statement
from netreg.entry.country_sets import codes
from netreg.entry.evidence import CONFIRMED_FOR
from netreg.model import Registry, Tie, phrases
from netreg.model.participation import Tense, tense_of
from netreg.model.phrases import sentence


@dataclass(frozen=True)
class FactLine:
    """One value of a fact as it is shown; ``rival`` where it is not the headline.

    ``role`` tells as what (``Members``, ``Chair``), ``extent`` that a list is the whole one, ``detail`` what a set of
    countries comes to; ``href`` is an address outside; ``on_scale`` tells that a criterion decides.
    """

    text: str
    claim: Statement
    rival: bool = False
    role: str = ""
    extent: str = ""
    detail: str = ""
    age: str = ""
    period: str = ""
    href: str = ""
    on_scale: bool = False

    @property
    def said(self) -> str:
        """The value with its role, as one text."""
        return f"{self.role}: {self.text}" if self.role else self.text

    @property
    def when(self) -> str:
        """How much of it that is, how old the evidence is, and when it held."""
        return ", ".join(filter(None, (self.extent, self.age, self.period)))


@dataclass(frozen=True)
class FactRow:
    """A fact: its dotted path in the schema, its label and its values, the headline first."""

    field: str
    label: str
    lines: tuple[FactLine, ...]


@dataclass(frozen=True)
class Chip:
    """The sources of one kind behind a statement: the word for the kind, and for each its number and where in it."""

    word: str
    kind: str
    marks: tuple[tuple[int, Source, str], ...]


class Footnotes:
    """Numbers the sources of an entry as they are asked for."""

    def __init__(self, entry: Entry, schema: Schema) -> None:
        self._entry = entry
        self._schema = schema
        self._numbers: dict[str, int] = {}

    def chips(self, item: Statement) -> tuple[Chip, ...]:
        """The chips behind a statement, grouped by whose word it is, numbered as they stand on the page."""
        grouped: dict[tuple[str, str], dict[str, list[str]]] = {}
        for id_, where in item.citations:
            source = self._entry.source_by_id[id_]
            word = self._kind(source.kind).short + (" copy" if source.copy_by else "")
            grouped.setdefault((word, source.kind), {}).setdefault(id_, []).append(where)
        return tuple(
            Chip(word, kind, tuple(self._marked(id_, places) for id_, places in cited.items()))
            for (word, kind), cited in grouped.items()
        )

    def _kind(self, kind: str) -> Term:
        return self._schema.term("source_kind", kind)

    def _marked(self, id_: str, places: list[str]) -> tuple[int, Source, str]:
        return self._number(id_), self._entry.source_by_id[id_], "; ".join(filter(None, places))

    def _number(self, id_: str) -> int:
        return self._numbers.setdefault(id_, len(self._numbers) + 1)

    def numbered(self) -> list[tuple[int, Source]]:
        """All sources with their numbers; what nothing on the page cites comes last."""
        for source in self._entry.sources:
            self._number(source.id)
        by_id = self._entry.source_by_id
        return [(number, by_id[id_]) for id_, number in self._numbers.items()]

    def places(self, source: Source) -> str:
        """Where in a source the statements stand: ``third sentence (seat); table (countries, number)``, or nothing."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for item in self._citing[source.id]:
            for where in (where for id_, where in item.citations if where and id_ == source.id):
                found[where][self._label(item)] = None
        return "; ".join(f"{where} ({', '.join(fields)})" for where, fields in found.items())

    def resting(self, source: Source) -> list[tuple[str, Statement]]:
        """The statements that cite a source, each under the label of its field; of one field the later are numbered."""
        told: dict[str, int] = defaultdict(int)
        found = []
        for item in self._citing[source.id]:
            label = self._label(item)
            told[label] += 1
            found.append((label if told[label] == 1 else f"{label} {told[label]}", item))
        return found

    @cached_property
    def _citing(self) -> Mapping[str, list[Statement]]:
        """The statements by the sources that they cite, however often."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for item in self._entry.statements():
            for id_ in set(item.sources):
                found[id_].append(item)
        return found

    def _label(self, item: Statement) -> str:
        return phrases.lower_first(self._schema.at(item.leaf)["title"])

    def basis(self, item: Statement) -> str:
        """On whose word a statement rests, in words: ``an official document and two third parties``."""
        counts: dict[str, int] = {}
        for source in self._entry.cited(item):
            counts[source.kind] = counts.get(source.kind, 0) + 1
        return listed(self._counted(kind, number) for kind, number in counts.items())

    def _counted(self, kind: str, number: int) -> str:
        one, more = self._kind(kind).counted
        return one if number == 1 else more.format(_NUMBERS[number] if number < len(_NUMBERS) else number)


_NUMBERS = "no one two three four five six seven eight nine".split()


class Sheet:
    """What a page and the terminal show of an entry; its footnotes are numbered as it is read."""

    def __init__(self, registry: Registry, entry: Entry) -> None:
        self.registry = registry
        self.entry = entry
        self.schema = registry.schema
        self.notes = Footnotes(entry, self.schema)

    @property
    def title(self) -> str:
        """The name, with the acronym."""
        entry = self.entry
        return f"{entry.title} ({entry.acronym})" if entry.acronym not in ("", entry.title) else entry.title

    @property
    def group(self) -> Term:
        """The group of the entry."""
        return self.registry.term("group", self.entry.group)

    @property
    def topics(self) -> list[Term]:
        """The topics of the entry."""
        return [self.registry.term("topic", topic) for topic in self.entry.topics]

    @cached_property
    def facts(self) -> list[FactRow]:
        """The facts in the order of the schema, without those that have a place of their own."""
        parts = self.schema.leaves.items()
        shown = [(field, part) for field, part in parts if part.get("x-place", _FIRST) == _FIRST]
        rows = (self._row(field, part) for field, part in sorted(shown, key=lambda pair: "x-place" not in pair[1]))
        return [row for row in rows if row.lines]

    def _row(self, field: str, part: Part) -> FactRow:
        found = self.entry.at(field)
        headlines = [one for one in (found if isinstance(found, tuple) else (found,)) if isinstance(one, Statement)]
        if field == "leadership":
            headlines.sort(key=self._order_of_tense)
        make = self._leader if field == "leadership" else self._line
        lines = (make(item, headline, part) for headline in headlines for item in headline.with_others())
        return FactRow(field, part["title"], tuple(lines))

    def _line(self, item: Statement, headline: Statement, part: Part) -> FactLine:
        what = self.schema.child(item.part, "value")
        kind = what.get("x-kind")
        return FactLine(
            phrases.value(item, part, self.schema),
            item,
            rival=item is not headline,
            role=self._role(item),
            extent="the whole list" if isinstance(item, Claim) and item.is_complete else "",
            detail=self._members(item) if "sets" in item.part["properties"] else "",
            # A date does not grow old, nor does a number in a register.
            age=self._age(item) if kind != "date" and isinstance(item, Claim) and _needs_age(item) else "",
            period=phrases.period(item),
            href=_LINKS[kind](str(item.value)) if kind in _LINKS else "",
            on_scale=item is headline and "x-ordered" in what,
        )

    def _leader(self, item: Statement, headline: Statement, _part: Part) -> FactLine:
        """Who has a role in the body; what was and is not known to be so today says so."""
        age = self._age(item) if _needs_age(item) else ""
        if tense_of(self.entry, item, self.registry.today) is Tense.LAST_KNOWN:
            age = age.replace("as of ", "last known, ", 1)
        return FactLine(
            self.registry.holder(item),
            item,
            rival=item is not headline,
            role=self._role(item),
            age=age,
            period=phrases.period(item),
        )

    def _order_of_tense(self, item: Statement) -> int:
        return list(Tense).index(tense_of(self.entry, item, self.registry.today))

    def _age(self, item: Statement) -> str:
        return phrases.age(self.entry, item, self.registry.today)

    def _role(self, item: Statement) -> str:
        """As what a value is meant: the term that an item must begin with, if there is one."""
        key = item.part["required"][0]
        terms = self.schema.vocabulary(self.schema.child(item.part, key)) if key != "value" else ()
        return next((term.short for term in terms if term.value == getattr(item, key)), "")

    def _members(self, item: Statement) -> str:
        """The countries that an account by sets comes to; empty where it names each, or a set is not known."""
        if not item.texts("sets") or not set(item.texts("sets")) <= set(self.registry.sets):
            return ""
        found = codes(item, self.registry.sets)
        return f"{len(found)} countries: {phrases.countries(tuple(found))}"

    def looked(self, question: Block) -> Statement | None:
        """Which sources were read again for an open question; None where nobody has looked."""
        node = question.node.get("checked")
        part = self.schema.child(question.part, "checked")
        return Statement((*question.path, "checked"), node, part) if node is not None else None

    @property
    def ties(self) -> list[tuple[str, list[Tie]]]:
        """The relations from both sides, by their labels, each label once."""
        found: dict[str, list[Tie]] = {}
        for tie in self.registry.ties(self.entry):
            found.setdefault(tie.label, []).append(tie)
        return list(found.items())

    @property
    def history(self) -> list[Statement]:
        """What happened, the oldest first."""
        return sorted(self.entry.history, key=lambda event: dates.parse(event.date).sort_key)

    def document(self, document: tuple[str, str]) -> str:
        """A number of a document with the register that knows it."""
        kind, number = document
        return f"{self.registry.term('document_type', kind).title} {number}" if kind != "other" else number

    @property
    def unlooked(self) -> str:
        """That nobody has read the sources again for open questions; empty where somebody has for each."""
        looked = [self.looked(question) is not None for question in self.entry.open_questions]
        if all(looked):
            return ""
        return "Where no day is given, we have not looked yet." if any(looked) else _NOBODY_LOOKED

    @property
    def confirmed(self) -> str:
        """Who of the body said yes to the entry, and when; empty where nobody did, or nobody has seen proof of it.

        A yes that is too old says so.
        """
        day, source = self.entry.at("confirmed.date"), self.entry.source_by_id.get(self.entry.at("confirmed.by"))
        letter = (source.statement if source else None) or {}
        if not (day and letter.get("proof")):
            return ""
        said = f"Confirmed by {phrases.sender(letter['role'])}, {dates.spoken(day[:7])}"
        is_old = self.registry.today - dates.parse(day).latest > CONFIRMED_FOR
        return f"{said}; lapsed, since that is more than two years ago" if is_old else said

    @property
    def legend(self) -> str:
        """What the words behind a statement mean, and when the sources were read."""
        words = [term.short for term in self.schema.terms("source_kind")]
        whose = (
            f"The words before a number tell whose words they are: {', '.join(words[:-1])} or {words[-1]}; "
            "copy, that they were read on somebody else's server."
        )
        read = [source for source in self.entry.sources if source.is_read_by_us]
        if not read:
            return whose
        days = sorted({source.read_on for source in read})
        when = dates.spoken(days[0]) if len(days) == 1 else f"{dates.spoken(days[0])} to {dates.spoken(days[-1])}"
        where = " in stored copies; no address was opened" if {one.read_how for one in read} == {"stored-copy"} else ""
        return f"{whose} Read on {when}{where}."

    def about_source(self, source: Source) -> str:
        """Author, date, language, number, copy and reading of a source, in one line."""
        letter = source.statement or {}
        parts = [source.author, dates.spoken(source.dated) if source.dated else "undated"]
        if letter:
            parts.append(f"request {letter['request']}, sent as {letter['role']}")
        if source.document and source.document[1] not in source.title:
            parts.append(self.document(source.document))
        if source.language != "en":
            parts.append(f"in {phrases.language(source.language)}")
        copy = f"Copy at {source.copy_by}" if source.copy_by else ""
        person = f"A person opened it on {dates.spoken(source.opened_by_person)}" if source.opened_by_person else ""
        said = (", ".join(parts), copy, phrases.reading(source), person)
        return "".join(f"{part}. " for part in said if part).rstrip()


_NOBODY_LOOKED = "We have not looked for the answers yet."

_FIRST = "first"
"""The place of what readers ask for before all else: it goes before the other facts."""

_LINKS = {"address": phrases.linkable, "contact": phrases.reachable}
"""Where a value of each kind leads."""


def _needs_age(claim: Statement) -> bool:
    """A value with a period of its own tells its time already, unless its evidence has a date as well."""
    return bool(claim.as_of) or not (claim.since or claim.until)


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
