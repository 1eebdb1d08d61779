"""Bodies: what belongs to which field, whatever is typed into it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contribute.conftest import as_github_writes, form_of

from netreg.contribute.form import PROMISES, Form, all_forms
from netreg.contribute.read.body import Answers, parse_body
from netreg.core.schema import Schema

_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(str.strip)


def _parsed(text: str, schema: Schema) -> Answers:
    return parse_body(text, all_forms(schema))


def _body(schema: Schema, **answers: str) -> str:
    given_ = {"entry": "eucpn", "fact": "Seat", "right": "Paris", "role": "Member", **answers}
    return as_github_writes(form_of("correction", schema), given_)


_ODD = st.lists(
    st.sampled_from(
        [
            "```",
            "~~~",
            "````x",
            "<!--",
            "-->",
            "<script>",
            "- x",
            "> ",
            "    ",
            "\t",
            "# x",
            "### x",
            "===",
            "---",
            "[a]:",
            "|",
        ]
    ),
    max_size=12,
).map(lambda lines: "\n".join(lines).strip())


@given(data=st.data())
def test_markup_of_any_kind_costs_no_answer(data: st.DataObject, schema: Schema) -> None:
    """Whatever begins in an answer and never ends: what comes back is what was typed, or the reader is told."""
    form = data.draw(st.sampled_from(all_forms(schema)))
    typed = {field.id: data.draw(_ODD) for field in form.fields if not field.options}
    answers = _parsed(as_github_writes(form, typed), schema)
    assert answers.form
    assert answers.form.key == form.key
    assert answers.said == typed
    assert not answers.repeated


@given(
    text=st.text(max_size=400), front=st.sampled_from(["", "Network: x\nFact: y\n", "### Network\n\nx\n\n### Fact\n\n"])
)
def test_any_text_is_read(text: str, front: str, schema: Schema) -> None:
    """Without a form in it all of it is kept."""
    answers = _parsed(front + text, schema)
    assert answers.form or "".join(answers.left_over).split() == _tidied(front + text).split()


def _tidied(text: str) -> str:
    return text.replace("\r", "\n")


@given(data=st.data())
def test_what_was_typed_comes_back(data: st.DataObject, schema: Schema) -> None:
    """Any words in any field of any form, as long as no label of the form stands among them as a heading."""
    form = data.draw(st.sampled_from(all_forms(schema)))
    typed = {field.id: data.draw(_WORDS) for field in form.fields if not field.options}
    chosen = {field.id: data.draw(st.sampled_from(field.options)) for field in form.fields if field.kind == "dropdown"}
    answers = _parsed(as_github_writes(form, {**typed, **chosen}), schema)
    assert answers.form
    assert answers.form.key == form.key
    assert {id_: answers.choice(id_) for id_ in chosen} == chosen
    for id_, text in typed.items():
        assert answers.text(id_) in (text, "")
    assert not answers.left_over


@pytest.mark.parametrize("none", ["_No response_", "None", "", "_no response_", "n/a"])
def test_no_answer_is_none(none: str, schema: Schema) -> None:
    """As GitHub writes it now and wrote it before."""
    answers = _parsed(_body(schema, says=none or " ", source_kind=none or " "), schema)
    assert answers.text("says") == ""
    assert answers.choice("source_kind") == ""
    assert not answers.strange


@pytest.mark.parametrize(
    ("marks", "ticked"),
    [("xx", 2), ("XX", 2), ("x ", 1), ("  ", 0), (("", "x"), 1)],
)
def test_boxes(marks: Sequence[str], ticked: int, schema: Schema) -> None:
    """Ticked in either case, or emptied by hand."""
    body = _body(schema).partition("### Before you send")[0]
    boxes = "\n".join(f"- [{mark}] {promise}" for mark, promise in zip(marks, PROMISES, strict=True))
    answers = _parsed(f"{body}### Before you send\n\n{boxes}\n\nRegards", schema)
    assert len(answers.chosen["promises"]) == ticked
    assert answers.left_over == ("Regards",)


def test_a_box_of_ones_own_is_kept(schema: Schema) -> None:
    """It promises nothing, and it is not lost."""
    answers = _parsed(_body(schema) + "\n- [x] I promise nothing", schema)
    assert answers.left_over == ("- [x] I promise nothing",)


def test_several_choices(schema: Schema) -> None:
    """Joined by commas, as GitHub does; what is none of them is kept apart."""
    form = form_of("network", schema)
    body = as_github_writes(form, {"name": "N", "topics": "Drugs, Boats, drugs,Forensics"})
    answers = _parsed(body, schema)
    assert answers.chosen["topics"] == ("Drugs", "Forensics")
    assert answers.strange == {"topics": "Boats"}


def test_a_repeated_label_is_told_and_nothing_is_lost(schema: Schema) -> None:
    """The first counts, the second is kept, and neither silently."""
    answers = _parsed(_body(schema) + "\n\n### Right is\n\nLondon\n", schema)
    assert answers.text("right") == "Paris"
    assert answers.repeated == ("Right is",)
    assert answers.left_over == ("Right is: London",)


def test_headings_inside_answers_stay_there(schema: Schema) -> None:
    """Only a label of the form ends an answer, and only at the third level."""
    words = "### Mine\n\n#### Right is\n\n## Right is\n\n###Right is"
    answers = _parsed(_body(schema, says=words), schema)
    assert answers.text("says") == words
    assert answers.text("right") == "Paris"


@pytest.mark.parametrize("fence", ["```", "~~~", "````text", "   ```"])
def test_a_label_inside_a_block_of_code_is_none(fence: str, schema: Schema) -> None:
    """Somebody quotes an older message."""
    close = fence.strip().removesuffix("text")
    words = f"{fence}\n### Right is\n\nLondon\n{close}"
    answers = _parsed(_body(schema, says=words), schema)
    assert answers.text("right") == "Paris"
    assert "London" in answers.text("says")
    assert not answers.repeated
    assert not answers.hidden


def test_a_block_of_code_that_never_ends_hides_nothing(schema: Schema) -> None:
    """GitHub does not close it for the person who forgot."""
    answers = _parsed(_body(schema, says="```\nHere"), schema)
    assert answers.text("right") == "Paris"
    assert not answers.hidden


def test_labels_hidden_by_two_open_blocks_are_told(schema: Schema) -> None:
    """The second closes the first, with fields in between."""
    answers = _parsed(_body(schema, says="```\nHere", more="```\nThere"), schema)
    assert answers.text("right") == "Paris"
    assert "Right is" in answers.hidden


def test_text_that_is_no_form_is_kept(schema: Schema) -> None:
    """Whole, for a person."""
    answers = _parsed("The seat is wrong.\r\n\r\nRegards", schema)
    assert answers.form is None
    assert answers.left_over == ("The seat is wrong.\n\nRegards",)


def test_half_a_sign_is_replaced(schema: Schema) -> None:
    """JSON may hold one; no file can."""
    assert _parsed(_body(schema, right="x\ud800y"), schema).text("right") == "x\ufffdy"


@pytest.mark.parametrize("form", ["network", "correction", "status", "answer", "same", "feedback"])
def test_a_form_is_known_by_its_labels(form: str, schema: Schema) -> None:
    """Also with a section missing."""
    wanted: Form = form_of(form, schema)
    text = as_github_writes(wanted, {}).partition("\n\n### I write as")[0]
    answers = _parsed(text, schema)
    assert answers.form
    assert answers.form.key == form


def test_the_same_answer_twice_is_one(schema: Schema) -> None:
    """Nobody has to guess which is meant."""
    answers = _parsed(_body(schema) + "\n\n### Right is\n\nParis\n", schema)
    assert (answers.text("right"), answers.repeated, answers.left_over) == ("Paris", (), ())


def test_an_empty_repeat_is_told(schema: Schema) -> None:
    """Of two on one level, one may stand inside an answer that quotes the form."""
    answers = _parsed(_body(schema, says="### As of\n\n2020"), schema)
    assert answers.repeated == ("As of",)


def test_words_above_an_earlier_mail_are_not_passed_over(schema: Schema) -> None:
    """Also where the form that it quotes came from the host."""
    mail = f"It moved to Lille.\n\n-----Original Message-----\nFrom: r@example.org\n\n{_body(schema)}"
    assert _parsed(mail, schema).form is None
    assert _parsed(mail.replace("It moved to Lille.", "Hello,"), schema).text("right") == "Paris"


@pytest.mark.parametrize(
    "line",
    [
        "```",
        "~~~x",
        "### Right is",
        "- [x] " + " " * 300,
        "#" * 300,
        "### x " + "# " * 200,
        "`" * 25_000,
        "> ",
        "As of:",
    ],
)
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_quarter_of_a_mebibyte_of_openings_is_read(line: str, end: str, schema: Schema) -> None:
    """Lines that could each begin something; quadratic work would never end."""
    lines = (line + end) * (250_000 // len(line + end))
    assert _parsed(_body(schema, says=lines), schema).form


@pytest.mark.parametrize("line", ["```", "~~~x", "### Right is", "`" * 12, "x: y", "> x", "- [x] x"])
def test_twice_the_words_take_about_twice_the_work(line: str, schema: Schema) -> None:
    """Counted in steps of the interpreter, since a clock depends on the machine."""
    small, large = (_steps(_body(schema, says=f"{line}\n" * count), schema) for count in (400, 1600))
    assert large < 5 * small


def _steps(text: str, schema: Schema) -> int:
    counted = 0

    def count(frame: FrameType, event: str, arg: object) -> Callable[..., Any]:
        nonlocal counted
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        _parsed(text, schema)
    finally:
        sys.settrace(before)
    return counted


@pytest.mark.parametrize(
    ("lines", "right", "left_over"),
    [
        ("> Vienna\nGraz", "Graz", ("Vienna",)),
        ("Graz\n> Vienna\n\n", "Graz", ("Vienna",)),
        ("> Vienna\n\n", "Vienna", ()),
        ("> > _No response_\nGraz", "Graz", ()),
    ],
)
def test_under_an_empty_label_the_newest_words_are_the_answer(
    lines: str, right: str, left_over: tuple[str, ...], schema: Schema
) -> None:
    """Of two mails that both answer the same blank form; what the older one says is kept for a person."""
    form = f"> > Network: eucpn\n> > Fact: Seat\n> > Right is:\n{lines}\n> > As of: 2026\n> > I write as: Member"
    answers = _parsed(form, schema)
    assert (answers.text("right"), answers.left_over) == (right, left_over)
