"""The page of one network: what its template shows, said in words and numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from netreg.core import dates
from netreg.core.address import short
from netreg.core.schema import Term
from netreg.entry import Claim, Entry, Source, Spot, Statement
from netreg.model import Registry, Tie
from netreg.site import phrases as words
from netreg.site.footnotes import Footnotes
from netreg.site.news import News
from netreg.site.page import Heading, Link, Page, to_root
from netreg.site.render import render
from netreg.site.settings import Settings
from netreg.site.ways import Desk

_SECTIONS = (
    ("facts", "Facts"),
    ("names", "Other names"),
    ("legal-basis", "Legal basis"),
    ("relations", "Related bodies"),
    ("history", "History"),
    ("questions", "Open questions"),
    ("sources", "Sources"),
    ("changes", "Changes to this entry"),
    ("cite", "Cite and reuse"),
)


@dataclass(frozen=True)
class Line:
    """One value of a fact as it stands on the page."""

    text: str
    claim: Claim
    rival: bool = False
    age: str = ""
    period: str = ""
    href: str = ""
    criterion: str = ""


@dataclass(frozen=True)
class Row:
    """A fact: its dotted path in the schema, its label and its values, the headline first."""

    field: str
    label: str
    lines: tuple[Line, ...]


def entry_path(id_: str) -> str:
    """The address of a network's page below the root of the site."""
    return f"networks/{id_}/"


def correct_path(id_: str) -> str:
    """The address of the page on which a network's entry can be corrected."""
    return f"{entry_path(id_)}correct/"


def entry_page(registry: Registry, entry: Entry, settings: Settings, news: News) -> Page:
    """The page of one network, or of a withdrawn entry."""
    if entry.withdrawn:
        return _tombstone(registry, entry)
    path = entry_path(entry.id)
    view = View(registry, entry, settings)
    html = render(
        "network.html", view=view, entry=entry, settings=settings, root=to_root(path), log=news.log(entry), gap=news.gap
    )
    headings = tuple(Heading(anchor, title) for anchor, title in _SECTIONS if f'id="{anchor}"' in html)
    return Page(
        path,
        f"{entry.title} ({entry.acronym})" if entry.acronym not in ("", entry.title) else entry.title,
        html,
        description=str(entry.purpose.value) if entry.purpose else entry.name,
        headings=headings,
        aside=view.aside,
        edit=f"registry/{entry.id}.yaml",
        keywords=_keywords(entry),
    )


def _keywords(entry: Entry) -> tuple[str, ...]:
    """All names of a body, and the numbers of the acts it rests on."""
    names = [entry.name, entry.short_name, entry.acronym]
    others = [part for name in entry.other_names for part in (name.name, name.acronym)]
    acts = [part for act in entry.legal_basis for part in (act.title, act.document[1] if act.document else "")]
    return tuple(dict.fromkeys(filter(None, [*names, *others, *acts])))


def _tombstone(registry: Registry, entry: Entry) -> Page:
    path = entry_path(entry.id)
    withdrawn = dict(entry.withdrawn or {})
    see = registry.entries.get(withdrawn.get("see", ""))
    html = render("withdrawn.html", entry=entry, withdrawn=withdrawn, see=see, root=to_root(path))
    return Page(path, entry.title, html, description=withdrawn["reason"], edit=f"registry/{entry.id}.yaml")


class View:
    """What the template of a network asks for; numbers footnotes as it is rendered."""

    def __init__(self, registry: Registry, entry: Entry, settings: Settings) -> None:
        self.registry = registry
        self.entry = entry
        self.settings = settings
        self.notes = Footnotes(entry, registry.schema)

    # Terms with their titles, by their values.

    def _terms(self, vocabulary: str) -> dict[str, Term]:
        return {term.value: term for term in self.registry.schema.terms(vocabulary)}

    @cached_property
    def name_kinds(self) -> dict[str, Term]:
        return self._terms("name_kind")

    @cached_property
    def act_roles(self) -> dict[str, Term]:
        return self._terms("act_role")

    @cached_property
    def event_kinds(self) -> dict[str, Term]:
        return self._terms("event_kind")

    @cached_property
    def source_kinds(self) -> dict[str, Term]:
        return self._terms("source_kind")

    @property
    def group(self) -> Term:
        return self.registry.term("group", self.entry.group)

    @property
    def form(self) -> Term | None:
        return self.registry.term("form", str(self.entry.form.value)) if self.entry.form else None

    @property
    def steps(self) -> int:
        return len(self.registry.schema.terms("form"))

    @property
    def topics(self) -> list[Term]:
        return [self.registry.term("topic", topic) for topic in self.entry.topics]

    @property
    def range(self) -> Term | None:
        return self.registry.term("range", str(self.entry.range.value)) if self.entry.range else None

    # The head.

    @property
    def status_word(self) -> str:
        assert self.entry.status is not None
        return self.registry.term("status", str(self.entry.status.value)).title

    @property
    def status_age(self) -> str:
        """When it was last seen, and for what ended, when."""
        entry = self.entry
        assert entry.status is not None
        if entry.status.value not in ("active", "dormant", "unknown"):
            return dates.spoken(str(entry.ended.value), between=True) if entry.ended else ""
        seen = entry.evidence_of(entry.status)
        return f"last seen {dates.spoken(seen.text)}" if seen else "undated"

    # The facts.

    @cached_property
    def facts(self) -> list[Row]:
        return [row for row in self._rows() if row.lines]

    def _rows(self) -> Iterator[Row]:
        entry, row = self.entry, self._row
        yield row("status", self._lines(entry.status, self._status))
        yield row("established", self._lines(entry.established, _moment, aged=False))
        yield row("ended", self._lines(entry.ended, _moment, aged=False))
        yield row("form", self._lines(entry.form, self._term("form"), criterion=self.form))
        yield Row("participants.kinds", "Who takes part", self._lines(entry.kinds, self._kinds))
        range_ = self._lines(entry.range, self._term("range"), criterion=self.range)
        yield Row("participants.range", "Range of participants", range_)
        yield Row("participants.counts", "Number", self._many(entry.counts, self._count))
        yield Row("participants.countries", "Countries", self._lines(entry.countries, _countries))
        yield row("tasks", self._many(entry.tasks, _text))
        yield row("seat", self._lines(entry.seat, _text))
        yield row("secretariat", self._lines(entry.secretariat, _text))
        yield row("governance", self._lines(entry.governance, _text))
        yield row("website", self._lines(entry.website, _address))

    def _row(self, field: str, lines: tuple[Line, ...]) -> Row:
        return Row(field, self.registry.schema.label(field), lines)

    def _many(self, claims: tuple[Claim, ...], say: Callable[[Claim], str]) -> tuple[Line, ...]:
        return tuple(line for claim in claims for line in self._lines(claim, say))

    def _lines(
        self,
        claim: Claim | None,
        say: Callable[[Claim], str],
        *,
        aged: bool = True,
        criterion: Term | None = None,
    ) -> tuple[Line, ...]:
        if claim is None:
            return ()
        return tuple(
            Line(
                say(item),
                item,
                rival=item is not claim,
                age=words.age(self.entry, item, self.registry.today) if aged and _needs_age(item) else "",
                period=words.period(item),
                href=words.linkable(str(item.value)) if say is _address else "",
                criterion=criterion.criterion if criterion and item is claim else "",
            )
            for item in claim.with_others()
        )

    def _term(self, vocabulary: str) -> Callable[[Claim], str]:
        def say(claim: Claim) -> str:
            term = self.registry.term(vocabulary, str(claim.value))
            if vocabulary == "form":
                return f"{term.title}, step {term.step} of {self.steps}"
            return term.title

        return say

    def _status(self, claim: Claim) -> str:
        return self.registry.term("status", str(claim.value)).title

    def _count(self, claim: Claim) -> str:
        return words.count(claim, self.registry.schema)

    def _kinds(self, claim: Claim) -> str:
        titles = [self.registry.term("participant_kind", kind).title for kind in claim.value]
        return ", ".join([titles[0], *(_lower_first(title) for title in titles[1:])])

    # Lists.

    @property
    def ties(self) -> list[tuple[str, list[Tie]]]:
        found = self.registry.ties(self.entry)
        return [(label, list(group)) for label, group in groupby(found, key=lambda tie: tie.label)]

    @property
    def history(self) -> list[Statement]:
        return sorted(self.entry.history, key=lambda event: dates.parse(event.date).sort_key)

    @staticmethod
    def period(name: Statement) -> str:
        return words.period(name)

    @staticmethod
    def moment(relation: Statement) -> str:
        return words.moment(relation)

    @staticmethod
    def act_dates(act: Statement) -> str:
        return words.act_dates(act)

    def document(self, document: tuple[str, str]) -> str:
        kind, number = document
        return f"{self.registry.term('document_type', kind).title} {number}" if kind != "other" else number

    def field_label(self, about: str) -> str:
        return self.registry.schema.label(about)

    # Sources.

    @property
    def legend(self) -> str:
        """What the words behind a statement mean, and when the sources were read."""
        whose = (
            "The word before a number tells whose words they are: own, official, or a third party's; "
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
        published = source.published or letter.get("date")
        parts = [source.author, dates.spoken(published) if published else "undated"]
        if letter:
            parts.append(f"request {letter['request']}, sent as {letter['role']}")
        if source.document and source.document[1] not in source.title:
            parts.append(self.document(source.document))
        if source.language != "en":
            parts.append(f"in {words.language(source.language)}")
        line = ", ".join(parts)
        if source.copy_by:
            line += f". Copy at {source.copy_by}"
        read = words.reading(source)
        return f"{line}. {read}." if read else f"{line}."

    # The end of the page, and what stands beside it.

    @property
    def identifier(self) -> str:
        return self.settings.page_address(entry_path(self.entry.id)) or f"urn:netreg:{self.entry.id}"

    @property
    def citation(self) -> str:
        """How to cite the entry, with the day for which the ages on the page are told."""
        name = self.entry.name + (f" ({self.entry.acronym})" if self.entry.acronym else "")
        day = dates.spoken(self.registry.today.isoformat())
        return f"“{name}”, in: {self.settings.name}, {self.settings.publisher}, version of {day}, {self.identifier}."

    def answer(self, question: Spot) -> str:
        """Where an open question can be answered in a form; empty while there is none."""
        return self._desk.answer(question).form

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self.entry, self.settings, self.registry.schema)

    @property
    def edit(self) -> str:
        return self.settings.edit_address(f"registry/{self.entry.id}.yaml")

    @property
    def aside(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        correct = Link("Correct this entry", correct_path(self.entry.id))
        edit = (Link("Edit this entry", self.edit),) if self.edit else ()
        promise = Link(f"First answer within {self.settings.answer_days} days")
        page = entry_path(self.entry.id)
        use = (Link("Cite", f"{page}#cite"), Link("JSON", f"api/v1/networks/{self.entry.id}.json"))
        return (("Something wrong?", (correct, *edit, promise)), ("Use it", use))


def _needs_age(claim: Claim) -> bool:
    """A value with a period of its own tells its time already, unless its evidence has a date as well."""
    return bool(claim.as_of) or not (claim.since or claim.until)


def _text(claim: Claim) -> str:
    return str(claim.value)


def _moment(claim: Claim) -> str:
    return dates.spoken(str(claim.value), between=True)


def _address(claim: Claim) -> str:
    return short(str(claim.value))


def _countries(claim: Claim) -> str:
    return ", ".join(words.country(code) for code in claim.value)


def _lower_first(title: str) -> str:
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
