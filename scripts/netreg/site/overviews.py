"""Pages over the whole: the landing page, the table of all networks, by topic, form and range, gaps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from netreg.core import dates
from netreg.core.schema import Term
from netreg.entry import Claim, Entry
from netreg.entry.evidence import SIGN_OF_LIFE
from netreg.model import Registry
from netreg.site.page import Heading, Page
from netreg.site.render import render
from netreg.site.settings import Settings

_AS_IN_THE_LISTING = ("eu-associated", "other-european", "council-working-groups", "eu-bodies")


def landing(registry: Registry, settings: Settings) -> Page:
    """The landing page: what this is, and the four groups in the order of the listing of origin."""
    groups = [
        (term, [entry for entry in registry.networks if entry.group == term.value])
        for term in (registry.term("group", value) for value in _AS_IN_THE_LISTING)
    ]
    html = render("landing.html", registry=registry, groups=groups, counts=_counts(registry), settings=settings)
    headings = tuple(Heading(term.value, term.title) for term, _entries in groups)
    about = "Who works with whom, and on whose word."
    return Page("", settings.name, html, description=about, headings=headings, searched=False)


def _counts(registry: Registry) -> dict[str, int]:
    since = (registry.today - SIGN_OF_LIFE).year
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
    """One network in the table of all; ``facets`` are the terms by which the table can be narrowed."""

    entry: Entry
    group: Term
    form: Term | None
    range: Term | None
    step: int
    status: str
    since: str
    topics: list[str]
    facets: dict[str, str]
    search: str


@dataclass(frozen=True)
class Facet:
    """One way to narrow the table: its key in the address, its label, and its terms with the networks under each."""

    key: str
    label: str
    terms: list[tuple[Term, int]]


_FACETS = (("group", "Group"), ("form", "Form"), ("range", "Range"), ("status", "Status"), ("topic", "Topic"))


def networks(registry: Registry) -> Page:
    """The table of all networks, by name."""
    rows = [_row(registry, entry) for entry in sorted(registry.networks, key=lambda entry: entry.title.casefold())]
    facets = [_facet(registry, key, label, rows) for key, label in _FACETS]
    html = render("networks.html", registry=registry, rows=rows, facets=facets)
    return Page("networks/", "All networks", html, description="All networks in one table.", searched=False)


def _facet(registry: Registry, key: str, label: str, rows: list[TableRow]) -> Facet:
    counted = [
        (term, sum(term.value in row.facets[key].split() for row in rows)) for term in registry.schema.terms(key)
    ]
    return Facet(key, label, [(term, number) for term, number in counted if number])


def _row(registry: Registry, entry: Entry) -> TableRow:
    form, range_ = (_term(registry, name, claim) for name, claim in (("form", entry.form), ("range", entry.range)))
    return TableRow(
        entry=entry,
        group=registry.term("group", entry.group),
        form=form,
        range=range_,
        step=registry.step(entry),
        status=registry.status_in_words(entry),
        since=_year(entry.established),
        topics=[registry.term("topic", topic).title for topic in entry.topics],
        facets={
            "group": entry.group,
            "form": form.value if form else "",
            "range": range_.value if range_ else "",
            "status": str(entry.status.value) if entry.status else "",
            "topic": " ".join(entry.topics),
        },
        search=" ".join([entry.name, entry.short_name, entry.acronym, *(name.name for name in entry.other_names)]),
    )


def _term(registry: Registry, vocabulary: str, claim: Claim | None) -> Term | None:
    return registry.term(vocabulary, str(claim.value)) if claim else None


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
)


def axis(registry: Registry, kind: Axis) -> Page:
    """All networks under the terms of one vocabulary."""
    by_term: dict[str, list[Entry]] = defaultdict(list)
    for entry in registry.networks:
        for value in _values(entry, kind.vocabulary):
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
    return Page(kind.path, kind.title, html, description=kind.lead, searched=False)


def _values(entry: Entry, vocabulary: str) -> tuple[str, ...]:
    if vocabulary == "topic":
        return entry.topics
    claim = entry.form if vocabulary == "form" else entry.range
    return (str(claim.value),) if claim else ("",)


@dataclass(frozen=True)
class Gap:
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
    html = render("gaps.html", gaps=_gaps(registry), total=len(registry.networks), by_field=ordered)
    headings = (Heading("figures", "In figures"),)
    about = "What is not known yet."
    return Page("gaps/", "Gaps and open questions", html, description=about, headings=headings, searched=False)


def _gaps(registry: Registry) -> list[Gap]:
    entries = registry.networks
    active = [entry for entry in entries if entry.status and entry.status.value == "active"]
    return [
        Gap(
            "No recent sign of life",
            "called active by older evidence, with no legal basis in force",
            [entry for entry in active if not registry.is_active(entry)],
        ),
        Gap("No founding date", "no source that we read gives one", [e for e in entries if e.established is None]),
        Gap("No number of participants", "no source says how many take part", [e for e in entries if not e.counts]),
        Gap("No range", "no source says how far membership reaches", [e for e in entries if e.range is None]),
        Gap("No website", "no page of its own is known", [e for e in entries if e.website is None]),
        Gap("Third parties only", "the description rests on nobody else", [e for e in entries if _third_party_only(e)]),
    ]


def _third_party_only(entry: Entry) -> bool:
    return entry.summary is not None and {source.kind for source in entry.cited(entry.summary)} == {"third-party"}
