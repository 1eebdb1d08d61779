"""Wording: what is new is shown whole, and what both texts share stands around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from netreg.review.difference import reworded
from netreg.review.spans import Spans, Style, plain

FIRST = "The board meets twice a year in the country that holds the chair."
SECOND = "A secretariat in Vienna keeps the list of contact points."
THIRD = "It publishes a yearbook with figures on crime on rivers and in ports."


def _of(said: Spans, style: Style) -> list[str]:
    return [bit.text for bit in said if bit.style is style]


def test_new_words_are_never_cut() -> None:
    """A sentence as long as a description may be is shown to its end."""
    new = " ".join(f"word{number}" for number in range(140)) + "."
    assert _of(reworded(f"{FIRST} {SECOND}", f"{FIRST} {new} {SECOND}"), Style.NEW) == [new]
    assert new in plain(reworded(FIRST, new))


def test_old_words_are_cut_inside() -> None:
    """Of a long text that is gone the beginning and the end stay."""
    old = " ".join(f"word{number}" for number in range(140))
    (gone,) = _of(reworded(f"{FIRST} {old} {SECOND}", f"{FIRST} {SECOND}"), Style.GONE)
    assert gone.startswith("word0 ")
    assert gone.endswith(" word139")
    assert len(gone) < 330


def test_whole_sentences_are_told_before_words() -> None:
    """A sentence that stays keeps two that changed apart, and one with few common words is replaced whole."""
    said = reworded(f"{FIRST} {SECOND} {THIRD}", f"Ministers decide. {SECOND} It prints a book.")
    assert _of(said, Style.GONE)[0] == FIRST
    assert _of(said, Style.NEW)[0] == "Ministers decide."
    assert SECOND in plain(said)


def test_a_space_that_is_none_is_marked() -> None:
    """What looks like a space and is another sign is a word that differs, as it is for the comparison."""
    said = reworded(f"{FIRST} {SECOND}", f"{FIRST} {SECOND}".replace("The board", "The\u00a0board"))
    assert (_of(said, Style.GONE), _of(said, Style.NEW)) == (["The board"], ["The\u00a0board"])


@given(st.lists(st.sampled_from("a b c. d e! f".split()), max_size=30), st.lists(st.sampled_from("a b c. x y".split())))
def test_every_new_word_is_shown(before: list[str], after: list[str]) -> None:
    """Whatever is new among the words stands in the line."""
    said = plain(reworded(" ".join(before), " ".join(after)))
    assert all(word in said for word in set(after) - set(before))
