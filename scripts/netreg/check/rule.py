"""What a rule is, and how the rules are found: every decorated function below ``check/rules``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from netreg.core.finding import Level, Place

Over = Literal["entry", "registry", "change", "coverage", "refused", "withheld"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found at one place; an empty ``fix`` and no ``level`` mean the rule's own."""

    place: Place
    message: str
    fix: str = ""
    level: Level | None = None


Check = Callable[..., Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``reason`` is one or two sentences on why it exists, ``fix`` one sentence on what to do.

    ``over`` says what the function receives: one entry, all entries, the entries that a change touches, or one of the
    project's lists, of which the last has no rules but those of any file.
    """

    id: str
    level: Level
    family: str
    summary: str
    reason: str
    fix: str
    over: Over
    run: Check


_known: dict[str, Rule] = {}


def rule(
    id_: str, level: Level = Level.ERROR, *, summary: str, reason: str, fix: str, over: Over = "entry"
) -> Callable[[Check], Check]:
    """Make a function a rule; its module is its family.

    The function yields hits. Over an entry it takes ``(subject, context)``, and may look at nothing outside the file;
    over a list ``(subject, entries, context)``, where ``entries`` are outlines by id; over a change
    ``(outlines, context)`` with the entries that it touches; over the registry ``(judged, entries, context)``: it may
    look at the outlines of all entries and yields hits in those that are judged.
    """

    def register(run: Check) -> Check:
        family = run.__module__.rpartition(".")[2]
        _known[id_] = Rule(id_, level, family, summary, reason, fix, over, run)
        return run

    return register


FAMILIES = "syntax shape identity references provenance countries time privacy text form batch coverage refused".split()
"""The families in the order in which the rules page shows them; a family not named here comes last."""


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """All rules, family by family, in the order in which they stand in their modules."""
    package: Any = importlib.import_module("netreg.check.rules")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    order = {family: number for number, family in enumerate(FAMILIES)}
    return tuple(sorted(_known.values(), key=lambda rule: order.get(rule.family, len(order))))
