"""The page of what is new: the changes of the registry by day, and the corrections made."""

from __future__ import annotations

from itertools import islice

from netreg.site.news import News
from netreg.site.page import Heading, Link, Page
from netreg.site.render import render

_MOST_DAYS = 40
_MOST_CORRECTIONS = 60
_MOST_SENTENCES = 6


def changes_page(news: News) -> Page:
    """The newest days, and the newest corrections."""
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
        searched=False,
    )
