"""Overview: the changes of one comparison as a reviewer reads them, and the line that sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from netreg.review.bits import Bits, bits, cut, joined, plain, several, theirs
from netreg.review.change import Change, Kind, value_of
from netreg.review.compare import contents
from netreg.review.hints import Hint, hints
from netreg.review.same import same
from netreg.review.sentence import sentence
from netreg.review.words import Words

if TYPE_CHECKING:
    from netreg.finding import Finding

CORRECTED = "corrected"
_SORTS = {
    Kind.ENTRY_ADDED: "new",
    Kind.ENTRY_WITHDRAWN: "withdrawn",
    Kind.ENTRY_RESTORED: "restored",
    Kind.ENTRY_MENDED: "readable again",
    Kind.ENTRY_UNREADABLE: "unreadable",
    Kind.ID_LOST: "gone",
    Kind.FORM_ONLY: "in form only",
}
_FEW = 3
_SHORT = 30
_NEW_VALUE = (Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.RIVAL_PROMOTED)
_LEVELS = {"error": "error", "warning": "warning", "info": "remark"}


class Entry(NamedTuple):
    """The changes of one entry."""

    id: str
    name: str
    changes: tuple[Change, ...]

    @property
    def sort(self) -> str:
        """What became of it in a word or three."""
        return _SORTS.get(self.changes[0].kind, CORRECTED)

    @property
    def statements(self) -> tuple[Change, ...]:
        """The changes without those that only serve another, such as a source listed for a new claim."""
        return tuple(change for change in self.changes if change.kind is not Kind.LISTED_SOURCE_ADDED) or self.changes


@dataclass(frozen=True, slots=True)
class Review:
    """All changes with what to look at; ``findings`` is None where no check was made."""

    entries: tuple[Entry, ...]
    hints: tuple[Hint, ...]
    findings: tuple[Finding, ...] | None
    words: Words
    sentences: dict[int, Bits] = field(default_factory=dict, repr=False, compare=False)

    def sentence(self, change: Change) -> Bits:
        """What is said of one of the changes."""
        known = self.sentences.get(id(change))
        if known is None:
            known = self.sentences[id(change)] = sentence(change, self.words)
        return known

    @property
    def telling(self) -> tuple[Entry, ...]:
        """The entries that say something else than before."""
        return tuple(entry for entry in self.entries if entry.sort != _SORTS[Kind.FORM_ONLY])

    @property
    def in_form_only(self) -> tuple[Entry, ...]:
        """The entries that are written otherwise and say the same."""
        return tuple(entry for entry in self.entries if entry.sort == _SORTS[Kind.FORM_ONLY])


def review(changes: Sequence[Change], words: Words, findings: Sequence[Finding] | None = None) -> Review:
    """The changes grouped by entry, with the hints."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.entry, []).append(change)
    entries = tuple(Entry(id_, found[0].name, tuple(found)) for id_, found in grouped.items())
    return Review(entries, hints(changes, words), None if findings is None else tuple(findings), words)


def headline(seen: Review) -> Bits:
    """The line that says it all."""
    what = _what(seen)
    stop = "" if plain(what).endswith((".”", "?”", "!”")) else "."
    return bits(what, stop, _to_look_at(seen), _found(seen))


def _what(seen: Review) -> Bits:
    if not seen.entries:
        return bits("No entry changes")
    if len(seen.entries) > 1:
        return _many(seen)
    return _one(seen.entries[0], seen.words)


def _one(entry: Entry, words: Words) -> Bits:
    name = theirs(entry.name, 60)
    if entry.sort == _SORTS[Kind.FORM_ONLY]:
        return bits(name, ": only the form changes; the entry says the same")
    if len(entry.statements) == 1:
        change = entry.statements[0]
        lead = () if change.kind in (Kind.ENTRY_ADDED, Kind.ID_LOST) else bits(name, ": ")
        return bits(lead, _first_part(sentence(change, words)))
    labels = Counter(area(change, words) for change in entry.statements)
    return bits(name, f": {len(entry.statements)} changes, to ", several([_times(*one) for one in labels.items()], 5))


def _first_part(said: Bits) -> Bits:
    """The sentence up to its first semicolon: the evidence stands further below."""
    end = next((index for index, bit in enumerate(said) if bit.text.startswith(";")), len(said))
    return tuple(bit._replace(text=cut(bit.text, 90)) for bit in said[:end])


def _many(seen: Review) -> Bits:
    if not seen.telling:
        return bits(f"{len(seen.entries)} entries change in form only and say the same")
    by_sort: dict[str, list[Entry]] = {}
    for entry in seen.entries:
        by_sort.setdefault(entry.sort, []).append(entry)
    if len(by_sort) == 1 and len(seen.entries) > _FEW:
        return bits(f"{len(seen.entries)} entries change, all {seen.entries[0].sort}")
    parts = [bits(f"{len(found)} {sort}", _named(found)) for sort, found in by_sort.items()]
    return bits(f"{len(seen.entries)} entries change: ", several(parts, 8))


def _named(entries: Sequence[Entry]) -> Bits:
    """Their names in brackets, while they are few."""
    if len(entries) > _FEW:
        return ()
    return bits(" (", joined([bits(theirs(entry.name, 60)) for entry in entries], last=", "), ")")


def _to_look_at(seen: Review) -> str:
    if not seen.telling:
        return ""
    number = len(grouped(seen.hints))
    return f" {counted(number, 'thing')} to look at." if number else " Nothing stands out."


def _found(seen: Review) -> str:
    if seen.findings is None:
        return ""
    return f" The check finds {found_in_words(seen.findings)}."


def found_in_words(findings: Sequence[Finding]) -> str:
    """How many findings of which level: ``2 errors and 1 warning``."""
    counts = Counter(finding.level.value for finding in findings)
    said = [counted(counts[level], noun) for level, noun in _LEVELS.items() if counts[level]]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said) or "nothing"


def counted(number: int, noun: str) -> str:
    """``1 thing``, ``2 things``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def area(change: Change, words: Words) -> str:
    """The part of an entry that a change belongs to, as a table names it."""
    if not change.field:
        return _SORTS.get(change.kind, "entry")
    statement = change.after if change.after is not None else change.before
    return _lower_first(words.field(change.field, statement))


def areas(entry: Entry, words: Words) -> Bits:
    """Which parts of an entry change: short values with what they were, of others how often."""
    told = [_short(change, words) for change in entry.statements]
    counts = Counter(area(change, words) for change, said in zip(entry.statements, told, strict=True) if not said)
    return several([*(said for said in told if said), *(_times(*one) for one in counts.items())], 5)


def _short(change: Change, words: Words) -> Bits:
    """A short value and the one before it, or nothing."""
    before, after = change.before, change.after
    if change.kind not in _NEW_VALUE or same(value_of(before), value_of(after)):
        return ()
    was, now = (words.value(change.field, side) for side in (before, after))
    if len(plain(was)) > _SHORT or len(plain(now)) > _SHORT:
        return ()
    return bits(theirs(area(change, words), 60), " ", now, " instead of ", was)


def _times(text: str, number: int) -> Bits:
    return bits(theirs(text, 60), f" ({number})" if number > 1 else "")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def inside(change: Change) -> Iterator[Change]:
    """What a new entry says beside its name."""
    return (one for one in contents(change) if one.field not in ("name", "acronym"))


class Group(NamedTuple):
    """What is to be seen at one statement, or at the like statements of several entries."""

    entries: frozenset[str]
    names: tuple[str, ...]
    about: Bits
    texts: tuple[Bits, ...]


def grouped(found: Sequence[Hint]) -> tuple[Group, ...]:
    """Hints at one statement in one line, and what is alike in several entries in one line too."""
    at_place: dict[tuple[str, str, str], list[Hint]] = {}
    for hint in found:
        at_place.setdefault((hint.entry, hint.field, plain(hint.about)), []).append(hint)
    alike: dict[str, list[list[Hint]]] = {}
    for hints_here in at_place.values():
        alike.setdefault(plain(bits(*(hint.about + hint.text for hint in hints_here))), []).append(hints_here)
    return tuple(_group(places) for places in alike.values())


def _group(places: list[list[Hint]]) -> Group:
    first = places[0]
    names = {hints_here[0].entry: hints_here[0].name for hints_here in places}
    texts = {plain(hint.text): hint.text for hint in first}
    return Group(frozenset(names), tuple(names.values()), first[0].about, tuple(texts.values()))


def alike(seen: Review, least: int = 3) -> tuple[tuple[Bits, tuple[str, ...]], ...]:
    """Sentences that hold for several entries, with the names of those entries."""
    found: dict[str, tuple[Bits, dict[str, str]]] = {}
    for entry in seen.telling:
        for change in entry.statements:
            said = seen.sentence(change)
            found.setdefault(plain(said), (said, {}))[1][entry.id] = entry.name
    return tuple((said, tuple(names.values())) for said, names in found.values() if len(names) >= least)
