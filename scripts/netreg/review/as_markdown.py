"""Changes as the comment on a pull request: decidable without opening a file, and shorter than the difference.

Whatever an entry says passes through ``escape``; headings, lists, tables and folds are ours alone.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate, filterfalse
from operator import attrgetter, methodcaller
from typing import TYPE_CHECKING

from netreg.core.escape import as_code, in_markdown
from netreg.core.finding import Level, found_in_words
from netreg.review.hints import grouped
from netreg.review.overview import GONE, Alike, EntryChanges, Review, ToldLine, alike, areas, headline, lines, new_parts
from netreg.review.spans import Span, Spans, Style, code, counted, several, spans, theirs

if TYPE_CHECKING:
    from netreg.core.finding import Finding

LONGEST = 60_000
"""Characters of a comment at most; the code host takes 65,536."""

MOST_BELOW = 8
"""So many entries are told one below the other; more make a table."""

_LONGEST_LINE = 4000
_LONGEST_LIST = 16_000
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
    parts = [
        f"**{_inline(headline(seen), strong=True)}**",
        *_look_first(seen),
        *(_findings(seen.findings) if seen.findings else ()),
    ]
    telling = list(filterfalse(attrgetter("is_only_moved"), seen.telling))
    is_table = len(telling) > MOST_BELOW
    if is_table:
        same = alike(seen)
        looked_at = {hint.entry for hint in seen.hints}
        # What is told once for many entries is told nowhere again; of the others those to be looked at come first.
        once = {id_ for one in same for id_ in one.once}
        telling = [entry for entry in telling if entry.id not in once]
        telling.sort(key=lambda entry: entry.id not in looked_at)
        parts += _table(telling, same, seen, files_at)
    moved = filter(attrgetter("is_only_moved"), seen.telling)
    told = [spans(theirs(one.name, 60), " (", _from_to(one), ")") for one in moved]
    parts += [f"Moved, with nothing else changed: {_inline(several(told, _MOST_ROWS))}."] if told else []
    if seen.telling and seen.in_form_only:
        parts.append(f"In form only, saying the same: {_names([one.name for one in seen.in_form_only], 12)}.")
    room = LONGEST - sum(map(len, parts)) - 500
    # The table has the links already.
    return "\n\n".join([*parts, *_fitting(telling, seen, "" if is_table else files_at, room, folded=is_table)]) + "\n"


def _fitting(entries: Sequence[EntryChanges], seen: Review, files_at: str, room: int, *, folded: bool) -> list[str]:
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


def _fold(summary: str, blocks: Iterable[str]) -> list[str]:
    return [f"<details><summary>{summary}</summary>", *blocks, "</details>"]


def _look_first(seen: Review) -> list[str]:
    """The hints, each with the entry it belongs to where there are several, and the files outside the registry."""
    if not seen.hints:
        return []
    groups = grouped(seen.hints)
    said = methodcaller("said", alone=len(seen.entries) == 1)
    told = list(map(_inline, map(said, groups[:_MOST_HINTS])))
    files = [_inline(file.shown) for file in seen.outside] if len(seen.outside) > _MOST_FILES else []
    fold = _fold(f"All {len(files)} files outside the registry", [_list(files)]) if files else []
    return [f"Look at this first:\n{_points(told, len(groups))}", *fold]


def _names(names: Sequence[str], most: int = 5) -> str:
    return _inline(several([spans(theirs(name, 60)) for name in names if name], most))


def _findings(findings: Sequence[Finding]) -> list[str]:
    """What the check found, errors first."""
    ordered = sorted(findings, key=lambda finding: [*Level].index(finding.level))
    told: list[str] = []
    for one in ordered[:_MOST_FINDINGS]:
        place = code(f"{one.place.path}:{one.place.line}", 120)
        told.append(_inline(spans(place, f" {one.level}: ", theirs(f"{one.message} {one.fix}", 600))))
    return _fold(f"The check finds {found_in_words(ordered)}", [_points(told, len(ordered))])


def _table(entries: Sequence[EntryChanges], same: Sequence[Alike], seen: Review, files_at: str) -> list[str]:
    """What is alike in many entries, and one row for each entry that says more."""
    groups = grouped(seen.hints)
    rows: list[str] = []
    for entry in entries[:_MOST_ROWS]:
        number = sum(entry.id in group.entries for group in groups)
        said = _inline(areas(entry, seen.words))
        rows.append(f"| {_title(entry, files_at)} | {entry.sort} | {said} | {number or ''} |")
    if len(entries) > _MOST_ROWS:
        rows.append(f"| and {len(entries) - _MOST_ROWS} more | | | |")
    once = len({id_ for one in same for id_ in one.once})
    told = [f"{_inline(one.said)} ({_names(one.names)})" for one in same[:_MOST_HINTS]]
    told += [f"Nothing else changes in {once} entries; `netreg diff` tells each of them."] if once else []
    parts = [f"Alike in several entries:\n{_list(told)}"] if told else []
    return [*parts, "\n".join(["| Entry | | What changes | Look at |", "|---|---|---|---|", *rows])] if rows else parts


def _title(entry: EntryChanges, files_at: str) -> str:
    """The name, with a link to the file where there is one."""
    name = in_markdown(theirs(entry.name, 60).text)
    if not files_at or entry.sort == GONE:
        return name
    from urllib.parse import quote

    return f"[{name}]({files_at.rstrip('/')}/{quote(entry.id, safe='')}.yaml)"


def _from_to(entry: EntryChanges) -> Spans:
    was, now = (code(side, 80) for side in (entry.changes[0].before, entry.changes[0].after))
    return spans(was, " to ", now)


def _entry(entry: EntryChanges, seen: Review, files_at: str) -> str:
    """The block of one entry; what a reviewer reads second is folded."""
    head = f"#### {_title(entry, files_at)} {as_code(code(f'registry/{entry.id}.yaml', 80).text)}"
    first, second = lines(entry.changes, seen), list[ToldLine]()
    for field, line in new_parts(entry, seen.words):
        (second if field in _SECOND else first).append(line)
    if len(first) > _MOST_LINES + 2 and not second:
        first, second = first[:_MOST_LINES], first[_MOST_LINES:]
    blocks = [head, _list(_in_lines(first))] if first else [head]
    if second:
        each = counted(line.area for line in second)
        blocks += _fold(f"{len(second)} more: {_inline(several(each, 5))}", [_list(_in_lines(second))])
    return "\n\n".join(blocks)


def _in_lines(told: Sequence[ToldLine]) -> list[str]:
    return list(map(_inline, map(attrgetter("said"), told)))


def _list(told: Sequence[str]) -> str:
    """Lines as a list, as many as one list may fill."""
    ends = list(accumulate(map(len, map("- {}\n".format, told))))
    return _points(told[: bisect(ends, _LONGEST_LIST)], len(told))


def _points(told: Sequence[str], number: int) -> str:
    """Lines as a list, the first of so many."""
    more = [f"- and {number - len(told)} more"] if number > len(told) else []
    return "\n".join([*map("- {}".format, told), *more])


def _inline(said: Iterable[Span], *, strong: bool = False) -> str:
    """A sentence as Markdown on one line; inside a strong one nothing stands out more."""
    shown, left = "", _LONGEST_LINE
    for text, style in said:
        if style is Style.CODE:
            piece = as_code(text)
        else:
            before, behind = _MARKS.get(style, ("", "")) if not strong or style in _QUOTES else ("", "")
            piece = f"{before}{in_markdown(text)}{behind}"
        left -= len(piece)
        if left < 0:
            return f"{shown}…"
        shown += piece
    return shown


_MARKS = {Style.QUOTED: ("“", "”"), Style.GONE: ("~~", "~~"), Style.LABEL: ("**", "**"), Style.NEW: ("**", "**")}
_QUOTES = (Style.QUOTED, Style.GONE)
