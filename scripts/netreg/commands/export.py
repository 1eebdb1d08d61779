"""``netreg export``: the registry as data files."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from netreg.commands.options import parser, uncollected
from netreg.core.project import Project, UsageError, find_project
from netreg.site.downloads import downloads
from netreg.site.publish import read_edition
from netreg.site.settings import read_settings
from netreg.terminal.screen import Progress


def run(args: Sequence[str]) -> int:
    """Write the files that the site offers beside its pages; 1 where the registry has errors."""
    options = parser("export", "Write the registry as data, as the site offers it.")
    options.add_argument("folder", help="where to write; made if it is not there")
    options.add_argument("--no-workbook", action="store_true", help="leave out the .xlsx, which takes half of the time")
    chosen = options.parse_args(args)
    project, progress = find_project(), Progress(sys.stderr)
    try:
        with uncollected():
            return _export(chosen, project, progress)
    finally:
        progress("")


def _export(chosen: Namespace, project: Project, progress: Progress) -> int:
    settings = read_settings(project.root)
    try:
        edition, _ = read_edition(project, settings, progress)
    except ValueError as error:  # the report of the check
        progress("")
        print(f"{error}\nThe registry is not exported.", file=sys.stderr)
        return 1
    progress("Writing the files ...")
    written = write_files(Path(chosen.folder), downloads(edition, settings, not chosen.no_workbook))
    progress("")
    print(f"Wrote {written} files below {chosen.folder}.")
    return 0


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write the files, the sums last, by which whoever meets half an export sees that it is none; gives their number.

    A UsageError where one cannot be written.
    """
    written = 0
    try:
        for path, content in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            written += 1
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
    return written
