"""``netreg show``: an entry for the terminal, every statement with the numbers of its sources."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from netreg.commands.options import Options, uncollected, wants_colour
from netreg.core.cache import Cache
from netreg.core.project import Project, UsageError, find_project
from netreg.terminal.screen import this_screen

if TYPE_CHECKING:  # what the same question about the same files needs no second time
    from netreg.entry import Entry
    from netreg.model import Registry
    from netreg.model.search import Match


def run(args: Sequence[str]) -> int:
    """Print the entry."""
    options = Options("show", "Show an entry: what it says, on whose word, and how old that is.")
    options.add_argument("id", metavar="ID", help="the id of an entry, or a name or acronym that only one entry has")
    options.add_argument("--json", action="store_true", help="print the entry as data, as the site publishes it")
    chosen = options.parse_args(args)
    project = find_project()
    with uncollected():
        said = _said(chosen.id, project, as_json=chosen.json)
    sys.stdout.write(said)
    return 0


def _said(wanted: str, project: Project, *, as_json: bool) -> str:
    """The entry in words or as data, worked out only where something is not as it was."""
    cache, screen = Cache(project), this_screen(wants_colour())
    asked = ("show", wanted, as_json, screen)
    known: str | None = cache.answer(*asked)
    if known is not None:
        return known
    from netreg.commands.reading import tied_to, with_registry
    from netreg.terminal.entry_text import entry_as_text

    def shown(registry: Registry) -> tuple[str, int]:
        entry = _entry(registry, wanted)
        told = _as_json(registry, entry) if as_json else entry_as_text(registry, entry, screen)
        return told, len(registry.entries)

    near = tied_to(_as_id(wanted), project, cache)
    said, number = with_registry(project, shown, near)
    if number == len(near):  # nothing was left out, of which a word was said
        cache.keep_answer(said, *asked)
        cache.save()
    return said


def _as_id(wanted: str) -> str:
    return wanted.strip().casefold().removesuffix(".yaml")


def _as_json(registry: Registry, entry: Entry) -> str:
    import json

    from netreg.export.api import entry_data

    return json.dumps(entry_data(registry, entry), indent=2) + "\n"


def _entry(registry: Registry, wanted: str) -> Entry:
    """The entry with this id, else the only one with this name.

    A UsageError where there is none, or more than one; the message names those that come near.
    """
    entry = registry.entries.get(_as_id(wanted))
    if entry is not None:
        return entry
    from netreg.core.report import printable
    from netreg.model.search import Rank, search

    matches = search(wanted, registry)
    named = [match for match in matches if match.rank in (Rank.NAME, Rank.OTHER_NAME)]
    if len(named) == 1:
        return registry.entries[named[0].document.id]
    raise UsageError(f'there is no entry "{printable(wanted)}".{_hint(named or matches)}')


def _hint(matches: Sequence[Match]) -> str:
    near = [match.document for match in matches[:3]]
    if not near:
        return " netreg find lists all networks."
    from netreg.core.report import printable

    return f" Did you mean {' or '.join(f'{one.id} ({printable(one.title)})' for one in near)}?"
