"""What the commands' options share."""

from __future__ import annotations

import argparse
import sys


def parser(verb: str, about: str) -> argparse.ArgumentParser:
    """An argument parser for ``netreg <verb>``; argparse exits 2 on wrong usage."""
    return argparse.ArgumentParser(prog=f"netreg {verb}", description=about, allow_abbrev=False)


def wants_colour() -> bool:
    """Whether standard output is a terminal that may be coloured (https://no-color.org)."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
