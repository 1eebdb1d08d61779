"""Review rules: each sees one thing at a change that deserves an eye, and says it, or says nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from netreg.review.change import Change, Kind
from netreg.review.spans import Spans, spans
from netreg.review.words import Words

Look = Callable[[Change, Words], Spans]


class ReviewRule(NamedTuple):
    """One rule: ``sort`` is what machines call its hints, ``look`` says what it sees, or nothing.

    It looks only at changes that say another value, or the same one, where ``other_value`` tells which.
    """

    sort: str
    look: Look
    other_value: bool | None = None


RULES: dict[Kind, list[ReviewRule]] = {kind: [] for kind in Kind}
"""The rules for each kind of change, in the order in which their hints are read."""


def rule(sort: str, kinds: str, *, other_value: bool | None = None) -> Callable[[Look], Look]:
    """Make a function a rule.

    Args:
        sort: what its hints are called.
        kinds: the kinds of change that it looks at, as ``changes.json`` calls them, with spaces between.
        other_value: whether the value must be another one, or must be the same; None for both.
    """

    def register(look: Look) -> Look:
        for kind in kinds.split():
            RULES[Kind(kind)].append(ReviewRule(sort, look, other_value))
        return look

    return register


def always(sort: str, kinds: str, text: str) -> None:
    """Make a rule that says the same at every change of these kinds."""
    rule(sort, kinds)(lambda _change, _words: spans(text))
