"""Pages over the whole: landing, the table of all networks, by axis, gaps, coverage, what is new, what was refused."""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from netreg.check.list_check import COVERAGE
from netreg.core import dates
from netreg.core.names import folded
from netreg.core.schema import Term
from netreg.entry import Claim, Entry, Statement
from netreg.entry.evidence import SIGN_OF_LIFE
from netreg.lists.coverage import Coverage
from netreg.lists.refused import PATH as REFUSED
from netreg.lists.refused import Refusal
from netreg.model import Registry
from netreg.model.figures import networks_telling
from netreg.model.phrases import count, joined
from netreg.model.sheet import terms_of
from netreg.model.statements import COUNTRIES
from netreg.site.country_pages import country_doors
from netreg.site.entry_page import status_of
from netreg.site.news import News
from netreg.site.page import Heading, Link, Page
from netreg.site.render import render
from netreg.site.settings import Settings

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
    counts, checked = _counts(registry), _checked(registry)
    topics = sorted(_numbers(registry, "topic"), key=lambda pair: pair[0].title)
    by_group = {term.value: (term, number) for term, number in _numbers(registry, "group")}
    html = render(
        "landing.html",
        registry=registry,
        counts=counts,
        doors=_doors(registry, counts, checked),
        examples=_EXAMPLES,
        asked=_ASKED,
        topics=[(term, number) for term, number in topics if number],
        countries=country_doors(registry),
        groups=[by_group[value] for value in _AS_IN_THE_LISTING if by_group[value][1]],
        events=_newest_events(registry),
        checked=checked,
    )
    about = (
        f"{counts['networks']:,} European police networks: what they do, who takes part, whether they still exist, "
        "and how we know. Each statement with its source and its age."
    )
    return Page("", settings.name, html, description=about)


def _numbers(registry: Registry, axis: str) -> list[tuple[Term, int]]:
    """How many networks stand under each term of an axis."""
    found = Counter(value for entry in registry.networks for value in terms_of(entry, axis))
    return [(term, found[term.value]) for term in registry.schema.terms(axis)]


def _doors(registry: Registry, counts: Mapping[str, int], checked: Checked) -> list[tuple[int, str, str]]:
    """The figures of the front door, each with its words and where it leads."""
    by_status = _numbers(registry, "status")
    closed = [(term, number) for term, number in by_status if term.is_closed]
    unknown = sum(number for term, number in by_status if term.value == "unknown")
    return [
        (counts["networks"], "networks in one table", "networks/"),
        (counts["seen"], f"active and seen since {counts['since']}", "networks/?status=active"),
        (counts["statements"], "statements, each with its source", "method/"),
        (counts["questions"], "open questions", "gaps/"),
        (unknown, "of unknown status", "networks/?status=unknown"),
        (sum(number for _, number in closed), joined([term.title for term, _ in closed]).lower(), "networks/"),
        (checked.sources, "sources", "#checked"),
        (checked.live, "sources read live so far", "sources/"),
    ]


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


def _checked(registry: Registry) -> Checked:
    sources = [source for entry in registry.networks for source in entry.sources]
    kinds = Counter(source.kind for source in sources)
    return Checked(
        len(sources),
        sum(source.is_live for source in sources),
        sum(source.is_live and source.read_by == "reader" for source in sources),
        [(term, kinds[term.value]) for term in registry.schema.terms("source_kind") if kinds[term.value]],
    )


def _newest_events(registry: Registry) -> list[tuple[Entry, Statement]]:
    """The newest turns in the life of networks, the latest first; what is still to come has not happened."""
    turns = [
        (dates.parse(event.date), entry, event)
        for entry in registry.networks
        for event in entry.history
        if event.event in _TURNS
    ]
    past = sorted((turn for turn in turns if turn[0].latest <= registry.today), key=lambda turn: turn[0].sort_key)
    return [(entry, event) for _when, entry, event in past[: -_LATELY - 1 : -1]]


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
    """One way to narrow the table: its key in the address, its label, and its terms with the networks under each."""

    key: str
    label: str
    terms: list[tuple[Term, int]]


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
    rows = [_row(registry, entry, letters) for entry in sorted(registry.networks, key=_order)]
    facets = [_facet(registry, key, label, rows) for key, label in _FACETS]
    alphabet = [(letter, letters.get(letter, "")) for letter in string.ascii_uppercase]
    html = render("networks.html", rows=rows, facets=facets, letters=alphabet)
    about = f"All {len(rows)} networks in one table: status, founding, members, degree of formalisation and range."
    return Page("networks/", "All networks", html, description=about)


def _order(entry: Entry) -> str:
    return re.sub(r"^\W+", "", folded(_short(entry) or entry.title))  # @ON stands among the letters


def _short(entry: Entry) -> str:
    """The name of one word in a narrow column; empty where there is none."""
    return entry.acronym or (entry.short_name if " " not in entry.short_name else "")


def _facet(registry: Registry, key: str, label: str, rows: list[TableRow]) -> Facet:
    counted = [
        (term, sum(term.value in row.facets[key].split() for row in rows)) for term in registry.schema.terms(key)
    ]
    return Facet(key, label, [(term, number) for term, number in counted if number])


def _row(registry: Registry, entry: Entry, letters: dict[str, str]) -> TableRow:
    """The row of a network; the first one of a letter is noted in ``letters``."""
    facets = {key: terms_of(entry, key) for key, _label in _FACETS}
    form, range_ = ([registry.term(key, value) for value in facets[key]] for key in ("form", "range"))
    letter = _order(entry)[:1].upper()
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
        facets={key: " ".join(values) for key, values in facets.items()},
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
        ladder_of=steps,
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
        checked=_checked(registry),
        slug=_slug,
    )
    headings = (Heading("figures", "In figures"), *(Heading(f"about-{_slug(label)}", label) for label, _ in ordered))
    about = "What no source tells yet about European police networks, in figures and as open questions."
    return Page("gaps/", "Gaps and open questions", html, description=about, headings=headings)


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
    headings = [Heading(item.id, item.title) for item in coverage.lists]
    headings += [Heading("left-out", "Left out")] if coverage.left_out else []
    about = "How many names on public lists of networks have an entry."
    return Page("coverage/", "Coverage", html, about, tuple(headings), edit=COVERAGE)


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
    headings = [Heading("days", "By day")] if news.history.revisions else []
    headings += [Heading("corrections", "Corrections made")] if news.corrections else []
    follow = (Link("Atom feed", "feed.xml"), Link("All changes as JSON", "api/v1/changes.json"))
    return Page(
        "changes/",
        "What’s new",
        html,
        description="What changed in the registry, by day and network, and the corrections made.",
        headings=tuple(headings),
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
