"""A page: a plain value that knows nothing of the program that will publish it; its HTML is made by templates.

They escape by themselves: that is never left to the author of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netreg.core import dates
from netreg.core.address import short
from netreg.core.escape import visible
from netreg.model import phrases
from netreg.model.statements import anchor

if TYPE_CHECKING:
    from jinja2 import Environment

_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_BESIDE = re.compile(r' *<span class="aged">.*?</span>|<[^>]+>')
"""What belongs to no title: a count behind it, and tags."""


@dataclass(frozen=True)
class Link:
    """A link beside a page; ``href`` is absolute, or relative to the root of the site."""

    title: str
    href: str = ""


@dataclass(frozen=True)
class Page:
    """One page of the site.

    ``path`` is its address below the root, ending in a slash, empty for the landing page. ``html`` is the ready
    content, its links relative to the page. ``edit`` is the file behind it, below the project's root. With
    ``indexed`` off it is in no search. ``twins`` are the same in other forms, as (address below the root, type of the
    file). With ``has_contents`` its sections are listed beside it.
    """

    path: str
    title: str
    html: str
    description: str = ""
    has_contents: bool = False
    aside: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    edit: str = ""
    indexed: bool = True
    twins: tuple[tuple[str, str], ...] = ()

    @property
    def contents(self) -> Iterator[tuple[str, str]]:
        """Anchor and title of each section that is to be listed, as HTML; a heading with a class is none."""
        found = _HEADING.findall(self.html) if self.has_contents else ()
        return ((anchor, _BESIDE.sub("", title)) for anchor, title in found)


def to_root(path: str) -> str:
    """The way from a page at ``path`` back to the root of the site, as in ``../../``."""
    return "../" * path.count("/")


def headed(page: Page) -> str:
    """The content below its title, which stands in most contents already."""
    return page.html if "<h1" in page.html else f'<h1 id="top">{escape(page.title)}</h1>\n{page.html}'


def entry_path(id_: str) -> str:
    """The address of a network's page below the root of the site."""
    return f"networks/{id_}/"


def correct_path(id_: str) -> str:
    """The address of the page on which a network's entry can be corrected."""
    return f"{entry_path(id_)}correct/"


def country_path(code: str) -> str:
    """The address of a country's page below the root of the site; each country that a statement names has one."""
    return f"countries/{code.lower()}/"


def body_path(id_: str) -> str:
    """The address of the page on what a body leads, houses and funds; those in ``Registry.bodies`` have one."""
    return f"bodies/{id_}/"


TEMPLATES = Path(__file__).parent / "templates"
THEME = Path(__file__).parent / "theme"
ASSETS = THEME / "assets" / "netreg"
"""Our own styles and scripts."""
_PHRASES = "act_dates language linkable lower_first moment period places reading sentence".split()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        spoken=dates.spoken,
        short_address=short,
        visible=visible,
        anchor=anchor,
        entry_path=entry_path,
        body_path=body_path,
        **{name: getattr(phrases, name) for name in _PHRASES},
    )
    return env


def render(template: str, **values: Any) -> str:
    """One template with values; a name that the template uses and nobody gave is an error."""
    html = _environment().get_template(template).render(**values)
    return re.sub(r"\n\s*\n+", "\n", html)


def forget_templates() -> None:
    """Read the templates anew at the next use, since ``serve`` saw one change."""
    _environment.cache_clear()
