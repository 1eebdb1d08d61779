"""An edition: the registry of one day with all that its files say of themselves, under a version by the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from netreg.core.escape import in_markdown
from netreg.export.tables import Filled, filled
from netreg.model import Registry
from netreg.review.as_json import as_object
from netreg.review.change import NOT_SAID
from netreg.review.history import History
from netreg.review.words import Words

LICENCE = "CC0-1.0"


@dataclass(frozen=True)
class Edition:
    """What the files are made of.

    ``commit`` is the state of the project, empty where it is not known; ``address`` that of the site, empty or ending
    in a slash.
    """

    registry: Registry
    history: History = field(default_factory=History)
    commit: str = ""
    title: str = "European police-cooperation networks"
    publisher: str = "The registry's maintainers"
    address: str = ""

    @property
    def version(self) -> str:
        """The year and the month, as in ``2026.11``."""
        return f"{self.registry.today:%Y.%m}"

    @property
    def date(self) -> str:
        """The day for which ages and tenses are told."""
        return self.registry.today.isoformat()

    @cached_property
    def tables(self) -> Sequence[Filled]:
        """All tables with their rows, made once for all formats."""
        return filled(self.registry)

    @property
    def about(self) -> dict[str, str | None]:
        """What every file that can say so says of itself."""
        return {"edition": self.version, "date": self.date, "commit": self.commit or None, "licence": LICENCE}


def citation(edition: Edition) -> str:
    """How to cite the edition, as a citation file (CFF 1.2.0)."""
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"title: {_quoted(edition.title)}",
        "message: To cite one entry, use the line at the end of its page. To cite the whole, use this.",
        f"authors: [{{name: {_quoted(edition.publisher)}}}]",
        f"license: {LICENCE}",
        f'version: "{edition.version}"',
        f'date-released: "{edition.date}"',
        *([f"commit: {edition.commit}"] if edition.commit else ()),
        *([f"url: {_quoted(edition.address)}"] if edition.address else ()),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def summary(edition: Edition) -> str:
    """What changed in the month of the edition, network by network, the newest first, as Markdown."""
    words = Words(edition.registry.schema)
    month = edition.date[:7]
    told = (
        f"- {one.day.isoformat()}: {_shown(as_object(change, words))}"
        for one in edition.history.revisions
        for change in one.changes
        if one.day.isoformat().startswith(month) and change.kind not in NOT_SAID
    )
    lines = list(told) or ["Nothing, as far as the history of this copy tells."]
    return "\n".join([f"# What changed in {month}", "", *lines]) + "\n"


def _shown(change: dict[str, str]) -> str:
    return in_markdown(f"{change['name']}: {change['sentence']}")
