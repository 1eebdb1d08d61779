"""Review rules: each sees one thing at a change that deserves an eye, and says it, or says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from netreg.core.address import host_of, is_look_alike
from netreg.core.dates import Date, try_parse
from netreg.entry.evidence import evidence_of
from netreg.review.change import (
    COUNTRIES,
    EMPTY,
    LISTS,
    Change,
    Cited,
    Kind,
    same,
    title_of,
    value_of,
    without,
    words_of,
)
from netreg.review.compare import contents, page_of, site_of
from netreg.review.spans import Span, Spans, code, joined, quoted, several, spans, theirs
from netreg.review.words import Words

Look = Callable[[Change, Words], Spans]


class ReviewRule(NamedTuple):
    """One rule: ``sort`` is what machines call its hints, ``look`` says what it sees, or nothing.

    It looks only at changes that say another value, or the same one, where ``other_value`` tells which.
    """

    sort: str
    look: Look
    other_value: bool | None = None


RULES: dict[Kind, list[ReviewRule]] = {kind: [] for kind in Kind}
"""The rules for each kind of change, in the order in which their hints are read."""


def rule(sort: str, kinds: str, *, other_value: bool | None = None) -> Callable[[Look], Look]:
    """Make a function a rule.

    Args:
        sort: what its hints are called.
        kinds: the kinds of change that it looks at, as ``changes.json`` calls them, with spaces between.
        other_value: whether the value must be another one, or must be the same; None for both.
    """

    def register(look: Look) -> Look:
        for kind in kinds.split():
            RULES[Kind(kind)].append(ReviewRule(sort, look, other_value))
        return look

    return register


def always(sort: str, kinds: str, text: str) -> None:
    """Make a rule that says the same at every change of these kinds."""
    rule(sort, kinds)(lambda _change, _words: spans(text))


# Listed sources: what is written of a source concerns each statement that cites it.

_TITLE = spans("has another title than before")


@rule("listed-twice", "listed-source-added")
def listed_twice(change: Change, words: Words) -> Spans:
    """A new source with the address of one that is listed already."""
    if change.before is None or page_of(change.before) != page_of(change.after):
        return ()
    said = spans("has the address of ", quoted(title_of(change.before), 60), ", which is listed already")
    if same(*change.both("kind")):
        return said
    was, now = _kinds(change, words)
    return spans(said, " as ", was, ", and counts as ", now)


@rule("other-source", "listed-source-changed")
def other_source(change: Change, _words: Words) -> Spans:
    """Another source in the place of one, or one that is to be found elsewhere or by another number or author."""
    was, now = change.before, change.after
    others = list(_others(was, now)) if isinstance(was, dict) and isinstance(now, dict) else []
    if not others or others == [_TITLE]:
        return ()
    if len(others) > 1 and same(was.get("id"), now.get("id")):
        site = spans(", read at ", code(site_of(now), 80)) if site_of(was) != site_of(now) else ()
        return spans("is another one now", site, "; does what cites it still hold?")
    return joined([one for one in others if one != _TITLE], ", and ", ", and ")


def _others(was: dict[str, Any], now: dict[str, Any]) -> Iterator[Spans]:
    """What makes a source another one, as it is said of one by itself."""
    if not same(was.get("title"), now.get("title")):
        yield _TITLE
    if not same(was.get("author"), now.get("author")):
        yield spans("has another author than before: ", quoted(now.get("author", "nobody"), 60))
    if was.get("document") is not None and not same(was["document"], now.get("document")):
        yield spans("has another document number than before")
    if page_of(was) and page_of(now) and page_of(was) != page_of(now):
        at_same_site = spans("has another address at the same site; is it the same page?")
        elsewhere = spans("is read at another site than before: ", code(site_of(now), 80))
        yield at_same_site if site_of(was) == site_of(now) else elsewhere


@rule("look-alike-host", "listed-source-added listed-source-changed")
def look_alike_host(change: Change, _words: Words) -> Spans:
    """A source at a site that a reader takes for another one of the entry."""
    return _alike_hosts(site_of(change.before), site_of(change.after))


def _alike_hosts(was: str, now: str) -> Spans:
    """That a host is not the one it looks like; nothing where it is, or looks like none."""
    if not was or not now or not is_look_alike(was, now):
        return ()
    return spans(code(now, 80), " only looks like ", code(was, 80), "; whose site is it?")


@rule("other-kind-of-source", "listed-source-changed")
def other_kind(change: Change, words: Words) -> Spans:
    """A source that counts as somebody else's word than before."""
    if change.both("kind")[0] is None or same(*change.both("kind")):
        return ()
    was, now = _kinds(change, words)
    return spans("counts as ", now, " now, not as ", was)


def _kinds(change: Change, words: Words) -> list[Span]:
    """As whose word a source counted, and counts now."""
    return [theirs(words.term(words.part("sources", "kind"), side).lower(), 60) for side in change.both("kind")]


@rule("source-note", "listed-source-changed")
def source_note(change: Change, _words: Words) -> Spans:
    """What we note beside a source may take back all that it is cited for."""
    was, now = map(words_of, change.both("note"))
    if was == now:
        return ()
    if not now:
        return spans("its note is deleted; does what cites it still hold?")
    return spans("its note changed" if was else "has a note now", "; does what cites it still hold?")


@rule("source-newer", "listed-source-changed")
def newer(change: Change, _words: Words) -> Spans:
    """A later date of a source, which makes all that cites it look fresher."""
    was, now = map(try_parse, change.both("published"))
    if now is None or (was is not None and now.latest <= was.latest):
        return ()
    return spans("gives the evidence of its claims a date" if was is None else "makes the evidence of its claims newer")


# Statements: what is said otherwise, what is gone, and on what it stands.

_QUALIFY = ("sources", "note", "certainty")
_DATES = {"as_of": "the date for which it was said", "from": "its beginning", "until": "its end"}
_WORDING = ("purpose", "summary", "tasks", "governance")
"""Fields whose old wording nobody keeps."""

_JUMP = 5
"""So many times as much: a slip of the finger makes 310 of 31; no network grows so between two readings."""

_NOT_HEARD = ("sources", "other_names", "legal_basis", "name", "title", "open_questions", "note", "notes")
"""Keys below which titles and names of others stand, or questions and notes, in which we speak for ourselves."""

_ADVERTISING = re.compile(
    r"\b(?:we|our|ours|us|your?|click here|world[- ](?:class|leading)|cutting[- ]edge|state[- ]of[- ]the[- ]art|"
    r"renowned|prestigious|pioneering|innovative|best[- ]in[- ]class|flagship|unparalleled|proud(?:ly)?)\b"
)
_UNMOVED = {True: "its sources did not", False: "with no new source"}
_NEW_VALUE = "claim-changed status-changed rival-promoted"
_CLAIM = "claim-changed status-changed rival-changed"
_ITEM = "legal-act-changed relation-changed event-changed"
_NEW_ITEM = "legal-act-added relation-added event-added"
_SAID = f"{_NEW_VALUE} claim-set source-lost source-changed {_NEW_ITEM} {_ITEM}"
_ANY = " ".join(Kind)


@rule("same-sources", _CLAIM, other_value=True)
def same_sources(change: Change, _words: Words) -> Spans:
    """Another value without a new source."""
    return () if change.gained else spans("the value changed, ", _UNMOVED[change.was_on == change.is_on])


@rule("same-sources", _ITEM)
def item_same_sources(change: Change, _words: Words) -> Spans:
    """An item that says something else without a new source."""
    if change.gained or _is_alike(change, _QUALIFY):
        return ()
    if _is_alike(change, (*_QUALIFY, "as_of")):
        return _date(change)
    return spans("changed, ", _UNMOVED[change.was_on == change.is_on])


@rule("other-date", _CLAIM, other_value=False)
def other_date(change: Change, _words: Words) -> Spans:
    """The same value said for another date without a new source."""
    if change.gained:
        return ()
    both = {key: change.both(key) for key in _DATES}
    gone = [spans(_DATES[key]) for key, (was, now) in both.items() if was is not None and now is None]
    if gone:
        return spans(joined(gone), f" {'is' if len(gone) == 1 else 'are'} deleted, the value is not")
    return _date(change) if any(not same(*sides) for sides in both.values()) else ()


def _date(change: Change) -> Spans:
    was, now = (_evidence(side, ()) for side in (change.before, change.after))
    return spans("newer date, same sources" if _is_later(now, was) else "another date, same sources")


@rule("other-note", f"{_CLAIM} {_ITEM} name-changed", other_value=False)
def other_note(change: Change, _words: Words) -> Spans:
    """Another note, which may turn round what it stands beside, without a new source; a comma turns nothing round."""
    was, now = map(words_of, change.both("note"))
    if not was or was == now or change.gained or not _is_alike(change, (*_QUALIFY, *_DATES)):
        return ()
    if change.field in LISTS:
        return spans("only the note changed" if now else "the note is deleted")
    return spans("the note changed, the value did not" if now else "the note is deleted, the value is not")


@rule("more-certain", f"{_SAID} rival-changed", other_value=False)
def more_certain(change: Change, _words: Words) -> Spans:
    """Our reading that became a fact by nobody's word."""
    was, now = change.both("certainty")
    is_bare = was is not None and now is None and not change.gained
    return spans("no longer marked as our reading, with no new source") if is_bare else ()


@rule("source-dropped", _ANY)
def dropped(change: Change, _words: Words) -> Spans:
    """Sources that a statement had."""
    if change.after is None or change.kept or not change.lost:
        return ()
    titles = [spans(quoted(title_of(one), 60)) for one in change.lost]
    return spans("no longer rests on ", several(titles), "" if change.is_on else ", and has none left")


@rule("third-parties-only", _SAID)
def third_parties(change: Change, _words: Words) -> Spans:
    """Third parties alone; of what stood on them before that is no news, but for a new value."""
    is_new = _is_third_party_only(change.is_on) and (not _is_third_party_only(change.was_on) or change.is_other_value)
    return spans("rests on third parties only") if is_new else ()


def _is_third_party_only(sources: Sequence[Cited]) -> bool:
    """Whether there are sources, and none of them is official or the body's own word."""
    return set(map(attrgetter("kind"), sources)) == {"third-party"}


always(
    "claim-cleared",
    "claim-cleared rival-removed",
    "deleted; should it not stay, with its dates or as another value?",
)
always(
    "claim-cleared",
    "legal-act-removed relation-removed event-removed",
    "deleted; should it not stay, with its dates?",
)


@rule("old-value-not-kept", _NEW_VALUE, other_value=True)
def not_kept(change: Change, _words: Words) -> Spans:
    """An old value that nobody filed."""
    if change.kept or change.field in (*_WORDING, COUNTRIES) or isinstance(value_of(change.before), list):
        return ()
    return spans("the old value is not kept beside the new one")


@rule("look-alike-host", f"{_NEW_VALUE} rival-changed", other_value=True)
def look_alike_address(change: Change, _words: Words) -> Spans:
    """Another address that a reader takes for the one of before."""
    was, now = str(value_of(change.before)), str(value_of(change.after))
    return _alike_hosts(host_of(was), host_of(now)) if "//" in was and "//" in now else ()


@rule("jump", f"{_NEW_VALUE} rival-changed", other_value=True)
def jump(change: Change, _words: Words) -> Spans:
    """A number that a digit too many, or too few, would make of the one before."""
    was, now = value_of(change.before), value_of(change.after)
    if type(was) is not int or type(now) is not int or change.is_other_unit or min(was, now) <= 0:
        return ()
    if max(was, now) < _JUMP * min(was, now):
        return ()
    return spans(f"goes from {was} to {now}; is a digit {'too many' if now > was else 'missing'}?")


@rule("voice", f"{_CLAIM} claim-set event-added event-changed entry-added entry-restored entry-mended")
def voice(change: Change, _words: Words) -> Spans:
    """Words of an advertisement, or of somebody who speaks of themselves, that were not there before."""
    now = set(_ADVERTISING.findall(_prose(change.after).casefold()))
    new = now.difference(_ADVERTISING.findall(_prose(change.before).casefold())) if now else now
    if not new:
        return ()
    return spans("speaks for the body, not of it: ", several([spans(quoted(word, 40)) for word in sorted(new)]))


def _prose(side: Any) -> str:
    """All that an entry, or a statement of it, tells of the body in sentences."""
    if isinstance(side, list):
        return " ".join(map(_prose, side))
    if isinstance(side, dict):
        return " ".join(_prose(below) for key, below in side.items() if key not in _NOT_HEARD)
    return side if isinstance(side, str) and " " in side else ""


@rule("outside-actor", "relation-added relation-changed")
def outside_actor(change: Change, _words: Words) -> Spans:
    """A body that the registry does not know."""
    was, now = change.both("name")
    if now is None or (was is not None and same(was, now)):
        return ()
    return spans("names a body outside the registry, ", quoted(now, 80), "; is it an entry or a known actor?")


@rule("active-without-newer-evidence", "status-changed rival-promoted", other_value=True)
def active_again(change: Change, _words: Words) -> Spans:
    """A body that comes to life by evidence no newer than that of its sleep."""
    if value_of(change.after) != "active":
        return ()
    was, now = _evidence(change.before, change.was_on), _evidence(change.after, change.is_on)
    return () if _is_later(now, was) else spans("active again, but no evidence is newer than before")


@rule("same-note", _NEW_VALUE, other_value=True)
def same_note(change: Change, _words: Words) -> Spans:
    """A note that spoke of another value."""
    was, now = change.both("note")
    if now is None or not same(was, now) or change.field in _WORDING:
        return ()
    return spans("the value changed, its note did not: ", quoted(now, 120))


@rule("older-evidence", f"{_NEW_VALUE} source-changed source-lost")
def older(change: Change, _words: Words) -> Spans:
    """Evidence that is older than what was there."""
    if change.was_on == change.is_on and same(*change.both("as_of")):
        return ()
    was, now = _evidence(change.before, change.was_on), _evidence(change.after, change.is_on)
    if was is None or (now is not None and now.latest >= was.latest):
        return ()
    return spans("its evidence had a date and has none now" if now is None else "its evidence is older than before")


def _is_alike(change: Change, but: Sequence[str]) -> bool:
    """Whether both sides say the same in all keys but these."""
    return same(*(without(side, but) for side in (change.before, change.after)))


def _evidence(statement: Any, sources: Sequence[Cited]) -> Date | None:
    as_of = statement.get("as_of") if isinstance(statement, dict) else None
    return evidence_of(None if as_of is None else str(as_of), [source.dated for source in sources])


def _is_later(now: Date | None, was: Date | None) -> bool:
    return now is not None and (was is None or now.latest > was.latest)


# An entry as a whole, its names and its questions.

_GONE = "an entry is never removed, since its address is for good; withdraw it instead"

always("id-lost", "id-lost", _GONE)
always("id-changed", "entry-moved", "an id never changes, nor does its file: the old address is for good")
always("question-removed", "question-removed", "deleted without an answer; should it not stay open?")


@rule("withdrawn", "entry-withdrawn")
def withdrawn(change: Change, _words: Words) -> Spans:
    """A withdrawal, which is for what was wrong."""
    tombstone = change.both("entry")[1]
    see = tombstone.get("see") if isinstance(tombstone, dict) else None
    if see is None:
        return spans("this is for entries that were wrong; a body that ended keeps its entry, with a status")
    return spans("does ", code(see), " hold what was proved here?")


@rule("unreadable", "entry-unreadable")
def unreadable(change: Change, _words: Words) -> Spans:
    """A file that holds no entry any more."""
    return spans(_GONE if change.both("rule")[1] == EMPTY else "nothing in the file could be compared")


@rule("new-entry", "entry-added entry-restored entry-mended")
def new_entry(change: Change, words: Words) -> Spans:
    """What stands on third parties only, and who is outside the registry, in an entry that is new as a whole."""
    inside = contents(change)
    claims = [one for one in inside if one.kind is Kind.CLAIM_SET]
    third = [one for one in claims if _is_third_party_only(one.is_on)]
    bare = [one for one in claims if not one.is_on]
    said = [*_fields(third, "on third parties only", words), *_fields(bare, "without a source", words)]
    outside = [one for one in inside if one.kind is Kind.RELATION_ADDED and outside_actor(one, words)]
    if outside:
        bodies = [spans(quoted(one.after["name"], 60)) for one in outside]
        said.append(spans("bodies outside the registry: ", several(bodies, 5)))
    return joined(said, "; ", "; ")


def _fields(statements: Sequence[Change], what: str, words: Words) -> list[Spans]:
    fields = dict.fromkeys(words.field_of(one).lower() for one in statements)
    return [spans(f"{what}: ", several([spans(field) for field in fields], 6))] if fields else []


@rule("old-name-not-kept", "renamed editorial-changed")
def old_name(change: Change, _words: Words) -> Spans:
    """An old name or acronym that nobody filed."""
    if change.before is None or change.kept or change.field not in ("name", "acronym"):
        return ()
    return spans(f"the old {change.field} is not filed among the other names")
