"""The front door: what this is, the search, and ways in by question, topic, country, group and what happened lately."""

from __future__ import annotations

from collections.abc import Mapping

from netreg.core import dates
from netreg.entry import Entry
from netreg.entry.evidence import SIGN_OF_LIFE
from netreg.model import Registry
from netreg.model.lifetime import Event
from netreg.model.statements import networks_by_term
from netreg.site.country_pages import country_doors
from netreg.site.overviews import Checked, checked
from netreg.site.page import Link, Page, render
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
