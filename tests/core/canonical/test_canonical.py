"""Canonical form: the same data, every comment, and one text for each entry."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any
from unicodedata import normalize

import pytest
import ruamel.yaml
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.strategies import NASTY, YAML

from netreg.core.canonical import canonical, canonical_data, same_reading
from netreg.core.canonical.comments import MODELINE
from netreg.core.canonical.scalars import quoted
from netreg.core.load import Node
from netreg.core.schema import Schema, read_schema

_ROOT = Path(__file__).parents[3]
_SCHEMA = read_schema(_ROOT)


def _read(text: str) -> Node:
    root = strategies.read(text)
    assert root is not None
    return root


def _canonical(text: str, schema: Schema = _SCHEMA) -> str:
    text = dedent(text)
    return canonical(text, _read(text), schema)


def _form(text: str) -> str:
    """The canonical text below the line for editors."""
    written = _canonical(text)
    assert written.startswith(f"{MODELINE}\n")
    return written.removeprefix(f"{MODELINE}\n")


@given(strategies.files())
def test_any_file_keeps_its_data_and_its_comments_and_is_done_after_one_pass(file: tuple[str, list[str]]) -> None:
    """Whatever the style, data and comments survive, and a second pass changes nothing."""
    text, marks = file
    written = _canonical(text)
    assert same_reading(_read(text), _read(written))
    assert [written.count(mark) for mark in marks] == [1] * len(marks)
    assert _canonical(written) == written


@given(strategies.files())
def test_any_file_ends_with_one_line_end_and_has_no_trailing_spaces(file: tuple[str, list[str]]) -> None:
    """The text is tidy for Git: LF, one final newline, nothing at line ends, no two empty lines."""
    written = _canonical(file[0])
    assert written.endswith("\n")
    assert not written.endswith("\n\n")
    assert "\r" not in written
    assert "\n\n\n" not in written
    assert all(line == line.rstrip(" ") for line in written.split("\n"))


@given(strategies.entries(strategies.texts()))
def test_every_reader_reads_the_same_texts(data: dict[str, Any]) -> None:
    """YAML 1.1 (PyYAML) and 1.2 (ruamel) give back each text, keys included; a letter with its accent is one sign."""
    written = canonical_data(data, _SCHEMA)
    data = json.loads(normalize("NFC", json.dumps(data, ensure_ascii=False)))
    assert YAML.safe_load(written) == data
    assert ruamel.yaml.YAML(typ="safe").load(written) == data
    assert _read(written).plain() == data


@given(strategies.entries())
def test_plain_data_is_written_as_it_is_read(data: dict[str, Any]) -> None:
    """What is written from plain data reads back as that data and is canonical."""
    written = canonical_data(data, _SCHEMA)
    expected = _read(written)
    assert _canonical(written) == written
    assert _without_dates(expected.plain()) == _without_dates(data)


def _without_dates(value: Any) -> Any:
    """Numbers, true and false as text, since a text may turn from one into the other; accents as one sign."""
    if isinstance(value, dict):
        return {normalize("NFC", key): _without_dates(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_without_dates(child) for child in value]
    if isinstance(value, str):
        return normalize("NFC", value)
    return str(value).lower() if isinstance(value, int | float) else value


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_stays_the_same_text(text: str) -> None:
    """Each text that some reader mistakes for something else survives as key, value, item and in brackets."""
    data = {"name": text, "a-list": [text], "nested": {"note": [text, {text: text}]}}
    written = canonical_data(data, _SCHEMA)
    assert YAML.safe_load(written) == data
    assert ruamel.yaml.YAML(typ="safe").load(written) == data
    assert _canonical(written) == written


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\x7f", "\u0085", "\u2028", "\ufeff", "\uffff", "\n", "\t", '"', "\\"]
)
def test_a_sign_that_readers_refuse_is_written_as_a_code(sign: str) -> None:
    """Between quotes stands nothing that cannot stand in a file."""
    written = quoted(f"a{sign}b")
    assert "\n" not in written
    assert YAML.safe_load(written) == f"a{sign}b"


def test_keys_come_in_the_order_of_the_schema_and_unknown_ones_last() -> None:
    """At every level, and nothing is lost."""
    assert _form("""
        unknown: 1
        group: eu-bodies
        name: A
        seat:
          sources: [a]
          odd: {z: 1, a: 2}
          value: Here, there
    """) == dedent("""\
        name: A
        group: eu-bodies

        seat:
          value: Here, there
          sources: [a]
          odd: {z: 1, a: 2}

        unknown: 1
    """)


def test_short_claims_stand_on_one_line() -> None:
    """Also addresses and dates in quotes; block style is left where it is not needed."""
    assert _form("""
        form:
          value: statutory-network
          from: "2001-05-28"
          sources:
          - dec-2001
        website: {sources: [about], value: "https://eucpn.org"}
        topics: []
    """) == dedent("""\
        topics: []
        form: {value: statutory-network, from: "2001-05-28", sources: [dec-2001]}
        website: {value: "https://eucpn.org", sources: [about]}
    """)


@pytest.mark.parametrize("text", ["one, two", "Who is it?", "it's theirs", "see: there", 'a "b"', "[a] b", "a #b"])
def test_free_text_has_a_line_of_its_own(text: str) -> None:
    """A sign that breaks brackets makes the whole claim a block."""
    written = canonical_data({"seat": {"value": text, "sources": ["a"]}}, _SCHEMA)
    assert "\nseat:\n  value: " in written
    assert "\n  sources: [a]\n" in written


def test_a_mapping_in_a_mapping_is_not_put_on_its_line() -> None:
    """Brackets in brackets are short and hard to read."""
    assert _form("participants: {range: {value: region, sources: [a]}}") == dedent("""\
        participants:
          range: {value: region, sources: [a]}
    """)


@pytest.mark.parametrize(("length", "lines"), [(86, 1), (87, 4)])
def test_a_list_fits_in_110_columns_or_is_unrolled(length: int, lines: int) -> None:
    """The line may be 110 columns wide, its key included."""
    written = _form(f"topics: [{'a' * length}, bbbbb, ccccc]")
    assert len(written.splitlines()) == lines
    assert max(map(len, written.splitlines())) <= 110


def test_dates_are_quoted_and_nothing_else_changes_its_type() -> None:
    """An unquoted year becomes text; counts stay numbers, also where they look like years."""
    assert _form("""
        established: {value: 2008, other: [{value: 2009, sources: [a]}]}
        participants: {counts: [{value: 2008, unit: persons, as_of: 2020-01}]}
    """) == dedent("""\
        established:
          value: "2008"
          other:
            - {value: "2009", sources: [a]}

        participants:
          counts:
            - {value: 2008, unit: persons, as_of: "2020-01"}
    """)


_SCALARS = st.one_of(
    st.from_regex(
        r"[-+]?(0|[0-9]{1,6}|0o[0-7]{1,4}|0x[0-9a-fA-F]{1,4}|[0-9]{1,3}_[0-9]{3}|0b[01]{1,4})", fullmatch=True
    ),
    st.from_regex(r"[-+]?[0-9]{0,3}\.[0-9]{0,3}([eE][-+]?[0-9]{1,2})?|[0-9]{4}-[0-9]{2}(-[0-9]{2})?", fullmatch=True),
    st.sampled_from("true True FALSE yes No off y ~ null NULL .inf -.INF .NaN 1.2.3 32009D0902".split()),
).filter(lambda text: text not in ("-", "+", "-.", "+."))
"""Scalars as people type them without quotes, and as readers take them for something else."""


@given(st.lists(_SCALARS, min_size=8, max_size=8), st.booleans())
def test_what_a_file_says_is_the_same_sign_by_sign(scalars: list[str], in_brackets: bool) -> None:
    """Whatever YAML takes a scalar for: in texts, numbers, dates, lists and unknown fields its signs stay."""
    name, seat, day, number, year, source, topic, odd = scalars
    claim = "{{value: {0}, sources: [{1}]}}" if in_brackets else "\n  value: {0}\n  sources:\n  - {1}"
    text = (
        f"name: {name}\nseat: {claim.format(seat, source)}\nestablished: {claim.format(day, source)}\n"
        f"participants: {{counts: [{{value: {number}, unit: persons, as_of: {year}}}]}}\n"
        f"topics: [{topic}]\nodd: {odd}\n"
    )
    before, after = _read(text), _read(_canonical(text))
    assert _signs(before) == _signs(after)
    assert same_reading(before, after)
    assert _canonical(_canonical(text)) == _canonical(text)


def _signs(node: Node) -> Any:
    """The tree with the text of each scalar in place of what a reader takes it for; nothing stands for null."""
    if node.kind == "scalar":
        return node.text if node.value is not None else None
    return {key: _signs(child) for key, child in node.items()}


def test_digits_that_are_a_text_get_quotes_and_keep_their_zeros() -> None:
    """Where the schema wants a text, and in no other place."""
    assert _form("""
        name: 0x1F
        acronym: 007
        participants: {counts: [{value: 0007, unit: persons}]}
        odd: [+32, True, ~]
        sources: [{id: 1, title: +32, author: 1_0}]
    """) == dedent("""\
        name: "0x1F"
        acronym: "007"

        participants:
          counts:
            - {value: 0007, unit: persons}

        sources:
          - {id: "1", title: "+32", author: "1_0"}

        odd: [+32, True, ~]
    """)


def test_long_text_is_folded_at_110_columns() -> None:
    """No line of a text is longer, and no fold leaves a single line."""
    text = "A text that goes on: " + "and on " * 30 + "to the end"
    written = canonical_data({"summary": {"value": text, "sources": ["a"]}}, _SCHEMA)
    assert "  value: >-\n    A text that goes on: and on" in written
    assert max(map(len, written.splitlines())) <= 110
    assert "  title: >-" not in canonical_data({"seat": {"value": "word " * 20 + "end"}}, _SCHEMA)


@pytest.mark.parametrize("flaw", ["  ", "\n", "\t"])
def test_long_text_that_folding_would_change_is_quoted(flaw: str) -> None:
    """Double spaces, tabs and line breaks stay what they are."""
    text = "word " * 30 + f"a{flaw}b"
    written = canonical_data({"name": text}, _SCHEMA)
    assert 'name: "word' in written or "name: word" in written
    assert YAML.safe_load(written) == {"name": text}


def test_an_empty_line_stands_around_blocks_only() -> None:
    """One-line fields stay together."""
    assert _form("""
        name: A

        acronym: B
        other_names:
        - {name: C, kind: variant}
        group: eu-bodies
        topics: [drugs]
    """) == dedent("""\
        name: A
        acronym: B

        other_names:
          - {name: C, kind: variant}

        group: eu-bodies
        topics: [drugs]
    """)


def test_comments_stay_with_what_they_speak_of() -> None:
    """Above, behind and below values, in blocks and in brackets, when the fields are put in order."""
    assert _form("""
        # of the file

        # of the group
        group: eu-bodies  # behind the group
        name: A # behind the name
        topics: # behind the topics
        - drugs
        # of terrorism
        - terrorism
        form: {value: association, # of the value
          sources: [a # of the source
          ]}  # of the form
        tasks:
          - sources: [a]
            # of the task
            value: >- # of the folded text
              x
            # below the task
          # of the second task
          - value: z # no comment: this one is
          # below the tasks
        # at the end
    """) == dedent("""\
        # of the file

        name: A  # behind the name
        # of the group
        group: eu-bodies  # behind the group

        topics:  # behind the topics
          - drugs
          # of terrorism
          - terrorism

        form:  # of the form
          value: association  # of the value
          sources:
            - a  # of the source

        tasks:
          # of the task
          - value: x  # of the folded text
            sources: [a]
            # below the task
          # of the second task
          - value: z  # no comment: this one is
          # below the tasks

        # at the end
    """)


def test_a_hash_in_a_text_is_no_comment() -> None:
    """Neither in plain, quoted, folded nor literal texts, on one line or several."""
    text = """
        name: a#b  # 1
        short_name: "a # b
          # c" # 2
        acronym: 'it''s # a' # 3
        purpose: {value: "x # y"}
        summary: |- # 4
          a
          # b
        seat: >-
          # c

          # d
        # 5
        tasks: []
    """
    written = _form(text)
    assert same_reading(_read(dedent(text)), _read(written))
    assert [written.count(f"# {number}\n") for number in range(1, 6)] == [1] * 5
    assert written.index("# 5") < written.index("tasks: []")


def test_the_line_for_editors_is_there_once_and_first() -> None:
    """An old one with another path is replaced."""
    text = "name: A\n# yaml-language-server: $schema=https://elsewhere.example/a.json\ngroup: eu-bodies\n"
    assert _canonical(text) == f"{MODELINE}\nname: A\ngroup: eu-bodies\n"
    assert _canonical(f"{MODELINE}\n{MODELINE}\n\n\nname: A\n") == f"{MODELINE}\nname: A\n"
    assert _canonical(f"name: A {MODELINE}\n") == f"{MODELINE}\nname: A  {MODELINE}\n"


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "x",
        "2008",
        "- a\n- b: 1 # c\n",
        "{name: A} # c",
        "# a\n\n{name: A, # b\n}\n# c",
        "---\n# a\nname: A\n...\n# b\n",
    ],
)
def test_odd_files_are_written_too(text: str) -> None:
    """What is no entry at all keeps its data and comments."""
    written = _canonical(text)
    assert same_reading(_read(text), _read(written))
    assert written.count("#") == 1 + text.count("#")
    assert _canonical(written) == written


def test_windows_line_ends_become_plain_ones() -> None:
    """In texts, between lines and behind comments."""
    assert _canonical("name: A # c\r\nseat: >-\r\n  a\r\n  b\r\n") == f"{MODELINE}\nname: A  # c\nseat: a b\n"


def test_the_same_reading_tells_values_types_and_places_apart() -> None:
    """Only a number that became the text that it was is let pass, since dates and digits in texts do."""
    assert same_reading(_read("{a: 2008, b: [x]}"), _read('{b: [x], a: "2008"}'))
    assert not same_reading(_read("{a: 0x1F}"), _read("{a: 31}"))
    assert not same_reading(_read('{a: "2008"}'), _read("{a: 2008}"))
    for other in ("{a: 2009}", '{a: "2009"}', "{a: [2008]}", "{b: 2008}", "{a: 2008, b: 1}", "{a: true}"):
        assert not same_reading(_read("{a: 2008}"), _read(other))


@pytest.mark.real
def test_the_entries_of_the_registry_survive() -> None:
    """Each real entry keeps its data."""
    paths = sorted((_ROOT / "registry").glob("*.yaml"))
    roots = [(path, strategies.read(path.read_text(encoding="utf-8"))) for path in paths]
    for path, root in roots:
        if root is not None:
            written = canonical(path.read_text(encoding="utf-8"), root, _SCHEMA)
            assert same_reading(root, _read(written)), path.name
