"""Compare: from two states of an entry, as plain data, to what changed in meaning.

Nothing here asks whether an entry follows the schema: a mapping with a ``value`` is a claim, a list of them is a list
of claims, the lists of ``lists`` are matched item by item, and whatever else differs is an editorial change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from netreg.review.answers import with_answers
from netreg.review.change import Change, Cited, Kind
from netreg.review.claims import as_claims, differing, head, holds_claims, items, rivals, take, without
from netreg.review.equivalence import meaning, paired, same
from netreg.review.list_fields import CLAIM_KEYS, CLAIM_TEXT, IN_ORDER, LISTS, RIVAL_KEYS, SOURCES, VALUE, ListOf
from netreg.review.listed import of_sources

Entry = Mapping[str, Any]
_NAMES = ("name", "acronym")
NAMELESS = "“”"
"""What stands for a key without letters, since a change without a field is one of the whole entry."""


def compare(entry: str, before: Entry | None, after: Entry | None) -> tuple[Change, ...]:
    """What changed in an entry; nothing where both states say the same.

    Args:
        entry: the id.
        before: the older state, or None where the entry is new.
        after: the newer state, or None where its file is gone.
    """
    two = _Two(entry, before or {}, after or {})
    kind = _whole(before, after)
    if not kind:
        return tuple(with_answers(tuple(two.changes())))
    whole = two.change(kind, "", before, after)
    return (whole, *two.stone()) if kind is Kind.ENTRY_WITHDRAWN else (whole,)


def contents(change: Change) -> tuple[Change, ...]:
    """The statements of an entry that is new as a whole, as if each had been set by itself."""
    return tuple(_Two(change.entry, {}, change.after or {}).changes())


def _whole(before: Entry | None, after: Entry | None) -> Kind | None:
    if before is None or after is None:
        return Kind.ENTRY_ADDED if after is not None else Kind.ID_LOST if before is not None else None
    was, is_ = bool(before.get("entry")), bool(after.get("entry"))
    if was == is_:
        return None
    return Kind.ENTRY_WITHDRAWN if is_ else Kind.ENTRY_RESTORED


class _Two:
    """Two states of one entry; ids of sources that only got another id count as the same."""

    def __init__(self, entry: str, before: Entry, after: Entry) -> None:
        self.entry = entry
        self.before = before
        self.after = after
        self.name = name_of(after, "") or name_of(before, entry)
        was, now = before.get("sources"), after.get("sources")
        listed = items(now)
        self.sources = paired(listed if was is now else items(was), listed, SOURCES.keys)
        self.new_id = {_id(was): _id(now) for was, now in self.sources if _id(was) and _id(now)}
        self.was_cited = {_id(was): _cited(was, self.new_id.get(_id(was))) for was, _ in self.sources if _id(was)}
        self.now_cited = {_id(now): _cited(now) for _, now in self.sources if _id(now)}

    def change(self, kind: Kind, field: str, before: Any, after: Any, *, kept: bool = False) -> Change:
        """A change with the sources that the two sides cite."""
        was = _resolved(before, self.was_cited) if field else ()
        now = _resolved(after, self.now_cited) if field else ()
        return Change(kind, self.entry, self.name, field, before, after, was, now, kept)

    def changes(self) -> Iterator[Change]:
        """All changes in the order of the newer state."""
        yield from self.below("", self.before, self.after)

    def stone(self) -> Iterator[Change]:
        """What the stone of a withdrawn entry says otherwise than the entry did; that it says less is meant so."""
        stays = {key: self.before[key] for key in self.before if key in self.after}
        yield from self.below("", stays, without(self.after, ("entry",)))

    def below(self, path: str, before: Entry, after: Entry) -> Iterator[Change]:
        """The changes in a mapping."""
        for key in (*after, *(key for key in before if key not in after)):
            was, now = before.get(key), after.get(key)
            if not same(was, now) or _in_another_order(key, was, now):
                yield from self.field(f"{path}.{key}" if path else key or NAMELESS, was, now)

    def field(self, path: str, before: Any, after: Any) -> Iterator[Change]:
        """The changes of one field, by the shape of its values."""
        if path in LISTS and _may_be(list, before, after):
            yield from self.items(path, LISTS[path], items(before), items(after))
        elif holds_claims(before) or holds_claims(after):
            yield from self.claims(path, as_claims(before), as_claims(after))
        elif _may_be(dict, before, after):
            yield from self.below(path, before or {}, after or {})
        else:
            yield self.editorial(path, before, after)

    def editorial(self, path: str, before: Any, after: Any) -> Change:
        """A field that needs no source; for the title also whether its old text is filed as another name."""
        kind = Kind.RENAMED if path == "name" else Kind.EDITORIAL_CHANGED
        kept = path in _NAMES and before is not None and any(same(before, name) for name in self.other_names())
        return self.change(kind, path, before, after, kept=kept)

    def other_names(self) -> Iterator[Any]:
        """Every name and acronym that is filed beside those in use."""
        for item in items(self.after.get("other_names")):
            if isinstance(item, dict):
                yield from (item.get(key) for key in _NAMES)

    def claims(self, path: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
        """The changes of a claim, or of a list of claims."""
        keys = (*CLAIM_KEYS, _alone) if len(before) <= 1 and len(after) <= 1 else CLAIM_KEYS
        for was, now in paired(before, after, keys, CLAIM_TEXT):
            if not same(was, now):
                yield from self.claim(path, was, now)

    def claim(self, path: str, before: Any, after: Any) -> Iterator[Change]:
        """The changes of one claim with its rivals."""
        rivals_before, rivals_after = differing(rivals(before), rivals(after))
        was, now = head(before), head(after)
        if was is None or now is None:
            yield self.change(Kind.CLAIM_SET if was is None else Kind.CLAIM_CLEARED, path, was, now)
        elif same(VALUE(was), VALUE(now)):
            yield from self.qualified(path, was, now, Kind.CLAIM_CHANGED)
        else:
            yield from self.other_value(path, was, now, rivals_before, rivals_after)
        yield from self.rivals(path, rivals_before, rivals_after)

    def other_value(
        self, path: str, was: Any, now: Any, rivals_before: list[Any], rivals_after: list[Any]
    ) -> Iterator[Change]:
        """Another value in the first place: a new one, or one that stood beside it."""
        promoted = take(rivals_before, now, rivals_after)
        kept = take(rivals_after, was, rivals_before)
        kind = Kind.STATUS_CHANGED if path == "status" else Kind.CLAIM_CHANGED
        yield self.change(Kind.RIVAL_PROMOTED if promoted else kind, path, was, now, kept=kept is not None)
        if promoted:
            yield from self.qualified(path, promoted, now, Kind.CLAIM_CHANGED)
        if kept:
            yield from self.qualified(path, was, kept, Kind.RIVAL_CHANGED)

    def qualified(self, path: str, before: Any, after: Any, kind: Kind) -> Iterator[Change]:
        """The same thing said of another time, with another note or on other sources."""
        change = self.change(kind, path, before, after)
        if not same(*(without(side, ("sources",)) for side in (before, after))):
            yield change
        elif change.gained or change.lost:
            # Of a rival the kind says that it is one, or its sources would read as those of the main value.
            yield change if kind is Kind.RIVAL_CHANGED else replace(change, kind=_evidence_kind(change))

    def rivals(self, path: str, before: list[Any], after: list[Any]) -> Iterator[Change]:
        """The changes among the values that stand beside a claim."""
        for was, now in paired(before, after, RIVAL_KEYS, CLAIM_TEXT):
            if was is None:
                yield self.change(Kind.RIVAL_ADDED, path, None, now)
            elif now is None:
                yield self.change(Kind.RIVAL_REMOVED, path, was, None)
            else:
                yield from self.qualified(path, was, now, Kind.RIVAL_CHANGED)

    def items(self, path: str, list_of: ListOf, before: list[Any], after: list[Any]) -> Iterator[Change]:
        """The changes of a list whose items are matched by what they are."""
        if path == "sources":
            yield from of_sources(self.paired_items(path, list_of, self.sources), self.before, self.after)
        else:
            yield from self.paired_items(path, list_of, paired(before, after, list_of.keys, list_of.text))

    def paired_items(self, path: str, list_of: ListOf, pairs: Sequence[tuple[Any, Any]]) -> Iterator[Change]:
        """The changes of items that are matched already."""
        for was, now in pairs:
            if was is None:
                yield self.change(list_of.added, path, None, now)
            elif now is None:
                yield self.change(list_of.removed, path, was, None)
            else:
                yield from self.qualified(path, was, now, list_of.changed)


def _in_another_order(key: str, before: Any, after: Any) -> bool:
    """Whether a list says the same in another order, where the order says something."""
    if key not in IN_ORDER or before is after or not (isinstance(before, list) and isinstance(after, list)):
        return False
    return [meaning(item) for item in before] != [meaning(item) for item in after]


def _evidence_kind(change: Change) -> Kind:
    if change.gained and change.lost:
        return Kind.SOURCE_CHANGED
    return Kind.SOURCE_GAINED if change.gained else Kind.SOURCE_LOST


def name_of(entry: Entry, id_: str) -> str:
    """What everybody calls the body; its id where the entry does not say."""
    names = (entry.get(key) for key in ("short_name", "acronym", "name"))
    return next((name for name in names if isinstance(name, str) and name.strip()), id_)


def _id(source: Any) -> str:
    id_ = source.get("id") if isinstance(source, dict) else None
    return "" if id_ is None else str(id_)


def _cited(source: Any, new_id: str | None = None) -> Cited:
    said = {key: source.get(key) for key in ("title", "author", "kind", "published")}
    read = source.get("read")
    said["how"] = read.get("how") if isinstance(read, dict) else None
    return Cited(new_id or _id(source), **{key: str(text) for key, text in said.items() if text is not None})


def _resolved(statement: Any, known: Mapping[str, Cited]) -> tuple[Cited, ...]:
    """The sources that a statement cites, each once."""
    cited = items(statement.get("sources")) if isinstance(statement, dict) else []
    ids = dict.fromkeys(str(id_) for id_ in cited if isinstance(id_, str | int))
    return tuple(known.get(id_, Cited(id_)) for id_ in ids)


def _may_be(shape: type, before: Any, after: Any) -> bool:
    return all(value is None or isinstance(value, shape) for value in (before, after))


def _alone(_claim: Any) -> str:
    """A field that holds one claim holds the same one, whatever it says."""
    return "the only one"
