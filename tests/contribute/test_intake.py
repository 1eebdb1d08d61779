"""Intake: bodies of requests as GitHub writes them, each with the answers, the report and the edit that come of it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contribute.conftest import HERE, REQUEST, TODAY, as_github_writes, form_of

from netreg.check import Context, check
from netreg.contribute.form import ROLES, all_forms, copy_text
from netreg.contribute.intake import Base, Outcome, intake
from netreg.contribute.read.body import Answers, parse_body
from netreg.contribute.reply.outcome import _beyond
from netreg.core.finding import Finding, Level, Place
from netreg.core.load import parse_document
from netreg.core.schema import Schema

BODIES = HERE / "bodies"
NAMES = sorted(path.stem for path in BODIES.glob("*.md"))

_PLAIN = (BODIES / "correction-text.md").read_text(encoding="utf-8")
_RIGHT = "At the Ministry of the Interior in Brussels"
_MADE: dict[str, Callable[[], str]] = {
    "carriage-returns": lambda: _PLAIN.replace("\n", "\r\n"),
    "old-line-ends": lambda: _PLAIN.replace("\n", "\r"),
    "spaces-behind": lambda: _PLAIN.replace("\n", "  \n"),
    "other-breaks": lambda: _PLAIN.replace("At the Ministry", "At\u2028the\x85Ministry"),
    "no-break-spaces": lambda: _PLAIN.replace("At the", "At\u00a0\u200b the"),
}
"""The same words with other signs between them: the answers are the same."""


def _read(name: str) -> str:
    return (BODIES / f"{name}.md").read_text(encoding="utf-8")


def _shown(text: str, outcome: Outcome, base: Base) -> str:
    """All that comes of a body, as it is kept beside it."""
    answers = parse_body(text, all_forms(base.schema))
    parts = [_answers(answers), outcome.as_markdown(14), _edit(outcome, base)]
    return "\n=====\n".join(part.strip("\n") for part in parts) + "\n"


def _answers(answers: Answers) -> str:
    form = answers.form.key if answers.form else ""
    kept = {"form": form, **answers.said, **{key: list(value) for key, value in answers.chosen.items()}}
    kept = {key: value for key, value in kept.items() if value and key != "promises"}
    doubts = {key: getattr(answers, key) for key in ("strange", "repeated", "hidden", "left_over")}
    shown = {**kept, **{key: value for key, value in doubts.items() if value}}
    return json.dumps(shown, ensure_ascii=False, indent=1)


def _edit(outcome: Outcome, base: Base) -> str:
    if outcome.proposal is None:
        return "no draft"
    before = "" if outcome.proposal.is_new else base.subjects[outcome.proposal.id].document.text
    lines = unified_diff(before.splitlines(), outcome.proposal.text.splitlines(), n=1, lineterm="")
    return "\n".join([outcome.proposal.path, *list(lines)[2:]])


@pytest.mark.parametrize("name", NAMES)
def test_a_body_gives_the_right_answers(
    name: str, base: Base, answered: Callable[[str], Outcome], update: bool
) -> None:
    """The answers, the report and the edit are those kept beside the body."""
    text = _read(name)
    shown, kept = _shown(text, answered(text), base), BODIES / f"{name}.out"
    if update:
        kept.write_text(shown, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == shown


def test_no_result_is_kept_without_its_body() -> None:
    """A body that is gone takes its result along; and there are fifty bodies at least."""
    assert {path.stem for path in BODIES.glob("*.out")} == set(NAMES)
    assert len(NAMES) >= 50


@pytest.mark.parametrize("name", _MADE)
def test_other_signs_between_the_words_make_no_difference(name: str, base: Base) -> None:
    """Line ends, and spaces that nobody sees."""
    plain, other = (intake(text, REQUEST, base) for text in (_PLAIN, _MADE[name]()))
    assert plain.proposal
    assert other.proposal == plain.proposal


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_passes_the_checks(name: str, base: Base, answered: Callable[[str], Outcome]) -> None:
    """Nothing is written that would not pass, but for what a person adds to a new entry."""
    proposal = answered(_read(name)).proposal
    if proposal is None:
        return
    documents = {
        **{one.id: one for one in base.documents},
        proposal.id: parse_document(proposal.path, proposal.text.encode()),
    }
    errors = [one for one in check(list(documents.values()), base.context) if one.level is Level.ERROR]
    assert {error.rule for error in errors} <= ({"missing-key"} if proposal.is_new else set())
    assert re.fullmatch(r"registry/[a-z0-9]+(-[a-z0-9]+)*\.yaml", proposal.path)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("network")])
def test_a_second_try_changes_nothing(name: str, base: Base, answered: Callable[[str], Outcome]) -> None:
    """The same request again, once its edit is in the registry, finds everything said."""
    first = answered(_read(name)).proposal
    if first is None or first.is_new:
        return
    documents = {**{one.id: one for one in base.documents}, first.id: parse_document(first.path, first.text.encode())}
    again = intake(_read(name), REQUEST, Base(list(documents.values()), base.context, base.refused))
    assert again.proposal is None


@pytest.mark.parametrize("name", NAMES)
def test_comments_stay(name: str, base: Base, answered: Callable[[str], Outcome]) -> None:
    """An edit keeps every remark of the entry."""
    proposal = answered(_read(name)).proposal
    if proposal and not proposal.is_new:
        remarks = re.findall(r"# .*", base.subjects[proposal.id].document.text)
        assert [remark for remark in remarks if remark not in proposal.text] == []


def _calls(run: Callable[[], object]) -> int:
    """How many functions of ours a run calls, which is the same on every machine."""
    calls = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and "netreg" in frame.f_code.co_filename

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


def test_a_request_costs_at_most_half_a_check(base: Base) -> None:
    """It judges one entry, before and after; what others say is read once."""
    entry = base.subjects["roadpol"].document
    texts = {f"body{number}": entry.text.replace("ROADPOL", f"RP{number}") for number in range(80)}
    others = [parse_document(f"registry/{id_}.yaml", text.encode()) for id_, text in texts.items()]
    documents = [*base.documents, *others]
    assert intake(_PLAIN, REQUEST, base).proposal
    request = _calls(lambda: intake(_PLAIN, REQUEST, Base(documents, base.context)))
    assert request <= 0.5 * _calls(lambda: check(documents, base.context))


def test_a_proposal_comes_with_what_the_checks_find_in_it(base: Base) -> None:
    """So that whoever drafts it needs to check nothing again."""
    outcome = intake(_PLAIN, REQUEST, base)
    assert outcome.proposal
    documents = {**{one.id: one for one in base.documents}, outcome.proposal.id: outcome.proposal.document}
    found = check(list(documents.values()), base.context)
    assert list(outcome.findings) == [one for one in found if one.place.path == outcome.proposal.path]


# Hostile words


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_report_begins_with_words_of_a_stranger(name: str, answered: Callable[[str], Outcome]) -> None:
    """So nothing in it is a command to a build log, a heading, a list or a table of theirs."""
    report = answered(_read(name)).as_markdown(14)
    ours = re.compile(r"(Thank you\.|\*\*|- |>( |$)|[A-Z][A-Za-z: ]+:$|$)")
    assert [line for line in report.split("\n") if not ours.match(line)] == []
    assert "##[" not in report


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("hostile")])
def test_hostile_words_stand_in_quotations_only(name: str, answered: Callable[[str], Outcome]) -> None:
    """Without its quotations a report holds no mention, no reference, no address of a script and no tag."""
    report = answered(_read(name)).as_markdown(14)
    ours = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", re.sub(r"(?m)^> .*$", "", report))
    for trace in ("@", "#1", "<", "javascript:", "${{", "$(", "::", "../", "%0A"):
        assert trace not in ours


@pytest.mark.parametrize("sign", ["\x00", "\x1b[31m", "\u202e", "\u2066", "\u200e", "\x9b", "\U000e0041"])
def test_a_sign_that_nobody_sees_is_named(sign: str, base: Base) -> None:
    """It reaches no entry, and the report shows its number instead."""
    outcome = intake(_PLAIN.replace("At the", f"At {sign}x the"), REQUEST, base)
    report = outcome.as_markdown(14)
    assert sign[0] not in report
    assert f"‹U+{ord(sign[0]):04X}›" in report
    assert outcome.proposal is None


def test_sixty_thousand_signs_are_answered_in_a_comment_that_fits(base: Base) -> None:
    """Whatever field they stand in."""
    for word in ("x" * 60_000, "`" * 60_000, "### Right is\n" * 5_000, "```\n~~~\n" * 7_000, "[U+0000] @a " * 5_000):
        for place in ("In Belgium (as of 2013, 13 years ago)", _RIGHT, "https://eucpn.org/contact", "eucpn"):
            report = intake(_PLAIN.replace(place, word), REQUEST, base).as_markdown(14)
            assert len(report.encode()) < 65_536


def test_more_than_github_holds_is_refused(base: Base) -> None:
    """A body of more than 256 KiB is not read at all."""
    outcome = intake("x" * (256 * 1024 + 1), REQUEST, base)
    assert [said.key for said in outcome.reply.missing] == ["too-large"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_typed_is_answered(data: st.DataObject, base: Base) -> None:
    """No words of any kind, in any field of any form, make it fail or leave the registry's folder."""
    form = data.draw(st.sampled_from(all_forms(base.schema)))
    words = st.one_of(st.text(max_size=80), st.sampled_from(["eucpn", "Seat", "Status", "Number", "Renamed", "ENFSI"]))
    answers = {field.id: data.draw(st.sampled_from(field.options) if field.options else words) for field in form.fields}
    answers["source"] = data.draw(st.sampled_from(["https://example.org/x", "17559/11", "", answers.get("more", "")]))
    outcome = intake(as_github_writes(form, answers), REQUEST, base)
    assert len(outcome.as_markdown(14)) < 65_536
    assert json.loads(json.dumps(outcome.as_object(14)))["form"] in (form.key, "")
    if outcome.proposal:
        assert re.fullmatch(r"[a-z0-9-]{1,60}", outcome.proposal.id)


# Form -> entry -> the same answers


def test_a_form_becomes_an_entry_that_gives_the_same_answers(base: Base, schema: Schema) -> None:
    """What was chosen and typed stands in the entry, under the terms and titles of the schema."""
    text = _read("network-full")
    proposal = intake(text, REQUEST, base).proposal
    assert proposal
    entry = parse_document(proposal.path, proposal.text.encode()).root
    assert entry
    data, answers = entry.plain(), parse_body(text, all_forms(schema))
    assert {key: data[key] for key in ("name", "acronym")} == {key: answers.text(key) for key in ("name", "acronym")}
    for key in ("summary", "purpose", "website"):
        assert data[key]["value"] == answers.text(key)
    for key in ("form", "status"):
        assert schema.term(key, data[key]["value"]).title == answers.choice(key)
    assert schema.term("group", data["group"]).title == answers.choice("group")
    assert {schema.term("topic", topic).title for topic in data["topics"]} == set(answers.chosen["topics"])
    assert schema.term("range", data["participants"]["range"]["value"]).title == answers.choice("participants_range")
    assert data["established"]["value"] == "2008~"
    assert data["sources"][0]["url"] == answers.text("source")
    assert [data["sources"][0][key] for key in ("title", "author")] == [
        answers.text(f"source_{key}") for key in ("title", "author")
    ]


def test_a_new_entry_holds_nothing_that_was_not_said(base: Base) -> None:
    """What the form left open is no field of the entry, and the report says who adds it."""
    outcome = intake(_read("network-minimal"), REQUEST, base)
    assert outcome.proposal
    entry = parse_document(outcome.proposal.path, outcome.proposal.text.encode()).root
    assert entry
    assert set(entry.plain()) == {"name", "summary", "sources"}
    assert "person-adds" in {said.key for said in outcome.reply.for_a_person}


# By mail


def test_the_text_to_copy_comes_back_as_the_same_answers(base: Base) -> None:
    """Filled in by hand, with the choices in brackets replaced, it makes the same edit as the form."""
    form = form_of("correction", base.schema)
    answers = parse_body(_PLAIN, all_forms(base.schema))
    text = copy_text(form, {**answers.said, "source_kind": "own words", "role": "independent"})
    mailed = intake(text.replace("[ ]", "[x]"), REQUEST, base)
    assert mailed.proposal == intake(_PLAIN, REQUEST, base).proposal


def test_a_mail_without_the_boxes_is_not_asked_for_them(base: Base) -> None:
    """Its text stood beside the licence; the same words in an issue are asked."""
    form = form_of("correction", base.schema)
    short = replace(form, fields=tuple(form.field(id_) for id_ in ("entry", "fact", "right", "source", "role")))
    text = copy_text(short, {"entry": "eucpn", "fact": "Seat", "right": "Paris", "source": "https://eucpn.org/x"})
    text = text.replace("I write as: (Independent / Member / Secretariat)", "I write as: member of the network")
    by_mail = intake(text, replace(REQUEST, by_mail=True), base)
    assert by_mail.proposal
    assert [said.key for said in intake(text, REQUEST, base).reply.missing] == ["promises"]


def test_the_choices_of_the_text_to_copy_are_no_answer(base: Base) -> None:
    """Who sends it back as it is gets asked for everything."""
    outcome = intake(copy_text(form_of("correction", base.schema)), REQUEST, base)
    assert {said.key for said in outcome.reply.missing} >= {"entry", "role", "promises"}


def test_roles_are_those_of_the_statement(schema: Schema) -> None:
    """The example of the schema is one of them."""
    assert schema.at(("sources", 0, "statement", "role"))["examples"][0] in ROLES


def test_a_request_from_the_future_is_dated_today(base: Base) -> None:
    """The clock of the code host may be ahead; no entry is dated after today."""
    outcome = intake(_read("correction-own-word"), REQUEST, base)
    assert outcome.proposal
    assert TODAY.isoformat() in outcome.proposal.text


def test_what_was_wrong_before_does_not_stop_an_edit(base: Base, schema: Schema) -> None:
    """An old fault of an entry is not the reporter's."""
    old = base.subjects["eucpn"].document
    faulty = parse_document(old.path, old.text.replace("topics: [crime-prevention]", "topics: [nonsense]").encode())
    documents = [*(one for one in base.documents if one.id != "eucpn"), faulty]
    outcome = intake(_PLAIN, REQUEST, Base(documents, Context(schema, TODAY)))
    assert outcome.proposal


def test_an_entry_that_cannot_be_read_is_left_to_a_person(base: Base) -> None:
    """Nothing is written over a file that nobody understands."""
    broken = parse_document("registry/eucpn.yaml", b"name: [")
    documents = [*(one for one in base.documents if one.id != "eucpn"), broken]
    outcome = intake(_PLAIN, REQUEST, Base(documents, base.context))
    assert outcome.proposal is None
    assert outcome.reply.needs_a_person


def test_bodies_are_plain_text_files() -> None:
    """Signs that nobody sees are made in the tests, so that the files stay readable."""
    for path in [*BODIES.glob("*.md"), *BODIES.glob("*.out")]:
        assert "\r" not in path.read_bytes().decode("utf-8"), path.name


def test_the_folder_holds_nothing_else() -> None:
    """Bodies and results only."""
    assert {path.suffix for path in Path(BODIES).iterdir()} == {".md", ".out"}


def test_of_two_findings_alike_one_may_be_new() -> None:
    """What a proposal brings is told as often as it is more than before, and what went away is not told."""
    here, there = (Finding(Place("a.yaml", line), "stale", Level.ERROR, "Old.", "Ask.") for line in (1, 2))
    other = here._replace(message="Older.")
    assert list(_beyond([here, there, other], [here])) == [there, other]
    assert list(_beyond([here], [there, other])) == []
    assert list(_beyond([here, there, there], [here, there])) == [there]
