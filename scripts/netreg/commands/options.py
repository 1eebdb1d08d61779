"""What the commands' options share."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from netreg.core.nearest import did_you_mean, listed
from netreg.core.project import UsageError

if TYPE_CHECKING:
    from netreg.core.schema import Term


class _Parser(argparse.ArgumentParser):
    def _print_message(self, message: str, file: Any = None) -> None:
        (file or sys.stderr).write(message)  # argparse keeps to itself that a device is full


def parser(verb: str, about: str) -> argparse.ArgumentParser:
    """An argument parser for ``netreg <verb>``; argparse exits 2 on wrong usage."""
    return _Parser(prog=f"netreg {verb}", description=about, allow_abbrev=False)


def wants_colour() -> bool:
    """Whether standard output is a terminal that may be coloured (https://no-color.org)."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def uncollected(young: int = 0) -> Iterator[None]:
    """Without the collector, or with one that looks at so many young things only: a run keeps most of what it makes."""
    usual = gc.get_threshold()
    gc.set_threshold(young, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def at_least_one(text: str) -> int:
    """A number of things, as an option gives it.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 7 and int(text)):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no number from 1 on")
    return int(text)


def day_in(option: str, text: str) -> date:
    """A day, as an option gives it.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} is {text!r}; write it as 2026-11-24.") from None


def term_in(option: str, terms: Iterable[Term], text: str) -> str:
    """A term of a vocabulary, by its word or its title.

    Raises:
        UsageError: it is none.
    """
    from netreg.core.report.as_text import printable

    by_name = {name: term.value for term in terms for name in (term.value, term.title.casefold())}
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    values = list(dict.fromkeys(by_name.values()))
    hint = f"{did_you_mean(text, values)} The terms are {listed(values)}."
    raise UsageError(f'{option}: there is no "{printable(text)}".{hint}')
