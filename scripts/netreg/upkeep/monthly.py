"""The monthly list: at most ten things to look at, each with what to do, as the body of one issue.

The same registry, history and day give the same text, so that an issue can be written anew without noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from netreg.core import dates
from netreg.core.escape import as_code, in_markdown
from netreg.core.schema import Schema
from netreg.entry import Entry, Spot
from netreg.model import Registry
from netreg.upkeep.asked import Asked
from netreg.upkeep.link_history import History
from netreg.upkeep.link_report import DeadLink, dead_links, uses
from netreg.upkeep.stale import WATCHED, Stale, stale_claims
from netreg.upkeep.verdict import in_words

MARKER = "<!-- netreg:housekeeping -->"
"""By which the one open issue is found again."""

TITLE = "Housekeeping: what to look at"
MOST = 10

SHARES = {"request": 3, "dead-link": 3, "stale": 2, "question": 2}
"""Places of each kind while all kinds have enough; the order is that of the list. Free places go to the first kinds."""

_LONGEST = 160


@dataclass(frozen=True)
class Item:
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
class Request:
    """A request that has no answer yet: its number, and the day on which it came."""

    number: int
    came: date


def monthly_items(
    registry: Registry,
    history: History,
    asked: Asked,
    requests: Iterable[Request] = (),
    answer_days: int = 14,
) -> list[Item]:
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


def _requests(requests: Iterable[Request], today: date, answer_days: int) -> Iterator[Item]:
    for request in sorted(requests, key=lambda request: (request.came, request.number)):
        days = (today - request.came).days
        if days >= answer_days:
            says = f"has had no answer since {dates.spoken(request.came.isoformat())}; {answer_days} days are promised."
            do = "Answer it, or say when you can."
            yield Item("request", f"request/{request.number}", f"#{request.number}", says, do)


def _dead(link: DeadLink) -> Item:
    last = link.failures[-1]
    says = (
        f"a dead link, cited by {_listed([use.place for use in link.uses])}: {in_words(last.reason)}; "
        f"{len(link.failures)} failures since {dates.spoken(link.since.isoformat())}."
    )
    do = "Open it in a browser; if it is gone, look for the same text elsewhere and correct the address."
    entry = link.uses[0].entry
    return Item("dead-link", f"dead-link/{link.address}", entry.title, says, do, entry.id, link.address, link.archive)


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - 2} more" if len(places) > 2 else ""
    return f"{' and '.join(places[:2])}{more}" if not more else f"{', '.join(places[:2])}{more}"


def _stale(registry: Registry) -> Iterator[Item]:
    """The most urgent claim of each entry; a claim that a question asks about already is left to the question."""
    first: dict[str, list[Stale]] = {}
    for item in stale_claims(registry):
        if not item.asked:
            first.setdefault(item.entry.id, []).append(item)
    for item, *others in first.values():
        label = field_label(registry.schema, item.watched.field)
        fields = dict.fromkeys(other.watched.field for other in others if other.watched.field != item.watched.field)
        also = f" Old too: {_in_line(field_label(registry.schema, field) for field in fields)}." if fields else ""
        says = f"{label.lower()}. {item.why}{also}"
        key = f"stale/{item.entry.id}/{item.watched.field}"
        yield Item("stale", key, item.entry.title, says, item.cure, item.entry.id)


def _in_line(labels: Iterable[str]) -> str:
    return ", ".join(label.lower() for label in labels)


def field_label(schema: Schema, field: str) -> str:
    """The name of a field for people, without that of the part it belongs to."""
    return schema.label(field).rpartition(": ")[2]


def _questions(registry: Registry, asked: Asked) -> Iterator[Item]:
    """One question of each entry, those open for longest first."""
    oldest = sorted(_question_of_each(registry, asked), key=lambda found: (found[2], *_importance(found)))
    for entry, question, day in _turned(oldest, registry.today):
        since = f", open since {dates.spoken(day.isoformat())}" if day < date.max else ""
        says = f"an open question about {_in_line([registry.schema.label(question.about)])}{since}:"
        do = "Look for it once more, or ask the body; answer it in the entry, with the source."
        key = f"question/{entry.id}/{question.about}"
        yield Item("question", key, entry.title, says, do, entry.id, question.text)


_Asked = tuple[Entry, Spot, date]


def _question_of_each(registry: Registry, asked: Asked) -> Iterator[_Asked]:
    for entry in registry.networks:
        days = [(entry, item, asked.get((entry.id, item.text), date.max)) for item in entry.open_questions]
        if days:
            yield min(days, key=lambda found: (found[2], *_importance(found)))


def _importance(found: _Asked) -> tuple[int, str, str]:
    entry, question, _ = found
    return (-_WEIGHTS.get(question.about, 1), entry.id, question.text)


_WEIGHTS: Mapping[str, int] = {watched.field: watched.weight for watched in WATCHED}


def _turned(questions: Sequence[_Asked], today: date) -> Iterator[_Asked]:
    """The questions, those of the oldest day turned on each month, so that the list does not ask the same for ever."""
    oldest = [found for found in questions if found[2] == questions[0][2]]
    start = (today.year * 12 + today.month) * SHARES["question"] % len(oldest) if oldest else 0
    yield from chain(oldest[start:], oldest[:start], islice(questions, len(oldest), None))


# As the body of an issue


def as_markdown(items: Sequence[Item]) -> str:
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


def _line(item: Item) -> str:
    name = item.name if item.kind == "request" else f"**{in_markdown(_cut(item.name))}**"
    parts = [
        f"{name} (`registry/{item.about}.yaml`)," if item.about else name,
        in_markdown(item.says),
        _shown(item),
        f"**Do:** {item.do}",
        f"A copy may lie at {as_code(item.archive)}; nobody has looked." if item.archive else "",
    ]
    return " ".join(part for part in parts if part)


def _shown(item: Item) -> str:
    if not item.shown:
        return ""
    return as_code(item.shown) if item.kind == "dead-link" else in_markdown(_cut(item.shown))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"
