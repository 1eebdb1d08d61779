"""The monthly list: at most ten things to look at, each with what to do, as the body of one issue.

The same registry, history and day give the same text, so that an issue can be written anew without noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path

from netreg.core import dates
from netreg.core.escape import as_code, in_markdown
from netreg.core.git import git
from netreg.core.load import Document, read_folder
from netreg.core.nearest import listed
from netreg.core.project import UsageError
from netreg.core.schema import Schema
from netreg.entry import Block, Entry
from netreg.model import Registry
from netreg.upkeep.link_history import DeadLink, History, dead_links, in_words, uses
from netreg.upkeep.stale import Stale, stale_claims, watched_facts

MARKER = "<!-- netreg:housekeeping -->"
"""By which the one open issue is found again."""

TITLE = "Housekeeping: what to look at"
MOST = 10
"""Things on a list: as many as one hour a month can hold."""

SHARES = {"request": 3, "dead-link": 3, "stale": 2, "question": 2}
"""Places of each kind while all kinds have enough; the order is that of the list. Free places go to the first kinds."""

_LONGEST = 160
"""Signs of a name or a question that the list shows; whoever wants the rest opens the entry."""

Asked = Mapping[tuple[str, str], date]
"""The day on which a question was written, by the id of its entry and its text."""

_BLAMED = re.compile(r"([0-9a-f]{40,64}) [0-9]+ ([0-9]+)(?: [0-9]+)?")
"""A line of ``git blame --porcelain``: the commit, and the number of the line in the file."""


@dataclass(frozen=True)
class MonthlyItem:
    """One thing to look at.

    ``key`` names it for good; ``about`` is the entry's id or empty; ``says`` tells what is the matter, ``do`` what to
    do, both in plain text. ``name`` heads it, and ``shown`` holds words that must be shown as they stand.
    """

    kind: str
    key: str
    name: str
    says: str
    do: str
    about: str = ""
    shown: str = ""
    archive: str = ""


@dataclass(frozen=True)
class WaitingRequest:
    """A request that has no answer yet: its number, and the day on which it came."""

    number: int
    came: date


def monthly_items(
    registry: Registry, history: History, asked: Asked, requests: Iterable[WaitingRequest] = (), answer_days: int = 14
) -> list[MonthlyItem]:
    """At most ten items, by kind and then by urgency; at most one old claim and one question of an entry."""
    found = {
        "request": list(_requests(requests, registry.today, answer_days)),
        "dead-link": [_dead(link) for link in dead_links(uses(registry), history)],
        "stale": list(_stale(registry)),
        "question": list(_questions(registry, asked)),
    }
    kept = {kind: items[: SHARES[kind]] for kind, items in found.items()}
    for kind, items in found.items():
        free = MOST - sum(map(len, kept.values()))
        kept[kind] += items[len(kept[kind]) :][:free]
    return list(chain.from_iterable(kept.values()))


def _requests(requests: Iterable[WaitingRequest], today: date, answer_days: int) -> Iterator[MonthlyItem]:
    for request in sorted(requests, key=lambda request: (request.came, request.number)):
        days = (today - request.came).days
        if days >= answer_days:
            says = f"has had no answer since {dates.spoken(request.came.isoformat())}; {answer_days} days are promised."
            do = "Answer it, or say when you can."
            yield MonthlyItem("request", f"request/{request.number}", f"#{request.number}", says, do)


def _dead(link: DeadLink) -> MonthlyItem:
    last = link.failures[-1]
    places = [use.place for use in link.uses]
    cited = listed([*places[:2], f"{len(places) - 2} more"] if len(places) > 2 else places)
    says = (
        f"a dead link, cited by {cited}: {in_words(last.reason)}; "
        f"{len(link.failures)} failures since {dates.spoken(link.since.isoformat())}."
    )
    do = "Open it in a browser; if it is gone, look for the same text elsewhere and correct the address."
    entry = link.uses[0].entry
    return MonthlyItem(
        "dead-link", f"dead-link/{link.address}", entry.title, says, do, entry.id, link.address, link.archive
    )


def _stale(registry: Registry) -> Iterator[MonthlyItem]:
    """The most urgent claim of each entry; a claim that a question asks about already is left to the question."""
    first: dict[str, list[Stale]] = {}
    for item in stale_claims(registry):
        if not item.asked:
            first.setdefault(item.entry.id, []).append(item)
    for item, *others in first.values():
        label = field_label(registry.schema, item.watched.field)
        fields = dict.fromkeys(other.watched.field for other in others if other.watched.field != item.watched.field)
        also = f" Old too: {_in_line(field_label(registry.schema, field) for field in fields)}." if fields else ""
        says = f"{label.lower()}. {item.why}{also}{_unopened(item)}"
        key = f"stale/{item.entry.id}/{item.watched.field}"
        yield MonthlyItem("stale", key, item.entry.title, says, item.watched.cure, item.entry.id)


def _unopened(item: Stale) -> str:
    """Which of its sources nobody has opened at its address, and how to see what else would be proved by that."""
    found = next((one.id for one in item.entry.cited(item.claim) if one.url and not one.is_live), "")
    return f" Nobody has opened {found} at its address yet: netreg reread {item.entry.id}." if found else ""


def _in_line(labels: Iterable[str]) -> str:
    return ", ".join(label.lower() for label in labels)


def field_label(schema: Schema, field: str) -> str:
    """The name of a field for people, without that of the part it belongs to."""
    return schema.label(field).rpartition(": ")[2]


def _questions(registry: Registry, asked: Asked) -> Iterator[MonthlyItem]:
    """One question of each entry, those open for longest first, then those about what matters most."""
    weights = {field: watched.weight for field, watched in watched_facts(registry.schema).items()}

    def turn(found: _Asked) -> tuple[date, int, str, str]:
        entry, question, day = found
        return (day, -weights.get(question.about, 1), entry.id, question.text)

    of_each = (
        [(entry, item, asked.get((entry.id, item.text), date.max)) for item in entry.open_questions]
        for entry in registry.networks
    )
    oldest = sorted((min(found, key=turn) for found in of_each if found), key=turn)
    for entry, question, day in _turned(oldest, registry.today):
        since = f", open since {dates.spoken(day.isoformat())}" if day < date.max else ""
        says = f"an open question about {_in_line([registry.schema.label(question.about)])}{since}:"
        do = "Look for it once more, or ask the body; answer it in the entry, with the source."
        key = f"question/{entry.id}/{question.about}"
        yield MonthlyItem("question", key, entry.title, says, do, entry.id, question.text)


_Asked = tuple[Entry, Block, date]


def _turned(questions: Sequence[_Asked], today: date) -> Iterator[_Asked]:
    """The questions, those of the oldest day turned on each month, so that the list does not ask the same for ever."""
    oldest = [found for found in questions if found[2] == questions[0][2]]
    start = (today.year * 12 + today.month) * SHARES["question"] % len(oldest) if oldest else 0
    yield from chain(oldest[start:], oldest[:start], islice(questions, len(oldest), None))


# Since when a question is open, by the word of Git


def days_of_questions(root: Path) -> Asked:
    """The days that Git knows; a question that it does not know, or only from a shallow copy, is left out."""
    try:
        if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
            return {}
        return {key: day for document in read_folder(root) for key, day in _days_of(root, document)}
    except (UsageError, OSError):
        return {}


def _days_of(root: Path, document: Document) -> Iterator[tuple[tuple[str, str], date]]:
    questions = document.root.get("open_questions") if document.root else None
    if not questions or questions.kind != "sequence":
        return
    days = _days_of_lines(root, document.path)
    for item in questions.value:
        text = item.get("text")
        if text and isinstance(text.value, str) and text.line in days:
            yield (document.id, text.value), days[text.line]


def _days_of_lines(root: Path, path: str) -> dict[int, date]:
    """The day on which each line of a file was last changed; lines of no commit are left out."""
    try:
        said = git(root, "blame", "-w", "--porcelain", "--", path)
    except UsageError:
        return {}
    lines: dict[int, str] = {}
    days: dict[str, date] = {}
    commit = ""
    for line in said.split("\n"):
        if match := _BLAMED.fullmatch(line):
            commit = match[1]
            lines[int(match[2])] = commit
        elif line.startswith("author-time ") and commit.strip("0"):  # only zeros: not committed yet
            with suppress(ValueError, OverflowError, OSError):  # a clock beyond the ends of time
                days[commit] = datetime.fromtimestamp(int(line.removeprefix("author-time ")), UTC).date()
    return {number: days[commit] for number, commit in lines.items() if commit in days}


# As the body of an issue


def as_markdown(items: Sequence[MonthlyItem]) -> str:
    """The body of the issue; words of entries show and do nothing else."""
    if not items:
        return f"{MARKER}\nNothing to look at this month: no old claim, dead link, question or request is waiting.\n"
    head = (
        "What to look at this month, the most urgent first. "
        "Half of it is fine, and so is none: the list is written anew each month from what is open then."
    )
    lines = [f"{place}. {_line(item)}" for place, item in enumerate(items, 1)]
    return "\n".join([MARKER, head, "", *lines, "", _FOOT]) + "\n"


_FOOT = "How things come onto this list, and off it: `docs/upkeep.md`."


def _line(item: MonthlyItem) -> str:
    name = item.name if item.kind == "request" else f"**{in_markdown(_cut(item.name))}**"
    parts = [
        f"{name} (`registry/{item.about}.yaml`)," if item.about else name,
        in_markdown(item.says),
        _shown(item),
        f"**Do:** {item.do}",
        f"A copy may lie at {as_code(item.archive)}; nobody has looked." if item.archive else "",
    ]
    return " ".join(part for part in parts if part)


def _shown(item: MonthlyItem) -> str:
    if not item.shown:
        return ""
    return as_code(item.shown) if item.kind == "dead-link" else in_markdown(_cut(item.shown))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"
