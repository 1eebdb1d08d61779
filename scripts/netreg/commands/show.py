"""``netreg show``: an entry for the terminal, every statement with the numbers of its sources."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from netreg.commands.options import parser, uncollected, wants_colour
from netreg.commands.reading import tied_to, with_registry
from netreg.core.project import UsageError, find_project
from netreg.core.report.as_text import printable
from netreg.entry import Entry
from netreg.model import Registry

if TYPE_CHECKING:
    from netreg.model.search import Match


def run(args: Sequence[str]) -> int:
    """Print the entry."""
    options = parser("show", "Show an entry: what it says, on whose word, and how old that is.")
    options.add_argument("id", metavar="ID", help="the id of an entry, or a name or acronym that only one entry has")
    options.add_argument("--json", action="store_true", help="print the entry as data, as the site publishes it")
    chosen = options.parse_args(args)
    project = find_project()
    with uncollected():
        near = tied_to(_as_id(chosen.id), project)
        said = with_registry(project, lambda registry: _shown(registry, chosen.id, chosen.json), near)
    sys.stdout.write(said)
    return 0


def _as_id(wanted: str) -> str:
    return wanted.strip().casefold().removesuffix(".yaml")


def _shown(registry: Registry, wanted: str, as_json: bool) -> str:
    entry = _entry(registry, wanted)
    if as_json:
        from netreg.export.network_data import entry_data

        return json.dumps(entry_data(registry, entry), indent=2) + "\n"
    from netreg.terminal.entry_text import entry_as_text
    from netreg.terminal.screen import this_screen

    return entry_as_text(registry, entry, this_screen(wants_colour()))


def _entry(registry: Registry, wanted: str) -> Entry:
    """The entry with this id, else the only one with this name.

    Raises:
        UsageError: there is none, or more than one; the message names those that come near.
    """
    entry = registry.entries.get(_as_id(wanted))
    if entry is not None:
        return entry
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
    return f" Did you mean {' or '.join(f'{one.id} ({printable(one.title)})' for one in near)}?"
