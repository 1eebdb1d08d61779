"""Headline: the line that says it all, and stands alone in a notification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from netreg.review.change import WHOLE, Change, Kind
from netreg.review.claims import without
from netreg.review.difference import REWORDED
from netreg.review.equivalence import same
from netreg.review.groups import grouped
from netreg.review.outside import headed
from netreg.review.overview import IN_FORM, Entry, Line, Review, lines, times
from netreg.review.spans import Bit, Bits, Style, bits, bounded, cut, joined, plain, several, theirs

if TYPE_CHECKING:
    from netreg.core.finding import Finding

_AS_A_WHOLE = WHOLE | {Kind.ENTRY_MOVED, Kind.ENTRY_UNREADABLE}
_FEW = 3
_LONGEST = 260
_LONGEST_BIT = 120
_LEAST = 40
_LEVELS = {"error": "error", "warning": "warning", "info": "remark"}


def headline(seen: Review) -> Bits:
    """The line that says it all."""
    what = _what(seen)
    stop = "" if plain(what).endswith((".”", "?”", "!”")) else "."
    if seen.outside:
        what, stop = bits(what, "; ", headed(seen.outside)), "."
    return bits(what, stop, _left_out(seen), _to_look_at(seen), _found(seen))


def _left_out(seen: Review) -> str:
    """Whoever decides must learn first of all that not everything is told."""
    if not seen.left_out:
        return ""
    verb = "does" if seen.left_out == 1 else "do"
    return f" {counted(seen.left_out, 'more change')} {verb} not fit here; netreg diff shows all."


def _what(seen: Review) -> Bits:
    if not seen.entries:
        return bits("Nothing is told here" if seen.left_out else "No entry changes")
    if len(seen.entries) > 1:
        return _many(seen)
    return _one(seen.entries[0], seen)


def _one(entry: Entry, seen: Review) -> Bits:
    name = theirs(entry.name, 60)
    if entry.sort == IN_FORM:
        return bits(name, ": a change in form" if seen.left_out else ": only the form changes; the entry says the same")
    first, *others = lines(entry.statements, seen)
    if others and first.kind not in _AS_A_WHOLE:
        return bits(name, f": {len(others) + 1} changes, to ", _counted_lines([first, *others]))
    lead = () if first.kind in (Kind.ENTRY_ADDED, Kind.ID_LOST) else bits(name, ": ")
    said = first.said if _is_only_evidence(entry.statements[0]) else _without_evidence(first.said)
    return bits(lead, _shortened(said), bits("; besides: ", _counted_lines(others)) if others else ())


def _counted_lines(told: Sequence[Line]) -> Bits:
    counts = Counter(line.area for line in told)
    return several([times(*one) for one in counts.items()], 5)


def _is_only_evidence(change: Change) -> bool:
    """Whether nothing but the sources of a statement changed, which the headline then must tell."""
    was, now = change.before, change.after
    return was is not None and now is not None and same(without(was, ("sources",)), without(now, ("sources",)))


def _without_evidence(said: Bits) -> Bits:
    """The sentence up to its evidence, which stands further below."""
    end = next((index for index, bit in enumerate(said) if bit.style is Style.EVIDENCE), len(said))
    return said[:end]


def _shortened(said: Bits) -> Bits:
    """As much of a sentence as a line that sums up has room for; an ellipsis stands for the rest."""
    shown: list[Bit] = []
    for part in _parts(said):
        room = _LONGEST - len(plain(shown))
        if room < _LEAST:
            return bits(shown, "; …")
        shown += _in_short(part, room)
    return tuple(shown)


def _in_short(part: Sequence[Bit], room: int) -> Bits:
    """A part that fits; of a long text only that it is worded otherwise, since a piece of it would mislead."""
    texts = [bit.text for bit in part]
    if REWORDED not in texts:
        return bounded((bit._replace(text=cut(bit.text, _LONGEST_BIT)) for bit in part), room)
    if len(plain(part)) <= room:
        return tuple(part)
    return (*part[: texts.index(REWORDED)], Bit("reworded"))


def _parts(said: Bits) -> list[list[Bit]]:
    """A sentence cut before each semicolon of ours."""
    parts: list[list[Bit]] = [[]]
    for bit in said:
        if bit.text.startswith(";") and bit.style in (Style.SAID, Style.EVIDENCE):
            parts.append([])
        parts[-1].append(bit)
    return parts


def _many(seen: Review) -> Bits:
    if not seen.telling and not seen.left_out:
        return bits(f"{len(seen.entries)} entries change in form only and say the same")
    by_sort: dict[str, list[Entry]] = {}
    for entry in seen.entries:
        by_sort.setdefault(entry.sort, []).append(entry)
    if len(by_sort) == 1 and len(seen.entries) > _FEW and not seen.left_out:
        return bits(f"{len(seen.entries)} entries change, all {seen.entries[0].sort}")
    parts = [bits(f"{len(found)} {sort}", _named(found)) for sort, found in by_sort.items()]
    return bits(f"{len(seen.entries)} entries change: ", several(parts, 8))


def _named(entries: Sequence[Entry]) -> Bits:
    """Their names in brackets, while they are few."""
    if len(entries) > _FEW:
        return ()
    return bits(" (", joined([bits(theirs(entry.name, 60)) for entry in entries], last=", "), ")")


def _to_look_at(seen: Review) -> str:
    number = len(grouped(seen.hints))
    if number:
        return f" {counted(number, 'thing')} to look at."
    return " Nothing stands out." if seen.telling and not seen.left_out else ""


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
