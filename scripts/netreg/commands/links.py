"""``netreg links``: whether the addresses of sources and websites still answer."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from netreg import __version__
from netreg.commands.options import at_least_one, parser
from netreg.commands.reading import with_registry
from netreg.core.dates import spoken
from netreg.core.nearest import did_you_mean_id
from netreg.core.project import Project, UsageError, find_project
from netreg.core.report import printable
from netreg.entry.evidence import READ_AGAIN
from netreg.model import Registry
from netreg.site.settings import Settings, read_settings
from netreg.terminal.screen import Progress
from netreg.upkeep.link_history import (
    DEAD_AFTER,
    FAILURES,
    NOT_ASKED,
    PLACE,
    History,
    LinkState,
    Seen,
    Use,
    archive_address,
    failures,
    in_words,
    is_dead,
    opened_on,
    read_history,
    to_visit,
    uses,
    with_persons,
    with_visits,
    write_history,
)
from netreg.upkeep.visit import PAUSE, Pace, Tour, visit
from netreg.upkeep.web import Web

LIMIT = 1000  # addresses a run; MINUTES may end it sooner
SECONDS = 20.0  # a slow server is not a dead one
MINUTES = 30  # well within the hour that a scheduled job has

_MOST_SECONDS = 120  # longer waits are typing errors
_SILENCE = ("dns", "timeout", "unreachable", "refused", "tls")
"""What every address gives on a machine that has no way out."""

_FOR_A_PERSON = (LinkState.DOUBTFUL, LinkState.BLOCKED)
_FEW = 3  # so many in a row that are silent are no accident


def run(args: Sequence[str]) -> int:
    """Visit, remember and tell; a dead link is work for later, no error, so the exit code is 0."""
    options = _parser().parse_args(args)
    project = find_project()
    web = web_for(read_settings(project.root), options.timeout)
    return with_registry(project, lambda registry: _tour(project, registry, options, web))


def _parser() -> argparse.ArgumentParser:
    options = parser(
        "links",
        "Ask the addresses of sources and websites whether they still answer: alive, doubtful (what answers may be "
        "another page), blocked (somebody answers, but not to a machine) or dead. An address counts as dead after "
        f"{FAILURES} failures over {DEAD_AFTER.days} days. "
        "A server gets one request at a time, with a pause after it; nothing is asked of private networks.",
    )
    options.add_argument("ids", metavar="ID", nargs="*", help="only the addresses of these entries")
    options.add_argument(
        "--limit", metavar="N", type=at_least_one, default=LIMIT, help="addresses at most (default: %(default)s)"
    )
    options.add_argument(
        "--timeout", metavar="S", type=_seconds, default=SECONDS, help="seconds for a request (default: %(default)s)"
    )
    options.add_argument(
        "--minutes",
        metavar="M",
        type=at_least_one,
        default=MINUTES,
        help="begin no visit after so long; the rest comes first next time (default: %(default)s)",
    )
    options.add_argument("--history", metavar="FILE", type=Path, help=f"what was seen before (default: {PLACE})")
    options.add_argument("--json", action="store_true", help="print one object with all addresses")
    return options


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no number of seconds up to {_MOST_SECONDS}")
    return seconds


def web_for(settings: Settings, timeout: float) -> Web:
    """How we ask: by name, and with the page that tells who asks, once there is a site."""
    page = settings.page_address("upkeep/")
    about = f"; +{page}" if page and page.isascii() and page.isprintable() else ""
    return Web(f"netreg/{__version__} (link check of a registry of police networks{about})", timeout)


def _tour(project: Project, registry: Registry, options: argparse.Namespace, web: Web) -> int:
    _refuse_unknown(registry, options.ids)
    file = options.history or project.root / PLACE
    history, everything = read_history(file), uses(registry)
    used = uses(registry, options.ids) if options.ids else everything
    chosen = to_visit(used, history, options.limit)
    seen = _visited(chosen, web, options.minutes * 60)
    _refuse_silence(seen)
    history = with_visits(history, seen, project.today, everything)
    write_history(file, history)
    report = LinkReport(used, seen, with_persons(everything, history), project.today)
    sys.stdout.write(_as_json(report, project) if options.json else _as_text(report))
    return 0


def _refuse_unknown(registry: Registry, ids: Iterable[str]) -> None:
    for id_ in ids:
        if id_ not in registry.entries:
            raise UsageError(f'there is no entry "{printable(id_)}".{did_you_mean_id(id_, registry.entries)}')


def _visited(addresses: Collection[str], web: Web, seconds: float) -> Mapping[str, Seen]:
    pace, progress = Pace(PAUSE), Progress(sys.stderr)
    tour = Tour(
        lambda address: visit(address, web, pace), seconds, tell=lambda done: progress(f"{done} of {len(addresses)}")
    )
    tour.go(addresses)
    progress("")
    return tour.seen


def _refuse_silence(seen: Mapping[str, Seen]) -> None:
    """Where nobody answers at all, it is not the addresses that are dead; what we refuse to ask is no answer either."""
    asked = [item.reason for item in seen.values() if item.reason not in NOT_ASKED]
    if len(seen) >= _FEW and all(reason in _SILENCE for reason in asked):
        raise UsageError(
            f"none of {len(seen)} addresses answered, so this machine seems to have no way to the internet. "
            "Nothing was written; try again where there is one."
        )


@dataclass(frozen=True)
class LinkReport:
    """What a tour brought: the addresses asked about with their uses, what was seen, and the history with it."""

    used: Mapping[str, Sequence[Use]]
    seen: Mapping[str, Seen]
    history: History
    today: date

    def of(self, outcome: LinkState) -> list[str]:
        """The addresses at which this was seen, in order."""
        return sorted(address for address, item in self.seen.items() if item.outcome is outcome)

    def counts_as_dead(self, address: str) -> bool:
        """Whether it failed often and long enough."""
        return is_dead(self.history[address])

    def waived(self, address: str) -> str:
        """The day on which a person opened an address that a machine cannot judge, if that is not long ago."""
        day = opened_on(use.source for use in self.used[address] if use.source)
        is_new = day is not None and self.today - day <= READ_AGAIN
        return day.isoformat() if day and is_new and self.seen[address].outcome in _FOR_A_PERSON else ""

    def archive(self, address: str) -> str:
        """Where a copy may lie."""
        return archive_address(address, self.used[address], self.history[address])


def _as_text(report: LinkReport) -> str:
    failing = report.of(LinkState.DEAD)
    dead = [address for address in failing if report.counts_as_dead(address)]
    new = [address for address in failing if address not in dead]
    moved = [address for address in report.of(LinkState.ALIVE) if report.seen[address].moved_to]
    doubtful, blocked = (
        [address for address in report.of(outcome) if not report.waived(address)] for outcome in _FOR_A_PERSON
    )
    lines = [
        *_part("Dead: open them once more, then look for the same text elsewhere", dead, report),
        *_part(f"Failing, not yet dead: {FAILURES} failures over {DEAD_AFTER.days} days are needed", new, report),
        *_part(
            "Doubtful: something answers that may be another page; open it, and correct the address", doubtful, report
        ),
        *_part("Blocked: no machine can tell, or none of ours may ask; only a person can look", blocked, report),
        *_part("Moved: look at the new place, and correct the address", moved, report),
        _closing(report, len(dead)),
    ]
    return "".join(f"{printable(text)}\n" for text in lines)


def _part(head: str, addresses: Sequence[str], report: LinkReport) -> Iterator[str]:
    if not addresses:
        return
    yield head
    for address in addresses:
        yield f"  {address}"
        yield f"    {_said(address, report)}"
        yield f"    {'; '.join(use.place for use in report.used[address])}"
        archive = report.archive(address) if report.counts_as_dead(address) else ""
        if archive:
            yield f"    A copy may lie at {archive}; nobody has looked."
    yield ""


def _said(address: str, report: LinkReport) -> str:
    seen = report.seen[address]
    if seen.moved_to and seen.outcome is LinkState.ALIVE:
        return f"now at {seen.moved_to}"
    leads = f"; it leads to {seen.moved_to}" if seen.moved_to else ""
    failed = failures(report.history[address])
    since = f"; {len(failed)} failures since {spoken(failed[0].day.isoformat())}" if len(failed) > 1 else ""
    return f"{in_words(seen.reason)}{leads}{since}"


def _closing(report: LinkReport, dead: int) -> str:
    counts = {outcome: len(report.of(outcome)) for outcome in LinkState}
    told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in (LinkState.ALIVE, *_FOR_A_PERSON))
    left = len(report.used) - len(report.seen)
    rest = f" Not asked this time: {left}; they come first next time." if left else ""
    waived = sum(bool(report.waived(address)) for address in report.seen)
    rest += f" Not told, since a person opened them within a year: {waived}." if waived else ""
    told += f", {counts[LinkState.DEAD]} failing, {dead} of them dead"
    return f"Asked {len(report.seen)} of {len(report.used)} addresses: {told}.{rest}"


def _as_json(report: LinkReport, project: Project) -> str:
    data = {
        "today": project.today.isoformat(),
        "asked": len(report.seen),
        "left": len(report.used) - len(report.seen),
        "addresses": [_object(address, report) for address in sorted(report.seen)],
    }
    return json.dumps(data, indent=2) + "\n"


def _object(address: str, report: LinkReport) -> dict[str, object]:
    seen, failed = report.seen[address], failures(report.history[address])
    return {
        "address": address,
        "outcome": seen.outcome.value,
        "reason": seen.reason,
        "says": in_words(seen.reason),
        "moved_to": seen.moved_to,
        "opened_by_person": report.waived(address) or None,
        "dead": report.counts_as_dead(address),
        "failures": len(failed),
        "failing_since": failed[0].day.isoformat() if failed else None,
        "used_by": [
            {"id": use.entry.id, "source": use.source.id if use.source else None} for use in report.used[address]
        ],
        "archive_suggestion": report.archive(address) if failed else "",
    }
