"""From the text of a request, as GitHub writes it or as it comes in a mail, to answers; nothing of it is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from netreg.contribute.ask.form import Field, Form, hint

LARGEST = 256 * 1024
"""Bytes of a request at most; GitHub holds no more."""

_LONGEST_LABEL = 200
_NO_ANSWER = ("_no response_", "no response", "none", "n/a", "-")
_HEADING = re.compile(r"###[ \t]+(.+?)[ \t#]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BOX = re.compile(r"\s*[-*+][ \t]*\[([ xX]?)\][ \t]*(.*?)\s*")
_QUOTED = re.compile(r"^(?:> ?)+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered to one form.

    ``said`` holds what was typed and ``chosen`` the choices made, both by field id. ``strange`` are answers to a choice
    that are none of the choices, ``repeated`` labels that stand more than once, ``hidden`` labels that were found only
    inside a block of code; ``left_over`` is all text that belongs to no field.
    """

    form: Form | None
    said: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strange: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()

    def text(self, id_: str) -> str:
        """What was typed into a field; empty where nothing was."""
        return self.said.get(id_, "")

    def choice(self, id_: str) -> str:
        """The choice made; empty where there is none or more than one."""
        chosen = self.chosen.get(id_, ())
        return chosen[0] if len(chosen) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the text under a label, which is empty for what stands before the first."""

    label: str
    lines: tuple[str, ...]
    in_fence: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def parse_body(text: str, forms: Sequence[Form]) -> Answers:
    """The answers in a text; the form is the one most of whose labels stand in it.

    Args:
        text: the body of an issue, or a mail that holds the text to copy.
        forms: the forms that may have been filled in.
    """
    lines = tidied(text).split("\n")
    form, sections = _best(lines, forms)
    if form is None:
        return Answers(None, left_over=_kept(["\n".join(lines)]))
    return _answers(form, sections)


def tidied(text: str) -> str:
    """A text with plain line ends; half of a sign, which no file can hold, becomes a replacement character."""
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _best(lines: Sequence[str], forms: Sequence[Form]) -> tuple[Form | None, list[_Section]]:
    """The form that the text was written with, and the text in sections."""
    for reader, read in ((_headings, lines), (_copied_labels, _unwrapped(lines, forms))):
        found = [(form, list(_sections(read, reader(read, form)))) for form in forms]
        if reader is _copied_labels:
            found = [(form, list(_ended(form, sections))) for form, sections in found]
        form, sections = max(found, key=lambda pair: _score(*pair))
        if _score(form, sections)[0] >= 2:
            return form, sections
    return None, []


def _unwrapped(lines: Sequence[str], forms: Sequence[Form]) -> list[str]:
    """The lines of a mail without marks of quotation, and with those joined that a mail program broke."""
    labels = {_folded(asked.label) for form in forms for asked in form.fields}
    found: list[str] = []
    before = ""
    for line in (_QUOTED.sub("", one) for one in lines):
        begins = _folded(line.partition(":")[0].strip(" *>")) in labels or _BOX.fullmatch(line[:_LONGEST_LABEL])
        if len(before) >= _WRAPPED_FROM and line.strip() and not begins:
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found.append(line)
        before = line
    return found


_WRAPPED_FROM = 60
"""Signs from which on a line of a mail was broken by the program and not by the sender."""


_PARAGRAPHS = ("summary", "right", "answer", "question", "says", "more", "message")
"""Answers that may have more than one paragraph; behind any other in a mail follow greetings and a signature."""


def _ended(form: Form, sections: Sequence[_Section]) -> Iterator[_Section]:
    """The sections of a mail, short answers ending at an empty line; what follows it belongs to no field."""
    short = {asked.label for asked in form.fields if asked.id not in _PARAGRAPHS and asked.kind != "checkboxes"}
    cut = [
        section.text.partition("\n\n") if section.label in short else (section.text, "", "") for section in sections[1:]
    ]
    behind = [line for _, _, rest in cut if rest.strip() for line in ("", *rest.split("\n"))]
    yield replace(sections[0], lines=(*sections[0].lines, *behind))
    for section, (text, _, _) in zip(sections[1:], cut, strict=True):
        yield replace(section, lines=tuple(text.split("\n")))


def _score(form: Form, sections: Sequence[_Section]) -> tuple[int, int]:
    """How many of the labels stand in the text; of two forms alike, the one with fewer labels missing."""
    labels = {section.label for section in sections} - {""}
    return len(labels), len(labels) - len(form.fields)


_Marks = Mapping[int, tuple[str, str, bool]]
"""Where labels stand: by line, the label, what follows it on the line, and whether a block of code holds it."""


def _headings(lines: Sequence[str], form: Form) -> _Marks:
    """The headings that are labels of the form; inside a block of code only where the label stands nowhere else."""
    labels = {_folded(asked.label): asked.label for asked in form.fields}
    in_fence = _fenced(lines)
    found = {
        number: (labels[_folded(match[1])], "", number in in_fence)
        for number, line in enumerate(lines)
        if line.startswith("###")
        and len(line) < _LONGEST_LABEL
        and (match := _HEADING.fullmatch(line.rstrip()))
        and _folded(match[1]) in labels
    }
    outside = {label for label, _, fenced in found.values() if not fenced}
    return {number: mark for number, mark in found.items() if not mark[2] or mark[0] not in outside}


def _copied_labels(lines: Sequence[str], form: Form) -> _Marks:
    """The labels of the text to copy: at the beginning of a line, with a colon behind."""
    labels = {_folded(asked.label): asked.label for asked in form.fields}
    found: dict[int, tuple[str, str, bool]] = {}
    for number, line in enumerate(lines):
        label, colon, rest = line.partition(":")
        if colon and len(label) < _LONGEST_LABEL and _folded(label.strip(" *>")) in labels:
            found[number] = (labels[_folded(label.strip(" *>"))], rest.strip(" *"), False)
    return found


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _sections(lines: Sequence[str], marks: _Marks) -> Iterator[_Section]:
    starts = sorted(marks)
    yield _Section("", tuple(lines[: starts[0] if starts else len(lines)]))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        label, rest, in_fence = marks[start]
        yield _Section(label, (rest, *lines[start + 1 : end]), in_fence)


def _fenced(lines: Sequence[str]) -> set[int]:
    """The lines inside blocks of code that are closed again; one that never ends is no block."""
    longest = _closers(lines)
    inside: set[int] = set()
    number = 0
    while number < len(lines):
        fence = _opening(lines[number])
        if fence and longest[fence[0]][number + 1] >= len(fence):
            end = next(n for n in range(number + 1, len(lines)) if _closes(lines[n], fence))
            inside.update(range(number, end + 1))
            number = end
        number += 1
    return inside


def _closers(lines: Sequence[str]) -> dict[str, list[int]]:
    """For each line, the longest fence of either sign that could still close a block, so that looking stays linear."""
    longest = {"`": [0] * (len(lines) + 1), "~": [0] * (len(lines) + 1)}
    for number in range(len(lines) - 1, -1, -1):
        match = _FENCE.fullmatch(lines[number])
        for sign, lengths in longest.items():
            own = len(match[1]) if match and match[1][0] == sign and not match[2].strip() else 0
            lengths[number] = max(own, lengths[number + 1])
    return longest


def _opening(line: str) -> str:
    match = _FENCE.fullmatch(line)
    return match[1] if match and not (match[1][0] == "`" and "`" in match[2]) else ""


def _closes(line: str, fence: str) -> bool:
    match = _FENCE.fullmatch(line)
    return bool(match and match[1].startswith(fence) and not match[2].strip())


def _answers(form: Form, sections: Sequence[_Section]) -> Answers:
    counts = Counter(section.label for section in sections if section.label)
    repeated = tuple(label for label, count in counts.items() if count > 1)
    said: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    strange: dict[str, str] = {}
    left_over = [sections[0].text]
    by_label = {asked.label: asked for asked in form.fields}
    for section in sections[1:]:
        asked = by_label[section.label]
        if asked.id in said or asked.id in chosen or asked.id in strange:
            left_over.append(f"{section.label}: {section.text}")
        elif asked.kind == "checkboxes":
            chosen[asked.id], rest = _ticked(asked, section.lines)
            left_over.append(rest)
        elif asked.kind == "dropdown":
            answer, behind = _answer(asked, section.text)
            chosen[asked.id], rest = _picked(asked, answer)
            left_over.append(behind)
            if rest:
                strange[asked.id] = rest
        else:
            said[asked.id] = "" if _is_none(section.text, asked) else section.text
    hidden = tuple(section.label for section in sections if section.in_fence)
    return Answers(form, said, chosen, strange, repeated, hidden, _kept(left_over))


def _kept(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text.strip("\n") for text in texts if text.strip())


def _is_none(text: str, asked: Field) -> bool:
    """Whether nothing was answered; where an answer is a must, the host lets nobody leave it out, so *none* is one."""
    nothing = _NO_ANSWER[:1] if asked.is_required and asked.kind == "textarea" else _NO_ANSWER
    return not text or text.casefold() in nothing or text == hint(asked)


def _answer(asked: Field, text: str) -> tuple[str, str]:
    """The line of a choice and what stands below it, such as the end of a mail; several choices may take lines."""
    if asked.is_multiple:
        return text, ""
    first, _, rest = text.partition("\n")
    given = first.removeprefix(hint(asked)).strip()
    return given or first.strip(), rest.strip()


def _ticked(asked: Field, lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The boxes that are ticked, and the lines that are no box of the form."""
    options = {_folded(option): option for option in asked.options}
    ticked: list[str] = []
    rest: list[str] = []
    for line in lines:
        match = _BOX.fullmatch(line[:_LONGEST_LABEL])
        if not match or _folded(match[2]) not in options:
            rest.append(line)
        elif match[1] in ("x", "X"):
            ticked.append(options[_folded(match[2])])
    text = "\n".join(rest).strip()
    return tuple(dict.fromkeys(ticked)), "" if text.casefold() in _NO_ANSWER else text


def _picked(asked: Field, text: str) -> tuple[tuple[str, ...], str]:
    """The choices in an answer, and what of it is no choice."""
    if _is_none(text, asked):
        return (), ""
    options = {_folded(option): option for option in asked.options}
    parts = re.split(r",\s*|\n", text) if asked.is_multiple else [text]
    words = [part for part in parts if part.strip()]
    found = [options[_folded(word)] for word in words if _folded(word) in options]
    return tuple(dict.fromkeys(found)), ", ".join(word.strip() for word in words if _folded(word) not in options)
