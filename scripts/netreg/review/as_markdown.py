"""Changes as the comment on a pull request: decidable without opening a file, and shorter than the difference.

Whatever an entry says passes through ``neutral``; headings, lists, tables and folds are ours alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from netreg.core.escape import as_code, in_markdown
from netreg.review.groups import Group, grouped
from netreg.review.headline import found_in_words, headline
from netreg.review.hints import WHOLE_NEW
from netreg.review.overview import Entry, Review, alike, area, areas, inside, lines
from netreg.review.sentence import statement
from netreg.review.spans import Bit, Bits, Style, bits, code, cut, joined, several, theirs

if TYPE_CHECKING:
    from netreg.core.finding import Finding

LONGEST = 60_000
"""Characters of a comment at most; the code host takes 65,536."""

AT_ONCE = 8
"""So many entries are told one below the other; more make a table."""

_LONGEST_LINE = 4000
_LONGEST_ENTRY = 16_000
_MOST_LINES = 14
_MOST_ROWS = 120
_MOST_HINTS = 20
_MOST_FINDINGS = 10
_MOST_FILES = 8
_SECOND = ("relations", "history", "open_questions", "sources")
"""Fields of a new entry that a reviewer reads second."""


def as_markdown(seen: Review, files_at: str = "") -> str:
    """The comment.

    Args:
        seen: the changes with hints and findings.
        files_at: the address of the folder of entries at the code host, for links; none without it.
    """
    entries = _ordered(seen)
    many = len(entries) > AT_ONCE
    parts = [_inline(headline(seen), strong=True), *_look_first(seen), *_outside(seen), *_findings(seen)]
    parts += _table(entries, seen, files_at) if many else []
    parts += [*_only_moved(seen), *_in_form_only(seen)]
    room = LONGEST - sum(map(len, parts)) - 500
    # The table has the links already.
    return "\n\n".join([*parts, *_fitting(entries, seen, "" if many else files_at, room, folded=many)]) + "\n"


def _fitting(entries: Sequence[Entry], seen: Review, files_at: str, room: int, *, folded: bool) -> list[str]:
    """The blocks of as many entries as the comment holds."""
    blocks: list[str] = []
    for entry in entries:
        block = _entry(entry, seen, files_at)
        room -= len(block) + 2
        if room < 0:
            break
        blocks.append(block)
    missing = len(entries) - len(blocks)
    shown = _fold("Every change, entry by entry", blocks) if folded and blocks else blocks
    return [*shown, f"There is no room here for {missing} more; `netreg diff` shows all."] if missing else shown


def _ordered(seen: Review) -> Sequence[Entry]:
    """The entries with more to tell than a line; of many, those to be looked at come first, lest they be left out."""
    entries = [entry for entry in seen.telling if not entry.is_only_moved]
    looked_at = {hint.entry for hint in seen.hints}
    return sorted(entries, key=lambda entry: entry.id not in looked_at) if len(entries) > AT_ONCE else entries


def _fold(summary: str, blocks: Iterable[str]) -> list[str]:
    return [f"<details><summary>{summary}</summary>", *blocks, "</details>"]


def _look_first(seen: Review) -> list[str]:
    """The hints, each with the entry it belongs to where there are several."""
    groups = grouped(seen.hints)
    alone = len(seen.entries) == 1
    lines = [f"- {_inline(_hint(group, alone=alone))}" for group in groups[:_MOST_HINTS]]
    if len(groups) > _MOST_HINTS:
        lines.append(f"- and {len(groups) - _MOST_HINTS} more")
    return ["\n".join(["Look at this first:", *lines])] if lines else []


def _outside(seen: Review) -> list[str]:
    """All files outside the registry, where the hints name only some."""
    if len(seen.outside) <= _MOST_FILES:
        return []
    return _fold(
        f"All {len(seen.outside)} files outside the registry", [_list([_inline(f.shown) for f in seen.outside])]
    )


def _hint(group: Group, *, alone: bool) -> Bits:
    names = () if alone else _names(group.names)
    lead = joined([piece for piece in (names, group.about) if piece], last=", ")
    return bits(lead, ": " if lead else "", joined(group.texts, "; ", "; "))


def _names(names: Sequence[str], most: int = 5) -> Bits:
    return several([bits(theirs(name, 60)) for name in names if name], most)


def _findings(seen: Review) -> list[str]:
    """What the check found, errors first."""
    if not seen.findings:
        return []
    ordered = sorted(seen.findings, key=lambda finding: _WEIGHT[finding.level.value])
    lines = [f"- {_finding(finding)}" for finding in ordered[:_MOST_FINDINGS]]
    if len(ordered) > _MOST_FINDINGS:
        lines.append(f"- and {len(ordered) - _MOST_FINDINGS} more")
    return _fold(f"The check finds {found_in_words(ordered)}", ["\n".join(lines)])


_WEIGHT = {"error": 0, "warning": 1, "info": 2}


def _finding(finding: Finding) -> str:
    place = as_code(cut(f"{finding.place.path}:{finding.place.line}", 120))
    return f"{place} {finding.level}: {in_markdown(cut(f'{finding.message} {finding.fix}', 600))}"


def _table(entries: Sequence[Entry], seen: Review, files_at: str) -> list[str]:
    """What is alike in many entries, and one row an entry."""
    same = [f"- {line}" for line in _alike(seen)]
    groups = grouped(seen.hints)
    rows = [_row(entry, groups, seen, files_at) for entry in entries[:_MOST_ROWS]]
    if len(entries) > _MOST_ROWS:
        rows.append(f"| and {len(entries) - _MOST_ROWS} more | | | |")
    told = ["\n".join(["Alike in several entries:", *same])] if same else []
    return [*told, "\n".join(["| Entry | | What changes | Look at |", "|---|---|---|---|", *rows])]


def _alike(seen: Review) -> Iterator[str]:
    for said, names in alike(seen)[:_MOST_HINTS]:
        yield f"{_inline(said)} ({_inline(_names(names))})"


def _row(entry: Entry, groups: Sequence[Group], seen: Review, files_at: str) -> str:
    number = sum(entry.id in group.entries for group in groups)
    return f"| {_title(entry, files_at)} | {entry.sort} | {_inline(areas(entry, seen.words))} | {number or ''} |"


def _title(entry: Entry, files_at: str) -> str:
    name = in_markdown(cut(entry.name, 60))
    if not files_at:
        return name
    from urllib.parse import quote

    return f"[{name}]({files_at.rstrip('/')}/{quote(entry.id, safe='')}.yaml)"


def _only_moved(seen: Review) -> list[str]:
    """The entries of which nothing but the id changes, in one line."""
    said = [bits(theirs(entry.name, 60), " (", *_from_to(entry), ")") for entry in seen.only_moved]
    return [f"Moved, with nothing else changed: {_inline(several(said, _MOST_ROWS))}."] if said else []


def _from_to(entry: Entry) -> Bits:
    was, now = (code(side, 80) for side in (entry.changes[0].before, entry.changes[0].after))
    return bits(was, " to ", now)


def _in_form_only(seen: Review) -> list[str]:
    """The entries that say the same, in one line beside those that do not."""
    names = [entry.name for entry in seen.in_form_only]
    return [f"In form only, saying the same: {_inline(_names(names, 12))}."] if names and seen.telling else []


def _entry(entry: Entry, seen: Review, files_at: str) -> str:
    """The block of one entry; what a reviewer reads second is folded."""
    head = f"#### {_title(entry, files_at)} {as_code(cut(f'registry/{entry.id}.yaml', 80))}"
    first, second = _lines(entry, seen)
    blocks = [_list([text for _, text in first])] if first else []
    if second:
        blocks += _fold(_summary([name for name, _ in second]), [_list([text for _, text in second])])
    return "\n\n".join([head, *blocks])


def _summary(names: Sequence[str]) -> str:
    """What is in a fold: ``33 more: relations (6), history (10)``."""
    counts = Counter(names)
    said = several([bits(theirs(name, 60), f" ({number})" if number > 1 else "") for name, number in counts.items()], 5)
    return f"{len(names)} more: {_inline(said)}"


def _list(lines: Sequence[str]) -> str:
    """Lines as a list, as many as one entry may fill."""
    room = _LONGEST_ENTRY
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 3
        if room < 0:
            return "\n".join([*shown, f"- and {len(lines) - len(shown)} more"])
        shown.append(f"- {line}")
    return "\n".join(shown)


_Line = tuple[str, str]


def _lines(entry: Entry, seen: Review) -> tuple[list[_Line], list[_Line]]:
    """The changes of an entry with their area, in two parts: what to read first, and what may stay folded."""
    first: list[_Line] = []
    second: list[_Line] = []
    first += [(line.area, _inline(line.said)) for line in lines(entry.changes, seen)]
    for change in entry.changes:
        if change.kind in WHOLE_NEW:
            numbered = seen.words.numbered(change.after)
            for one in inside(change):
                line = (area(one, numbered), _inline(statement(one, numbered)))
                (second if one.field in _SECOND else first).append(line)
    if len(first) > _MOST_LINES + 2 and not second:
        return first[:_MOST_LINES], first[_MOST_LINES:]
    return first, second


def _inline(said: Iterable[Bit], *, strong: bool = False) -> str:
    """A sentence as Markdown on one line."""
    shown: list[str] = []
    left = _LONGEST_LINE
    for bit in said:
        text = _shown(bit, strong=strong)
        left -= len(text)
        if left < 0:
            shown.append("…")
            break
        shown.append(text)
    return f"**{''.join(shown)}**" if strong else "".join(shown)


def _shown(bit: Bit, *, strong: bool) -> str:
    if bit.style is Style.CODE:
        return as_code(bit.text)
    text = in_markdown(bit.text)
    if bit.style is Style.QUOTED:
        return f"“{text}”"
    if bit.style is Style.GONE:
        return f"~~{text}~~"
    return f"**{text}**" if bit.style in (Style.LABEL, Style.NEW) and not strong else text
