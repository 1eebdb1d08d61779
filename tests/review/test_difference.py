"""Difference: each key in the words that people use for it."""

from __future__ import annotations

from typing import Any

import pytest

from netreg.core.schema import Schema
from netreg.review.difference import _by_word, differences
from netreg.review.spans import plain
from netreg.review.words import Words

CELEX = {"type": "celex", "number": "32001D0428"}


@pytest.mark.parametrize(
    ("path", "before", "after", "said"),
    [
        ("sources", {}, {"published": "2026-10"}, "now dated October 2026"),
        ("sources", {"published": "2026-10"}, {}, "no longer dated October 2026"),
        ("sources", {"copy_by": "X"}, {}, "no longer marked as copied by “X”"),
        (
            "sources",
            {"kind": "third-party"},
            {"kind": "official-document"},
            "counts as official document, no longer as third party",
        ),
        ("sources", {}, {"document": CELEX}, "now with CELEX 32001D0428"),
        ("sources", {"document": CELEX}, {"document": {**CELEX, "number": "1"}}, "CELEX 1 instead of CELEX 32001D0428"),
        (
            "sources",
            {"read": {"date": "2026-11-23", "how": "live"}},
            {"read": {"date": "2026-11-26", "how": "stored-copy"}},
            "read on 26 November 2026 (stored copy) instead of 23 November 2026 (live)",
        ),
        ("relations", {"type": "part_of"}, {"type": "successor_of"}, "“Successor of” instead of “Part of”"),
        ("relations", {}, {"as_of": "2019"}, "now as of 2019"),
        ("seat", {"certainty": "likely"}, {}, "no longer marked as our reading"),
        ("seat", {"note": "x"}, {}, "no longer with the note “x”"),
    ],
)
def test_a_key_is_told(schema: Schema, path: str, before: Any, after: Any, said: str) -> None:
    """What is there now, what is there no longer, and what stands in the place of what."""
    assert [plain(one) for one in differences(Words(schema), path, before, after, ())] == [said]


@pytest.mark.parametrize(("length", "is_inside"), [(70, False), (71, True)])
def test_a_short_text_of_few_words_is_told_whole(schema: Schema, length: int, is_inside: bool) -> None:
    """From seventy-one signs on the difference is shown inside the text."""
    before, after = ({"note": f"{'x' * (length - 2)} {end}"} for end in "yz")
    (said,) = differences(Words(schema), "seat", before, after, ())
    assert (" instead of " not in plain(said)) is is_inside


@pytest.mark.parametrize(("others", "is_alike"), [(14, True), (15, False), (17, False)])
def test_texts_with_few_words_in_common_are_told_whole(others: int, is_alike: bool) -> None:
    """Word by word where the common ones are three in ten of all, each text counted for itself."""
    gone = ["a", "b", "c", *(f"g{number}" for number in range(others // 2))]
    new = ["a", "b", "c", *(f"n{number}" for number in range(others - others // 2))]
    assert (len([*_by_word(gone, new)]) > 2) is is_alike


@pytest.mark.parametrize(("number", "between"), [(10, "1. 2 3 4 5 6 7 8 9 10."), (11, "1. 2 3 4 … 8 9 10 11.")])
def test_between_two_differences_few_words_are_shown(schema: Schema, number: int, between: str) -> None:
    """Ten at most; of more the first four and the last."""
    kept = "1. " + " ".join(map(str, range(2, number + 1))) + "."
    before, after = ({"note": f"It began {side}. {kept} It ended {side}."} for side in ("old", "new"))
    (said,) = differences(Words(schema), "seat", before, after, ())
    assert plain(said) == f"note reworded: “It began old. new. {between} It ended old. new.”"
