"""The page of refused requests, so that nobody asks twice and everybody sees why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netreg.entry import Entry
from netreg.lists.refused import PATH, Refusal
from netreg.model import Registry
from netreg.site.page import Page
from netreg.site.render import render
from netreg.site.settings import Settings


@dataclass(frozen=True)
class Refused:
    """A refused request with the entry and the label of the fact that were to be changed, where there are any."""

    refusal: Refusal
    entry: Entry | None
    label: str
    request: str


def refused_page(registry: Registry, refusals: Sequence[Refusal], settings: Settings) -> Page:
    """All refused requests in the order of their list, which begins with the newest."""
    refused = [_refused(registry, refusal, settings) for refusal in refusals]
    html = render("refused.html", refused=refused, settings=settings)
    about = "Requests that were refused, each with the reason."
    return Page("refused/", "Refused requests", html, description=about, edit=PATH)


def _refused(registry: Registry, refusal: Refusal, settings: Settings) -> Refused:
    label = registry.schema.label(refusal.about) if refusal.about else ""
    request = settings.request_address(refusal.request) if refusal.request else ""
    return Refused(refusal, registry.entries.get(refusal.entry), label, request)
