"""``netreg reread``: what rests on each source of an entry, and the day on which a maintainer opened one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from netreg.commands.options import day_in, parser
from netreg.commands.reading import with_registry
from netreg.core.atomic import replace_file
from netreg.core.project import Project, UsageError, find_project
from netreg.core.report import printable
from netreg.entry import Entry
from netreg.model import Registry, phrases
from netreg.terminal.screen import this_screen
from netreg.upkeep.stale import carriers, in_words


def run(args: Sequence[str]) -> int:
    """List the sources of an entry, or write that one of them was read at its address."""
    options = parser(
        "reread", "List the sources of an entry with what rests on each; or write down that you opened one."
    )
    options.add_argument("id", metavar="ID", help="the id of an entry")
    options.add_argument("--source", metavar="S", help="the source that you opened at its address, and that says so")
    options.add_argument("--live", metavar="DATE", help="the day on which you did, as in 2026-11-24 (default: today)")
    chosen = options.parse_args(args)
    project = find_project()
    if chosen.live and not chosen.source:
        raise UsageError("--live is the day on which you opened a source; name it with --source S.")
    day = _day(chosen.live, project.today)

    def done(registry: Registry) -> str:
        entry = registry.entries.get(chosen.id)
        if entry is None or entry.withdrawn:
            raise UsageError(f'no entry that stands has the id "{printable(chosen.id)}". netreg find lists all.')
        return _marked(project, entry, chosen.source, day) if chosen.source else "\n".join(_lines(registry, entry))

    print(with_registry(project, done))
    return 0


def _day(said: str | None, today: date) -> date:
    day = day_in("--live", said) if said else today
    if day > today:
        raise UsageError(f"--live is {day.isoformat()}, which is still to come.")
    return day


def _lines(registry: Registry, entry: Entry) -> Iterator[str]:
    """The sources, the one to open first before the others, each with its claims."""
    width = this_screen(colour=False).text_width
    for one in sorted(carriers(entry), key=attrgetter("rank")):
        said = f"{one.source.id}: {len(one.claims)} claims, {one.alone} on it alone. {phrases.reading(one.source)}."
        yield printable(said)
        yield f"  {printable(one.source.url or one.source.title)}"
        for item in one.claims:
            text = printable(in_words(registry, item))
            yield from textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")
    yield f"You opened one, and it says all this? netreg reread {entry.id} --source S"


def _marked(project: Project, entry: Entry, source: str, day: date) -> str:
    """Write a reading into the entry, which comes to stand in canonical form, and tell so."""
    from netreg.contribute.edit.draft import Draft

    if source not in {one.source.id for one in carriers(entry) if one.source.url}:
        raise UsageError(f'{entry.id} has no source "{printable(source)}" with an address: netreg reread {entry.id}.')
    draft = Draft(entry.document, entry.schema)
    draft.mark_source(source, "read", {"date": day.isoformat(), "how": "live"})
    replace_file(project.root / entry.document.path, draft.text())
    return f"{entry.document.path}: {source} was read at its address on {day.isoformat()}."
