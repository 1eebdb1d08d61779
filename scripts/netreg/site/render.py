"""From values to HTML by autoescaping templates: escaping is never left to a template's author."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netreg.core import dates
from netreg.core.address import short
from netreg.core.escape import visible
from netreg.site import phrases as words

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


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
        linkable=words.linkable,
        short_address=short,
        language=words.language,
        reading=words.reading,
        country=words.country,
        sentence=_sentence,
        visible=visible,
        lower_first=_lower_first,
    )
    return env


def render(template: str, **values: Any) -> str:
    """One template with values; a name that the template uses and nobody gave is an error."""
    html = _environment().get_template(template).render(**values)
    return re.sub(r"\n\s*\n+", "\n", html)


def forget_templates() -> None:
    """Read the templates anew at the next use, since ``serve`` saw one change."""
    _environment.cache_clear()


def _sentence(text: str) -> str:
    """The text as a sentence: with a capital at its start and a full stop at its end."""
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _lower_first(text: str) -> str:
    """The text without the capital at its start, unless its first word is an abbreviation or a name in capitals."""
    return text[0].lower() + text[1:] if text[1:2].islower() else text
