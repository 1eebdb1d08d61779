"""From values to HTML by autoescaping templates: escaping is never left to a template's author."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netreg.core import dates
from netreg.core.address import short
from netreg.core.escape import visible
from netreg.model import phrases
from netreg.model.statements import anchor
from netreg.site.page import body_path, entry_path

if TYPE_CHECKING:
    from jinja2 import Environment

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
