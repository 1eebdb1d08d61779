"""Nothing that somebody types is lost: it stands in the entry or in the answer, or somebody has to look first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import cycle, islice

import pytest
from tests.contribute.conftest import HERE, REQUEST

from netreg.contribute.form import all_forms
from netreg.contribute.intake import Base, Outcome, intake
from netreg.contribute.read.body import parse_body

BODIES = HERE / "bodies"
NAMES = sorted(path.stem for path in BODIES.glob("*.md") if not path.stem.startswith("hostile"))
MORE = (" (zephyr)", ", not zephyr", "\n\nzephyr: 12/2010")


def _bodies(base: Base, answered: Callable[[str], Outcome]) -> Iterator[tuple[str, str]]:
    """Bodies with a word more in one answer, each with the label of that answer.

    An answer that stands in several bodies of the same form about the same fact is tried in the first of them: the
    first answer to a question of a form with more of each kind, the others with one kind in turn.
    """
    seen = set()
    kinds: dict[tuple[str, str], Iterator[str]] = {}
    for name in NAMES:
        text = (BODIES / f"{name}.md").read_text(encoding="utf-8")
        form = parse_body(text, all_forms(base.schema)).form
        if form is None or not _needs_nobody(answered(text)):
            continue
        for label in (field.label for field in form.fields):
            said = form.key, _answer(text, "Fact"), _answer(text, label), label
            if said in seen or not _with_more(text, label, MORE[0]):
                continue
            seen.add(said)
            is_first = (form.key, label) not in kinds
            turn = kinds.setdefault((form.key, label), cycle(MORE))
            for more in islice(turn, len(MORE) if is_first else 1):
                yield label, _with_more(text, label, more)


def _answer(text: str, label: str) -> str:
    match = re.search(rf"### {re.escape(label)}\n\n(.+)", text)
    return match[1] if match else ""


def _with_more(text: str, label: str, more: str) -> str:
    """The body with more behind the first line of an answer; empty where that line is a box or a block of code."""
    match = re.search(rf"(### {re.escape(label)}\n\n(?!```|- \[)[^\n]+)", text)
    if match is None:
        return ""
    return f"{text[: match.start()]}{match[1].replace('_No response_', '')}{more}{text[match.end() :]}"


def _needs_nobody(outcome: Outcome) -> bool:
    return bool(outcome.proposal or outcome.reply.is_done)


def _told(outcome: Outcome) -> str:
    """All that a person gets to read without opening the request."""
    proposal = outcome.proposal.text if outcome.proposal else ""
    return f"{outcome.as_markdown(14)}\n{outcome.for_reviewer()}\n{proposal}"


def test_a_word_more_is_told_or_asked_about(base: Base, answered: Callable[[str], Outcome]) -> None:
    """Whatever is added to whichever answer, a request that needs nobody holds it, in its entry or in its answer."""
    tried = 0
    for label, body in _bodies(base, answered):
        outcome = intake(body, REQUEST, base)
        if _needs_nobody(outcome):
            tried += 1
            assert "zephyr" in _told(outcome), f"{label}: {body}"
    assert tried > 100


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_request_is_told(name: str, base: Base, answered: Callable[[str], Outcome]) -> None:
    """As it is: each word that was typed, but for those that the tool understood as a date, a number or a term."""
    text = (BODIES / f"{name}.md").read_text(encoding="utf-8")
    answers, outcome = parse_body(text, all_forms(base.schema)), answered(text)
    if not _needs_nobody(outcome):
        return
    told = set(re.findall(r"\w+", _told(outcome).casefold()))
    for id_, said in answers.said.items():
        if id_ in ("summary", "name", "right", "answer", "source", "source_title", "source_author", "more", "other"):
            lost = set(re.findall(r"[^\W\d_]{4,}", said.casefold())) - told - {"https", "http"}
            assert not lost or id_ in ("right", "answer"), f"{id_}: {lost}"
