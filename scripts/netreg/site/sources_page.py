"""The sources by importance: what rests on each, and how to tell us what it was found to say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from netreg.model import Registry
from netreg.site.page import Page, render, to_root
from netreg.site.settings import Settings
from netreg.site.ways import Desk, Ways
from netreg.upkeep.stale import Carrier, by_importance, carriers, in_words

SOURCES = "sources/"

IN_FULL = 40
"""Sources with all that rests on them and a way to tell: with those of all, the page would take megabytes."""


@dataclass(frozen=True)
class ShownSource:
    """A source as it can be told about: what rests on it in words, and the ways to say what was found there."""

    carrier: Carrier
    claims: tuple[str, ...]
    ways: Ways


def shown_source(registry: Registry, carrier: Carrier, desk: Desk) -> ShownSource:
    """A source with the words of its claims and the ways to tell."""
    claims = tuple(dict.fromkeys(in_words(registry, item) for item in carrier.claims))
    return ShownSource(carrier, claims, desk.opened(carrier.source))


def sources_page(registry: Registry, settings: Settings) -> Page:
    """All sources that can be opened, the one first on which most rests and that nobody opened at its address."""
    found = by_importance(registry)
    first = [
        shown_source(registry, one, Desk(one.entry, settings, registry.schema)) for one in found[:IN_FULL] if one.claims
    ]
    live = Counter(one.source.read_by for one in found if one.source.is_live)
    values = {"registry": registry, "settings": settings, "first": first, "rest": found[len(first) :], "live": live}
    html = render("sources.html", **values, number=len(found), root=to_root(SOURCES))
    about = "Which sources the registry rests on, which nobody has opened yet, and how to tell us what they say."
    return Page(SOURCES, "Sources", html, description=about)


def sources_of(registry: Registry, desk: Desk) -> list[ShownSource]:
    """The sources of one entry, in its order."""
    return [shown_source(registry, one, desk) for one in carriers(desk.entry)]
