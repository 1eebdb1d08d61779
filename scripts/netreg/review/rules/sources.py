"""Review rules over listed sources: what is written of a source concerns each statement that cites it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netreg.core.address import is_look_alike
from netreg.core.dates import try_parse
from netreg.review.change import Change, title_of
from netreg.review.compare import page_of, site_of
from netreg.review.equivalence import same, words_of
from netreg.review.rules import rule
from netreg.review.spans import Spans, code, joined, quoted, spans, theirs
from netreg.review.words import Words

_TITLE = spans("has another title than before")


@rule("listed-twice", "listed-source-added")
def listed_twice(change: Change, words: Words) -> Spans:
    """A new source with the address of one that is listed already."""
    if change.before is None or page_of(change.before) != page_of(change.after):
        return ()
    said = spans("has the address of ", quoted(title_of(change.before), 60), ", which is listed already")
    was, now = change.both("kind")
    if same(was, now):
        return said
    kinds = [theirs(words.term(words.part("sources", "kind"), side).lower(), 60) for side in (was, now)]
    return spans(said, " as ", kinds[0], ", and counts as ", kinds[1])


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
    return alike_hosts(site_of(change.before), site_of(change.after))


def alike_hosts(was: str, now: str) -> Spans:
    """That a host is not the one it looks like; nothing where it is, or looks like none."""
    if not was or not now or not is_look_alike(was, now):
        return ()
    return spans(code(now, 80), " only looks like ", code(was, 80), "; whose site is it?")


@rule("other-kind-of-source", "listed-source-changed")
def other_kind(change: Change, words: Words) -> Spans:
    """A source that counts as somebody else's word than before."""
    was, now = change.both("kind")
    if was is None or same(was, now):
        return ()
    was_said, now_said = (words.term(words.part("sources", "kind"), side).lower() for side in (was, now))
    return spans("counts as ", theirs(now_said, 60), " now, not as ", theirs(was_said, 60))


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
