"""From the text of a request, as GitHub writes it or as it comes in a mail, to answers; nothing of it is lost.

What a mail quotes from the mails before are layers. They are known by their shape alone, marks, heads and the line in
front of a quotation, which is the same in all programs and languages; see docs/decisions/0007-intake-asks-or-stops.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from netreg.contribute.form import Form, FormField, hint
from netreg.contribute.parse.values import before_closing, is_courtesy

LARGEST = 256 * 1024
"""Bytes of a request at most; GitHub holds no more."""

_LONGEST_LINE = 200
_NO_ANSWER = ("_no response_", "no response", "none", "n/a", "-")
_BOX = re.compile(r"\s*[-*+][ \t]*\[([ xX]?)\][ \t]*(.*?)\s*")
_GARBLED = re.compile("\ufffd|[ÂÃÄÅÎÏÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\x80-\x9f€]")
"""A letter that was lost on the way, or one of UTF-8 that was read as two others, as *Ã¼* for *ü*."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered to one form.

    ``said`` holds what was typed and ``chosen`` the choices made, both by field id. ``strange`` are answers to a choice
    that are none of the choices, ``repeated`` labels that stand more than once, ``hidden`` labels that were found only
    inside a block of code, ``garbled`` labels of answers whose letters came broken; ``left_over`` is all text that
    belongs to no field. ``alone`` are labels in a text that does not say what it is about, as in an answer to us.
    """

    form: Form | None
    said: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strange: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    garbled: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    def text(self, id_: str) -> str:
        """What was typed into a field; empty where nothing was."""
        return self.said.get(id_, "")

    def choice(self, id_: str) -> str:
        """The choice made; empty where there is none or more than one."""
        chosen = self.chosen.get(id_, ())
        return chosen[0] if len(chosen) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text under a label, which is empty for what belongs to no field; ``age`` is that of the layer of a mail."""

    label: str
    text: str
    age: int = 0
    in_fence: bool = False


def labels_of(forms: Iterable[Form]) -> frozenset[str]:
    """All labels of forms as they are compared."""
    return frozenset(label for form in forms for label in _labels(form))


def own_words(text: str, forms: Sequence[Form]) -> str:
    """What the sender of a message writes now, without what is quoted from earlier ones."""
    return _text([line.text for line in layers(_plain(text), labels_of(forms)) if line.age == 0])


def parse_body(text: str, forms: Sequence[Form]) -> Answers:
    """The answers in a text; the form is the one most of whose labels stand in it.

    Of a mail only the newest layer speaks. Labels in it complete or correct those that are quoted below; where it has
    other words, and a value would come from below, there is no form: a person reads what is meant.
    """
    plain, alone = _plain(text), tuple[str, ...]()
    for find in (_by_headings, _by_labels):
        form, pieces = find(plain, forms)
        pieces, spoken = _spoken(form, pieces)
        if not spoken or _talks_over(pieces, spoken):
            continue
        subject = next(asked.label for asked in form.fields if asked.is_required)
        if (len(spoken) >= 2 and subject in spoken) or len(spoken) > 3:
            return _answers(form, pieces, spoken)
        alone = tuple(spoken)
    return Answers(None, left_over=_kept([plain]), alone=alone)


def _plain(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip()


def _labels(form: Form) -> dict[str, FormField]:
    return {folded(asked.label): asked for asked in form.fields}


def _best(forms: Sequence[Form], labels: Iterable[str]) -> Form:
    """The form that has most of the labels; of two alike, the one with fewer others."""
    found = set(labels)
    return max(forms, key=lambda form: (len(found & _labels(form).keys()), -len(form.fields)))


# As GitHub writes it: headings

_HEADING = re.compile(r" {0,3}###[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")


def _by_headings(text: str, forms: Sequence[Form]) -> tuple[Form, list[_Piece]]:
    """The form, and the text below the headings that are its labels.

    Nothing but headings and blocks of code is looked for: an answer may begin a list, a quotation or a comment in HTML,
    which would hide the headings behind it.
    """
    lines = text.split("\n")
    found = ((number, _HEADING.fullmatch(line[:_LONGEST_LINE])) for number, line in enumerate(lines))
    heads = {number: folded(match[1]) for number, match in found if match}
    form = _best(forms, heads.values())
    labels = _labels(form)
    marks = {number: labels[head].label for number, head in heads.items() if head in labels}
    fenced = set(_fenced(text, len(lines))) if marks else set()
    outside = {label for number, label in marks.items() if number not in fenced}
    starts = [number for number, label in marks.items() if number not in fenced or label not in outside]
    *above, (_, age) = layers("\n".join([*lines[: starts[0] if starts else len(lines)], ""]))
    under = (
        _Piece(marks[start], _text(lines[start + 1 : end]), age, in_fence=start in fenced)
        for start, end in pairwise([*starts, len(lines)])
    )
    return form, [*_outside(above), *under]


def _fenced(text: str, lines: int) -> Iterator[int]:
    """The lines inside blocks of code; one that never ends is no block, for GitHub closes none that somebody forgot."""
    if "```" not in text and "~~~" not in text:  # nearly all requests, which need not wait for the parser
        return
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero").enable("fence")
    parser.core.ruler.enableOnly(["normalize", "block"])
    for token in parser.parse(f"{text}\n."):
        if token.type == "fence" and token.map and token.map[1] <= lines:
            yield from range(*token.map)


# As it comes in a mail: labels with a colon behind

_WRAPPED_FROM = 60
"""Signs from which on a line of a mail was broken by the program and not by the sender."""
_CUT_ADDRESS = re.compile(r"https?://\S{1,2000}[-_=&?%]$")
_PARAGRAPHS = ("summary", "right", "answer", "question", "says", "more", "message")
"""Answers that may have more than one paragraph; behind any other in a mail follow greetings and a signature."""


def _by_labels(text: str, forms: Sequence[Form]) -> tuple[Form, list[_Piece]]:
    known = labels_of(forms)
    lines = _unwrapped(layers(text, known), known)
    heads = [split_label(line.text)[0] for line in lines]
    form = _best(forms, heads)
    labels = _labels(form)
    starts = [number for number, head in enumerate(heads) if head in labels]
    pieces = list(_outside(lines[: starts[0] if starts else len(lines)]))
    for start, end in pairwise([*starts, len(lines)]):
        pieces += _under(labels[heads[start]], lines[start:end])
    return form, pieces


def _unwrapped(lines: Iterator[MailLine], labels: frozenset[str]) -> list[MailLine]:
    found: list[MailLine] = []
    before = MailLine("", 0)
    for line in lines:
        is_long = len(before.text) >= _WRAPPED_FROM and before.age == line.age
        begins = split_label(line.text)[0] in labels or _BOX.fullmatch(line.text[:_LONGEST_LINE])
        if is_long and line.text.strip() and not begins:
            start = found[-1].text.rstrip()
            between = "" if _CUT_ADDRESS.search(start[-2000:]) else " "
            found[-1] = MailLine(f"{start}{between}{line.text.strip()}", line.age)
        else:
            found.append(line)
        before = line
    return found


def _outside(lines: Sequence[MailLine]) -> Iterator[_Piece]:
    for age in sorted({line.age for line in lines}):
        yield _Piece("", _text([line.text for line in lines if line.age == age]), age)


def _under(asked: FormField, lines: Sequence[MailLine]) -> Iterator[_Piece]:
    """An answer and what stands below it; the newest words under a quoted label that is empty are the answer."""
    (first, quoted_at), *rest = lines
    own = _text([split_label(first)[1], *(line.text for line in rest if line.age == quoted_at)])
    own = own.removeprefix(hint(asked)).strip()
    told_at = [line.age for line in rest if line.text.strip()] if _is_none(own, asked) else []
    age = min([quoted_at, *told_at])
    if age < quoted_at:
        own = _text([line.text for line in rest if line.age == age])
    if asked.kind == "checkboxes":
        said, behind = own, _ticked(asked, own)[1]
    elif asked.id in _PARAGRAPHS:
        said = before_closing(own)
        behind = own[len(said) :]
    else:
        said, _, behind = own.partition("\n\n" if asked.is_multiple or not asked.options else "\n")
    yield _Piece(asked.label, said.removesuffix(behind).strip(), age)
    yield _Piece("", behind.strip(), age)
    yield from _outside([line for line in rest if line.age not in (age, quoted_at)])


# Which layer counts


def _talks_over(pieces: Sequence[_Piece], spoken: Mapping[str, _Piece]) -> bool:
    """Whether somebody has words of his own above a form that is quoted, and a value would come from there."""
    ages = {piece.age for piece in spoken.values() if piece.text} or {0}
    limit = min(ages) + (len(ages) > 1)
    return not all(is_courtesy(piece.text) for piece in pieces if not piece.label and piece.age < limit)


def _spoken(form: Form, pieces: Sequence[_Piece]) -> tuple[list[_Piece], dict[str, _Piece]]:
    """The pieces without the fields that are empty in an older layer, since nobody left them empty now.

    And the piece that counts for each label: of those that say something, that of the newest layer, and the first.
    """
    labels, newest = _labels(form), min((piece.age for piece in pieces if piece.label), default=0)

    def is_blank(piece: _Piece) -> bool:
        return bool(piece.label) and _is_none(piece.text, labels[folded(piece.label)])

    left = [piece for piece in pieces if piece.age == newest or not is_blank(piece)]
    labelled = sorted((piece for piece in left if piece.label), key=lambda piece: (is_blank(piece), piece.age))
    return left, {piece.label: piece for piece in reversed(labelled)}


# From the text under a label to the answer


def _answers(form: Form, pieces: Sequence[_Piece], spoken: Mapping[str, _Piece]) -> Answers:
    said: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    strange: dict[str, str] = {}
    others = [piece for piece in pieces if piece.label and piece.text != spoken[piece.label].text]
    repeated = dict.fromkeys(piece.label for piece in others if piece.age == spoken[piece.label].age)
    left_over = [piece.text for piece in pieces if not piece.label]
    left_over += [f"{piece.label}: {piece.text}" for piece in others if piece.label in repeated or piece.text]
    by_label = {asked.label: asked for asked in form.fields}
    for label in dict.fromkeys(piece.label for piece in pieces if piece.label):
        asked, text = by_label[label], spoken[label].text
        if asked.kind == "checkboxes":
            chosen[asked.id], rest = _ticked(asked, text)
            left_over.append(rest)
        elif asked.kind == "dropdown":
            answer, _, behind = (text, "", "") if asked.is_multiple else text.partition("\n")
            chosen[asked.id], rest = _picked(asked, answer)
            left_over.append(behind.strip())
            strange |= {asked.id: rest} if rest else {}
        else:
            said[asked.id] = "" if _is_none(text, asked) else text
    hidden = tuple(piece.label for piece in pieces if piece.in_fence)
    garbled = tuple(asked.label for asked in form.fields if _GARBLED.search(said.get(asked.id, "")))
    return Answers(form, said, chosen, strange, tuple(repeated), hidden, garbled, _kept(left_over))


def _kept(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text.strip("\n") for text in texts if text.strip())


def _is_none(text: str, asked: FormField) -> bool:
    """Whether nothing was answered; where an answer is a must, the host lets nobody leave it out, so *none* is one."""
    if asked.kind == "checkboxes":
        return re.search(r"\[[xX]\]", text) is None
    nothing = _NO_ANSWER[:1] if asked.is_required and asked.kind == "textarea" else _NO_ANSWER
    return not text or text.casefold() in nothing


def _ticked(asked: FormField, text: str) -> tuple[tuple[str, ...], str]:
    options = {folded(option): option for option in asked.options}
    ticked: list[str] = []
    rest: list[str] = []
    for line in text.split("\n"):
        match = _BOX.fullmatch(line[:_LONGEST_LINE])
        if not match or folded(match[2]) not in options:
            rest.append(line)
        elif match[1] in ("x", "X"):
            ticked.append(options[folded(match[2])])
    left = "\n".join(rest).strip()
    return tuple(dict.fromkeys(ticked)), "" if left.casefold() in _NO_ANSWER else left


def _picked(asked: FormField, text: str) -> tuple[tuple[str, ...], str]:
    options = {folded(option): option for option in asked.options}
    parts = re.split(r",\s*|\n", text) if asked.is_multiple else [text]
    chosen: dict[str, None] = {}
    strange: list[str] = []
    for word in map(str.strip, () if _is_none(text, asked) else parts):
        if folded(word) in options:
            chosen[options[folded(word)]] = None
        elif word:
            strange.append(word)
    return tuple(chosen), ", ".join(strange)


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
        return _head_until(lines, start + 1, depth, 1)
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
