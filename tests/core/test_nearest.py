"""The nearest word: a question where one comes near, and none where letters are alike by chance."""

from __future__ import annotations

import pytest

from netreg.core.nearest import did_you_mean, did_you_mean_id

IDS = ["empact", "enlets", "enlets-network", "eenet", "europol"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("enlest", "enlets"),
        ("enlet", "enlets"),
        ("europoll", "europol"),
        ("enlets_network", "enlets-network"),
        ("eactda", ""),
        ("interpol", ""),
    ],
)
def test_an_id_is_near_by_nearly_all_its_letters(wrong: str, right: str) -> None:
    """Acronyms of six letters share four by chance, so that those are no reason to ask."""
    assert did_you_mean_id(wrong, IDS) == (f' Did you mean "{right}"?' if right else "")


def test_an_id_that_goes_on_comes_first() -> None:
    """Of a file with a longer name the new id is offered, not another body."""
    assert did_you_mean_id("enlets", ["eenet", "enlets-network"]) == ' Did you mean "enlets-network"?'
    assert did_you_mean_id("enl", ["enlets-network", "enlsx"]) == ""


def test_a_word_is_near_by_two_thirds() -> None:
    """Words of a vocabulary are few, so that less will do."""
    assert did_you_mean("actve", ["active", "ended"]) == ' Did you mean "active"?'
