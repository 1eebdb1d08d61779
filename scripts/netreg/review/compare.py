"""Compare: from two states of an entry, as plain data, to what changed in meaning.

Nothing here asks whether an entry follows the schema: a mapping with a ``value`` is a claim, a list of them is a list
of claims, the lists of ``LISTS`` are matched item by item, and whatever else differs is an editorial change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from netreg.core.address import fold, is_look_alike
from netreg.core.dates import try_parse
from netreg.entry.evidence import dated
from netreg.review.change import (
    ALTERNATIVE_KEYS,
    CITED_BY,
    CLAIM_KEYS,
    CLAIM_TEXT,
    COUNTRIES,
    IN_ORDER,
    KEYS_IN,
    LISTS,
    NEW_VALUE,
    Change,
    Cited,
    Key,
    Kind,
    items,
    meaning,
    paired,
    same,
    without,
)

Plain = Mapping[str, Any]
_NAMES = ("name", "acronym")
_DECIDING = (COUNTRIES, "participants.range")
"""The fields that decide which countries take part."""

_PLACE = attrgetter("id", "where")
_WHOLE = ("confirmed",)
"""Blocks that are told as one, since no part of them says anything alone."""
NAMELESS = "“”"
"""What stands for a key without letters, since a change without a field is one of the whole entry."""


def compare(entry: str, before: Plain | None, after: Plain | None) -> tuple[Change, ...]:
    """What changed in an entry; nothing where both states say the same.

    Args:
        entry: the id.
        before: the older state, or None where the entry is new.
        after: the newer state, or None where its file is gone.
    """
    two = _Comparison(entry, before or {}, after or {})
    if before is None or after is None:
        kind = Kind.ENTRY_ADDED if before is None else Kind.ID_LOST
        return () if before is after else (two.change(kind, "", before, after),)
    is_withdrawn = bool(after.get("entry"))
    if is_withdrawn is not bool(before.get("entry")):
        whole = two.change(Kind.ENTRY_WITHDRAWN if is_withdrawn else Kind.ENTRY_RESTORED, "", before, after)
        return (whole, *two.tombstone()) if is_withdrawn else (whole,)
    changes = tuple(two.below("", two.before, two.after))
    return changes if Kind.QUESTION_REMOVED not in map(attrgetter("kind"), changes) else tuple(_answered(changes))


def contents(change: Change) -> tuple[Change, ...]:
    """The statements of an entry that is new as a whole, as if each had been set by itself."""
    return tuple(_Comparison(change.entry, {}, change.after or {}).below("", {}, change.after or {}))


class _Comparison:
    """Two states of one entry; ids of sources that only got another id count as the same."""

    def __init__(self, entry: str, before: Plain, after: Plain) -> None:
        self.entry = entry
        self.before = before
        self.after = after
        self.name = name_of(after, "") or name_of(before, entry)
        self.sources = paired(items(before.get("sources")), items(after.get("sources")), LISTS["sources"].keys)
        self.was_cited: dict[str, Cited] = {}
        self.now_cited: dict[str, Cited] = {}
        for was, now in self.sources:
            old_id, new_id = _id(was), _id(now)
            if old_id:
                self.was_cited[old_id] = _cited(was, new_id or old_id)
            if new_id:
                self.now_cited[new_id] = _cited(now, new_id)

    def change(self, kind: Kind, field: str, before: Any, after: Any, *, kept: bool = False) -> Change:
        """A change with the sources that the two sides cite."""
        was = _resolved(before, self.was_cited) if field else ()
        now = _resolved(after, self.now_cited) if field else ()
        states = (self.before, self.after) if field in _DECIDING and self.before and self.after else None
        return Change(kind, self.entry, self.name, field, before, after, was, now, kept, states)

    def tombstone(self) -> Iterator[Change]:
        """What the tombstone of a withdrawn entry says otherwise than the entry; that it says less is meant so."""
        stays = {key: self.before[key] for key in self.before if key in self.after}
        yield from self.below("", stays, without(self.after, ("entry",)))

    def below(self, path: str, before: Plain, after: Plain) -> Iterator[Change]:
        """The changes in a mapping, in the order of the newer state."""
        for key in dict.fromkeys((*after, *before)):
            was, now = before.get(key), after.get(key)
            if not same(was, now) or (key in IN_ORDER and was != now and _in_another_order(was, now)):
                yield from self.field(f"{path}.{key}" if path else key or NAMELESS, was, now)

    def field(self, path: str, before: Any, after: Any) -> Iterator[Change]:
        """The changes of one field, by the shape of its values."""
        if path in LISTS and isinstance(before, list | None) and isinstance(after, list | None):
            yield from self.items(path, items(before), items(after))
        elif path in KEYS_IN or holds_claims(before) or holds_claims(after):
            yield from self.claims(path, _as_claims(path, before), _as_claims(path, after))
        elif path not in _WHOLE and isinstance(before, dict | None) and isinstance(after, dict | None):
            yield from self.below(path, before or {}, after or {})
        else:
            kind = Kind.RENAMED if path == "name" else Kind.EDITORIAL_CHANGED
            kept = path in _NAMES and before is not None and any(same(before, name) for name in self.other_names())
            yield self.change(kind, path, before, after, kept=kept)

    def other_names(self) -> Iterator[Any]:
        """Every name and acronym that is filed beside those in use."""
        for item in items(self.after.get("other_names")):
            if isinstance(item, dict):
                yield from map(item.get, _NAMES)

    def claims(self, path: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
        """The changes of a claim, or of a list of claims; a field that holds one claim holds the same one."""
        roles = [claim["role"] for claim in (*before, *after) if "role" in claim] if path in KEYS_IN else []
        if len(before) <= 1 and len(after) <= 1 and (len(roles) < 2 or same(*roles)):
            yield from self.claim(path, before[0] if before else None, after[0] if after else None)
        else:
            for was, now in paired(before, after, KEYS_IN.get(path, CLAIM_KEYS), CLAIM_TEXT):
                if not same(was, now):
                    yield from self.claim(path, was, now)

    def claim(self, path: str, before: Any, after: Any) -> Iterator[Change]:
        """The changes of one claim with its alternatives."""
        keys = KEYS_IN.get(path, ALTERNATIVE_KEYS)
        was, now, gone, new = before or None, after or None, list[Any](), list[Any]()
        if "other" in {**(before or {}), **(after or {})}:
            was, now = without(was, ("other",)), without(now, ("other",))
            pairs = paired(_alternatives(path, before), _alternatives(path, after), ())
            gone = [old for old, newer in pairs if newer is None]
            new = [newer for old, newer in pairs if old is None]
        if was is None or now is None:
            yield self.change(Kind.CLAIM_SET if was is None else Kind.CLAIM_CLEARED, path, was, now)
        elif same(keys[0](was), keys[0](now)):
            yield from self.qualified(path, was, now, Kind.CLAIM_CHANGED)
        else:
            yield from self.other_value(path, was, now, gone, new, keys[0])
        for old, newer in paired(gone, new, keys, CLAIM_TEXT) if gone or new else ():
            if old is None or newer is None:
                kind = Kind.ALTERNATIVE_ADDED if old is None else Kind.ALTERNATIVE_REMOVED
                yield self.change(kind, path, old, newer)
            else:
                yield from self.qualified(path, old, newer, Kind.ALTERNATIVE_CHANGED)

    def other_value(
        self, path: str, was: Any, now: Any, gone: list[Any], new: list[Any], value: Key
    ) -> Iterator[Change]:
        """Another value in the first place: a new one, or one of the alternatives, of which some are gone or new."""
        promoted = _pop_counterpart(gone, now, new, value) if gone else None
        kept = _pop_counterpart(new, was, gone, value) if new else None
        kind = Kind.STATUS_CHANGED if path == "status" else Kind.CLAIM_CHANGED
        yield self.change(Kind.ALTERNATIVE_PROMOTED if promoted else kind, path, was, now, kept=kept is not None)
        if promoted:
            yield from self.qualified(path, promoted, now, Kind.CLAIM_CHANGED)
        if kept:
            yield from self.qualified(path, was, kept, Kind.ALTERNATIVE_CHANGED)

    def qualified(self, path: str, before: Any, after: Any, kind: Kind) -> Iterator[Change]:
        """The same thing said of another time, with another note or on other sources."""
        change = self.change(kind, path, before, after)
        if not same(*(without(side, ("sources",)) for side in (before, after))):
            yield change
        elif set(map(_PLACE, change.was_on)) != set(map(_PLACE, change.is_on)):
            # Of an alternative the kind says that it is one, or its sources would read as those of the main value.
            one_way = Kind.SOURCE_GAINED if change.gained else Kind.SOURCE_LOST
            evidence = Kind.SOURCE_CHANGED if bool(change.gained) == bool(change.lost) else one_way
            yield change if kind is Kind.ALTERNATIVE_CHANGED else change._replace(kind=evidence)

    def items(self, path: str, before: list[Any], after: list[Any]) -> Iterator[Change]:
        """The changes of a list whose items are matched by what they are."""
        list_of = LISTS[path]
        is_sources = path == "sources"
        for was, now in self.sources if is_sources else paired(before, after, list_of.keys, list_of.text):
            if was is None:
                kind = Kind.QUESTION_OPENED if path == "open_questions" else Kind(f"{list_of.item}-added")
                yield self.change(kind, path, self.known_by_the_address_of(now) if is_sources else None, now)
            elif now is None:
                yield self.change(Kind(f"{list_of.item}-removed"), path, was, None)
            else:
                found = self.qualified(path, was, now, Kind(f"{list_of.item}-changed"))
                yield from map(self.with_citations, found) if is_sources else found

    def known_by_the_address_of(self, source: Any) -> Any:
        """The source of before that is read at the same address, else one whose host looks like its; else None."""
        page, listed = page_of(source), items(self.before.get("sources"))
        alike = [one for one in listed if page and page_of(one) == page]
        alike = alike or [one for one in listed if page and is_look_alike(site_of(one), site_of(source))]
        return alike[-1] if alike else None

    def with_citations(self, change: Change) -> Change:
        """The change of a listed source, with the fields that cite it, one for each statement."""
        if change.kind is not Kind.LISTED_SOURCE_CHANGED or not isinstance(change.after, dict):
            return change
        id_ = str(change.after.get("id"))
        fields = [field for field, cited in _citations(self.after, "") if cited == id_]
        return change._replace(after={**change.after, CITED_BY: fields})


def _in_another_order(before: Any, after: Any) -> bool:
    """Whether a list says the same in another order."""
    is_both = isinstance(before, list) and isinstance(after, list)
    return is_both and list(map(meaning, before)) != list(map(meaning, after))


def _citations(statement: Any, field: str) -> Iterator[tuple[str, str]]:
    """Each field below with the id of each source that it cites."""
    if isinstance(statement, list):
        for item in statement:
            yield from _citations(item, field)
    elif isinstance(statement, Mapping):
        if field:
            yield from ((field, cited.id) for cited in _resolved(statement, {}))
        for key, below in statement.items():
            if key != "sources":
                # A value that stands beside another belongs to the same field.
                yield from _citations(below, field if key == "other" else f"{field}.{key}" if field else str(key))


# Claims: values with their evidence and the alternatives that stand beside them, however they are written.


def holds_claims(value: Any) -> bool:
    """Whether it is a claim, or a list in which there is one."""
    if isinstance(value, list):
        return any(isinstance(item, dict) and "value" in item for item in value)
    return isinstance(value, dict) and "value" in value


def _as_claims(path: str, value: Any) -> list[Any]:
    """The value as a list of claims, whatever an older release or a hasty hand wrote there."""
    if value is None or value == [] or isinstance(value, dict):
        return [value] if value else []
    is_claims = path in KEYS_IN and isinstance(value, list) and any(isinstance(item, dict) for item in value)
    listed = items(value) if is_claims or holds_claims(value) else [value]
    return [item if isinstance(item, dict) else {"value": item} for item in listed]


def _alternatives(path: str, claim: Any) -> list[Any]:
    """The values that stand beside a claim."""
    return _as_claims(path, claim.get("other")) if claim else []


def _pop_counterpart(claims: list[Any], claim: Any, unmatched: Sequence[Any], key: Key) -> Any:
    """Take what a claim became, or was, out of a list: what says the same, or has the value at least.

    None where there is none, or where each with that value has its counterpart among those ``unmatched`` on the other
    side.
    """
    twin = next((one for one in claims if same(one, claim)), None)
    value = key(claim)
    if twin is None and value is not None:
        alike = [one for one in claims if same(key(one), value)]
        spare = len(alike) > sum(same(key(one), value) for one in unmatched)
        twin = alike[0] if spare else None
    if twin is not None:
        claims.remove(twin)
    return twin


# Sources


def name_of(entry: Plain, id_: str) -> str:
    """What everybody calls the body; its id where the entry does not say."""
    for key in ("short_name", "acronym", "name"):
        name = entry.get(key)
        if isinstance(name, str) and name.strip():
            return name
    return id_


def page_of(source: Any) -> str:
    """The address at which a source is read, without what makes no other page of it; empty where it has none."""
    address = source.get("url") if isinstance(source, dict) else None
    return fold(address) if isinstance(address, str) else ""


def site_of(source: Any) -> str:
    """The host and port at which a source is read."""
    return page_of(source).partition("/")[0]


def _id(source: Any) -> str:
    id_ = source.get("id") if isinstance(source, dict) else None
    return "" if id_ is None else str(id_)


def _cited(source: Plain, id_: str) -> Cited:
    read = source.get("read")
    how = read.get("how") if isinstance(read, dict) else None
    said = (source.get("title"), source.get("author"), source.get("kind"), dated(source), how)
    return Cited(id_, *map(_as_text, said))


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _resolved(statement: Any, known: Mapping[str, Cited]) -> tuple[Cited, ...]:
    """The sources that a statement cites, each once."""
    found: dict[str, Cited] = {}
    for citation in items(statement.get("sources")) if isinstance(statement, dict) else ():
        is_placed = isinstance(citation, dict)
        id_ = str(citation.get("id") if is_placed else citation)
        cited = found.get(id_) or known.get(id_) or Cited(id_)
        where = [str(below) for key, below in citation.items() if key != "id"] if is_placed else []
        found[id_] = cited._replace(where="; ".join(filter(None, (cited.where, *where)))) if where else cited
    return tuple(found.values())


# Questions

_MAY_ANSWER = NEW_VALUE | {Kind.CLAIM_SET, Kind.ALTERNATIVE_ADDED, Kind.ALTERNATIVE_CHANGED}
_QUALIFY = ("sources", "note", "certainty", "as_of")
"""What is told of a statement; to change it alone says nothing that anybody could have asked for."""


def _answered(changes: Sequence[Change]) -> Iterator[Change]:
    """The same changes, where a question that is gone counts as answered if its field says something new."""
    told = {change.field for change in changes if _says_new(change)}
    for change in changes:
        about = change.both("about")[0] if change.kind is Kind.QUESTION_REMOVED else None
        is_answered = isinstance(about, str) and any(f"{field}.".startswith(f"{about}.") for field in told)
        yield change._replace(kind=Kind.QUESTION_ANSWERED) if is_answered else change


def _says_new(change: Change) -> bool:
    is_item = change.field in LISTS and change.field not in ("open_questions", "sources") and change.after is not None
    if not is_item and change.kind not in _MAY_ANSWER:
        return False
    if not same(*(without(side, _QUALIFY) for side in (change.before, change.after))):
        return True
    # The same for a later date is what whoever asks what has happened since wants to know.
    was, now = map(try_parse, change.both("as_of"))
    return bool(change.gained) and now is not None and (was is None or now.latest > was.latest)
