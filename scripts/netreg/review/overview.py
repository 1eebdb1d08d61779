"""Overview: the changes of one comparison as a reviewer reads them, and the line that sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from netreg.review.change import Change, Kind
from netreg.review.collect import changes_in
from netreg.review.compare import contents
from netreg.review.evidence import correction, corrections, touches_what_cites_it
from netreg.review.hints import Hint, hints
from netreg.review.outside import OutsideFile, outside_of, seen_first
from netreg.review.revisions import list_changed, read_pairs
from netreg.review.sentence import sentence
from netreg.review.spans import Bits, bits, plain, several, theirs
from netreg.review.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from netreg.core.finding import Finding
    from netreg.core.schema import Schema

CORRECTED = "corrected"
IN_FORM = "in form only"
MOVED = "moved"
_SORTS = {
    Kind.ENTRY_ADDED: "new",
    Kind.ENTRY_WITHDRAWN: "withdrawn",
    Kind.ENTRY_RESTORED: "restored",
    Kind.ENTRY_MENDED: "readable again",
    Kind.ENTRY_UNREADABLE: "unreadable",
    Kind.ENTRY_MOVED: MOVED,
    Kind.ID_LOST: "gone",
    Kind.COMMENTS_CHANGED: "in comments only",
    Kind.FORM_ONLY: IN_FORM,
}
_SHORT = 30
_NEW_VALUE = (Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.RIVAL_PROMOTED)


class Entry(NamedTuple):
    """The changes of one entry."""

    id: str
    name: str
    changes: tuple[Change, ...]

    @property
    def sort(self) -> str:
        """What became of it in a word or three."""
        first = self.changes[0]
        return _SORTS.get(first.kind, CORRECTED)

    @property
    def is_only_moved(self) -> bool:
        """Whether it has another id and says the same."""
        return self.sort == MOVED and len(self.changes) == 1

    @property
    def statements(self) -> tuple[Change, ...]:
        """The changes without those that only serve another, such as a source listed for a new claim."""
        return tuple(change for change in self.changes if change.kind is not Kind.LISTED_SOURCE_ADDED) or self.changes


class Review(NamedTuple):
    """All changes with what to look at; ``findings`` is None where no check was made.

    ``sentences`` holds what was said of each change already; ``left_out`` counts the changes that are not here.
    ``outside`` are the files beside the entries.
    """

    entries: tuple[Entry, ...]
    hints: tuple[Hint, ...]
    findings: tuple[Finding, ...] | None
    words: Words
    sentences: dict[int, Bits]
    left_out: int = 0
    outside: tuple[OutsideFile, ...] = ()

    def sentence(self, change: Change) -> Bits:
        """What is said of one of the changes."""
        known = self.sentences.get(id(change))
        if known is None:
            known = self.sentences[id(change)] = sentence(change, self.words)
        return known

    @property
    def telling(self) -> tuple[Entry, ...]:
        """The entries that say something else than before."""
        return tuple(entry for entry in self.entries if entry.sort != IN_FORM)

    @property
    def only_moved(self) -> tuple[Entry, ...]:
        """The entries that have another id and say the same."""
        return tuple(entry for entry in self.entries if entry.is_only_moved)

    @property
    def in_form_only(self) -> tuple[Entry, ...]:
        """The entries that are written otherwise and say the same."""
        return tuple(entry for entry in self.entries if entry.sort == IN_FORM)


def review_of(
    root: Path, base: str, head: str | None, schema: Schema, findings: Sequence[Finding] | None = None
) -> Review:
    """What differs between two revisions, in entries and beside them; all of it read from Git as data.

    Args:
        root: the folder of the project.
        base: the older revision.
        head: the newer one; None for the working tree.
        schema: gives labels and vocabularies.
        findings: what the check found, None where none was made.

    Raises:
        UsageError: there is no Git or no such revision, or they differ in more than anybody could review.
    """
    listed = list_changed(root, base, head)
    changes = changes_in(read_pairs(root, listed, in_tree=head is None))
    outside = outside_of(root, listed, in_tree=head is None)
    return review(changes, Words(schema), findings, outside=outside)


def review(
    changes: Sequence[Change],
    words: Words,
    findings: Sequence[Finding] | None = None,
    left_out: int = 0,
    outside: Sequence[OutsideFile] = (),
) -> Review:
    """The changes grouped by entry, with the hints; ``left_out`` more changes are not known here."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.entry, []).append(change)
    entries = tuple(Entry(id_, found[0].name, tuple(found)) for id_, found in grouped.items())
    found = None if findings is None else tuple(findings)
    first = [Hint("outside-registry", "", "", "", about, text) for about, text in seen_first(outside)]
    return Review(entries, (*first, *hints(changes, words)), found, words, {}, left_out, tuple(outside))


class Line(NamedTuple):
    """What is said of one change, or of several that are alike."""

    kind: Kind
    area: str
    said: Bits


def lines(changes: Sequence[Change], seen: Review) -> list[Line]:
    """The changes of one entry in sentences; sources that were read anew on one day are told at once."""
    alike: dict[object, list[Change]] = {}
    for change in changes:
        is_reading = change.kind is Kind.LISTED_SOURCE_CHANGED and not touches_what_cites_it(change)
        key = plain(correction(change, seen.words)) if is_reading else id(change)
        alike.setdefault(key, []).append(change)
    return [_line(found, seen) for found in alike.values()]


def _line(found: Sequence[Change], seen: Review) -> Line:
    said = seen.sentence(found[0]) if len(found) == 1 else corrections(found, seen.words)
    return Line(found[0].kind, area(found[0], seen.words), said)


def area(change: Change, words: Words) -> str:
    """The part of an entry that a change belongs to, as a table names it."""
    if change.kind is Kind.COMMENTS_CHANGED:
        return "comments"
    if not change.field:
        return _SORTS.get(change.kind, "entry")
    return _lower_first(words.field_of(change))


def areas(entry: Entry, words: Words) -> Bits:
    """Which parts of an entry change: short values with what they were, of others how often."""
    changes = [change for change in entry.statements if change.field or change is not entry.changes[0]]
    told = [_short(change, words) for change in changes]
    counts = Counter(area(change, words) for change, said in zip(changes, told, strict=True) if not said)
    return several([*(said for said in told if said), *(times(*one) for one in counts.items())], 5)


def _short(change: Change, words: Words) -> Bits:
    """A short value and the one before it, or nothing."""
    if change.kind not in _NEW_VALUE or not change.is_other_value:
        return ()
    said = words.amount if change.is_other_unit else words.value
    was, now = (said(change.field, side) for side in (change.before, change.after))
    if len(plain(was)) > _SHORT or len(plain(now)) > _SHORT:
        return ()
    return bits(theirs(area(change, words), 60), " ", now, " instead of ", was)


def times(text: str, number: int) -> Bits:
    """A text and how often it holds, where that is more than once."""
    return bits(theirs(text, 60), f" ({number})" if number > 1 else "")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def inside(change: Change) -> Iterator[Change]:
    """What a new entry says beside its name."""
    return (one for one in contents(change) if one.field not in ("name", "acronym"))


def alike(seen: Review, least: int = 3) -> tuple[tuple[Bits, tuple[str, ...]], ...]:
    """Sentences that hold for several entries, with the names of those entries."""
    found: dict[str, tuple[Bits, dict[str, str]]] = {}
    for entry in seen.telling:
        for change in entry.statements:
            said = seen.sentence(change)
            found.setdefault(plain(said), (said, {}))[1][entry.id] = entry.name
    return tuple((said, tuple(names.values())) for said, names in found.values() if len(names) >= least)
