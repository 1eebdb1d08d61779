"""What the commands' options share."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from netreg.core.nearest import did_you_mean, listed
from netreg.core.project import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from netreg.core.schema import Term


def parser(verb: str, about: str) -> ArgumentParser:
    """An argument parser for ``netreg <verb>``; argparse exits 2 on wrong usage."""
    import argparse  # to load it and make a parser takes as long as much that a command does, see ``Options``

    class Parser(argparse.ArgumentParser):
        def _print_message(self, message: str, file: Any = None) -> None:
            (file or sys.stderr).write(message)  # argparse keeps to itself that a device is full

    return Parser(prog=f"netreg {verb}", description=about, allow_abbrev=False)


class Options:
    """What ``netreg <verb>`` may be told. Plain words are read here; help, and all that is rare or wrong, by argparse.

    Known are options that are a switch or take one text, and places for one word, for one at most, for any number.
    """

    def __init__(self, verb: str, about: str) -> None:
        self._made_of = verb, about
        self._known: dict[str, dict[str, Any]] = {}

    def add_argument(self, name: str, **settings: Any) -> None:
        """Let a word, or an option, be told; the settings are those of argparse."""
        self._known[name] = settings

    def parse_args(self, args: Sequence[str]) -> Namespace:
        """What is told, by name; a wrong word ends the run."""
        found: dict[str, Any] = {}
        row = self._beside_options(args, found)
        if row is not None and self._fills(row, found):
            return cast("Namespace", SimpleNamespace(**found))
        options = parser(*self._made_of)
        for name, settings in self._known.items():
            options.add_argument(name, **settings)
        return options.parse_args(args)

    def _beside_options(self, args: Sequence[str], found: dict[str, Any]) -> list[str] | None:
        """The words in one row that are no options; None where a word is not plain."""
        row: dict[int, str] = {}
        words = iter(enumerate(args))
        for place, word in words:
            settings = self._known.get(word, {})
            if not word.startswith("-"):
                row[place] = word
            elif "action" in settings:
                found[_target(word, settings)] = settings.get("const", True)
            else:
                value = next(words, (0, "-"))[1]
                if not settings or value.startswith("-") or value not in settings.get("choices", (value,)):
                    return None
                found[_target(word, settings)] = value
        return list(row.values()) if not row or max(row) - min(row) < len(row) else None

    def _fills(self, row: list[str], found: dict[str, Any]) -> bool:
        """Whether the words fill the places; what is not told gets its default."""
        for name, settings in self._known.items():
            number = "?" if name.startswith("-") else settings.get("nargs")
            if number == "*":
                found[name], row = row, []
            elif row and not name.startswith("-"):
                found[name] = row.pop(0)
            elif number != "?":
                return False
            unset = False if settings.get("action") == "store_true" else None
            found.setdefault(_target(name, settings), settings.get("default", unset))
        return not row


def _target(name: str, settings: dict[str, Any]) -> str:
    """The name under which a value is kept."""
    return str(settings.get("dest", name.lstrip("-").replace("-", "_")))


def wants_colour() -> bool:
    """Whether standard output is a terminal that may be coloured (https://no-color.org)."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def uncollected(young: int = 0) -> Iterator[None]:
    """Without the collector, or with one that looks at so many young things only: a run keeps most of what it makes."""
    usual = gc.get_threshold()
    gc.set_threshold(young, 20, 1_000)  # so seldom at older things that hardly a run gets there
    try:
        yield
    finally:
        gc.freeze()  # or Python would look at all of it once more on its way out
        gc.set_threshold(*usual)


def at_least_one(text: str) -> int:
    """A number of things, as an option gives it; an ArgumentTypeError where it is none."""
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdecimal() and len(text) <= 7 and int(text)):
        raise ArgumentTypeError(f"{text[:40]!r} is no number from 1 on")
    return int(text)


def day_in(option: str, text: str) -> date:
    """A day, as an option gives it; a UsageError where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} is {text!r}; write it as 2026-11-24.") from None


def term_in(option: str, terms: Iterable[Term], text: str) -> str:
    """A term of a vocabulary, by its word or its title; a UsageError where it is none."""
    from netreg.core.report import printable

    by_name = {name: term.value for term in terms for name in (term.value, term.title.casefold())}
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    values = list(dict.fromkeys(by_name.values()))
    hint = f"{did_you_mean(text, values)} The terms are {listed(values)}."
    raise UsageError(f'{option}: there is no "{printable(text)}".{hint}')
