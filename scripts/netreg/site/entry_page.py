"""The page of one network, and the table of all, which can be narrowed and sorted."""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from netreg.core import dates
from netreg.core.names import folded, normal_form
from netreg.core.schema import Term
from netreg.entry import Block, Claim, Entry, Statement
from netreg.entry.country_sets import codes
from netreg.entry.evidence import bounds
from netreg.model import Registry, Tie
from netreg.model.participation import Verdict
from netreg.model.phrases import count, country, linkable
from netreg.model.sheet import FactLine, FactRow, Sheet
from netreg.model.statements import networks_by_term, terms_of
from netreg.site.bars import FamilyPicture, strip
from netreg.site.correct_page import Desk
from netreg.site.listing import holders
from netreg.site.news import News
from netreg.site.page import Link, Page, correct_path, country_path, entry_path, render, to_root
from netreg.site.settings import Settings


def entry_page(registry: Registry, entry: Entry, settings: Settings, news: News) -> Page:
    """The page of one network, or of a withdrawn entry."""
    if entry.withdrawn:
        return _tombstone(registry, entry)
    path = entry_path(entry.id)
    view = NetworkView(registry, entry, settings)
    html = render(
        "network.html",
        view=view,
        entry=entry,
        settings=settings,
        root=to_root(path),
        log=news.log(entry),
        gap=news.gap,
        state=news.state(entry),
        changed=news.changed_since(entry, entry.at("confirmed.commit") or ""),
    )
    return Page(
        path,
        view.title,
        html,
        description=view.about,
        has_contents=True,
        aside=view.aside,
        edit=view.file,
        twins=_twins(path),
    )


def _tombstone(registry: Registry, entry: Entry) -> Page:
    path = entry_path(entry.id)
    withdrawn = dict(entry.withdrawn or {})
    see = registry.entries.get(withdrawn.get("see", ""))
    html = render("withdrawn.html", entry=entry, withdrawn=withdrawn, see=see, root=to_root(path))
    edit = f"registry/{entry.id}.yaml"
    return Page(path, entry.title, html, description=withdrawn["reason"], edit=edit, twins=_twins(path))


def _twins(path: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{path[:-1]}.{ending}", kind) for ending, (_, kind) in _TWINS.items())


_TWINS = {
    "json": ("JSON", "application/json"),
    "md": ("Markdown", "text/markdown"),
    "atom": ("Atom feed of its changes", "application/atom+xml"),
}
"""How the files end that lie beside the page of a network, what a reader calls them, and their types."""

_LEADS = ("lead", "chair", "presidency")


@dataclass(frozen=True)
class Glance:
    """One answer at the top of a page: its label, its field, and the value, None where nobody has told.

    ``is_whole`` says that it is all that there is to tell, so that no row below repeats it.
    """

    label: str
    field: str
    line: FactLine | None
    has_one: bool

    @property
    def is_whole(self) -> bool:
        """Whether the answer is the whole fact: one value, with nothing said beside it."""
        return self.has_one and self.line is not None and not (self.line.detail or self.line.claim.note)


def status_of(registry: Registry, entry: Entry) -> tuple[str, str]:
    """The status of a network, and when it was last seen; for what ended, when that was."""
    assert entry.status is not None
    word = registry.term("status", str(entry.status.value)).title
    if entry.is_closed:
        return word, dates.spoken(str(entry.ended.value), between=True) if entry.ended else ""
    return word, registry.last_seen(entry)


def _day(claim: Claim | None) -> str:
    """A date that every machine understands: only one that is sure and to the day, the month or the year."""
    return str(claim.value) if claim and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", str(claim.value)) else ""


class NetworkView(Sheet):
    """The sheet of a network with what only a page has: the head, the citation, and where it can be corrected."""

    def __init__(self, registry: Registry, entry: Entry, settings: Settings) -> None:
        super().__init__(registry, entry)
        self.settings = settings
        self.file = f"registry/{entry.id}.yaml"
        self.edit = settings.edit_address(self.file)

    @property
    def about(self) -> str:
        """One line for whoever pastes the address of the page: what the body is for, and what is known of it."""
        purpose = str(self.entry.purpose.value) if self.entry.purpose else self.entry.name
        return f"{purpose}. {', '.join(filter(None, status_of(self.registry, self.entry)))}."

    @cached_property
    def glance(self) -> list[Glance]:
        """What people ask first: is it alive, since when, how large, who leads, where, how to reach it."""
        word, when = status_of(self.registry, self.entry)
        status = self._answer("Status", "status")
        if status.line:
            age = ", ".join(filter(None, (when, status.line.age if self.entry.is_closed else "")))
            status = replace(status, line=replace(status.line, text=word, age=age, period="", detail=""))
        lead = self._answer("Lead", "leadership", *_LEADS)
        seat = self._answer("Seat", "seat")
        office = self._answer("Secretariat", "leadership", "secretariat", "host")
        site, contact = self._answer("Website", "website"), self._answer("Contact", "contact")
        return [
            status,
            self._answer("Since", "established"),
            self._answer("Members", "participants.counts"),
            lead,
            office if office.line and not seat.line else seat,
            contact if contact.line and not site.line else site,
        ]

    def _answer(self, label: str, field: str, *roles: str) -> Glance:
        """The first value of a fact, of those with one of the roles where roles are given."""
        told = [line for row in self.facts if row.field == field for line in row.lines]
        lines = [line for line in told if not roles or line.claim.role in roles]
        return Glance(label, field, lines[0] if lines else None, has_one=len(told) == 1)

    def pieces(self, line: FactLine) -> list[Link]:
        """What a line says, in pieces; those who lead and the countries of a list lead to their pages."""
        if line.claim.path[0] == "leadership":
            return [part for one in holders(self.registry, line.claim) for part in (Link(", "), one)][1:]
        return self.countries(line.text, line.claim)

    def countries(self, text: str, claim: Statement) -> list[Link]:
        """A text that names the countries of a statement, cut at each, so that it can lead to its page."""
        named = codes(claim, self.registry.sets) | set(claim.texts("except"))
        paths = {country(code): country_path(code) for code in named if code in self.registry.by_country}
        if not paths:
            return [Link(text)]
        longest_first = sorted(map(re.escape, paths), key=len, reverse=True)
        return [Link(part, paths.get(part, "")) for part in re.split(rf"\b({'|'.join(longest_first)})\b", text) if part]

    @property
    def further(self) -> list[FactRow]:
        """The facts that the answers at the top do not tell whole."""
        told = {answer.field for answer in self.glance if answer.is_whole}
        return [row for row in self.facts if row.field not in told]

    @cached_property
    def neighbours(self) -> Neighbours | None:
        """Those who state a tie to it, where they are many; None where a line tells them."""
        return neighbours(self.registry, self.entry)

    @cached_property
    def lineage(self) -> FamilyPicture | None:
        """What it came out of, went on in, and what is part of what; None where no source tells."""
        return strip(self.registry, self.entry)

    @property
    def became(self) -> list[tuple[str, list[Tie]]]:
        """What took over from a body that is no more."""
        return [pair for pair in self.ties if self.entry.is_closed and self._is_later(pair[1][0])]

    def _is_later(self, tie: Tie) -> bool:
        return tie.type == ("merged_into" if tie.stated_in.id == self.entry.id else "successor_of")

    @property
    def linked_data(self) -> dict[str, Any]:
        """The body for machines that read pages (schema.org); empty while the site has no address."""
        entry = self.entry
        if not self.settings.site_url:
            return {}
        told = {
            "@context": "https://schema.org",
            "@type": "Organization",
            "@id": self.identifier,
            "name": entry.name,
            "alternateName": [name for name in entry.names if name != entry.name],
            "description": str(entry.purpose.value) if entry.purpose else "",
            "url": linkable(str(entry.website.value)) if entry.website else "",
            "foundingDate": _day(entry.established),
            "dissolutionDate": _day(entry.ended),
            "mainEntityOfPage": self.identifier,
        }
        return {key: value for key, value in told.items() if value}

    @property
    def identifier(self) -> str:
        return self.settings.page_address(entry_path(self.entry.id)) or f"urn:netreg:{self.entry.id}"

    @property
    def citation(self) -> str:
        """How to cite the entry, with the day for which the ages on the page are told."""
        name = self.entry.name + (f" ({self.entry.acronym})" if self.entry.acronym else "")
        day = dates.spoken(self.registry.today.isoformat())
        return f"“{name}”, in: {self.settings.name}, {self.settings.publisher}, version of {day}, {self.identifier}."

    def answer(self, question: Block) -> str:
        """Where an open question can be answered in a form; empty while there is none."""
        return self._desk.answer(question).form

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self.entry, self.settings, self.schema)

    @property
    def aside(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        correct = Link("Correct this entry", correct_path(self.entry.id))
        edit = (Link("Edit this entry", self.edit),) if self.edit else ()
        promise = Link(f"First answer within {self.settings.answer_days} days")
        page = entry_path(self.entry.id)
        twins = (Link(name, f"{page[:-1]}.{ending}") for ending, (name, _) in _TWINS.items())
        use = (Link("Cite", f"{page}#cite"), *twins)
        return (("Something wrong or missing?", (correct, *edit, promise)), ("Use it", use))


_FEW = 4
"""From so many neighbours on they are drawn; fewer are told in one line each."""


@dataclass(frozen=True)
class TieMark:
    """A tie as it is drawn: the year of its evidence, 0 where it is undated, and whether it is our reading."""

    year: int
    is_likely: bool


@dataclass(frozen=True)
class Neighbour:
    """A network with its ties to the body, in the order of the columns; None where it states none of that kind."""

    entry: Entry
    anchor: str
    marks: tuple[TieMark | None, ...]


@dataclass(frozen=True)
class Neighbours:
    """The columns, named as seen from the body, and the rows: by the first column in which they stand, newest first."""

    labels: tuple[str, ...]
    rows: tuple[Neighbour, ...]


def neighbours(registry: Registry, entry: Entry) -> Neighbours | None:
    """Who states a tie to an entry; None where there are too few to be drawn."""
    found: dict[str, dict[str, Tie]] = defaultdict(dict)
    ties = [tie for tie in registry.ties(entry) if tie.stated_in.id != entry.id]
    for tie in sorted(ties, key=lambda tie: _mark(tie).year):
        found[tie.stated_in.id][tie.label] = tie
    if len(found) < _FEW:
        return None
    labels = tuple(dict.fromkeys(tie.label for tie in ties))
    rows = [_neighbour(registry.entries[id_], labels, of_one) for id_, of_one in found.items()]
    return Neighbours(labels, tuple(sorted(rows, key=_order)))


def _neighbour(entry: Entry, labels: tuple[str, ...], ties: dict[str, Tie]) -> Neighbour:
    has_role = any(tie.relation.field == "leadership" for tie in ties.values())
    marks = tuple(_mark(ties[label]) if label in ties else None for label in labels)
    return Neighbour(entry, "facts" if has_role else "relations", marks)


def _mark(tie: Tie) -> TieMark:
    known = bounds(tie.stated_in.evidence_of(tie.relation))
    return TieMark(known[1].year if known else 0, tie.relation.likely)


def _order(one: Neighbour) -> tuple[int, int, str]:
    column, mark = next((place, mark) for place, mark in enumerate(one.marks) if mark)
    return (column, -mark.year, one.entry.label.casefold())


@dataclass(frozen=True)
class TableRow:
    """One network in the table of all; ``facets`` are the terms by which the table can be narrowed.

    ``short`` is the name by which it is sorted, empty where only ``full`` is there; ``anchor`` the id of the first row
    of a letter. ``status`` is the word and when it was last seen; ``members`` a number with its unit.
    """

    entry: Entry
    short: str
    full: str
    anchor: str
    group: Term
    form: Term | None
    range: Term | None
    step: int
    status: tuple[str, str]
    since: str
    since_order: str
    members: str
    members_order: int
    facets: dict[str, str]
    search: str


@dataclass(frozen=True)
class Facet:
    """One way to narrow the table: its key in the address, its label, its terms as value, title, number of networks."""

    key: str
    label: str
    terms: list[tuple[str, str, int]]


_FACETS = (
    ("status", "Status"),
    ("topic", "Topic"),
    ("form", "Degree of formalisation"),
    ("range", "Range"),
    ("group", "Group"),
)


def networks(registry: Registry) -> Page:
    """The table of all networks, by the name that everybody uses."""
    letters: dict[str, str] = {}
    taking_part = _taking_part(registry)
    rows = [_row(registry, entry, letters, taking_part) for entry in sorted(registry.networks, key=_by_name)]
    facets = [Facet(key, label, _terms(registry, key)) for key, label in _FACETS]
    facets.append(Facet("country", "Country", _countries(taking_part)))
    alphabet = [(letter, letters.get(letter, "")) for letter in string.ascii_uppercase]
    html = render("networks.html", rows=rows, facets=facets, letters=alphabet)
    about = f"All {len(rows)} networks in one table: status, founding, members, degree of formalisation and range."
    return Page("networks/", "All networks", html, description=about)


def _terms(registry: Registry, key: str) -> list[tuple[str, str, int]]:
    return [(term.value, term.title, number) for term, number in networks_by_term(registry, key) if number]


def _taking_part(registry: Registry) -> Mapping[str, list[str]]:
    """By network the countries that take or took part in it, as sources tell."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, cells in registry.by_country.items():
        for cell in cells:
            if cell.verdict is Verdict.TAKES_PART:
                found[cell.entry.id].append(code)
    return found


def _countries(taking_part: Mapping[str, list[str]]) -> list[tuple[str, str, int]]:
    found = Counter(code for codes in taking_part.values() for code in codes)
    return sorted(
        ((code, country(code), number) for code, number in found.items()), key=lambda one: normal_form(one[1])
    )


def _by_name(entry: Entry) -> str:
    return re.sub(r"^\W+", "", folded(_short(entry) or entry.title))  # @ON stands among the letters


def _short(entry: Entry) -> str:
    """The name of one word in a narrow column; empty where there is none."""
    return entry.acronym or (entry.short_name if " " not in entry.short_name else "")


def _row(registry: Registry, entry: Entry, letters: dict[str, str], taking_part: Mapping[str, list[str]]) -> TableRow:
    """The row of a network; the first one of a letter is noted in ``letters``."""
    facets = {key: terms_of(entry, key) for key, _label in _FACETS}
    form, range_ = ([registry.term(key, value) for value in facets[key]] for key in ("form", "range"))
    letter = _by_name(entry)[:1].upper()
    is_first = letter not in letters
    anchor = letters.setdefault(letter, f"letter-{letter.lower()}")
    members = entry.counts[0] if entry.counts else None
    names = [entry.name, entry.short_name, *entry.names, *(str(part.value) for part in [entry.purpose] if part)]
    topics = [registry.term("topic", topic).title for topic in entry.topics]
    return TableRow(
        entry=entry,
        short=_short(entry),
        full=entry.title if entry.title != _short(entry) else "",
        anchor=anchor if is_first else "",
        group=registry.term("group", entry.group),
        form=form[0] if form else None,
        range=range_[0] if range_ else None,
        step=registry.step(entry),
        status=status_of(registry, entry),
        since=_year(entry.established),
        since_order=dates.parse(str(entry.established.value)).latest.isoformat() if entry.established else "",
        members=count(members, registry.schema) if members else "",
        members_order=int(members.value) if members else -1,
        facets={key: " ".join(values) for key, values in {**facets, "country": taking_part.get(entry.id, ())}.items()},
        search=" ".join(dict.fromkeys(filter(None, [*names, *topics]))),
    )


def _year(claim: Claim | None) -> str:
    """The founding year as exactly as it is known, for a narrow column."""
    if claim is None:
        return ""
    when = dates.parse(str(claim.value))
    years = sorted({point.earliest.year for point in (when.start, when.end) if point})
    if when.start is None or (when.start.precision in ("decade", "century")):
        return dates.spoken(when.text)
    about = "about " if when.start.qualifier else ""
    return about + " to ".join(map(str, years))
