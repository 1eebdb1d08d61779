"""Time: dates that can be, in an order that can be, with their age beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core import dates
from netreg.core.dates import BadDate, Date, try_parse
from netreg.core.escape import TYPOGRAPHIC_QUOTES
from netreg.core.finding import Level
from netreg.core.load import Node
from netreg.core.nearest import quoted
from netreg.entry import Source
from netreg.entry.evidence import is_sign_of_life


def _date(node: Node | None) -> Date | None:
    return try_parse(node.value) if node is not None else None


@rule(
    "bad-date",
    summary="A date is not written as dates are.",
    reason="Dates are as exact as their sources: a year, a month or a day, about, by or between. One way of writing "
    "them lets the pages order and speak them.",
    fix='Write "2008", "2008-07" or "2008-07-02"; "2008~" for about 2008, "/2015-07" for by July 2015.',
)
def bad_date(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("date"):
        if isinstance(spot.node.value, str):
            try:
                dates.parse(spot.node.value)
            except BadDate as error:
                typographic = set(spot.node.value) & TYPOGRAPHIC_QUOTES
                why = "its quotes are those of a word processor" if typographic else str(error)
                yield subject.hit(spot.node, f"{quoted(spot.node.value)} is not a date: {why}.")


@rule(
    "unquoted-date",
    summary="A date stands without quotes.",
    reason="YAML readers disagree about unquoted dates: one makes a number of 2008, another a day of 2008-07-02. In "
    "quotes they are what they look like.",
    fix="Put it in double quotes; netreg format does it for you.",
)
def unquoted_date(subject: Subject, _context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("unquoted-date"):
        if error.keyword == "type" or _date(error.node):
            fix = f'Write "{error.node.text}"; netreg format does it for you.'
            yield subject.hit(error.node, f"The date {error.node.text} stands without quotes.", fix)


@rule(
    "date-order",
    summary="Something ends before it begins.",
    reason="Two dates that cannot both be right are most often a slip of the keyboard, or the date of a discovery "
    "taken for the date of the event.",
    fix="Look both dates up in their sources.",
)
def date_order(subject: Subject, _context: Context) -> Iterator[Hit]:
    begin, end = (claim.node.get("value") if claim else None for claim in (subject.established, subject.ended))
    yield from _order(subject, begin, end, "It ends ({}) before it was established ({}).")
    for spot in subject.statements():
        if until := spot.node.get("until"):
            start = spot.node.get("from") or spot.node.get("date")
            yield from _order(subject, start, until, "This ends ({}) before it begins ({}).")


def _order(subject: Subject, first: Node | None, second: Node | None, words: str) -> Iterator[Hit]:
    one, two = _date(first), _date(second)
    if one and two and second and one.surely_after(two):
        yield subject.hit(second, words.format(dates.spoken(two.text), dates.spoken(one.text)))


@rule(
    "future-date",
    summary="A date lies in the future.",
    reason="The registry tells what has been read; nothing can have been read, published or done after today.",
    fix="Check the year; for something announced, say so in the text and date the announcement.",
)
def future_date(subject: Subject, context: Context) -> Iterator[Hit]:
    for spot, when in subject.dates:
        if when.start and when.earliest > context.today and spot.path[-1] != "until":
            today = dates.spoken(context.today.isoformat())
            yield subject.hit(spot.node, f"{dates.spoken(when.text)} lies in the future: today is {today}.")


@rule(
    "early-date",
    Level.WARNING,
    summary="A date lies before 1800.",
    reason="No body of police cooperation is that old; most often two figures of the year are swapped.",
    fix="Check the year.",
)
def early_date(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot, when in subject.dates:
        first = when.start or when.end
        if first and first.earliest.year < 1800:
            yield subject.hit(spot.node, f"{quoted(spot.node.text)} lies before 1800.")


@rule(
    "open-ended-as-of",
    summary="The date for which a source says something has no end.",
    reason="A source speaks of a time that is over; an open end would make an old statement the newest of all.",
    fix="Give the date of the source; since when it has been so goes into from.",
)
def open_ended_as_of(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot, when in subject.dates:
        if when.end is None and spot.path[-1] == "as_of":
            yield subject.hit(spot.node, f"{quoted(when.text)} has no end.")


@rule(
    "as-of-after-sources",
    Level.WARNING,
    summary="Something is said as of a date that is later than every source it cites.",
    reason="No source speaks of the time after it was published, or read where it is undated. Such a date is most "
    "often the day on which somebody looked.",
    fix="Give the date of the source as as_of, or cite the newer source.",
)
def as_of_after_sources(subject: Subject, context: Context) -> Iterator[Hit]:
    for spot in subject.statements():
        as_of = try_parse(spot.as_of)
        newest = _newest_before(as_of, subject.cited(spot)) if as_of else None
        if as_of and newest and as_of.earliest <= context.today:
            said, known = dates.spoken(as_of.text), dates.spoken(newest.text)
            yield subject.hit(spot.node.get("as_of"), f"This is as of {said}, and the newest source is of {known}.")


def _newest_before(when: Date | None, sources: Sequence[Source]) -> Date | None:
    """The date of the newest source where all are surely older than a date; an undated one is as old as its reading."""
    # "About October" is a page's date that may be some weeks off, not the year that it would be for an old event.
    known = (try_parse((source.dated or source.read_on).rstrip("~?%")) for source in sources if when)
    older = [one for one in takewhile(lambda one: one and when and when.surely_after(one), known) if one]
    return max(older, key=lambda one: one.latest) if older and len(older) == len(sources) else None


@rule(
    "undated-count",
    summary="A number of participants has no date.",
    reason="A bare number of members looks like today's and is most often years old.",
    fix='Add as_of: "2021", the year for which the source gives it; if the page is undated, say so in a note.',
)
def undated_count(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("claim"):
        if spot.dotted.startswith("participants.counts") and spot.node.kind == "mapping":
            dated = any(spot.node.get(key) for key in ("as_of", "from", "until", "note"))
            if not dated:
                yield subject.hit(spot.node.get("value"), "This number has no date.")


_ROTTING_WORDS = (
    "currently|at present|nowadays|recently|newly|new|today|at the moment|soon|upcoming|pilot|this year|last year|now"
).split("|")
_ROTTING = re.compile(rf"\b(?:{'|'.join(_ROTTING_WORDS)})\b", re.IGNORECASE)
_OUR_PROSE = ("purpose", "summary", "tasks", "governance", "seat", "history")


@rule(
    "undated-word",
    Level.WARNING,
    summary="A word such as currently, new or pilot stands without a date.",
    reason="The listing of origin said for years that a task force was being piloted for six months. Such words are "
    "wrong from the day they are read.",
    fix="Say since when, or for which year a source says it.",
)
def undated_word(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("text"):
        if spot.field in _OUR_PROSE and spot.path[-1] in ("value", "text"):
            for match in _ROTTING.finditer(spot.node.text) if _may_rot(spot.node.text) else ():
                if match[0].casefold() != "new" or not _dated_near(spot.node.text, match.start()):
                    message = f"{quoted(match[0])} tells no time: it will be wrong one day."
                    yield subject.hit_at(spot.node, match[0], message)


def _may_rot(text: str) -> bool:
    """A quick look, since nearly all texts hold no such word; only in ASCII is the case of a letter one other sign."""
    return not text.isascii() or any(map(text.lower().__contains__, _ROTTING_WORDS))


def _dated_near(text: str, position: int) -> bool:
    return re.search(r"\b(19|20)[0-9]{2}\b|\bNew [A-Z]", text[max(0, position - 60) : position + 80]) is not None


@rule(
    "status-criterion",
    Level.INFO,
    summary="An entry is called active, and its newest sign of life is more than three years old.",
    reason="Active means: a sign of life within three years, or a legal basis in force. Otherwise the page can only "
    "say when the body was last seen. Time alone makes it a remark; in what a change touches it is a warning.",
    fix="Add a newer source with its date; if none is to be found, the page says when it was last seen.",
)
def status_criterion(subject: Subject, context: Context) -> Iterator[Hit]:
    status = subject.status
    if status is None or status.value != "active" or subject.rests_on_law:
        return
    newest = subject.evidence_of(status)
    if not is_sign_of_life(newest, context.today):
        dated = f"the last sign of life dates from {dates.spoken(newest.text)}" if newest else ""
        seen = dated or "no sign of life has a date"
        hit = subject.hit(status.node.get("value"), f'"active", but {seen}, and no legal basis in force is listed.')
        yield replace(hit, level=Level.WARNING) if subject.id in (context.changed or ()) else hit


@rule(
    "end-without-date",
    Level.WARNING,
    summary="A body is said to be no more, and nothing tells since when, or no source is of that time.",
    reason="An end has a date and a source that could know; that nothing new was found makes a status unknown.",
    fix="Give the date under ended, with a source of that time; where there is none, the status is unknown.",
)
def end_without_date(subject: Subject, _context: Context) -> Iterator[Hit]:
    status = subject.status
    if status is None or not subject.is_closed:
        return
    claims = [status, *filter(None, [subject.ended])]
    node = claims[-1].node.get("value" if subject.ended else "from")
    end, newest = _date(node), _newest_before(_date(node), [one for claim in claims for one in subject.cited(claim)])
    if node is None:
        yield subject.hit(status.node.get("value"), f"{quoted(str(status.value))}, but nothing tells since when.")
    elif end and newest:
        words = f"The end ({dates.spoken(end.text)}) is later than the newest source ({dates.spoken(newest.text)})."
        yield subject.hit(node, words)


@rule(
    "event-before-founding",
    Level.WARNING,
    summary="Something is said to have happened before the body was set up.",
    reason="Such dates are most often those of a forerunner, or a slip. Of rival foundings the earliest counts.",
    fix="Correct the date, or leave the event to the entry of the forerunner and state the relation between the two.",
)
def event_before_founding(subject: Subject, _context: Context) -> Iterator[Hit]:
    claims = subject.established.with_others() if subject.established else ()
    founding = [when for claim in claims if (when := try_parse(claim.value))]
    events = [event.node.get("date") for event in subject.history or () if event.event in _AFTER_FOUNDING]
    for node in [*events, subject.status.node.get("as_of") if subject.status else None]:
        when = _date(node)
        if when and founding and all(one.surely_after(when) for one in founding):
            before = f"before the body was set up ({dates.spoken(founding[0].text)})"
            yield subject.hit(node, f"This is dated {dates.spoken(when.text)}, {before}.")


_AFTER_FOUNDING = (
    "founded first-meeting started-work meeting-held recognised listed became-legal-person renamed mandate-changed "
    "participant-joined participant-left seat-moved evaluated merged ended"
).split()
"""Events that only a body which is there already can have; acts, money and plans may come before it."""
