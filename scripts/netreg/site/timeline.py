"""The timeline: one line a network from its beginning to its end or to today, by group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from netreg.core.schema import Term
from netreg.model import Registry
from netreg.model.lifetime import lifetime
from netreg.site.bars import Bar, bar, ruler
from netreg.site.page import Page
from netreg.site.render import render


@dataclass(frozen=True)
class Bundle:
    """The bars of one group: those whose beginning a source tells, the oldest first, then the others."""

    term: Term
    known: tuple[Bar, ...]
    unknown: tuple[Bar, ...]


def timeline(registry: Registry) -> Page:
    """The page with all networks on one scale of years."""
    lives = {entry.id: lifetime(registry, entry) for entry in registry.networks}
    scale = ruler(lives.values(), registry.today)
    bars = sorted((bar(entry, lives[entry.id], scale) for entry in registry.networks), key=_by_age)
    bundles = [
        Bundle(
            term,
            tuple(one for one in bars if one.entry.group == term.value and one.life.began),
            tuple(one for one in bars if one.entry.group == term.value and not one.life.began),
        )
        for term in registry.schema.terms("group")
    ]
    bundles = [bundle for bundle in bundles if bundle.known or bundle.unknown]
    html = render("timeline.html", scale=scale, bundles=bundles, groups=registry.schema.terms("group"), bars=bars)
    about = "All networks on one scale of years: when each began, was last seen and ended."
    return Page("timeline/", "Timeline", html, description=about)


def _by_age(one: Bar) -> tuple[date, str]:
    began = one.life.beginning
    return (began.middle if began else one.life.first or date.max, one.entry.label.casefold())
