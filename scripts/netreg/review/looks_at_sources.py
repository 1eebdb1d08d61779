"""Looks at listed sources: what is written of a source concerns each statement that cites it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netreg.core.dates import try_parse
from netreg.review.change import Change
from netreg.review.equivalence import same, words_of
from netreg.review.evidence import title_of
from netreg.review.listed import page_of
from netreg.review.spans import Bits, bits, code, joined, quoted, theirs
from netreg.review.words import Words


def other_source(change: Change, _words: Words) -> Bits:
    """Another source in the place of one, or one that is to be found elsewhere or by another number or author."""
    was, now = change.before, change.after
    if not (isinstance(was, dict) and isinstance(now, dict)):
        return ()
    others = list(_others(was, now))
    if not others or others == [_TITLE]:
        return ()
    if len(others) > 1 and same(was.get("id"), now.get("id")):
        site = bits(", read at ", code(_host(now), 80)) if _host(was) != _host(now) else ()
        return bits("is another one now", site, "; does what cites it still hold?")
    return joined([one for one in others if one != _TITLE], ", and ", ", and ")


_TITLE = bits("has another title than before")


def _others(was: dict[str, Any], now: dict[str, Any]) -> Iterator[Bits]:
    """What makes a source another one, as it is said of one by itself."""
    if not same(was.get("title"), now.get("title")):
        yield _TITLE
    if not same(was.get("author"), now.get("author")):
        yield bits("has another author than before: ", quoted(now.get("author", "nobody"), 60))
    if was.get("document") is not None and not same(was["document"], now.get("document")):
        yield bits("has another document number than before")
    if page_of(was) and page_of(now) and page_of(was) != page_of(now):
        at_same_site = bits("has another address at the same site; is it the same page?")
        elsewhere = bits("is read at another site than before: ", code(_host(now), 80))
        yield at_same_site if _host(was) == _host(now) else elsewhere


def _host(source: Any) -> str:
    return page_of(source).partition("/")[0]


def other_word(change: Change, words: Words) -> Bits:
    """A source that counts as somebody else's word than before."""
    was, now = (side.get("kind") if isinstance(side, dict) else None for side in (change.before, change.after))
    if was is None or same(was, now):
        return ()
    was_said, now_said = (words.term(words.part("sources", "kind"), side).lower() for side in (was, now))
    return bits("counts as ", theirs(now_said, 60), " now, not as ", theirs(was_said, 60))


def newer(change: Change, _words: Words) -> Bits:
    """A later date of a source, which makes all that cites it look fresher."""
    was, now = (
        try_parse(side.get("published")) if isinstance(side, dict) else None for side in (change.before, change.after)
    )
    if now is None or (was is not None and now.latest <= was.latest):
        return ()
    return bits("gives the evidence of its claims a date" if was is None else "makes the evidence of its claims newer")


def noted(change: Change, _words: Words) -> Bits:
    """What we note beside a source may take back all that it is cited for."""
    was, now = (words_of(side.get("note")) if isinstance(side, dict) else [] for side in (change.before, change.after))
    if was == now:
        return ()
    if not now:
        return bits("its note is deleted; does what cites it still hold?")
    return bits("its note changed" if was else "has a note now", "; does what cites it still hold?")


def listed_twice(change: Change, words: Words) -> Bits:
    """A new source with the address of one that is listed already."""
    if change.before is None:
        return ()
    was, now = (side.get("kind") if isinstance(side, dict) else None for side in (change.before, change.after))
    said = bits("has the address of ", quoted(title_of(change.before), 60), ", which is listed already")
    if same(was, now):
        return said
    kinds = [theirs(words.term(words.part("sources", "kind"), side).lower(), 60) for side in (was, now)]
    return bits(said, " as ", kinds[0], ", and counts as ", kinds[1])
