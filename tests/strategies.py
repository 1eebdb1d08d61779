"""What hypothesis may throw at the project: nasty texts, entries of any shape, YAML in any style with comments."""

from __future__ import annotations

import importlib
from typing import Any

from hypothesis import strategies as st

from netreg.core.load import Node, parse_document

YAML = importlib.import_module("yaml")
"""PyYAML, a reader of YAML 1.1, and a writer with styles of its own."""

NASTY = (
    "",
    " ",
    "~",
    "y",
    "No",
    "off",
    "null",
    "true",
    "=",
    "<<",
    "-",
    "--- x",
    "...",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "a#b",
    "12",
    "1_000",
    "0x1F",
    "0o17",
    "017",
    "1e3",
    "32001E0555",
    "32009D0902",
    ".5",
    "1.",
    ".inf",
    "12:30",
    "190:20:30.15",
    "2008",
    "2008-07-02",
    "2008-07-02 10:00:00",
    "2008~",
    "/2015-07",
    "[a]",
    "{a: b}",
    "a, b",
    "a]",
    "&a",
    "*a",
    "!a",
    "|",
    ">-",
    "%a",
    "@a",
    "`a`",
    "'a'",
    '"a"',
    "it's",
    'say "a"',
    "a\\b",
    "a\tb",
    "a\nb",
    "\n",
    "a ",
    " a",
    "a  b",
    "Türkiye",
    "Μ",
    "\u00a0",
    "a\u202eb",
    "\U0001f600",
    "https://a.example/b?c=d#e",
    "word " * 30 + "end",
    "a: b, " * 30 + "end",
    "# word " * 30 + "end",
    "x" * 150,
    "k" * 1200,
)

_FIELDS = (
    "name acronym group topics form status established value as_of from until date sources other note text title "
    "participants counts countries history legal_basis document read id unit entry"
).split()


def read(text: str) -> Node | None:
    """The tree of a file with this text."""
    return parse_document("x.yaml", text.encode()).root


def texts() -> st.SearchStrategy[str]:
    """Any text that a UTF-8 file can hold, and all the nasty ones."""
    characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
    return (
        st.sampled_from(NASTY)
        | st.text(characters, max_size=40)
        | st.text(st.sampled_from(" a:#,-\"'[{\n"), max_size=12)
    )


def scalars() -> st.SearchStrategy[Any]:
    """Any scalar, mostly texts."""
    numbers = st.integers(-(10**17), 10**17) | st.sampled_from([2008, 0.5, -1.25])
    return texts() | texts() | texts() | numbers | st.none() | st.booleans()


def keys() -> st.SearchStrategy[str]:
    """Names of fields, and now and then any text."""
    return st.sampled_from(_FIELDS) | st.sampled_from(_FIELDS) | texts()


def values(scalar: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A scalar, or lists and mappings of them to some depth."""
    return st.recursive(
        scalar, lambda below: st.lists(below, max_size=4) | st.dictionaries(keys(), below, max_size=4), max_leaves=12
    )


def entries(scalar: st.SearchStrategy[Any] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings with fields of the schema and others in any order."""
    return st.dictionaries(keys(), values(scalars() if scalar is None else scalar), max_size=6)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """The text of a readable file in some style of writing, and the comments in it."""
    text = YAML.safe_dump(
        draw(entries()),
        allow_unicode=True,
        sort_keys=False,
        width=draw(st.sampled_from([20, 80, 1000])),
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, None, '"', "'", "|", ">"])),
    )
    return commented(draw, text)


def commented(draw: st.DrawFn, text: str) -> tuple[str, list[str]]:
    """The text with comments at places where they change nothing, each with a mark of its own."""
    root = read(text)
    if root is None:
        return "name: x\n", []
    marks: list[str] = []
    for number in range(draw(st.integers(0, 5))):
        mark = f"#@{number}@ it's [a: comment]"
        changed = _with_comment(draw, text, mark)
        again = read(changed)
        if again is not None and again.plain() == root.plain():
            text = changed
            marks.append(mark)
    return text, marks


def _with_comment(draw: st.DrawFn, text: str, mark: str) -> str:
    lines = text.split("\n")
    place = draw(st.integers(0, len(lines) - 1))
    if draw(st.booleans()):
        lines[place] += f" {mark}"
    else:
        gap = [""] * draw(st.integers(0, 1))
        lines[place:place] = [" " * draw(st.integers(0, 8)) + mark, *gap]
    return "\n".join(lines)
