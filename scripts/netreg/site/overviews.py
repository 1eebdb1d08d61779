"""Pages over the whole: the front door, by axis, ages, gaps, coverage, what is new or refused; and how well checked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from netreg.check.runner import COVERAGE, REFUSED
from netreg.core import dates
from netreg.core.names import folded
from netreg.core.schema import Term
from netreg.entry import Entry
from netreg.entry.evidence import OLD, SIGN_OF_LIFE
from netreg.lists import Coverage, Refusal
from netreg.model import Registry
from netreg.model.lineage import Event
from netreg.model.statements import COUNTRIES, StatementRow, figures, networks_by_term, networks_telling, terms_of
from netreg.site.country_pages import country_doors
from netreg.site.listing import Opening, Row, Section, aged, network_links, plain, tables_page
from netreg.site.news import News
from netreg.site.page import Link, Page, entry_path, render
from netreg.site.settings import Settings
from netreg.upkeep.stale import Stale, said, stale_claims


@dataclass(frozen=True)
class Axis:
    """A way to sort all networks: the vocabulary, the page's address and title, and its first paragraph."""

    vocabulary: str
    path: str
    title: str
    lead: str


AXES = (
    Axis("topic", "topics/", "By topic", "Each network has one to four topics; it stands under each of them."),
    Axis(
        "form",
        "form/",
        "By degree of formalisation",
        "How firmly a body is set up, from a circle that meets to a body under public law: the highest step that a "
        "source proves. That an association stands above a treaty body is a convention, since the scale ends in "
        "legal personality.",
    ),
    Axis(
        "range",
        "range/",
        "By range of participants",
        "How far membership reaches, from some or all EU Member States to members on other continents.",
    ),
    Axis("group", "groups/", "By group", "Each network stands in one of four groups, by whose network it is."),
)


@dataclass(frozen=True)
class Crossing:
    """How many networks stand under each two terms of two scales; a term without a value is what is not known."""

    down: str
    across: list[Term]
    rows: list[tuple[Term, list[int]]]


def _crossing(registry: Registry) -> Crossing:
    """Degree of formalisation, the highest step first, by range of participants."""
    schema, unknown = registry.schema, Term("", "Not known", "", 0)
    found = Counter(
        ((terms_of(entry, "form") or ("",))[0], (terms_of(entry, "range") or ("",))[0]) for entry in registry.networks
    )
    across, down = [*schema.terms("range"), unknown], [*reversed(schema.terms("form")), unknown]
    rows = [(term, [found[term.value, other.value] for other in across]) for term in down]
    return Crossing(schema.label("form"), across, [row for row in rows if row[0].value or any(row[1])])


def axis(registry: Registry, kind: Axis) -> Page:
    """All networks under the terms of one vocabulary."""
    by_term: dict[str, list[Entry]] = defaultdict(list)
    for entry in registry.networks:
        for value in terms_of(entry, kind.vocabulary) or ("",):
            by_term[value].append(entry)
    ordered = kind.vocabulary in ("form", "range")
    sections = [
        (term, by_term[term.value]) for term in registry.schema.terms(kind.vocabulary) if ordered or by_term[term.value]
    ]
    steps = len(registry.schema.terms(kind.vocabulary)) if ordered else 0
    html = render(
        "axis.html",
        registry=registry,
        title=kind.title,
        lead=kind.lead,
        sections=sections,
        without=by_term[""],
        steps=steps,
        crossing=_crossing(registry) if kind.vocabulary == "form" else None,
    )
    return Page(kind.path, kind.title, html, description=kind.lead)


@dataclass(frozen=True)
class Lack:
    """Something that a page should tell and cannot: which entries lack it, and what that means for a reader."""

    label: str
    meaning: str
    entries: list[Entry]


def gaps(registry: Registry) -> Page:
    """What is not known, in figures and as questions, the most common field first."""
    by_field: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for entry, about, text in registry.questions():
        by_field[registry.schema.label(about)].append((entry, text))
    ordered = sorted(by_field.items(), key=lambda item: (-len(item[1]), item[0]))
    html = render(
        "gaps.html",
        gaps=_gaps(registry),
        total=len(registry.networks),
        by_field=ordered,
        checked=checked(registry),
        slug=_slug,
    )
    about = "What no source tells yet about European police networks, in figures and as open questions."
    return Page("gaps/", "Gaps and open questions", html, description=about, has_contents=True)


_TOLD_BY_MOST = (
    ("No founding date", "no source that we read gives one", "established"),
    ("No number of participants", "no source says how many take part", "participants.counts"),
    ("No countries", "no source says which countries take part", COUNTRIES),
    ("No leadership", "no source says who leads it or runs its work", "leadership"),
    ("No range", "no source says how far membership reaches", "participants.range"),
    ("No website", "no page of its own is known", "website"),
    ("No contact", "no page or mailbox for others is known", "contact"),
)


def _without(registry: Registry, path: str) -> list[Entry]:
    """The networks that have no statement in a field."""
    telling = networks_telling(registry.statements, path)
    return [entry for entry in registry.networks if entry.id not in telling]


def _gaps(registry: Registry) -> list[Lack]:
    entries = registry.networks
    active = [entry for entry in entries if entry.status and entry.status.value == "active"]
    return [
        Lack(
            "Nothing read live",
            "all that it says was read in copies that others stored",
            [entry for entry in entries if not any(source.is_live for source in entry.sources)],
        ),
        Lack(
            "No recent sign of life",
            "called active by older evidence, with no legal basis in force",
            [entry for entry in active if not registry.is_active(entry)],
        ),
        *(Lack(label, meaning, _without(registry, path)) for label, meaning, path in _TOLD_BY_MOST),
        Lack("Third parties only", "the description rests on nobody else", list(filter(_third_party_only, entries))),
    ]


def _slug(label: str) -> str:
    return "-".join(re.findall(r"\w+", folded(label)))


def _third_party_only(entry: Entry) -> bool:
    return entry.summary is not None and {source.kind for source in entry.cited(entry.summary)} == {"third-party"}


def coverage_page(registry: Registry, coverage: Coverage) -> Page:
    """All public lists of networks with the share of their names that have an entry, and what was left out."""
    counts = {
        "names": sum(len(item.names) for item in coverage.lists),
        "with_entry": sum(item.with_entry for item in coverage.lists),
        "entries": len(coverage.entries),
        "elsewhere": len(registry.networks) - len(coverage.entries),
    }
    html = render("coverage.html", registry=registry, coverage=coverage, counts=counts)
    about = "How many names on public lists of networks have an entry."
    return Page("coverage/", "Coverage", html, about, has_contents=True, edit=COVERAGE)


# How much of the past one page tells; the rest stands in the data, and in the pages of the networks.
_MOST_DAYS = 40
_MOST_CORRECTIONS = 60
_MOST_SENTENCES = 6


def changes_page(news: News) -> Page:
    """What is new: the newest days, and the newest corrections."""
    html = render(
        "changes.html",
        news=news,
        days=list(news.days(_MOST_DAYS)),
        corrections=list(islice(news.corrections, _MOST_CORRECTIONS)),
        most=_MOST_SENTENCES,
    )
    follow = (Link("Atom feed", "feed.xml"), Link("All changes as JSON", "api/v1/changes.json"))
    return Page(
        "changes/",
        "What’s new",
        html,
        description="What changed in the registry, by day and network, and the corrections made.",
        has_contents=True,
        aside=(("Follow it", follow), ("See also", (Link("Refused requests", "refused/"),))),
    )


@dataclass(frozen=True)
class RefusedRequest:
    """A refused request with the entry and the label of the fact that were to be changed, where there are any."""

    refusal: Refusal
    entry: Entry | None
    label: str
    request: str


def refused_page(registry: Registry, refusals: Sequence[Refusal], settings: Settings) -> Page:
    """All refused requests in the order of their list, the newest first, so that nobody asks twice."""
    refused = [
        RefusedRequest(
            refusal,
            registry.entries.get(refusal.entry),
            registry.schema.label(refusal.about) if refusal.about else "",
            settings.request_address(refusal.request) if refusal.request else "",
        )
        for refusal in refusals
    ]
    html = render("refused.html", refused=refused, settings=settings)
    about = "Requests that were refused, each with the reason."
    return Page("refused/", "Refused requests", html, description=about, edit=REFUSED)


@dataclass(frozen=True)
class Checked:
    """How well the registry is checked: its sources, how many of them we read at their address, and whose they are."""

    sources: int
    live: int
    by_readers: int
    kinds: list[tuple[Term, int]]

    @property
    def sentence(self) -> str:
        """What was read live and what not."""
        if self.live == self.sources:
            return f"All {self.sources:,} sources were read live, at their own address."
        if self.live:
            whose = f" ({self.by_readers:,} of them by readers)" if self.by_readers else ""
            said = f"Of {self.sources:,} sources {self.live:,} were read live{whose}"
            return f"{said}; the others are copies that others stored, or letters to us."
        return f"All {self.sources:,} sources were read in copies that others stored; none was opened live yet."

    def width(self, number: int) -> int:
        """The length of a bar in pixels, of which the longest has 240."""
        return round(240 * number / max(1, *(other for _, other in self.kinds)))


def checked(registry: Registry) -> Checked:
    """How well the entries that stand are checked."""
    sources = [source for entry in registry.networks for source in entry.sources]
    kinds = Counter(source.kind for source in sources)
    return Checked(
        len(sources),
        sum(source.is_live for source in sources),
        sum(source.is_live and source.read_by == "reader" for source in sources),
        [(term, kinds[term.value]) for term in registry.schema.terms("source_kind") if kinds[term.value]],
    )


AGES = "ages/"

Claims = Mapping[str, Sequence[StatementRow]]
"""The rows of each claim, one for each of its sources, by the address of the claim."""


def ages_page(registry: Registry) -> Page:
    """The claims by age, the old ones that matter most, and those on one kind of source."""
    claims: dict[str, list[StatementRow]] = defaultdict(list)
    for row in registry.statements:
        if row.source:
            claims[row.claim].append(row)
    old = sum(_is_old(registry, rows) for rows in claims.values())
    day = dates.spoken(dates.shifted(registry.today, -OLD).isoformat())
    lead = (
        f"{old:,} of {len(claims):,} claims rest on evidence older than five years, from before {day}. That makes none "
        "of them wrong: a founding does not grow old, who leads does."
    )
    parts = [_by_age(registry), _changing(registry), _by_network(registry, claims), *_by_kind(registry, claims)]
    return tables_page(registry, Opening(AGES, "Old claims", lead), parts)


def _is_old(registry: Registry, rows: Sequence[StatementRow]) -> bool:
    return rows[0].latest is not None and registry.today - rows[0].latest > OLD


def _by_age(registry: Registry) -> Section:
    counted = figures(registry)["statements_by_age"].items()
    rows = tuple((Link(name[0].upper() + name[1:]), (number,)) for name, number in counted)
    about = "The age of a claim is that of its newest evidence, never the day on which somebody read it."
    return Section("by-age", "All claims by age", columns=("Evidence", "Claims"), figures=rows, about=about)


def _changing(registry: Registry) -> Section:
    found = [one for one in stale_claims(registry) if one.evidence and registry.today - one.evidence.latest > OLD]
    rows = tuple(_changing_row(registry, one) for one in found)
    about = "Facts that change, of bodies that go on, the most pressing first. Do you know better? Tell us."
    return Section("changing", "Facts that change", rows, ("Fact",), about)


def _changing_row(registry: Registry, one: Stale) -> Row:
    label = plain(registry.schema.label(one.watched.field))
    return Row(one.entry, one.claim, label, aged(registry, one.entry, one.claim), said(registry, one.claim))


def _by_network(registry: Registry, claims: Claims) -> Section:
    found: dict[str, list[Sequence[StatementRow]]] = defaultdict(list)
    for rows in claims.values():
        found[rows[0].network].append(rows)
    figured = []
    for id_, of_one in found.items():
        old = sum(_is_old(registry, rows) for rows in of_one)
        undated = sum(rows[0].latest is None for rows in of_one)
        link = Link(registry.entries[id_].label, entry_path(id_))
        figured.append((link, (len(of_one), old, undated)))
    figured.sort(key=lambda one: (-one[1][1], one[0].title.casefold()))
    columns = ("Network", "Claims", "Older than five years", "Undated")
    return Section("by-network", "By network", columns=columns, figures=tuple(figured), number=str(len(figured)))


def _by_kind(registry: Registry, claims: Claims) -> list[Section]:
    """How many claims rest on one kind of source only, and of which networks all do."""
    kinds = {claim: {row.kind for row in rows} for claim, rows in claims.items()}
    of_network: dict[str, set[str]] = defaultdict(set)
    for claim, rows in claims.items():
        of_network[rows[0].network] |= kinds[claim]
    terms = registry.schema.terms("source_kind")
    alone = tuple((Link(term.title), (sum(found == {term.value} for found in kinds.values()),)) for term in terms)
    runs = (
        (term.title, network_links(registry.entries[id_] for id_, found in of_network.items() if found == {term.value}))
        for term in terms
    )
    wholly = tuple(run for run in runs if run[1])
    about = "On one kind of source alone: nobody of another kind has been found to say the same."
    told = "Each claim of these networks rests on one kind of source. Another would help: tell us on the entry."
    return [
        Section("one-kind", "Claims on one kind of source", columns=("Kind", "Claims"), figures=alone, about=about),
        Section("networks-on-one-kind", "Networks on one kind of source", about=told, runs=wholly),
    ]


# The order of the listing of origin; the schema has the groups in the order in which their questions are asked.
_AS_IN_THE_LISTING = ("eu-associated", "other-european", "council-working-groups", "eu-bodies")

_EXAMPLES = ("police dogs", "J-CAT", "cybercrime", "customs")
"""Words under the search of the front door, each of another kind."""

_ASKED = (
    ("Is a network still alive, and what took over?", "All networks with their status", "networks/"),
    ("What does my country take part in, and as what?", "Networks by country", "countries/"),
    ("Who leads, chairs or serves a network?", "Who leads what", "leads/"),
    ("What do the Council, the Commission or INTERPOL run?", "Networks by body", "bodies/"),
    ("What was founded, renamed or ended lately?", "Events by year", "events/"),
    ("What came when, and what came out of what?", "A timeline of all networks", "timeline/"),
    ("Which claims are old?", "Claims by age", "ages/"),
    ("Which bodies rest on a decision in force?", "What they rest on", "acts/"),
    ("Who works on drugs, dogs or forensics?", "Networks by topic", "topics/"),
    ("How firmly is a network set up?", "By degree of formalisation", "form/"),
    ("What does nobody know?", "Gaps and open questions", "gaps/"),
    ("On whose word does all this stand?", "How we know", "method/"),
    ("How do I get all of it as data?", "Data to download", "data/"),
    ("Is something wrong or missing?", "Tell us", "contribute/"),
)
"""What people come for: a question, the words of the link that answers it, and where that leads."""

_LATELY = 5
_TURNS = ("founded", "started-work", "renamed", "became-legal-person", "legal-act-replaced", "merged", "ended")
"""Events after which a network is another, or no more; the front door tells the newest of them."""


def landing(registry: Registry, settings: Settings) -> Page:
    """The front door: what this is, the search, and ways in by question, topic, group and what happened lately."""
    counts, sources = _counts(registry), checked(registry)
    topics = sorted(networks_by_term(registry, "topic"), key=lambda pair: pair[0].title)
    by_group = {term.value: (term, number) for term, number in networks_by_term(registry, "group")}
    html = render(
        "landing.html",
        registry=registry,
        counts=counts,
        doors=_doors(registry, counts, sources),
        examples=_EXAMPLES,
        asked=_ASKED,
        topics=[(term, number) for term, number in topics if number],
        countries=country_doors(registry),
        groups=[by_group[value] for value in _AS_IN_THE_LISTING if by_group[value][1]],
        events=_newest_turns(registry),
        checked=sources,
    )
    about = (
        f"{counts['networks']:,} European police networks: what they do, who takes part, whether they still exist, "
        "and how we know. Each statement with its source and its age."
    )
    return Page("", settings.name, html, description=about)


def _doors(registry: Registry, counts: Mapping[str, int], sources: Checked) -> list[tuple[int, list[Link]]]:
    """The figures of the front door, each with its words, which lead to what was counted."""
    by_status = networks_by_term(registry, "status")
    closed = [(term, number) for term, number in by_status if term.is_closed]
    unknown = sum(number for term, number in by_status if term.value == "unknown")
    over = [Link(term.title.lower(), f"networks/?status={term.value}") for term, number in closed if number]
    return [
        (counts["networks"], [Link("networks in one table", "networks/")]),
        (counts["seen"], [Link(f"active and seen since {counts['since']}", "networks/?status=active")]),
        (counts["statements"], [Link("statements, each with its source", "method/")]),
        (counts["questions"], [Link("open questions", "gaps/")]),
        (unknown, [Link("of unknown status", "networks/?status=unknown")]),
        (sum(number for _, number in closed), over or [Link("no more")]),
        (sources.sources, [Link("sources", "#checked")]),
        (sources.live, [Link("sources read live so far", "sources/")]),
    ]


def _newest_turns(registry: Registry) -> list[Event]:
    """The newest turns in the life of networks, the latest first; what is still to come has not happened."""
    turns = (event for event in registry.events if event.item.field == "history" and event.kind in _TURNS)
    past = [event for event in turns if event.when.latest <= registry.today]
    return past[: -_LATELY - 1 : -1]


def _counts(registry: Registry) -> dict[str, int]:
    since = dates.shifted(registry.today, -SIGN_OF_LIFE).year
    return {
        "networks": len(registry.networks),
        "seen": sum(_seen_since(entry, since) for entry in registry.networks),
        "since": since,
        "statements": sum(1 for entry in registry.networks for item in entry.statements() if item.sources),
        "questions": sum(len(entry.open_questions) for entry in registry.networks),
    }


def _seen_since(entry: Entry, year: int) -> bool:
    seen = entry.evidence_of(entry.status) if entry.status and entry.status.value == "active" else None
    return seen is not None and seen.latest.year >= year
