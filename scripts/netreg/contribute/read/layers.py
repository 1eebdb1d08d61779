"""Layers of a mail: what its sender writes now, and what is quoted from the mails before.

They are known by their shape alone, marks, heads and the line in front of a quotation, which is the same in all mail
programs and languages; see docs/decisions/0007-intake-asks-or-stops.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

DEEPEST = 9
"""Marks of quotation in front of a line at most; deeper ones tell no more, and millions of them would fill a memory."""

_LONGEST_HEAD = 16
_LONGEST_LABEL = 200
_LONGEST_INTRO = 400
_MARKS = re.compile(r"(?:>[ \t]?)*")
_LABELLED = re.compile(rf"([^:：﹕=|\t]{{1,{_LONGEST_LABEL}}})[:：﹕=|\t](.*)", re.DOTALL)
"""A label with what people and programs put behind it: colons of all widths, an equals sign, the edge of a cell."""

_DRESS = re.compile(r"^[\W\d_]+|[\W_]+$")
"""What they put around it: bullets, numbers, quotation marks, stars."""

_RULE = re.compile(r"\s*[-_=*]{5,}\s*")
_TOLD = re.compile(r"[\s*]*[-=_]{2,} ?[^\W_][^\n]{2,120}[^\W_] ?[-=_]{2,}[\s*]*")
_FIELD = re.compile(r"\W{0,9}\w[^:\n]{0,30}:(?!//)")
_DIGIT_OR_MAILBOX = re.compile(r"[0-9@]")
_MAILBOX_OR_TIME = re.compile(r"@|\b[0-9]{1,2}[:.h][0-9]{2}\b")
_DATE = re.compile(r"\b(?:19|20)[0-9]{2}\b|\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}\b")


class MailLine(NamedTuple):
    """A line without its marks of quotation; ``age`` is 0 for what the sender writes now, more for what is quoted."""

    text: str
    age: int


def folded(label: str) -> str:
    """A label as it is compared."""
    return " ".join(label.split()).casefold()


def split_label(line: str) -> tuple[str, str]:
    """What may be a label, as it is compared, and what stands behind it; the label is empty where there is none."""
    match = _LABELLED.fullmatch(line.lstrip())
    return (folded(_DRESS.sub("", match[1])), match[2].strip(" \t*")) if match else ("", "")


def quoted(text: str, times: int) -> str:
    """A text as an earlier mail below another."""
    return "\n".join(f"{'>' * min(times, DEEPEST)} {line}" for line in text.split("\n"))


def layers(text: str, labels: Collection[str] = ()) -> Iterator[MailLine]:
    """The lines of a mail by their age, without those that only tell who wrote an earlier one and when.

    ``labels`` are those of our forms, which are no part of the head of a mail.
    """
    lines = [_unmarked(line, labels) for line in text.split("\n")]
    cuts: list[int] = []  # the depths at which an earlier mail begins without marks of its own
    number = 0
    while number < len(lines):
        line, depth, *_ = lines[number]
        cuts = [cut for cut in cuts if cut <= depth]
        end = _told_until(lines, number)
        if end > number and not _is_deeper(lines, end, depth):
            cuts = [*cuts, depth][:DEEPEST]
        if end == number:
            yield MailLine(line, depth + len(cuts))
        number = max(end, number + 1)


def split_signature(text: str, labels: Collection[str] = ()) -> tuple[str, str]:
    """The words of a mail, and what stands between the line in front of a signature or notice and an earlier mail."""
    lines = text.split("\n")
    known = [_unmarked(line, labels) for line in lines]
    starts = (number for number, line in enumerate(lines) if re.fullmatch(r"-- ?\r?|_{5,}\s*", line))
    start = next((number for number in starts if _told_until(known, number) == number), len(lines))
    is_earlier = (at for at in range(start + 1, len(lines)) if known[at].depth or _told_until(known, at) > at)
    end = next(is_earlier, len(lines))
    return "\n".join([*lines[:start], *lines[end:]]), "\n".join(lines[start + 1 : end]).strip()


class _Line(NamedTuple):
    """A line without its marks, how many they were, and whether it begins with a label of ours or of a mail's head."""

    text: str
    depth: int
    is_ours: bool
    is_field: bool


def _unmarked(line: str, labels: Collection[str]) -> _Line:
    marks = _MARKS.match(line)
    end = marks.end() if marks else 0
    text, depth = line[end:], min(line.count(">", 0, end), DEEPEST)
    is_ours = bool(labels) and split_label(text[:_LONGEST_INTRO])[0] in labels
    return _Line(text, depth, is_ours, not is_ours and _FIELD.match(text) is not None)


def _is_deeper(lines: Sequence[_Line], start: int, depth: int) -> bool:
    """Whether the next line with words has more marks, so that these tell where the earlier mail begins and ends."""
    return next((line.depth > depth for line in lines[start : start + 9] if line.text.strip()), False)


def _told_until(lines: Sequence[_Line], start: int) -> int:
    """Where the lines end that tell of an earlier mail and begin here; ``start`` where there are none."""
    line, depth, *_ = lines[start]
    if len(line) < _LONGEST_LABEL and _TOLD.fullmatch(line):
        return max(_head_until(lines, start + 1, depth, 1), start + 1)
    is_rule = len(line) < _LONGEST_LABEL and _RULE.fullmatch(line) is not None
    end = _head_until(lines, start + is_rule, depth, 2 if is_rule else 3)
    return end if end > start + is_rule else _intro_until(lines, start)


def _head_until(lines: Sequence[_Line], start: int, depth: int, least: int) -> int:
    """Where the head of a mail ends: at least so many fields, one with a mailbox or a time, none of them ours."""
    end, count, fields, is_spaced = start, 0, "", False
    for number, line in enumerate(lines[start : start + _LONGEST_HEAD], start):
        if not line.text.strip() and (count < 2 or is_spaced):  # of HTML there may be an empty line behind each field
            is_spaced |= count == 1
            continue
        if line.depth != depth or not (line.is_field or (count and line.text.lstrip().startswith("<"))):
            break
        count, fields, end = count + line.is_field, f"{fields} {line.text[:_LONGEST_LABEL]}", number + 1
    return end if count >= least and (least == 1 or _MAILBOX_OR_TIME.search(fields)) else start


def _intro_until(lines: Sequence[_Line], start: int) -> int:
    """Where the words in front of a quotation end: one to three lines, of which no smaller number would do."""
    if not _DIGIT_OR_MAILBOX.search(lines[start].text[:_LONGEST_INTRO]):  # nearly all lines, which are looked at once
        return start
    for last, line in enumerate(lines[start : start + 3], start):
        if line.depth != lines[start].depth or not line.text.strip():
            break
        is_deeper, has_colon = _is_deeper(lines, last + 1, line.depth), line.text.rstrip("* ").endswith((":", "："))
        starts = range(last, start - 1, -1) if is_deeper or has_colon else ()
        first = next((one for one in starts if _is_intro(lines[one : last + 1], has_colon, is_deeper)), None)
        if first is not None:
            return last + 1 if first == start else start
    return start


def _is_intro(lines: Sequence[_Line], has_colon: bool, is_deeper: bool) -> bool:
    """Whether lines say that somebody wrote at some time: a colon at their end only, a mailbox, a time or a day.

    Where marks follow a day is enough, or the colon may be missing.
    """
    text = " ".join(line.text[:_LONGEST_INTRO].strip() for line in lines)
    body = text.rstrip("*: ：\xa0")
    is_sentence = len(lines) > 1 and lines[0].text.rstrip().endswith((".", "!", "?"))
    is_open = body.count("<") != body.count(">") or re.search(r":\s", body)
    if is_sentence or is_open or len(text) >= _LONGEST_INTRO or any(line.is_ours for line in lines):
        return False
    has_mailbox, has_day = (pattern.search(body) is not None for pattern in (_MAILBOX_OR_TIME, _DATE))
    return has_colon + has_day + has_mailbox >= 2 if is_deeper else has_colon and has_mailbox
