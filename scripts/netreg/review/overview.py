"""Overview: the changes of one comparison as a reviewer reads them, and the line that sums them up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from netreg.core.finding import found_in_words
from netreg.core.nearest import number_of
from netreg.review.change import NEW_VALUE, WHOLE, WHOLE_NEW, Change, Kind, same, without
from netreg.review.collect import changes_in
from netreg.review.compare import contents
from netreg.review.difference import REWORDED, qualifiers
from netreg.review.hints import Hint, grouped, hints, official_mailboxes
from netreg.review.outside import OutsideFile, headed, outside_of, seen_first
from netreg.review.revisions import list_changed, read_pairs
from netreg.review.sentence import correction, corrections, sentence, statement, touches_what_cites_it
from netreg.review.spans import Span, Spans, Style, bounded, counted, cut, joined, label, plain, several, spans, theirs
from netreg.review.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from netreg.core.finding import Finding
    from netreg.core.schema import Schema

CORRECTED = "corrected"
IN_FORM = "in form only"
MOVED = "moved"
GONE = "gone"
_SORTS = {
    Kind.ENTRY_ADDED: "new",
    Kind.ENTRY_WITHDRAWN: "withdrawn",
    Kind.ENTRY_RESTORED: "restored",
    Kind.ENTRY_MENDED: "readable again",
    Kind.ENTRY_UNREADABLE: "unreadable",
    Kind.ENTRY_MOVED: MOVED,
    Kind.ID_LOST: GONE,
    Kind.COMMENTS_CHANGED: "in comments only",
    Kind.FORM_ONLY: IN_FORM,
}
_SHORT = 30
_AS_A_WHOLE = WHOLE | {Kind.ENTRY_MOVED, Kind.ENTRY_UNREADABLE}
_FEW = 3
_LONGEST = 260
_LONGEST_SPAN = 120
_LEAST = 40
"""Characters for which it is worth to begin another part of the line that sums up."""

AT_ONCE = 50
"""In so many entries the same change is told once, and not again at each of them."""


class EntryChanges(NamedTuple):
    """The changes of one entry."""

    id: str
    name: str
    changes: tuple[Change, ...]

    @property
    def sort(self) -> str:
        """What became of it in a word or three."""
        return _SORTS.get(self.changes[0].kind, CORRECTED)

    @property
    def is_only_moved(self) -> bool:
        """Whether it has another id and says the same."""
        return self.sort == MOVED and len(self.changes) == 1

    @property
    def statements(self) -> tuple[Change, ...]:
        """The changes without those that only serve another, such as a source listed for a new claim."""
        if Kind.LISTED_SOURCE_ADDED not in map(attrgetter("kind"), self.changes):
            return self.changes
        return tuple([one for one in self.changes if one.kind is not Kind.LISTED_SOURCE_ADDED]) or self.changes


class Review(NamedTuple):
    """All changes with what to look at; ``findings`` is None where no check was made.

    ``telling`` are the entries that say something else than before, ``in_form_only`` those that are only written
    otherwise, ``outside`` the files beside the entries. ``sentences`` holds what was said of each change already.
    """

    entries: tuple[EntryChanges, ...]
    telling: tuple[EntryChanges, ...]
    in_form_only: tuple[EntryChanges, ...]
    hints: tuple[Hint, ...]
    findings: tuple[Finding, ...] | None
    words: Words
    sentences: dict[int, Spans]
    outside: tuple[OutsideFile, ...] = ()

    def sentence(self, change: Change) -> Spans:
        """What is said of one of the changes."""
        if id(change) not in self.sentences:
            self.sentences[id(change)] = sentence(change, self.words)
        return self.sentences[id(change)]


def review_of(
    root: Path,
    base: str,
    head: str | None,
    schema: Schema,
    findings: Sequence[Finding] | None = None,
    *,
    since_parted: bool = False,
) -> Review:
    """What differs between two revisions, in entries and beside them; all of it read from Git as data.

    Args:
        root: the folder of the project.
        base: the older revision.
        head: the newer one; None for the working tree.
        schema: gives labels and vocabularies.
        findings: what the check found, None where none was made.
        since_parted: whether only what came since both revisions parted is told.

    Raises:
        UsageError: there is no Git or no such revision, or they differ in more than anybody could review.
    """
    listed = list_changed(root, base, head, since_parted=since_parted)
    changes = changes_in(read_pairs(root, listed, in_tree=head is None))
    outside = outside_of(root, listed, in_tree=head is None)
    return review(changes, Words(schema), findings, outside)


def review(
    changes: Sequence[Change],
    words: Words,
    findings: Sequence[Finding] | None = None,
    outside: Sequence[OutsideFile] = (),
) -> Review:
    """The changes grouped by entry, with the hints; those on files outside the registry come first."""
    by_entry: dict[str, list[Change]] = {}
    for change in changes:
        by_entry.setdefault(change.entry, []).append(change)
    entries, telling, in_form = list[EntryChanges](), list[EntryChanges](), list[EntryChanges]()
    for id_, found in by_entry.items():
        entry = EntryChanges(id_, found[0].name, tuple(found))
        entries.append(entry)
        (in_form if entry.sort == IN_FORM else telling).append(entry)
    words = words.varied(official=official_mailboxes(changes))
    told = [Hint("outside-registry", "", "", "", *one) for one in seen_first(outside)] if outside else []
    told += hints(changes, words)
    checked = None if findings is None else tuple(findings)
    lists = tuple(entries), tuple(telling), tuple(in_form)
    return Review(*lists, tuple(told), checked, words, {}, tuple(outside))


class ToldLine(NamedTuple):
    """What is said of one change, or of several that are alike."""

    kind: Kind
    area: str
    said: Spans


def lines(changes: Sequence[Change], seen: Review) -> list[ToldLine]:
    """The changes of one entry in sentences; sources that were read anew on one day are told at once."""
    alike: dict[object, list[Change]] = {}
    for change in changes:
        is_reading = change.kind is Kind.LISTED_SOURCE_CHANGED and not touches_what_cites_it(change)
        key = plain(correction(change, seen.words)) if is_reading else id(change)
        alike.setdefault(key, []).append(change)
    told: list[ToldLine] = []
    for found in alike.values():
        said = seen.sentence(found[0]) if len(found) == 1 else corrections(found, seen.words)
        told.append(ToldLine(found[0].kind, area(found[0], seen.words), said))
    return told


def area(change: Change, words: Words) -> str:
    """The part of an entry that a change belongs to, as a table names it."""
    if change.kind is Kind.COMMENTS_CHANGED:
        return "comments"
    if not change.field:
        return _SORTS.get(change.kind, "entry")
    text = words.field_of(change)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def areas(entry: EntryChanges, words: Words) -> Spans:
    """Which parts of an entry change: short values with what they were, of others how often."""
    told: list[Spans] = []
    others: list[str] = []
    for change in entry.statements:
        if change.field or change is not entry.changes[0]:
            said = _short(change, words)
            told += [said] if said else []
            others += [] if said else [area(change, words)]
    return several([*told, *counted(others)], 5)


def _short(change: Change, words: Words) -> Spans:
    """A short value and the one before it, or nothing."""
    if change.kind not in NEW_VALUE or not change.is_other_value:
        return ()
    counted = change.is_other_unit
    was, now = (words.value(change.field, side, counted=counted) for side in (change.before, change.after))
    if len(plain(was)) > _SHORT or len(plain(now)) > _SHORT:
        return ()
    return spans(theirs(area(change, words), 60), " ", now, " instead of ", was)


def new_parts(entry: EntryChanges, words: Words) -> Iterator[tuple[str, ToldLine]]:
    """What an entry that is new as a whole says beside its name: each part with its field."""
    for change in entry.changes:
        if change.kind in WHOLE_NEW:
            numbered = words.numbered(change.after)
            for one in contents(change):
                if one.field not in ("name", "acronym"):
                    yield one.field, ToldLine(one.kind, area(one, numbered), statement(one, numbered))


# The same change in many entries


class Alike(NamedTuple):
    """A sentence that holds for several entries, with their names; ``once`` are those of which it is all there is."""

    said: Spans
    names: tuple[str, ...]
    once: frozenset[str]


def alike(seen: Review, least: int = 3) -> list[Alike]:
    """What holds for several entries: to the word, or, of very many, but for what was said before and on which sources.

    Of very many an entry is told once, and nowhere again, where all that changes in it is alike.
    """
    is_at_once = len(seen.telling) >= AT_ONCE
    found: dict[str, tuple[Spans, dict[str, str]]] = {}
    keys: dict[str, list[str]] = {entry.id: [] for entry in seen.telling}
    for entry in seen.telling:
        for change in entry.statements:
            said = (_in_common(seen, change) if is_at_once else ()) or seen.sentence(change)
            keys[entry.id].append(plain(said))
            found.setdefault(plain(said), (said, {}))[1][entry.id] = entry.name
    held = {key: one for key, one in found.items() if len(one[1]) >= least}
    once = {id_ for id_, told in keys.items() if is_at_once and held.keys() >= set(told)}
    return [Alike(said, tuple(names.values()), frozenset(once & names.keys())) for said, names in held.values()]


def _in_common(seen: Review, change: Change) -> Spans:
    """What is said otherwise of the same value, without what was said before and without the sources."""
    was, now = change.before, change.after
    is_claim = isinstance(was, dict) and isinstance(now, dict) and "value" in now
    if not is_claim or change.is_other_value or change.gained or change.lost or not was.keys() <= now.keys():
        return ()
    new = {key: value for key, value in now.items() if not same(was.get(key), value)}
    said = list(qualifiers(seen.words, change.field, new, ("sources",)))
    return spans(label(seen.words.field_of(change)), ": now ", joined(said)) if said else ()


# The line that says it all, and stands alone in a notification


def headline(seen: Review) -> Spans:
    """What changes, how much there is to look at, and what the check found."""
    what = _one(seen.entries[0], seen) if len(seen.entries) == 1 else _many(seen)
    what = spans(what, "; ", headed(seen.outside)) if seen.outside else what
    stop = "" if plain(what).endswith((".”", "?”", "!”")) else "."
    look = ""
    if seen.hints:
        look = f" {number_of(len(grouped(seen.hints)), 'thing')} to look at."
    elif seen.telling and seen.findings is not None and not any(one.level.value == "error" for one in seen.findings):
        look = " Nothing stands out."  # Said only behind a check: what breaks a rule stands out.
    found = "" if seen.findings is None else f" The check finds {found_in_words(seen.findings)}."
    return spans(what, stop, look, found)


def _one(entry: EntryChanges, seen: Review) -> Spans:
    name = theirs(entry.name, 60)
    if entry.sort == IN_FORM:
        return spans(name, ": only the form changes; the entry says the same")
    first, *others = lines(entry.statements, seen)
    if others and first.kind not in _AS_A_WHOLE:
        parts = several(counted([line.area for line in (first, *others)]), 5)
        return spans(name, f": {len(others) + 1} changes, to ", parts)
    lead = () if first.kind in (Kind.ENTRY_ADDED, Kind.ID_LOST) else spans(name, ": ")
    besides = several(counted([line.area for line in others]), 5) if others else ()
    return spans(lead, _shortened(first.said, entry.statements[0]), spans("; besides: ", besides) if besides else ())


def _shortened(said: Spans, change: Change) -> Spans:
    """As much of a sentence as a line that sums up has room for; an ellipsis stands for the rest.

    The evidence stands further below, but where nothing else changed.
    """
    styles = list(map(attrgetter("style"), said))
    both = (without(side, ("sources",)) for side in (change.before, change.after))
    if Style.EVIDENCE in styles and not same(*both):
        said = said[: styles.index(Style.EVIDENCE)]
    parts: list[list[Span]] = [[]]
    for span in said:
        if span.text.startswith(";") and span.style in (Style.SAID, Style.EVIDENCE):
            parts.append([])
        parts[-1].append(span)
    shown: list[Span] = []
    for part in parts:
        room = _LONGEST - len(plain(shown))
        if room < _LEAST:
            return spans(shown, "; …")
        texts = list(map(attrgetter("text"), part))
        if len(plain(part)) <= (room if REWORDED in texts else min(room, _LONGEST_SPAN)):
            shown += part
        elif REWORDED in texts:  # of a long text only that, since a piece of it would mislead
            shown += [*part[: texts.index(REWORDED)], Span("reworded")]
        else:
            shown += bounded([span._replace(text=cut(span.text, _LONGEST_SPAN)) for span in part], room)
    return tuple(shown)


def _many(seen: Review) -> Spans:
    if not seen.entries:
        return spans("No entry changes")
    if not seen.telling:
        return spans(f"{len(seen.entries)} entries change in form only and say the same")
    by_sort: dict[str, list[Spans]] = {}
    for entry in seen.entries:
        by_sort.setdefault(entry.sort, []).append(spans(theirs(entry.name, 60)))
    if len(by_sort) == 1 and len(seen.entries) > _FEW:
        return spans(f"{len(seen.entries)} entries change, all {seen.entries[0].sort}")
    named = {sort: spans(" (", joined(names, last=", "), ")") for sort, names in by_sort.items() if len(names) <= _FEW}
    parts = [spans(f"{len(names)} {sort}", named.get(sort, ())) for sort, names in by_sort.items()]
    return spans(f"{len(seen.entries)} entries change: ", joined(parts))
