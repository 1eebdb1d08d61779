"""``netreg verify``: whether a downloaded release is whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from netreg.commands.options import parser
from netreg.core.project import UsageError
from netreg.core.report import printable
from netreg.export.sums import SUMS, differences


def run(args: Sequence[str]) -> int:
    """Print what is not as it was released; 1 where anything is."""
    options = parser("verify", f"Tell whether a release is whole, by its {SUMS}. It does not tell who made it.")
    options.add_argument("folder", help="where the release was unpacked")
    folder = Path(options.parse_args(args).folder)
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Unpack the release, and name the folder that holds {SUMS}.")
    found = differences(folder)
    for line in found:
        print(printable(line))
    if found:
        print("The copy is not whole. Take the release anew.")
        return 1
    print("The copy is whole: every file is as it was released.")
    return 0
