"""Looks: each sees one thing at a change that deserves an eye, and says it, or says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netreg.core.dates import Date
from netreg.entry.evidence import evidence_of
from netreg.review.change import EMPTY, Change, Cited, Kind, value_of
from netreg.review.claims import without
from netreg.review.compare import contents
from netreg.review.equivalence import same, words_of
from netreg.review.evidence import title_of
from netreg.review.looks_at_sources import listed_twice, newer, noted, other_source, other_word
from netreg.review.spans import Bits, bits, code, joined, quoted, several
from netreg.review.words import Words

__all__ = ["listed_twice", "newer", "noted", "other_source", "other_word"]  # by one name with the looks at statements

_QUALIFY = ("sources", "note", "certainty")
_DATES = {"as_of": "the date for which it was said", "from": "its beginning", "until": "its end"}
_WORDING = ("purpose", "summary", "tasks", "governance")
"""Fields whose old wording nobody keeps."""


# The entry as a whole


def lost(_change: Change, _words: Words) -> Bits:
    """A file that is gone."""
    return bits("an entry is never removed, since its address is for good; withdraw it instead")


def moved(_change: Change, _words: Words) -> Bits:
    """A file with another name, which is what an id must never do."""
    return bits("an id never changes, nor does its file: the old address is for good")


def unreadable(change: Change, words: Words) -> Bits:
    """A file that holds no entry any more."""
    if isinstance(change.after, dict) and change.after.get("rule") == EMPTY:
        return lost(change, words)
    return bits("nothing in the file could be compared")


def withdrawn(change: Change, _words: Words) -> Bits:
    """A withdrawal, which is for what was wrong."""
    stone = change.after.get("entry") if isinstance(change.after, dict) else None
    see = stone.get("see") if isinstance(stone, dict) else None
    if see is None:
        return bits("this is for entries that were wrong; a body that ended keeps its entry, with a status")
    return bits("does ", code(see), " hold what was proved here?")


def new_entry(change: Change, words: Words) -> Bits:
    """What stands on third parties only, and who is outside the registry, in an entry that is new as a whole."""
    inside = contents(change)
    third = [one for one in inside if one.kind is Kind.CLAIM_SET and _only_third(one.is_on)]
    outside = [one for one in inside if one.kind is Kind.RELATION_ADDED and outsider(one, words)]
    bare = [one for one in inside if one.kind is Kind.CLAIM_SET and not one.is_on]
    said = [*_counted(third, "on third parties only", words), *_counted(bare, "without a source", words)]
    if outside:
        bodies = [bits(quoted(one.after["name"], 60)) for one in outside]
        said.append(bits("bodies outside the registry: ", several(bodies, 5)))
    return joined(said, "; ", "; ")


def _counted(statements: Sequence[Change], what: str, words: Words) -> list[Bits]:
    if not statements:
        return []
    fields = list(dict.fromkeys(words.field_of(one) for one in statements))
    return [bits(f"{what}: ", several([bits(field.lower()) for field in fields], 6))]


# What is said


def same_sources(change: Change, _words: Words) -> Bits:
    """Another value without a new source."""
    if change.kind is Kind.RIVAL_PROMOTED or change.gained or not change.is_other_value:
        return ()
    return bits("the value changed, ", _unmoved(change))


def item_same_sources(change: Change, _words: Words) -> Bits:
    """An item that says something else without a new source."""
    if change.gained or _is_alike(change, _QUALIFY):
        return ()
    if _is_alike(change, (*_QUALIFY, "as_of")):
        return _date(change)
    return bits("changed, ", _unmoved(change))


def _unmoved(change: Change) -> str:
    return "its sources did not" if change.was_on == change.is_on else "with no new source"


def other_date(change: Change, _words: Words) -> Bits:
    """The same value said for another date without a new source."""
    if change.gained or change.is_other_value:
        return ()
    both = {key: _both(change, key) for key in _DATES}
    gone = [bits(_DATES[key]) for key, (was, now) in both.items() if was is not None and now is None]
    if gone:
        return bits(
            joined(gone), " is deleted, the value is not" if len(gone) == 1 else " are deleted, the value is not"
        )
    return _date(change) if any(not same(*sides) for sides in both.values()) else ()


def _date(change: Change) -> Bits:
    was, now = _evidence(change.before, ()), _evidence(change.after, ())
    later = now is not None and (was is None or now.latest > was.latest)
    return bits("newer date, same sources" if later else "another date, same sources")


def other_note(change: Change, _words: Words) -> Bits:
    """Another note, which may turn round what it stands beside, without a new source; a comma turns nothing round."""
    was, now = map(words_of, _both(change, "note"))
    if not was or was == now or change.gained or change.is_other_value or not _is_alike(change, _ASIDE):
        return ()
    if change.field in _LISTED:
        return bits("only the note changed" if now else "the note is deleted")
    return bits("the note changed, the value did not" if now else "the note is deleted, the value is not")


_ASIDE = (*_QUALIFY, *_DATES)
_LISTED = ("other_names", "legal_basis", "relations", "history")


def more_certain(change: Change, _words: Words) -> Bits:
    """Our reading that became a fact by nobody's word."""
    was, now = _both(change, "certainty")
    if was is None or now is not None or change.gained or change.is_other_value:
        return ()
    return bits("no longer marked as our reading, with no new source")


def same_note(change: Change, _words: Words) -> Bits:
    """A note that spoke of another value."""
    was, now = _both(change, "note")
    if now is None or not same(was, now) or change.field in _WORDING or not change.is_other_value:
        return ()
    return bits("the value changed, its note did not: ", quoted(now, 120))


def outsider(change: Change, _words: Words) -> Bits:
    """A body that the registry does not know."""
    was, now = _both(change, "name")
    if now is None or (was is not None and same(was, now)):
        return ()
    return bits("names a body outside the registry, ", quoted(now, 80), "; is it an entry or a known actor?")


# What is gone


def cleared(_change: Change, _words: Words) -> Bits:
    """A value that is gone."""
    return bits("deleted; should it not stay, with its dates or as another value?")


def item_removed(_change: Change, _words: Words) -> Bits:
    """An item that is gone."""
    return bits("deleted; should it not stay, with its dates?")


def not_kept(change: Change, _words: Words) -> Bits:
    """An old value that nobody filed."""
    if change.kept or change.field in _WORDING or not change.is_other_value:
        return ()
    if isinstance(value_of(change.before), list):
        return ()
    return bits("the old value is not kept beside the new one")


def old_name(change: Change, _words: Words) -> Bits:
    """An old name or acronym that nobody filed."""
    if change.before is None or change.kept or change.field not in ("name", "acronym"):
        return ()
    return bits(f"the old {change.field} is not filed among the other names")


def unanswered(_change: Change, _words: Words) -> Bits:
    """A question that is gone while nothing answers it."""
    return bits("deleted without an answer; should it not stay open?")


# What it stands on


def dropped(change: Change, _words: Words) -> Bits:
    """Sources that a statement had."""
    if change.after is None or change.kept or not change.lost:
        return ()
    left = "" if change.is_on else ", and has none left"
    titles = [bits(quoted(title_of(one), 60)) for one in change.lost]
    return bits("no longer rests on ", several(titles), left)


def third_parties(change: Change, _words: Words) -> Bits:
    """Third parties alone; of what stood on them before that is no news, but for a new value."""
    if not _only_third(change.is_on) or (_only_third(change.was_on) and not change.is_other_value):
        return ()
    return bits("rests on third parties only")


def active_again(change: Change, _words: Words) -> Bits:
    """A body that comes to life by evidence no newer than that of its sleep."""
    if value_of(change.after) != "active" or not change.is_other_value:
        return ()
    was, now = _evidence(change.before, change.was_on), _evidence(change.after, change.is_on)
    if now is not None and (was is None or now.latest > was.latest):
        return ()
    return bits("active again, but no evidence is newer than before")


def older(change: Change, _words: Words) -> Bits:
    """Evidence that is older than what was there."""
    was, now = _evidence(change.before, change.was_on), _evidence(change.after, change.is_on)
    if was is None or (now is not None and now.latest >= was.latest):
        return ()
    if now is None:
        return bits("its evidence had a date and has none now")
    return bits("its evidence is older than before")


def _both(change: Change, key: str) -> tuple[Any, Any]:
    was, now = (side.get(key) if isinstance(side, dict) else None for side in (change.before, change.after))
    return was, now


def _is_alike(change: Change, but: Sequence[str]) -> bool:
    """Whether both sides say the same in all keys but these."""
    return same(*(without(side, but) for side in (change.before, change.after)))


def _only_third(sources: Sequence[Cited]) -> bool:
    return bool(sources) and all(source.kind == "third-party" for source in sources)


def _evidence(statement: Any, sources: Sequence[Cited]) -> Date | None:
    as_of = statement.get("as_of") if isinstance(statement, dict) else None
    return evidence_of(None if as_of is None else str(as_of), (source.published for source in sources))
