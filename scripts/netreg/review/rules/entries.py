"""Review rules over an entry as a whole, its names and its questions."""

from __future__ import annotations

from collections.abc import Sequence

from netreg.review.change import EMPTY, Change, Kind
from netreg.review.compare import contents
from netreg.review.rules import always, rule
from netreg.review.rules.values import is_third_party_only, outside_actor
from netreg.review.spans import Spans, code, joined, quoted, several, spans
from netreg.review.words import Words

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
    third = [one for one in claims if is_third_party_only(one.is_on)]
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
