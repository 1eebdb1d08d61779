"""What is ours at the host: known by who wrote it, and the same however the host stores it."""

from __future__ import annotations

from typing import Any

import pytest

from netreg.host.kept import BOT, by_bot, same_text


@pytest.mark.parametrize(
    ("user", "is_ours"),
    [
        ({"login": BOT, "type": "Bot"}, True),
        ({"login": BOT, "type": "User"}, False),
        ({"login": "a[bot]", "type": "Bot"}, False),
        ({"login": "z[bot]", "type": "Bot"}, False),
        (None, False),
    ],
)
def test_our_program_is_one_bot(user: Any, is_ours: bool) -> None:
    """Other programs write at the host too, and a person may call himself as they do."""
    assert by_bot({"user": user}) is is_ours


@pytest.mark.parametrize(
    ("stored", "text", "is_same"),
    [("a\r\nb\n", "a\nb", True), (None, "\n", True), ("a", "b", False), ("b", "a", False), ("a b", "a  b", False)],
)
def test_a_text_is_the_same_once_it_is_stored(stored: Any, text: str, is_same: bool) -> None:
    """The host has ends of lines of its own, and cuts what stands around a text."""
    assert same_text(stored, text) is is_same
