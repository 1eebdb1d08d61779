"""``netreg export``: the registry as data files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from netreg.check import Context, check
from netreg.commands.options import parser
from netreg.commands.reading import read_documents
from netreg.commands.settings import read_settings
from netreg.core.finding import Level
from netreg.core.project import UsageError, find_project
from netreg.core.schema import read_schema
from netreg.entry.country_sets import read_country_sets
from netreg.lists.withheld import read_withheld
from netreg.model import build_registry
from netreg.review.history import read_history
from netreg.site.downloads import downloads, edition_of


def run(args: Sequence[str]) -> int:
    """Write the files that the site offers beside its pages; a registry with errors is not exported."""
    options = parser("export", "Write the registry as data, as the site offers it.")
    options.add_argument("folder", help="where to write; made if it is not there")
    options.add_argument("--no-workbook", action="store_true", help="leave out the .xlsx, which takes half of the time")
    chosen = options.parse_args(args)
    project = find_project()
    schema = read_schema(project.root)
    documents = read_documents(project)
    errors = [item for item in check(documents, Context(schema, project.today)) if item.level is Level.ERROR]
    if errors:
        raise UsageError(f"the registry has errors ({len(errors)}) and is not exported. See netreg check.")
    registry = build_registry(documents, schema, project.today, read_country_sets(project.root))
    try:
        history = read_history(project.root).without(read_withheld(project.root))
    except ValueError as error:
        raise UsageError(f"{error}, so nothing of the past may be told. See netreg check.") from None
    settings = read_settings(project.root)
    files = downloads(edition_of(project, registry, history, settings), settings, not chosen.no_workbook)
    print(f"Wrote {write_files(Path(chosen.folder), files)} files below {chosen.folder}.")
    return 0


def write_files(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> int:
    """Write the files, the sums last, by which whoever meets half an export sees that it is none; gives their number.

    Raises:
        UsageError: one cannot be written.
    """
    written = 0
    try:
        for path, content in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
            written += 1
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
    return written
